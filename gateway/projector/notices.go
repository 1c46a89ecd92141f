package projector

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// noticesOf says who must be told of a transaction. It depends on the event
// alone; the store finds out who the holders and the platform are.
func noticesOf(b record.Block, tx record.Tx) []record.NewNotice {
	e := tx.Event
	notice := func(kind record.NoticeKind, to record.Audience, party, subject string, detail map[string]any) record.NewNotice {
		detail["event"], detail["by"], detail["txId"] = string(e.Type), e.By, tx.ID
		return record.NewNotice{Ref: tx.ID, Block: b.Number, Kind: kind, Audience: to, Party: party, Subject: subject, Detail: detail, At: e.At}
	}
	switch e.Type {
	case trace.EventRecalled, trace.EventRecallClosed:
		r := e.Recall
		return []record.NewNotice{notice(record.NoticeRecall, record.ToHolders, "", r.ID,
			map[string]any{"gtin": r.GTIN, "class": r.Class, "reason": r.Reason, "instruction": r.Instruction})}
	case trace.EventDispatched:
		s := e.Shipment
		return []record.NewNotice{notice(record.NoticeShipment, record.ToParty, s.To, s.ID, map[string]any{"from": s.From})}
	case trace.EventComplaintOpened, trace.EventComplaintDecided, trace.EventComplaintWithdrawn,
		trace.EventComplaintAnswered, trace.EventComplaintAppealed:
		c := e.Complaint
		told := map[string]any{"gtin": c.GTIN, "lot": c.Lot, "status": c.Status, "nextDue": c.NextDue()}
		if c.Respondent == e.By {
			return []record.NewNotice{notice(record.NoticeComplaint, record.ToPlatform, "", c.ID, told)}
		}
		return []record.NewNotice{notice(record.NoticeComplaint, record.ToParty, c.Respondent, c.ID, told)}
	case trace.EventApplied:
		return []record.NewNotice{notice(record.NoticeStanding, record.ToPlatform, "", e.Party.ID, map[string]any{})}
	case trace.EventPartyStatus, trace.EventApplicationReviewed, trace.EventCheckScheduled, trace.EventPartyChecked, trace.EventActionClosed:
		return []record.NewNotice{notice(record.NoticeStanding, record.ToParty, e.Party.ID, e.Party.ID,
			map[string]any{"status": e.Party.Status, "reason": e.Party.StatusReason, "nextCheckDue": e.Party.NextCheckDue})}
	}
	return nil
}

package projector

import (
	"fmt"
	"maps"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// noticesOf says who must be told of a transaction. It depends on the event
// alone; the store finds out who the holders, the producer and the platform are.
func noticesOf(b record.Block, tx record.Tx) []record.NewNotice {
	all := bothSides(tx.Event)
	if n, ok := noticeOf(tx.Event); ok {
		all = append(all, n)
	}
	for i := range all {
		n := &all[i]
		n.Ref, n.Block, n.At = tx.ID, b.Number, tx.Event.At
		n.Detail["event"], n.Detail["by"], n.Detail["txId"] = string(tx.Event.Type), tx.Event.By, tx.ID
	}
	return all
}

// bothSides are the notices of what two parties have with each other: each is
// told of what the other did, and the platform of what it has to decide.
func bothSides(e *trace.Event) (all []record.NewNotice) {
	if b := e.Batch; b != nil && e.Type == trace.EventCorrectionAsked {
		all = append(all, correctionNotice(b, record.ToPlatform))
	}
	if b := e.Batch; b != nil &&
		(e.Type == trace.EventCorrectionRefused || e.Type == trace.EventBatchCorrected && b.Producer != e.By) {
		all = append(all, correctionNotice(b, record.ToProducer))
	}
	if b := e.Undoes; b != nil && b.By != e.By {
		all = append(
			all,
			record.NewNotice{
				Kind:     record.NoticeCorrection,
				Audience: record.ToParty,
				Party:    b.By,
				Subject:  b.TxID,
				Detail:   detail{"what": b.Type},
			},
		)
	}
	if s := e.Shipment; s != nil && e.Type != trace.EventDispatched {
		for _, party := range others(e.By, s.From, s.To) {
			all = append(
				all,
				record.NewNotice{
					Kind:     record.NoticeReceipt,
					Audience: record.ToParty,
					Party:    party,
					Subject:  s.ID,
					Detail:   receiptDetail(e),
				},
			)
		}
	}
	for _, c := range e.AllCases() {
		about := detail{
			"cause":    c.Cause,
			"fix":      c.Fix,
			"status":   c.Status,
			"shipment": c.Shipment,
			"nextDue":  c.NextDue(),
		}
		for _, party := range others(e.By, c.Opener, c.With) {
			all = append(
				all,
				record.NewNotice{
					Kind:     record.NoticeCase,
					Audience: record.ToParty,
					Party:    party,
					Subject:  c.ID,
					Detail:   maps.Clone(about),
				},
			)
		}
		if c.Status == trace.CaseDisputed || c.Status == trace.CaseOpen && c.With == "" {
			all = append(
				all,
				record.NewNotice{Kind: record.NoticeCase, Audience: record.ToPlatform, Subject: c.ID, Detail: about},
			)
		}
	}
	return all
}

func correctionNotice(b *trace.Batch, to record.Audience) record.NewNotice {
	return record.NewNotice{
		Kind:     record.NoticeCorrection,
		Audience: to,
		Subject:  b.Lot,
		Detail:   detail{"gtin": b.GTIN, "lot": b.Lot},
	}
}

func others(but string, parties ...string) []string {
	return slices.DeleteFunc(parties, func(p string) bool { return p == "" || p == but })
}

// receiptDetail counts what a receipt said by condition, and says what is open still.
func receiptDetail(e *trace.Event) detail {
	count := map[trace.Condition]int64{}
	for _, l := range e.Receipt {
		count[l.Condition] += l.Count
	}
	d := detail{"from": e.Shipment.From, "to": e.Shipment.To, "units": count, "state": e.Shipment.StateAt(e.At)}
	if !e.Shipment.OpenUntil.IsZero() && e.Shipment.ReceivedAt.IsZero() {
		d["openUntil"] = e.Shipment.OpenUntil
	}
	return d
}

type detail = map[string]any

func noticeOf(e *trace.Event) (record.NewNotice, bool) {
	switch {
	case e.Recall != nil && (e.Type == trace.EventRecalled || e.Type == trace.EventRecallClosed):
		return record.NewNotice{
			Kind:     record.NoticeRecall,
			Audience: record.ToHolders,
			Subject:  e.Recall.ID,
			Detail: detail{
				"gtin":        e.Recall.GTIN,
				"class":       e.Recall.Class,
				"reason":      e.Recall.Reason,
				"instruction": e.Recall.Instruction,
			},
		}, true
	case e.Shipment != nil && e.Type == trace.EventDispatched:
		return record.NewNotice{
			Kind:     record.NoticeShipment,
			Audience: record.ToParty,
			Party:    e.Shipment.To,
			Subject:  e.Shipment.ID,
			Detail:   detail{"from": e.Shipment.From},
		}, true
	case e.Inspection != nil && e.Type == trace.EventInspected:
		return record.NewNotice{
			Kind:     record.NoticeInspection,
			Audience: record.ToProducer,
			Subject:  e.Inspection.ID,
			Detail: detail{
				"gtin": e.Inspection.GTIN, "lot": e.Inspection.Lot, "accepted": e.Inspection.Accepted},
		}, true
	case e.Complaint != nil:
		return complaintNotice(*e.Complaint, e.By), true
	case e.Flag != nil:
		return record.NewNotice{
			Kind:     record.NoticeClone,
			Audience: record.ToProducer,
			Subject:  fmt.Sprintf("%s/%s/%d", e.Flag.GTIN, e.Flag.Lot, e.Flag.Index),
			Detail: detail{
				"gtin":   e.Flag.GTIN,
				"lot":    e.Flag.Lot,
				"index":  e.Flag.Index,
				"copied": e.Flag.Copied(),
			},
		}, true
	case e.Party != nil && e.Type == trace.EventApplied:
		return record.NewNotice{
			Kind:     record.NoticeStanding,
			Audience: record.ToPlatform,
			Subject:  e.Party.ID,
			Detail:   detail{},
		}, true
	case e.Party != nil && e.Type != trace.EventPartyRegistered && e.Type != trace.EventPartyUpdated:
		return record.NewNotice{
			Kind:     record.NoticeStanding,
			Audience: record.ToParty,
			Party:    e.Party.ID,
			Subject:  e.Party.ID,
			Detail:   standingDetail(e),
		}, true
	}
	return record.NewNotice{}, false
}

// standingDetail says what a party needs to know of a decision on it; of one on
// its application, also how that ended.
func standingDetail(e *trace.Event) detail {
	d := detail{"status": e.Party.Status, "reason": e.Party.StatusReason, "nextCheckDue": e.Party.NextCheckDue}
	if e.Type == trace.EventApplicationReviewed && e.Party.Application != nil {
		d["application"] = e.Party.Application.Status
	}
	return d
}

// complaintNotice goes to whoever has to act on what the other has done.
func complaintNotice(c trace.Complaint, by string) record.NewNotice {
	n := record.NewNotice{
		Kind:     record.NoticeComplaint,
		Audience: record.ToParty,
		Party:    c.Respondent,
		Subject:  c.ID,
		Detail: detail{
			"gtin": c.GTIN, "lot": c.Lot, "status": c.Status, "nextDue": c.NextDue()},
	}
	if by == c.Respondent {
		n.Audience, n.Party = record.ToPlatform, ""
	}
	return n
}

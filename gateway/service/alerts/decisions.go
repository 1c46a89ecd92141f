package alerts

import (
	"context"
	"crypto/rand"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// NewAlertDecision decides an alert, with a note on what was found.
type NewAlertDecision struct {
	Outcome record.AlertOutcome `json:"outcome"`
	Note    string              `json:"note"`
}

// AlertDecided says how an alert stands after a decision, and where on the
// ledger that was written, if it was.
type AlertDecided struct {
	ID     string             `json:"id"`
	Status record.AlertStatus `json:"status"`
	TxID   string             `json:"txId,omitempty"`
	Block  uint64             `json:"block,omitempty"`
}

const maxAlertNote = 1000

// DecideAlert decides an alert, for the producer of its unit or the platform. A
// confirmation is a ruling on the ledger; whatever else is decided first
// withdraws the one that stands. Each step may be repeated.
func (s *Service) DecideAlert(
	ctx context.Context, c service.Caller, id string, d NewAlertDecision,
) (AlertDecided, error) {
	x, err := s.alertSeen(ctx, c, id)
	if err != nil {
		return AlertDecided{}, err
	}
	if x.Producer != c.Party && !c.SeesAll() {
		return AlertDecided{}, service.Refuse(trace.NotAllowed, "id", "only_producer_decides", "party", x.Producer)
	}
	if err := service.CheckSaid("note", d.Note, maxAlertNote); err != nil {
		return AlertDecided{}, err
	}
	officer, err := s.Accounts.Behind(ctx, c.Account)
	if err != nil {
		return AlertDecided{}, err
	}
	ruling := trace.FlagRequest{GTIN: x.GTIN, Lot: x.Lot, Index: x.Index, Note: d.Note, Officer: officer}
	if d.Outcome == record.CloneConfirmed {
		r, err := s.Writer.Write(ctx, c, trace.FlagUnit, ruling)
		return AlertDecided{id, record.AlertConfirmed, r.TxID, r.Block}, err
	}
	answer := AlertDecided{ID: id, Status: record.AlertOpen}
	if d.Outcome == record.CloneDismissed {
		answer.Status = record.AlertDismissed
	}
	if x.Status == record.AlertConfirmed {
		r, err := s.Writer.Write(ctx, c, trace.UnflagUnit, ruling)
		if err != nil {
			return AlertDecided{}, err
		}
		answer.TxID, answer.Block = r.TxID, r.Block
	} else if x.Status == answer.Status && d.Outcome == record.AlertReopened && !c.Resumed {
		return AlertDecided{}, service.Refuse(service.AlertStands, "outcome", "alert_open")
	}
	ref := c.Ref
	if ref == "" {
		ref = rand.Text()
	}
	return answer, s.Alerts.DecideAlert(
		ctx, id, ref, record.AlertDecision{Outcome: d.Outcome, Note: d.Note, Party: c.Party, Account: c.Account},
	)
}

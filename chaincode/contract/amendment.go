package contract

import (
	"time"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// AmendReceipt takes a trace.AmendReceiptRequest.
func (c *Contract) AmendReceipt(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AmendReceipt, request, amendReceipt)
}

// amendReceipt proposes what units of a receipt should have been booked as.
// Nothing moves before the other side agrees.
func amendReceipt(t *transaction, r trace.AmendReceiptRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	s, err := t.amendable(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if s.Amendment != nil && !t.at.After(s.Amendment.Until) {
		return trace.Event{}, trace.Refuse(trace.AmendmentWaits, "id", "amendment_waits", "shipment", s.ID)
	}
	if rest := trace.Without(linesOf(r.Lines), linesOf(s.Receipt)); len(rest) > 0 {
		return trace.Event{}, trace.Refuse(
			trace.NotReceived, "lines", "not_on_receipt", "from", rest[0].From+1, "to", rest[0].To(),
			"lot", rest[0].Lot, "shipment", s.ID,
		)
	}
	until, err := t.amendUntil(s)
	if err != nil {
		return trace.Event{}, err
	}
	s.Amendment = &trace.Amending{By: t.by.ID, At: t.at, Until: until, Reason: r.Reason, Lines: r.Lines}
	return trace.Event{Type: trace.EventAmendmentProposed, Shipment: &s, Note: r.Reason}, t.put(shipmentKey(s.ID), s)
}

// amendable gives a shipment of the acting party whose receipt is young enough.
func (t *transaction) amendable(id string) (trace.Shipment, error) {
	s, err := t.shipment(id)
	if err != nil {
		return s, err
	}
	if s.From != t.by.ID && s.To != t.by.ID {
		return s, trace.Refuse(
			trace.NotAllowed, "id", "shipment_of_others", "shipment", s.ID, "from", s.From, "to", s.To,
		)
	}
	if s.SignedAt.IsZero() {
		return s, trace.Refuse(trace.ShipmentOpen, "id", "not_received_yet", "shipment", s.ID)
	}
	until, err := t.amendUntil(s)
	if err == nil && t.at.After(until) {
		err = trace.Refuse(
			trace.AmendmentLate, "id", "amendment_late", "shipment", s.ID, "until", until.Format(time.RFC3339),
		)
	}
	return s, err
}

func (t *transaction) amendUntil(s trace.Shipment) (time.Time, error) {
	terms, err := t.custodyTerms()
	return trace.Minutes(s.SignedAt, terms.AmendMinutes), err
}

// AnswerAmendment takes a trace.AnswerAmendmentRequest.
func (c *Contract) AnswerAmendment(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AnswerAmendment, request, answerAmendment)
}

// answerAmendment is the other side's. Both values stay in the shipment's
// receipt, the amended lines behind those they correct.
func answerAmendment(t *transaction, r trace.AnswerAmendmentRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	s, err := t.amendable(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	proposed := s.Amendment
	if proposed == nil {
		return trace.Event{}, trace.Refuse(trace.AmendmentUnknown, "id", "no_amendment", "shipment", s.ID)
	}
	if proposed.By == t.by.ID {
		return trace.Event{}, trace.Refuse(trace.NotAllowed, "id", "other_side_agrees", "shipment", s.ID)
	}
	s.Amendment = nil
	e := trace.Event{Type: trace.EventAmendmentRefused, Shipment: &s, Note: r.Note}
	if r.Accept {
		if err := t.amend(s, proposed.Lines); err != nil {
			return trace.Event{}, err
		}
		s.Receipt = append(s.Receipt, proposed.Lines...)
		e.Type, e.Receipt, e.Lines, e.Note = trace.EventReceiptAmended, proposed.Lines, linesOf(
			proposed.Lines,
		), proposed.Reason
	}
	return e, t.put(shipmentKey(s.ID), s)
}

// amend moves units from where the receipt has put them to where they should be.
func (t *transaction) amend(s trace.Shipment, lines []trace.ReceiptLine) error {
	lost := removed(s.ID, trace.ReasonMissing)
	for _, l := range lines {
		target, rest := lost, []trace.Line{l.Line}
		if l.Condition != trace.Missing {
			target = arrived(s.To, l.Condition)
		}
		for _, at := range []trace.Place{held(s.To), removed(s.To, trace.ReasonDamaged), lost} {
			var still []trace.Line
			for _, x := range rest {
				here, others, err := t.find(x, at)
				if err != nil {
					return err
				}
				still = append(still, others...)
				if at == target {
					continue
				}
				if err := t.moveAll(here, at, target); err != nil {
					return err
				}
			}
			rest = still
		}
		if len(rest) > 0 {
			return notThere(rest[0], held(s.To))
		}
	}
	return nil
}

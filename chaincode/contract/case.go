package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func caseKey(id string) key { return key{"case", id} }

// exception gives a case, or CASE_UNKNOWN.
func (s *state) exception(id string) (trace.Case, error) {
	var c trace.Case
	found, err := s.get(caseKey(id), &c)
	if err == nil && !found {
		err = trace.Refuse(trace.CaseUnknown, "id", "no_case", "case", trace.Quoted(40, id))
	}
	return c, err
}

func (t *transaction) caseEvent(what trace.EventType, c trace.Case) (trace.Event, error) {
	err := t.put(caseKey(c.ID), c)
	if k, about := pendingKey(c); about && !c.EndedAt.IsZero() {
		err = allow(err, t.delete(k))
	}
	return trace.Event{Type: what, Case: &c}, err
}

// pendingKey is there while a case waits that one party has opened with another
// about a code or units, so that there is one such case and not one for every
// repeat; false for a case that names neither.
func pendingKey(c trace.Case) (key, bool) {
	about, err := trace.Marshal(
		trace.Case{Opener: c.Opener, With: c.With, Cause: c.Cause, Shipment: c.Shipment, Code: c.Code, Lines: c.Lines},
	)
	sum := sha256.Sum256(about)
	return key{"pending", hex.EncodeToString(sum[:])}, err == nil && (c.Code != "" || len(c.Lines) > 0)
}

// pending gives the number of the case that waits for the same, "" where none does.
func (s *state) pending(c trace.Case) (id string, err error) {
	if k, about := pendingKey(c); about {
		_, err = s.get(k, &id)
	}
	return id, err
}

// OpenCase takes a trace.OpenCaseRequest.
func (c *Contract) OpenCase(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.OpenCase, request, openCase)
}

func openCase(t *transaction, r trace.OpenCaseRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(caseKey(r.ID), &trace.Case{}); err != nil || found {
		return trace.Event{}, exists(err, trace.CaseExists, "id", r.ID)
	}
	with, err := t.otherParty(r)
	if err != nil {
		return trace.Event{}, err
	}
	if err := t.extraUnits(r); err != nil {
		return trace.Event{}, err
	}
	c, err := t.newCase(
		trace.Case{
			ID:       r.ID,
			Cause:    r.Cause,
			Fix:      r.Fix,
			Shipment: r.Shipment,
			With:     with,
			Lines:    r.Lines,
			Code:     r.Code,
			Note:     r.Note,
		},
	)
	return trace.Event{Type: trace.EventCaseOpened, Case: &c}, err
}

// newCase sets what the ledger sets, and writes the case. The same is not opened twice.
func (t *transaction) newCase(c trace.Case) (trace.Case, error) {
	terms, err := t.custodyTerms()
	if err != nil {
		return c, err
	}
	c.Opener, c.Status, c.OpenedAt = t.by.ID, trace.CaseOpen, t.at
	c.AnswerBy, c.DecideBy = trace.Minutes(t.at, terms.AnswerMinutes), trace.Minutes(t.at, terms.DecideMinutes)
	if id, err := t.pending(c); err != nil || id != "" {
		return c, allow(err, trace.Refuse(trace.CasePending, "id", "case_waits", "case", id))
	}
	if k, about := pendingKey(c); about {
		err = t.put(k, c.ID)
	}
	return c, allow(err, t.put(caseKey(c.ID), c))
}

// otherParty is who has to answer: of a shipment the other side, else whom the
// opener names, and nobody but the platform where neither is known.
func (t *transaction) otherParty(r trace.OpenCaseRequest) (string, error) {
	if r.Shipment == "" {
		if r.With == "" {
			return "", nil
		}
		if r.With == t.by.ID {
			return "", trace.Refuse(trace.FieldInvalid, "with", "case_with_oneself")
		}
		_, err := t.party("with", r.With)
		return r.With, err
	}
	s, err := t.shipment(r.Shipment)
	if err != nil {
		return "", trace.InField("id", "shipment", err)
	}
	with := map[string]string{s.From: s.To, s.To: s.From}[t.by.ID]
	if with == "" {
		return "", trace.Refuse(trace.NotInCase, "shipment", "neither_side", "party", t.by.ID, "shipment", s.ID)
	}
	if r.With != "" && r.With != with {
		return "", trace.Refuse(trace.FieldInvalid, "with", "other_side_is", "shipment", s.ID, "party", with)
	}
	return with, nil
}

// extraUnits holds a case whose fix books units to what an acceptance will need.
func (t *transaction) extraUnits(r trace.OpenCaseRequest) error {
	if r.Fix != trace.FixBookExtra {
		return nil
	}
	s, err := t.shipment(r.Shipment)
	if err != nil {
		return trace.InField("id", "shipment", err)
	}
	if err := allow(toMe(t, s), trace.CheckLines(r.Lines)); err != nil {
		return err
	}
	for _, l := range r.Lines {
		if err := t.claimable(s, l); err != nil {
			return err
		}
	}
	return nil
}

// claimable says whether units that were not sent can be claimed: of a lot that
// was, in the sender's hands, and free to be sent.
func (t *transaction) claimable(s trace.Shipment, l trace.Line) error {
	if !lists(s, l) {
		return trace.Refuse(trace.NotHolder, "lines", "shipment_lists_no_lot", "shipment", s.ID, "lot", l.Lot)
	}
	if _, rest, err := t.find(l, held(s.From)); err != nil || len(rest) > 0 {
		return allow(err, notThere(l, held(s.From)))
	}
	return t.mayLeave(l)
}

// ofReceipt opens the case of what a receipt found, with the sender. It is named
// after the transaction, for the receiver has given no number for it.
func (t *transaction) ofReceipt(
	s trace.Shipment, prefix string, cause trace.Cause, fix trace.Fix, lines []trace.Line,
) (trace.Case, error) {
	return t.newCase(
		trace.Case{
			ID:       prefix + strings.ToUpper(shorten(t.stub.GetTxID())),
			Cause:    cause,
			Fix:      fix,
			Shipment: s.ID,
			With:     s.From,
			Lines:    lines,
		},
	)
}

func shorten(txID string) string { return txID[:min(len(txID), 24)] }

// AnswerCase takes a trace.AnswerCaseRequest.
func (c *Contract) AnswerCase(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AnswerCase, request, answerCase)
}

// answerCase is the other party's word. Where it accepts that units arrived
// beyond those sent, they change hands here, by its consent and no sooner.
func answerCase(t *transaction, r trace.AnswerCaseRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.exception(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if c.With != t.by.ID {
		return trace.Event{}, trace.Refuse(trace.NotInCase, "id", "case_for_other", "case", c.ID, "party", c.With)
	}
	if err := c.MayAnswer(); err != nil {
		return trace.Event{}, err
	}
	c.Answer = &trace.CaseAnswer{Accept: r.Accept, Note: r.Note, At: t.at}
	if !r.Accept {
		c.Status = trace.CaseDisputed
		return t.caseEvent(trace.EventCaseAnswered, c)
	}
	c.Status, c.EndedAt = trace.CaseResolved, t.at
	e, err := t.caseEvent(trace.EventCaseAnswered, c)
	if err == nil && c.Fix == trace.FixBookExtra {
		err = t.bookExtra(c, &e)
	}
	return e, err
}

// bookExtra moves units that arrived beyond those sent, by the rules of a shipment.
func (t *transaction) bookExtra(c trace.Case, e *trace.Event) error {
	s, err := t.shipment(c.Shipment)
	if err != nil {
		return err
	}
	if err := allow(t.allMayLeave(c.Lines), t.moveAll(c.Lines, held(s.From), held(s.To))); err != nil {
		return err
	}
	for _, l := range c.Lines {
		e.Receipt = append(e.Receipt, trace.ReceiptLine{Line: l, Condition: trace.Good})
	}
	s.Receipt = append(s.Receipt, e.Receipt...)
	e.Shipment, e.Lines = &s, slices.Clone(c.Lines)
	return t.put(shipmentKey(s.ID), s)
}

// DecideCase takes a trace.DecideCaseRequest.
func (c *Contract) DecideCase(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.DecideCase, request, decideCase)
}

func decideCase(t *transaction, r trace.DecideCaseRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.exception(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := c.MayDecide(t.at); err != nil {
		return trace.Event{}, err
	}
	c.Status, c.EndedAt = trace.CaseDecided, t.at
	c.Decision = &trace.CaseDecision{Outcome: r.Outcome, Note: r.Note, By: t.by.ID, At: t.at}
	return t.caseEvent(trace.EventCaseDecided, c)
}

// WithdrawCase takes a trace.CaseRequest.
func (c *Contract) WithdrawCase(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.WithdrawCase, request, withdrawCase)
}

func withdrawCase(t *transaction, r trace.CaseRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.exception(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if c.Opener != t.by.ID {
		return trace.Event{}, trace.Refuse(trace.NotInCase, "id", "case_opened_by", "case", c.ID, "party", c.Opener)
	}
	if err := c.MayWithdraw(); err != nil {
		return trace.Event{}, err
	}
	c.Status, c.EndedAt = trace.CaseWithdrawn, t.at
	return t.caseEvent(trace.EventCaseWithdrawn, c)
}

// GetCase answers a trace.Case.
func (c *Contract) GetCase(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Case, error) { return s.exception(id) })
}

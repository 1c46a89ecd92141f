package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func complaintKey(id string) key { return key{"complaint", id} }

var complaintTermsKey = key{"complaint-terms"}

// complaint gives a complaint, or COMPLAINT_UNKNOWN.
func (s *state) complaint(id string) (trace.Complaint, error) {
	var c trace.Complaint
	found, err := s.get(complaintKey(id), &c)
	if err == nil && !found {
		err = trace.Refuse(trace.ComplaintUnknown, "id", "no_complaint", "complaint", trace.Quoted(40, id))
	}
	return c, err
}

func (s *state) complaintTerms() (trace.ComplaintTerms, error) {
	terms := trace.DefaultComplaintTerms
	_, err := s.get(complaintTermsKey, &terms)
	return terms, err
}

// complaintEvent writes the complaint as it now stands and tells of its unit.
func (t *transaction) complaintEvent(what trace.EventType, c trace.Complaint) (trace.Event, error) {
	unit := trace.Line{GTIN: c.GTIN, Lot: c.Lot, From: c.Index, Count: 1}
	return trace.Event{Type: what, Complaint: &c, Lines: []trace.Line{unit}}, t.put(complaintKey(c.ID), c)
}

// SetComplaintTerms takes trace.ComplaintTerms.
func (c *Contract) SetComplaintTerms(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.SetComplaintTerms, request, setComplaintTerms)
}

// setComplaintTerms changes the deadlines of complaints that are opened, and
// of appeals that are made, from now on. A deadline that was given stays.
func setComplaintTerms(t *transaction, terms trace.ComplaintTerms) (trace.Event, error) {
	if err := terms.Check(); err != nil {
		return trace.Event{}, err
	}
	return trace.Event{Type: trace.EventComplaintTerms, Terms: &terms}, t.put(complaintTermsKey, terms)
}

// OpenComplaint takes a trace.OpenComplaintRequest.
func (c *Contract) OpenComplaint(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.OpenComplaint, request, openComplaint)
}

// openComplaint enters a shopper's complaint, whom the platform speaks for.
func openComplaint(t *transaction, r trace.OpenComplaintRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(complaintKey(r.ID), &trace.Complaint{}); err != nil || found {
		return trace.Event{}, exists(err, trace.ComplaintExists, "id", r.ID)
	}
	respondent, err := t.respondent(r)
	if err != nil {
		return trace.Event{}, err
	}
	terms, err := t.complaintTerms()
	if err != nil {
		return trace.Event{}, err
	}
	return t.complaintEvent(trace.EventComplaintOpened, trace.Complaint{
		ID: r.ID, GTIN: r.GTIN, Lot: r.Lot, Index: r.Index, Respondent: respondent, EvidenceHash: r.EvidenceHash,
		Status: trace.ComplaintOpen, OpenedAt: t.at,
		AnswerBy: trace.Minutes(t.at, terms.AnswerMinutes), DecideBy: trace.Minutes(t.at, terms.DecideMinutes),
	})
}

// respondent is who answers for the unit: the party that has it or sold it
// last; for units on the way, or lost there, their sender.
func (t *transaction) respondent(r trace.OpenComplaintRequest) (string, error) {
	unit := trace.Line{GTIN: r.GTIN, Lot: r.Lot, From: r.Index, Count: 1}
	if _, err := t.batchOf(unit); err != nil {
		return "", err
	}
	has, err := t.contains(unit, r.Holder, r.Container)
	if err != nil {
		return "", err
	}
	if !has {
		return "", trace.Refuse(
			trace.NotHolder, "holder", "unit_not_with", "unit", r.Index+1, "lot", r.Lot,
			"holder", trace.Quoted(40, r.Holder),
		)
	}
	var s trace.Shipment
	if onTheWay, err := t.get(shipmentKey(r.Holder), &s); err != nil || onTheWay {
		return s.From, err
	}
	return r.Holder, nil
}

// AnswerComplaint takes a trace.StatementRequest.
func (c *Contract) AnswerComplaint(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AnswerComplaint, request, answerComplaint)
}

func answerComplaint(t *transaction, r trace.StatementRequest) (trace.Event, error) {
	c, err := t.complaintAgainstMe(r)
	if err != nil {
		return trace.Event{}, err
	}
	if err := c.MayAnswer(); err != nil {
		return trace.Event{}, err
	}
	c.Status, c.Answer = trace.ComplaintAnswered, &trace.Statement{At: t.at, EvidenceHash: r.EvidenceHash}
	return t.complaintEvent(trace.EventComplaintAnswered, c)
}

// complaintAgainstMe gives the complaint that its respondent makes a statement on.
func (t *transaction) complaintAgainstMe(r trace.StatementRequest) (trace.Complaint, error) {
	if err := r.Check(); err != nil {
		return trace.Complaint{}, err
	}
	c, err := t.complaint(r.ID)
	if err == nil && c.Respondent != t.by.ID {
		err = trace.Refuse(trace.NotRespondent, "id", "not_respondent", "complaint", c.ID, "party", t.by.ID)
	}
	return c, err
}

// AppealComplaint takes a trace.StatementRequest.
func (c *Contract) AppealComplaint(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AppealComplaint, request, appealComplaint)
}

func appealComplaint(t *transaction, r trace.StatementRequest) (trace.Event, error) {
	c, err := t.complaintAgainstMe(r)
	if err != nil {
		return trace.Event{}, err
	}
	if err := c.MayAppeal(t.at); err != nil {
		return trace.Event{}, err
	}
	terms, err := t.complaintTerms()
	if err != nil {
		return trace.Event{}, err
	}
	c.Status = trace.ComplaintAppealed
	c.Appeal = &trace.Statement{
		At:           t.at,
		EvidenceHash: r.EvidenceHash,
		DecideBy:     trace.Minutes(t.at, terms.DecideMinutes),
	}
	e, err := t.complaintEvent(trace.EventComplaintAppealed, c)
	return e, allow(err, t.noteRuling(c))
}

// WithdrawComplaint takes a trace.ComplaintRequest.
func (c *Contract) WithdrawComplaint(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.WithdrawComplaint, request, withdrawComplaint)
}

func withdrawComplaint(t *transaction, r trace.ComplaintRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.complaint(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := c.MayWithdraw(); err != nil {
		return trace.Event{}, err
	}
	c.Status, c.WithdrawnAt = trace.ComplaintWithdrawn, t.at
	return t.complaintEvent(trace.EventComplaintWithdrawn, c)
}

// GetComplaint answers a trace.Complaint.
func (c *Contract) GetComplaint(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Complaint, error) { return s.complaint(id) })
}

// GetComplaintTerms answers the trace.ComplaintTerms that hold now.
func (c *Contract) GetComplaintTerms(ctx contractapi.TransactionContextInterface) (string, error) {
	return answer(ctx, func(s *state) (trace.ComplaintTerms, error) { return s.complaintTerms() })
}

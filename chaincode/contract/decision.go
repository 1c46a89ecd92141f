package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// DecideComplaint takes a trace.DecideComplaintRequest.
func (c *Contract) DecideComplaint(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.DecideComplaint, request, decideComplaint)
}

// decideComplaint adds a decision to those that stand; none is ever taken out.
func decideComplaint(t *transaction, r trace.DecideComplaintRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.complaint(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	d := trace.Decision{Kind: r.Kind, Outcome: r.Outcome, Reason: r.Reason, Officer: r.Officer, By: t.by.ID, At: t.at}
	if err := allow(t.notInOwnCase(c), c.MayDecide(d, t.at)); err != nil {
		return trace.Event{}, err
	}
	terms, err := t.complaintTerms()
	if err != nil {
		return trace.Event{}, err
	}
	var suspended *trace.Party
	if r.Suspend {
		if suspended, err = t.suspend(c); err != nil {
			return trace.Event{}, err
		}
		d.Suspended = suspended != nil
	}
	c.Status, c.Decisions = trace.ComplaintDecided, append(c.Decisions, d)
	if c.Appeal == nil {
		c.AppealUntil = trace.Minutes(t.at, terms.AppealMinutes)
	}
	e, err := t.complaintEvent(trace.EventComplaintDecided, c)
	e.Party = suspended
	return e, err
}

func (t *transaction) notInOwnCase(c trace.Complaint) error {
	if c.Respondent == t.by.ID {
		return trace.Errorf(trace.NotAllowed, "id", "nobody decides in their own case")
	}
	return nil
}

// suspend suspends the respondent; one that is not qualified any more stays as it is.
func (t *transaction) suspend(c trace.Complaint) (*trace.Party, error) {
	p, err := t.party("id", c.Respondent)
	if err != nil || p.MayBecome(trace.StatusSuspended) != nil {
		return nil, err
	}
	p.Ruled(trace.Ruling{Status: trace.StatusSuspended, Reason: trace.Text{ZhCN: c.ID + ": " + string(trace.CounterfeitConfirmed)}, By: t.by.ID, At: t.at})
	return &p, t.put(partyKey(p.ID), p)
}

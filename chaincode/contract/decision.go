package contract

import (
	"slices"
	"strings"

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
	return e, allow(err, t.noteRuling(c))
}

// rulingsKey holds what was decided about a batch's units, as trace.Ruled by
// complaint: decisions are few, and whoever states facts looks at one key.
func rulingsKey(gtin, lot string) key { return key{"rulings", gtin, lot} }

func (t *transaction) noteRuling(c trace.Complaint) error {
	var all []trace.Ruled
	k := rulingsKey(c.GTIN, c.Lot)
	if _, err := t.get(k, &all); err != nil {
		return err
	}
	at, found := slices.BinarySearchFunc(all, c.ID, func(r trace.Ruled, id string) int { return strings.Compare(r.Complaint, id) })
	if !found {
		all = slices.Insert(all, at, trace.Ruled{Complaint: c.ID, Index: c.Index})
	}
	all[at].Outcome = c.Outcome()
	return t.put(k, all)
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

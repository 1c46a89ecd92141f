package contract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

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

// rulingsKey holds what was decided about a unit, as trace.Ruled by complaint, and
// confirmedKey what was confirmed to be counterfeit of a whole batch: there may be
// complaints about a lot by the thousand, and whoever states facts looks at these two keys.
func rulingsKey(gtin, lot string, index int64) key {
	return key{"rulings", gtin, lot, strconv.FormatInt(index, 10)}
}

func confirmedKey(gtin, lot string) key { return key{"confirmed", gtin, lot} }

// confirmed is a confirmed counterfeit; those opened last come first.
type confirmed struct {
	trace.Ruled
	OpenedAt time.Time `json:"openedAt"`
}

func (t *transaction) noteRuling(c trace.Complaint) error {
	ruled := trace.Ruled{
		Complaint: c.ID,
		Index:     c.Index,
		Outcome:   c.Outcome(),
		Appealed:  c.Status == trace.ComplaintAppealed,
	}
	var own []trace.Ruled
	if _, err := t.get(rulingsKey(c.GTIN, c.Lot, c.Index), &own); err != nil {
		return err
	}
	at, found := slices.BinarySearchFunc(
		own, c.ID, func(r trace.Ruled, id string) int { return strings.Compare(r.Complaint, id) },
	)
	if !found {
		own = slices.Insert(own, at, trace.Ruled{})
	}
	own[at] = ruled
	return allow(t.put(rulingsKey(c.GTIN, c.Lot, c.Index), own), t.noteConfirmed(c, ruled))
}

func (t *transaction) noteConfirmed(c trace.Complaint, ruled trace.Ruled) error {
	var all []confirmed
	if _, err := t.get(confirmedKey(c.GTIN, c.Lot), &all); err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(x confirmed) bool { return x.Complaint == c.ID })
	is := ruled.Outcome == trace.CounterfeitConfirmed
	if !is && len(others) == len(all) {
		return nil
	}
	if is {
		others = append(others, confirmed{ruled, c.OpenedAt})
	}
	slices.SortFunc(others, func(a, b confirmed) int {
		return cmp.Or(b.OpenedAt.Compare(a.OpenedAt), strings.Compare(a.Complaint, b.Complaint))
	})
	return t.put(confirmedKey(c.GTIN, c.Lot), others)
}

func (t *transaction) notInOwnCase(c trace.Complaint) error {
	if c.Respondent == t.by.ID {
		return trace.Refuse(trace.NotAllowed, "id", "decides_oneself")
	}
	return nil
}

// suspend suspends the respondent; one that is not qualified any more stays as it is.
func (t *transaction) suspend(c trace.Complaint) (*trace.Party, error) {
	p, err := t.party("id", c.Respondent)
	if err != nil || p.MayBecome(trace.StatusSuspended) != nil {
		return nil, err
	}
	p.Ruled(
		trace.Ruling{
			Status: trace.StatusSuspended,
			Reason: trace.Text{ZhCN: c.ID + ": " + string(trace.CounterfeitConfirmed)},
			By:     t.by.ID,
			At:     t.at,
		},
	)
	return &p, t.put(partyKey(p.ID), p)
}

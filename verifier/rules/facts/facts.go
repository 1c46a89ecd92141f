// Package facts is what of a unit's records the ledger states as well (decision
// 90): the same trace.Facts, made of the read model, and the evidence that facts
// alone are. It is pure; rules that judge stand in verifier/rules/verdict only.
package facts

import (
	"slices"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Of gives the facts that the records tell of a unit. Where the read model is
// what the ledger says, they are what the contract's GetFacts answers, byte for byte.
func Of(r *verdict.Records, u verdict.Unit) trace.Facts {
	f := trace.Facts{
		GTIN:    u.GTIN,
		Lot:     u.Lot,
		Index:   u.Index,
		Batch:   r.Batch,
		Product: r.Product,
		Quality: r.Quality,
		Place:   r.Holding,
		Left:    r.Left,
		Unit:    r.Owned,
		Recalls: []trace.Recall{},
		Rulings: []trace.Ruled{},
		Parties: []trace.Party{},
	}
	if i := r.Inspection; i != nil {
		inspection := *i
		inspection.Results = nil
		f.Inspection = &inspection
	}
	if r.Pattern.Flag != nil {
		flag := r.Pattern.Flag.Public()
		f.Flag = &flag
	}
	for _, x := range r.Recalls {
		x.Derived = nil
		f.Recalls = append(f.Recalls, x)
	}
	slices.SortFunc(f.Recalls, func(a, b trace.Recall) int { return strings.Compare(a.ID, b.ID) })
	for _, x := range r.Rulings {
		f.AddRuling(x)
	}
	for _, id := range f.Names() {
		if p, known := r.Parties[id]; known {
			f.Parties = append(f.Parties, p.Public())
		}
	}
	return f
}

// Asked is how the ledger is asked for these facts.
func Asked(f trace.Facts) trace.FactsAsked {
	asked := trace.FactsAsked{GTIN: f.GTIN, Lot: f.Lot, Index: f.Index}
	if f.Place != nil {
		asked.At = *f.Place
	}
	return asked
}

// Evidence is what facts say, and nothing else: a verdict on it is what the
// ledger alone would give, to somebody who knows that the code was issued and is
// in the batch's tree. Whoever knows more, such as where the item is sold, adds that.
func Evidence(f trace.Facts, now time.Time) verdict.Evidence {
	r := &verdict.Records{
		Ledger:     &verdict.Ledger{CheckedAt: now},
		Batch:      f.Batch,
		Product:    f.Product,
		Holding:    f.Place,
		Left:       f.Left,
		Recalls:    f.Recalls,
		Rulings:    f.Rulings,
		Quality:    f.Quality,
		Inspection: f.Inspection,
		Owned:      f.Unit,
		Pattern:    verdict.Pattern{Flag: f.Flag},
		Parties:    map[string]trace.Party{},
	}
	if f.Unit != nil {
		r.ActivatedAt = f.Unit.At
	}
	if f.Place != nil {
		r.Events = []verdict.Event{{At: now, By: f.Place.Holder, Target: f.Place}}
	}
	for _, p := range f.Parties {
		r.Parties[p.ID] = p
	}
	for _, x := range f.Rulings {
		r.Complaints = append(r.Complaints, complaint(f, x))
	}
	e := verdict.Evidence{
		Now:        now,
		Code:       verdict.CodeIssued,
		Unit:       verdict.Unit{GTIN: f.GTIN, Lot: f.Lot, Index: f.Index},
		Records:    r,
		MaxAge:     time.Minute,
		Membership: verdict.MembershipProved,
	}
	if f.Batch != nil {
		e.Epoch = uint32(f.Batch.KeyEpoch)
	}
	return e
}

// complaint is what a ruling says of the complaint that it is about.
func complaint(f trace.Facts, x trace.Ruled) trace.Complaint {
	c := trace.Complaint{ID: x.Complaint, GTIN: f.GTIN, Lot: f.Lot, Index: x.Index, Status: trace.ComplaintDecided,
		Decisions: []trace.Decision{{Outcome: x.Outcome}}}
	if x.Appealed {
		c.Status, c.Appeal = trace.ComplaintAppealed, &trace.Statement{DecideBy: time.Unix(0, 0)}
	}
	return c
}

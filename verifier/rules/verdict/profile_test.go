package verdict

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func ruled(s trace.Status, at time.Time) trace.Ruling { return trace.Ruling{Status: s, At: at} }

// qualified gives the shop of the evidence a record.
func qualified(e *Evidence) {
	shop := e.Records.Parties["shop"]
	shop.History = []trace.Ruling{ruled(trace.StatusQualified, day(1))}
	shop.Authorisations = []trace.Authorisation{{Prefix: "6998801", Brand: "澄岩", ValidTo: "2027-06-30"}}
	shop.Licences = []trace.Licence{
		{Kind: "food", ValidTo: "2028-01-01"},
		{Kind: "business"},
		{Kind: "cosmetics", ValidTo: "2027-05-01"},
	}
	shop.NextCheckDue = "2027-03-31"
	e.Records.Parties["shop"] = shop
	e.Records.Decided = map[string]Decided{"shop": {trace.FoundGenuine: 2}, "brand": {trace.CounterfeitConfirmed: 1}}
}

func TestSeller(t *testing.T) {
	e := genuine()
	qualified(&e)
	want := &Seller{
		ID:             "shop",
		Name:           trace.Text{ZhCN: "禾屿便利", En: "Heyu Stores"},
		Roles:          []trace.Role{trace.RoleSeller},
		Standing:       trace.Standing(trace.StatusQualified),
		QualifiedSince: "2026-10-01",
		LicenceValidTo: "2027-05-01",
		NextCheckDue:   "2027-03-31",
		Authorised:     &Authorised{Brand: "澄岩", ValidTo: "2027-06-30"},
		Decided:        Decided{trace.FoundGenuine: 2},
	}
	if diff := cmp.Diff(want, Judge(e).Seller); diff != "" {
		t.Error(diff)
	}
	delete(e.Records.Parties, "shop")
	if s := Judge(e).Seller; s != nil {
		t.Errorf("nobody is known, and %+v sells", s)
	}
}

// The standing of the day, and the shape that says it without words.
func TestSellerStanding(t *testing.T) {
	for standing, c := range map[trace.Standing]struct {
		change func(*trace.Party)
		shape  Result
	}{
		"qualified": {func(*trace.Party) {}, Pass},
		"lapsed":    {func(p *trace.Party) { p.NextCheckDue = "2026-11-21" }, Warn},
		"suspended": {func(p *trace.Party) { p.Status = trace.StatusSuspended }, Fail},
		"revoked":   {func(p *trace.Party) { p.Status = trace.StatusRevoked }, Fail},
		"applied":   {func(p *trace.Party) { p.Status = trace.StatusApplied }, Unknown},
	} {
		e := genuine()
		qualified(&e)
		everybody(c.change)(&e)
		s := Judge(e).Seller
		if s.Standing != standing || s.Shape() != c.shape ||
			(s.QualifiedSince == "") != (s.Shape() != Pass && s.Shape() != Warn) {
			t.Errorf("%s: %+v %s", standing, s, s.Shape())
		}
	}
}

func TestQualifiedSince(t *testing.T) {
	const yes, no = trace.StatusQualified, trace.StatusSuspended
	for want, history := range map[trace.Date][]trace.Ruling{
		"":           nil,
		"2026-10-02": {ruled(trace.StatusApplied, day(1)), ruled(yes, day(2))},
		"2026-10-03": {ruled(yes, day(3)), ruled(yes, day(9))}, // an application refused meanwhile changes nothing
		"2026-10-06": {ruled(yes, day(4)), ruled(no, day(5)), ruled(yes, day(6))},
	} {
		if got := qualifiedSince(history); got != want {
			t.Errorf("%v: %s, want %s", history, got, want)
		}
	}
}

func TestAuthorised(t *testing.T) {
	of := func(prefix, validTo string) trace.Authorisation {
		return trace.Authorisation{Prefix: prefix, Brand: "b", ValidTo: trace.Date(validTo)}
	}
	for want, p := range map[string]trace.Party{
		"none":              {Authorisations: []trace.Authorisation{of("6998802", "")}},
		"owner":             {Prefixes: []string{"6998801"}, Authorisations: []trace.Authorisation{of("6998801", "2027-01-01")}},
		"b to 2027-01-01":   {Authorisations: []trace.Authorisation{of("6998801", "2026-01-01"), of("69988", "2027-01-01"), of("6998801", "2026-06-01")}},
		"b without an end ": {Authorisations: []trace.Authorisation{of("6998801", ""), of("6998801", "2027-01-01")}},
		"b to 2026-11-21":   {Authorisations: []trace.Authorisation{of("6998801", "2026-11-21")}}, // over, and said so
	} {
		got := "none"
		switch a := authorised(p, "06998801000036"); {
		case a != nil && a.Owner:
			got = "owner"
		case a != nil && a.ValidTo == "":
			got = "b without an end "
		case a != nil:
			got = fmt.Sprintf("%s to %s", a.Brand, a.ValidTo)
		}
		if got != want {
			t.Errorf("%+v: %s, want %s", p, got, want)
		}
	}
}

// The unit's own come first, then its lot's, each the latest first; what is not
// decided is nobody's business, and of several decisions the last counts.
func TestRulings(t *testing.T) {
	decided := func(id string, index int64, at time.Time) trace.Complaint {
		c := complaint(index, trace.ComplaintDecided, trace.CannotTell, trace.FoundGenuine)
		c.ID, c.Decisions[1].At = id, at
		return c
	}
	e := genuine()
	complained(decided("other-early", 8, day(20)), decided("own-early", 7, day(10)), complaint(7, trace.ComplaintOpen),
		decided("other-late", 9, day(21)), decided("own-late", 7, day(11)))(&e)
	var got []string
	for _, r := range Judge(e).Rulings {
		got = append(got, fmt.Sprint(r.Case, " ", r.ThisUnit, " ", r.Outcome, " ", r.On))
	}
	want := []string{
		"own-late true genuine 2026-10-11",
		"own-early true genuine 2026-10-10",
		"other-late false genuine 2026-10-21",
		"other-early false genuine 2026-10-20",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

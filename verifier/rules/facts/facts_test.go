package facts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

var now = time.Date(2026, 10, 2, 4, 0, 0, 0, time.UTC)

// sold is what the ledger states of a unit that nothing stands against.
func sold() trace.Facts {
	return trace.Facts{
		GTIN:  "06998801000036",
		Lot:   "A",
		Index: 7,
		Batch: &trace.Batch{
			GTIN:       "06998801000036",
			Lot:        "A",
			Quantity:   10,
			Producer:   "maker",
			ProducedOn: "2026-09-01",
			Status:     trace.BatchRegistered,
		},
		Product: &trace.Product{GTIN: "06998801000036", Name: trace.Text{ZhCN: "茶"}, Owner: "maker"},
		Place:   &trace.Place{Holder: "shop", State: trace.Sold},
		Left:    true,
		Recalls: []trace.Recall{},
		Rulings: []trace.Ruled{},
		Parties: []trace.Party{
			{
				ID:       "maker",
				Roles:    []trace.Role{trace.RoleProducer},
				Status:   trace.StatusQualified,
				Prefixes: []string{"6998801"},
			},
			{ID: "shop", Roles: []trace.Role{trace.RoleSeller}, Status: trace.StatusQualified},
		},
	}
}

// TestVerdictOnFactsAlone: every kind of fact counts, by the rules that judge records.
func TestVerdictOnFactsAlone(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*trace.Facts)
		want   verdict.Verdict
		reason verdict.Reason
	}{
		"nothing stands against it": {func(*trace.Facts) {}, verdict.Genuine, ""},
		"no batch":                  {func(f *trace.Facts) { f.Batch = nil }, verdict.NotRecognised, verdict.BatchNotOnLedger},
		"beyond the batch":          {func(f *trace.Facts) { f.Index = 10 }, verdict.NotRecognised, verdict.NotIssued},
		"no product":                {func(f *trace.Facts) { f.Product = nil }, verdict.Unavailable, verdict.EvidenceMissing},
		"nowhere":                   {func(f *trace.Facts) { f.Place = nil }, verdict.Unavailable, verdict.EvidenceMissing},
		"not approved":              {func(f *trace.Facts) { f.Batch.Status = trace.BatchAwaitingApproval }, verdict.Caution, verdict.NotYetShipped},
		"expired":                   {func(f *trace.Facts) { f.Batch.ExpiresOn = "2026-10-01" }, verdict.Stop, verdict.Expired},
		"recalled":                  {func(f *trace.Facts) { f.Recalls = []trace.Recall{{ID: "R", Class: trace.ClassI}} }, verdict.Stop, verdict.IngredientRecalled},
		"held back":                 {func(f *trace.Facts) { f.Quality = &trace.Quality{Holds: []trace.Hold{{By: "maker"}}} }, verdict.Stop, verdict.OnHold},
		"to be inspected":           {func(f *trace.Facts) { f.Product.InspectionRequired = true }, verdict.Stop, verdict.NotReleased},
		"destroyed": {func(f *trace.Facts) { f.Place.State, f.Place.Reason = trace.Removed, trace.ReasonDestroyed }, verdict.Stop,
			verdict.Destroyed},
		"never left":        {func(f *trace.Facts) { *f.Place, f.Left = trace.Place{Holder: "maker", State: trace.Held}, false }, verdict.Caution, verdict.NotYetShipped},
		"back at its maker": {func(f *trace.Facts) { *f.Place = trace.Place{Holder: "maker", State: trace.Held} }, verdict.Genuine, ""},
		"with a carrier":    {func(f *trace.Facts) { f.Place.State, f.Parties[1].Roles = trace.Held, nil }, verdict.Caution, verdict.InTransit},
		"reported stolen":   {func(f *trace.Facts) { f.Unit = &trace.OwnedUnit{StolenAt: now} }, verdict.Stop, verdict.Stolen},
		"claimed":           {func(f *trace.Facts) { f.Unit = &trace.OwnedUnit{UnitEvent: trace.UnitEvent{At: now}} }, verdict.Caution, verdict.AlreadyActivated},
		"copied":            {func(f *trace.Facts) { f.Flag = &trace.UnitFlag{Rulings: []trace.FlagRuling{{Copied: true}}} }, verdict.Stop, verdict.ConfirmedClone},
		"counterfeit":       {func(f *trace.Facts) { f.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.CounterfeitConfirmed}} }, verdict.Stop, verdict.ConfirmedCounterfeit},
		"another one was":   {func(f *trace.Facts) { f.Rulings = []trace.Ruled{{Index: 8, Outcome: trace.CounterfeitConfirmed}} }, verdict.Caution, verdict.CounterfeitInBatch},
		"found genuine":     {func(f *trace.Facts) { f.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.FoundGenuine}} }, verdict.Genuine, ""},
		"found genuine, and appealed": {func(f *trace.Facts) {
			f.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.FoundGenuine, Appealed: true}}
		},
			verdict.Caution, verdict.UnderComplaint},
		"sold by one who is suspended": {func(f *trace.Facts) { f.Parties[1].Status = trace.StatusSuspended }, verdict.Stop, verdict.SellerSuspended},
		"sold by nobody known":         {func(f *trace.Facts) { f.Parties = f.Parties[:1] }, verdict.Unavailable, verdict.EvidenceMissing},
	} {
		f := sold()
		test.change(&f)
		a := verdict.Judge(facts.Evidence(f, now))
		var reasons []verdict.Reason
		for _, c := range a.Checks {
			if c.Reason != "" {
				reasons = append(reasons, c.Reason)
			}
		}
		if a.Verdict != test.want || test.reason != "" && (len(reasons) == 0 || reasons[0] != test.reason) ||
			test.reason == "" && len(reasons) > 0 {
			t.Errorf("%s: %s %v, want %s %s", name, a.Verdict, reasons, test.want, test.reason)
		}
	}
}

// TestFactsAreTheSameAgain: evidence made of facts gives those facts, and asks the
// ledger for them where the unit is.
func TestFactsAreTheSameAgain(t *testing.T) {
	f := sold()
	f.Rulings = []trace.Ruled{{Complaint: "B"}, {Complaint: "C"}}
	f.Recalls = []trace.Recall{{ID: "R1"}, {ID: "R2"}}
	f.Flag = &trace.UnitFlag{Rulings: []trace.FlagRuling{{By: "maker"}}}
	e := facts.Evidence(f, now)
	e.Records.Recalls[0], e.Records.Recalls[1] = e.Records.Recalls[1], e.Records.Recalls[0]
	e.Records.Inspection = &trace.Inspection{ID: "I", Results: []trace.TestResult{{Item: "lead"}}}
	f.Inspection = &trace.Inspection{ID: "I"}
	again := facts.Of(e.Records, e.Unit)
	f.Recalls = []trace.Recall{{ID: "R1"}, {ID: "R2"}}
	if diff := cmp.Diff(f, again); diff != "" {
		t.Error(diff)
	}
	if asked := facts.Asked(f); asked != (trace.FactsAsked{GTIN: f.GTIN, Lot: "A", Index: 7, At: *f.Place}) {
		t.Errorf("%+v", asked)
	}
}

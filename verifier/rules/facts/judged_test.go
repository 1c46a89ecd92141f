package facts_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// subject is what is judged: facts stated at a moment, and who asks.
type subject struct {
	Facts trace.Facts `json:"facts"`
	At    time.Time   `json:"at"`
	Asked asked       `json:"asked"`
}

type asked struct {
	Seller string `json:"seller,omitempty"`
	Market string `json:"market,omitempty"`
	Owner  bool   `json:"owner,omitempty"`
}

// judged is a subject and the checks that it does not pass, which the browser's judgement must find too.
type judged struct {
	Name string `json:"name"`
	subject
	Checks []verdict.CheckID `json:"checks"`
}

func judge(name string, s subject) judged {
	e := facts.Evidence(s.Facts, s.At)
	e.Seller, e.Market, e.ByOwner = s.Asked.Seller, s.Asked.Market, s.Asked.Owner
	a, j := verdict.Judge(e), judged{Name: name, subject: s, Checks: []verdict.CheckID{}}
	for _, c := range a.Checks {
		if c.Result != verdict.Pass {
			j.Checks = append(j.Checks, c.ID)
		}
	}
	if (a.Verdict == verdict.Genuine) != (len(j.Checks) == 0) {
		panic(name + ": the checks and the verdict disagree")
	}
	return j
}

// onSale is a subject that passes every check, each of them by as much as it takes.
func onSale() subject {
	return subject{
		At: time.Date(2026, 11, 28, 3, 8, 0, 0, time.UTC),
		Facts: trace.Facts{
			GTIN:  "06998801000036",
			Lot:   "A",
			Index: 7,
			Batch: &trace.Batch{
				GTIN:       "06998801000036",
				Lot:        "A",
				Quantity:   10,
				Producer:   "maker",
				ProducedOn: "2026-09-01",
				ExpiresOn:  "2028-09-01",
				Markets:    []string{"CN", "SG"},
				Status:     trace.BatchRegistered,
				Origin:     "广州 & <\u2028>",
			},
			Product: &trace.Product{
				GTIN:               "06998801000036",
				Name:               trace.Text{ZhCN: "茶", En: "Tea"},
				Owner:              "maker",
				InspectionRequired: true,
			},
			Quality: &trace.Quality{
				Inspection: "I-1",
				Accepted:   true,
			},
			Inspection: &trace.Inspection{ID: "I-1", Accepted: true},
			Place: &trace.Place{
				Holder: "shop",
				State:  trace.Held,
			},
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
				{
					ID:             "shop",
					Roles:          []trace.Role{trace.RoleDistributor, trace.RoleSeller},
					Status:         trace.StatusQualified,
					NextCheckDue:   "2026-11-28",
					Licences:       []trace.Licence{{ValidTo: "2026-11-28"}, {}},
					Authorisations: []trace.Authorisation{{Prefix: "6998801", ValidTo: "2026-11-28"}},
				},
			},
		},
	}
}

const (
	yesterday = "2026-11-27"
	today     = "2026-11-28"
)

// changes are what can be true of a unit, on both sides of every limit.
var changes = []struct {
	name   string
	change func(*subject)
}{
	{"nothing", func(*subject) {}},

	{"no batch", func(s *subject) { s.Facts.Batch = nil }},
	{"the last of the batch", func(s *subject) { s.Facts.Index = 9 }},
	{"beyond the batch", func(s *subject) { s.Facts.Index = 10 }},
	{"no product", func(s *subject) { s.Facts.Product = nil }},

	{"a recall", func(s *subject) {
		s.Facts.Recalls = []trace.Recall{{ID: "R", GTIN: s.Facts.GTIN, Lots: []string{"A"}, Class: trace.ClassIII}}
	}},
	{"a recall of an ingredient", func(s *subject) {
		s.Facts.Recalls = []trace.Recall{{ID: "R", GTIN: "06998801000043", Class: trace.ClassI}}
	}},

	{"nowhere", func(s *subject) { s.Facts.Place = nil }},
	{"sold", func(s *subject) { s.Facts.Place.State = trace.Sold }},
	{"used up", func(s *subject) { s.Facts.Place.State = trace.Consumed }},
	{
		"destroyed",
		func(s *subject) { s.Facts.Place.State, s.Facts.Place.Reason = trace.Removed, trace.ReasonDestroyed },
	},
	{
		"removed for a reason of tomorrow",
		func(s *subject) { s.Facts.Place.State, s.Facts.Place.Reason = trace.Removed, "x" },
	},
	{"in a state of tomorrow", func(s *subject) { s.Facts.Place.State = "x" }},
	{"missing from a shipment", func(s *subject) {
		*s.Facts.Place = trace.Place{Holder: "SHIP-1", State: trace.Removed, Reason: trace.ReasonMissing}
	}},

	{"until today", func(s *subject) { s.Facts.Batch.ExpiresOn = today }},
	{"until yesterday", func(s *subject) { s.Facts.Batch.ExpiresOn = yesterday }},
	{
		"45 days of two years left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2025-01-12", "2027-01-12" },
	},
	{
		"46 days of two years left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2025-01-13", "2027-01-13" },
	},
	{
		"45 days of a year left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-01-12", "2027-01-12" },
	},
	{
		"45 days of a year less a day left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-01-13", "2027-01-12" },
	},
	{
		"20 days of 180 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-06-21", "2026-12-18" },
	},
	{
		"20 days of 179 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-06-22", "2026-12-18" },
	},
	{
		"15 days of 90 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-09-14", "2026-12-13" },
	},
	{
		"15 days of 89 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-09-15", "2026-12-13" },
	},
	{
		"10 days of 30 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-08", "2026-12-08" },
	},
	{
		"10 days of 29 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-09", "2026-12-08" },
	},
	{
		"5 days of 16 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-17", "2026-12-03" },
	},
	{
		"5 days of 15 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-18", "2026-12-03" },
	},
	{
		"2 days of 10 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-20", "2026-11-30" },
	},
	{
		"3 days of 10 left",
		func(s *subject) { s.Facts.Batch.ProducedOn, s.Facts.Batch.ExpiresOn = "2026-11-21", "2026-12-01" },
	},
	{"no expiry", func(s *subject) { s.Facts.Batch.ExpiresOn = "" }},
	{"a shelf life", func(s *subject) { s.Facts.Batch.ExpiresOn, s.Facts.Product.ShelfLifeDays = "", 134 }},
	{
		"a shelf life that is nearly over",
		func(s *subject) { s.Facts.Batch.ExpiresOn, s.Facts.Product.ShelfLifeDays = "", 90 },
	},
	{"a shelf life that is over", func(s *subject) { s.Facts.Batch.ExpiresOn, s.Facts.Product.ShelfLifeDays = "", 87 }},
	{"a shelf life over a leap day", func(s *subject) {
		s.Facts.Batch.ExpiresOn, s.Facts.Batch.ProducedOn, s.Facts.Product.ShelfLifeDays = "", "2024-02-28", 1050
	}},
	{"made on no day", func(s *subject) {
		s.Facts.Batch.ExpiresOn, s.Facts.Batch.ProducedOn, s.Facts.Product.ShelfLifeDays = "", "2026-02-30", 10
	}},
	{"before midnight in China", func(s *subject) { s.At = time.Date(2026, 11, 28, 15, 59, 59, 999e6, time.UTC) }},
	{"after midnight in China", func(s *subject) { s.At = time.Date(2026, 11, 28, 16, 0, 0, 0, time.UTC) }},
	{"after midnight elsewhere", func(s *subject) { s.At = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC) }},
	{"two years later", func(s *subject) { s.At = s.At.AddDate(2, 0, 0) }},

	{"held back", func(s *subject) { s.Facts.Quality.Holds = []trace.Hold{{By: "maker"}} }},
	{"rejected", func(s *subject) { s.Facts.Quality.Accepted, s.Facts.Inspection.Accepted = false, false }},
	{"not inspected", func(s *subject) { s.Facts.Quality, s.Facts.Inspection = nil, nil }},
	{"need not be inspected", func(s *subject) { s.Facts.Product.InspectionRequired = false }},
	{"of before the ledger", func(s *subject) { s.Facts.Batch.Legacy = true }},
	{"no inspection on record", func(s *subject) { s.Facts.Inspection = nil }},
	{"another inspection on record", func(s *subject) { s.Facts.Inspection.ID = "I-2" }},

	{"not approved", func(s *subject) { s.Facts.Batch.Status = trace.BatchAwaitingApproval }},
	{"never left", func(s *subject) { s.Facts.Left = false }},
	{"at its maker", func(s *subject) { s.Facts.Place.Holder = "maker" }},
	{"on its way", func(s *subject) { *s.Facts.Place = trace.Place{Holder: "SHIP-1", State: trace.InTransit} }},
	{"at a distributor", func(s *subject) { s.Facts.Parties[1].Roles = []trace.Role{trace.RoleDistributor} }},
	{"from another shop", func(s *subject) { s.Asked.Seller = "stall" }},
	{"from this shop", func(s *subject) { s.Asked.Seller = "shop" }},

	{"in its market", func(s *subject) { s.Asked.Market = "SG" }},
	{"in another market", func(s *subject) { s.Asked.Market = "US" }},
	{"for any market", func(s *subject) { s.Facts.Batch.Markets = nil }},

	{"suspended", func(s *subject) { s.Facts.Parties[1].Status = trace.StatusSuspended }},
	{"revoked", func(s *subject) { s.Facts.Parties[1].Status = trace.StatusRevoked }},
	{"not qualified", func(s *subject) { s.Facts.Parties[1].Status = trace.StatusApplied }},
	{"the producer suspended", func(s *subject) { s.Facts.Parties[0].Status = trace.StatusSuspended }},
	{"a seller unknown", func(s *subject) { s.Facts.Parties = s.Facts.Parties[:1] }},
	{"a producer unknown", func(s *subject) { s.Facts.Parties = s.Facts.Parties[1:] }},
	{"a licence ended", func(s *subject) { s.Facts.Parties[1].Licences[0].ValidTo = yesterday }},
	{
		"the producer's licence ended",
		func(s *subject) { s.Facts.Parties[0].Licences = []trace.Licence{{ValidTo: yesterday}} },
	},
	{"an authorisation ended", func(s *subject) { s.Facts.Parties[1].Authorisations[0].ValidTo = yesterday }},
	{"another authorisation holds", func(s *subject) {
		s.Facts.Parties[1].Authorisations = append(
			s.Facts.Parties[1].Authorisations, trace.Authorisation{Prefix: "69988010", ValidTo: ""},
		)
	}},
	{"an authorisation for others", func(s *subject) { s.Facts.Parties[1].Authorisations[0].Prefix = "6998802" }},
	{
		"an authorisation for what is no prefix",
		func(s *subject) { s.Facts.Parties[1].Authorisations[0].Prefix = "699" },
	},
	{"the producer's authorisation ended", func(s *subject) {
		s.Facts.Parties[0].Prefixes, s.Facts.Parties[0].Authorisations = nil, []trace.Authorisation{
			{Prefix: "6998801", ValidTo: yesterday},
		}
	}},
	{"a check overdue", func(s *subject) { s.Facts.Parties[1].NextCheckDue = yesterday }},
	{"an action due", func(s *subject) { s.Facts.Parties[1].OpenActions = []trace.OpenAction{{Due: today}} }},
	{
		"an action overdue",
		func(s *subject) { s.Facts.Parties[1].OpenActions = []trace.OpenAction{{Due: today}, {Due: yesterday}} },
	},

	{"claimed", func(s *subject) { s.Facts.Unit = &trace.OwnedUnit{UnitEvent: trace.UnitEvent{At: s.At}} }},
	{"asked by its owner", func(s *subject) { s.Asked.Owner = true }},
	{"reported stolen", func(s *subject) {
		s.Facts.Unit = &trace.OwnedUnit{UnitEvent: trace.UnitEvent{At: s.At}, StolenAt: s.At}
	}},

	{"copied", func(s *subject) { s.Facts.Flag = &trace.UnitFlag{Rulings: []trace.FlagRuling{{}, {Copied: true}}} }},
	{
		"not copied after all",
		func(s *subject) { s.Facts.Flag = &trace.UnitFlag{Rulings: []trace.FlagRuling{{Copied: true}, {}}} },
	},

	{
		"counterfeit",
		func(s *subject) { s.Facts.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.CounterfeitConfirmed}} },
	},
	{
		"another is counterfeit",
		func(s *subject) { s.Facts.Rulings = []trace.Ruled{{Index: 8, Outcome: trace.CounterfeitConfirmed}} },
	},
	{"found genuine", func(s *subject) { s.Facts.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.FoundGenuine}} }},
	{"found genuine, and appealed", func(s *subject) {
		s.Facts.Rulings = []trace.Ruled{{Index: 7, Outcome: trace.FoundGenuine, Appealed: true}}
	}},
	{"another found genuine, and appealed", func(s *subject) {
		s.Facts.Rulings = []trace.Ruled{{Index: 8, Outcome: trace.FoundGenuine, Appealed: true}}
	}},
}

// combined is a subject to which some changes are made, and what they are called; false where one
// needs what another has taken away.
func combined(which ...int) (name string, s subject, fits bool) {
	s = onSale()
	defer func() { fits = recover() == nil }()
	var names []string
	for _, i := range which {
		names = append(names, changes[i].name)
		changes[i].change(&s)
	}
	return strings.Join(names, ", "), s, true
}

// What the facts give is the same in the browser as here: for each change alone, which testdata/judged.txt lists, and
// for many together. TOUCHSTONE_UPDATE=1 writes the file anew.
func TestBrowserJudgesAlike(t *testing.T) {
	var alone, all []judged
	for i := range changes {
		name, s, _ := combined(i)
		alone = append(alone, judge(name, s))
	}
	golden(t, "testdata/judged.txt", alone)
	all = slices.Clone(alone)
	random := rand.New(rand.NewPCG(12, uint64(time.Now().UnixNano())))
	for len(all) < 3000 {
		which := random.Perm(len(changes))[:2+random.IntN(3)]
		if name, s, fits := combined(which...); fits {
			all = append(all, judge(name, s))
		}
	}
	inNode(t, all)
}

// golden compares what each case does not pass with a file.
func golden(t *testing.T, file string, all []judged) {
	t.Helper()
	var b strings.Builder
	for _, j := range all {
		fmt.Fprintf(&b, "%s: %v\n", j.Name, j.Checks)
	}
	data := b.String()
	if os.Getenv("TOUCHSTONE_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), data); diff != "" {
		t.Errorf("%s: %s", file, diff)
	}
}

// inNode runs the browser's judgement over the cases.
func inNode(t *testing.T, cases []judged) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no node on this machine")
	}
	content, err := trace.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(node, "--test", "--test-reporter=spec", "testdata/judged.test.mjs")
	run.Env = append(os.Environ(), "CASES="+file)
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

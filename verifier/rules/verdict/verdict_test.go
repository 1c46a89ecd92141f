package verdict

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func day(n int) time.Time { return time.Date(2026, 10, n, 2, 0, 0, 0, time.UTC) }

// genuine is the evidence of a unit with nothing against it: made by brand,
// shipped to shop, and on sale there. Every call gives evidence of its own.
func genuine() Evidence {
	atShop := &trace.Place{Holder: "shop", State: trace.Held}
	return Evidence{
		Now:        now,
		Code:       CodeIssued,
		Unit:       Unit{"06998801000036", "202610A01", 7},
		Serial:     "0123456789ABCDEFGHJK",
		Epoch:      2,
		MaxAge:     2 * time.Minute,
		Membership: MembershipProved,
		Claims:     true,
		Records: &Records{
			Ledger: &Ledger{Height: 812, CheckedAt: now.Add(-time.Minute)},
			Batch: &trace.Batch{
				GTIN:         "06998801000036",
				Lot:          "202610A01",
				Quantity:     100,
				KeyEpoch:     2,
				ProducedOn:   "2026-10-03",
				ExpiresOn:    "2028-10-02",
				Producer:     "brand",
				Origin:       "广东广州",
				Status:       trace.BatchRegistered,
				RegisteredAt: day(3),
			},
			BatchTx: "tx1",
			Product: &trace.Product{Name: trace.Text{ZhCN: "冻干咖啡", En: "Coffee"}, Brand: "澄岩", Specification: "3g×24"},
			Holding: atShop,
			Events: []Event{
				{
					Type:   trace.EventBatchRegistered,
					At:     day(3),
					By:     "brand",
					Target: &trace.Place{Holder: "brand", State: trace.Held},
					TxID:   "tx1",
				},
				{
					Type:   trace.EventDispatched,
					At:     day(8),
					By:     "brand",
					From:   "brand",
					To:     "shop",
					Target: &trace.Place{Holder: "S1", State: trace.InTransit},
					TxID:   "tx2",
				},
				{
					Type:   trace.EventReceived,
					At:     day(9),
					By:     "shop",
					From:   "brand",
					To:     "shop",
					Target: atShop,
					Place:  "广东深圳",
					TxID:   "tx3",
				},
			},
			Parties: map[string]trace.Party{
				"brand": {
					ID:     "brand",
					Name:   trace.Text{ZhCN: "澄岩食品", En: "Chengyan Foods"},
					Roles:  []trace.Role{trace.RoleProducer},
					Status: trace.StatusQualified,
				},
				"carrier": {
					ID:     "carrier",
					Name:   trace.Text{ZhCN: "南麓供应链", En: "Nanlu Supply"},
					Roles:  []trace.Role{trace.RoleDistributor},
					Status: trace.StatusQualified,
				},
				"shop": {
					ID:     "shop",
					Name:   trace.Text{ZhCN: "禾屿便利", En: "Heyu Stores"},
					Place:  "广东深圳",
					Roles:  []trace.Role{trace.RoleSeller},
					Status: trace.StatusQualified,
				},
			},
		},
	}
}

// moved adds an event that puts the unit somewhere.
func (r *Records) moved(t trace.EventType, by string, to trace.Place) {
	r.Holding = &to
	r.Events = append(r.Events, Event{Type: t, At: day(20), By: by, Target: &to, TxID: "tx4"})
}

func removed(reason trace.Reason) func(*Evidence) {
	return func(e *Evidence) {
		e.Records.moved(
			trace.EventDecommissioned, "shop", trace.Place{Holder: "shop", State: trace.Removed, Reason: reason},
		)
	}
}

func recall(class trace.RecallClass, at time.Time) trace.Recall {
	return trace.Recall{
		ID:          "RECALL-" + string(class),
		GTIN:        "06998801000036",
		Lots:        []string{"202610A01"},
		Class:       class,
		At:          at,
		By:          "brand",
		Reason:      trace.Text{ZhCN: "防腐剂超标。", En: "a preservative exceeded the limit."},
		Instruction: trace.Text{ZhCN: "凭此页可退货", En: "Show this page to return it"},
	}
}

// cases say, for each reason, what in the evidence leads to it. Those that touch
// the same fact cannot hold at once.
var cases = []struct {
	reason  Reason
	check   CheckID
	verdict Verdict
	fact    string
	given   func(*Evidence)
}{
	{NotIssued, CheckCode, NotRecognised, "code", func(e *Evidence) { e.Code = CodeNotIssued }},
	{KeyRetired, CheckCode, NotRecognised, "code", func(e *Evidence) { e.Code = CodeRetired }},
	{CodeCutShort, CheckCode, Unavailable, "batch", func(e *Evidence) { e.Code = CodeIncomplete }},
	{BatchNotOnLedger, CheckLedger, NotRecognised, "batch", func(e *Evidence) { e.Records.Batch = nil }},
	{RootMismatch, CheckLedger, NotRecognised, "ledger", func(e *Evidence) { e.Membership = MembershipRefuted }},
	{LedgerUnreachable, CheckLedger, Unavailable, "ledger", func(e *Evidence) { e.Records.Ledger = nil }},
	{
		LedgerStale,
		CheckLedger,
		Unavailable,
		"ledger",
		func(e *Evidence) { e.Records.Ledger.CheckedAt = now.Add(-3 * time.Minute) },
	},
	{
		LedgerHalted,
		CheckLedger,
		Unavailable,
		"ledger",
		func(e *Evidence) { e.Records.Ledger.Halted = "gap at block 12" },
	},
	{EvidenceMissing, CheckUnitState, Unavailable, "place", func(e *Evidence) { e.Records.Holding = nil }},
	{
		SignaturesMissing,
		CheckSignatures,
		Unavailable,
		"signatures",
		func(e *Evidence) { e.Signatures.Outcome = Unsigned },
	},
	{RecordsDiffer, CheckSignatures, Unavailable, "signatures", func(e *Evidence) { e.Signatures.Outcome = Disputed }},
	{
		Recalled,
		CheckRecall,
		Stop,
		"recall",
		func(e *Evidence) { e.Records.Recalls = []trace.Recall{recall(trace.ClassII, day(20))} },
	},
	{IngredientRecalled, CheckRecall, Stop, "recall", func(e *Evidence) {
		e.Records.Recalls = []trace.Recall{recall(trace.ClassII, day(20))}
		e.Records.Recalls[0].GTIN = "06998801000012"
	}},
	{Stolen, CheckUnitState, Stop, "place", removed(trace.ReasonStolen)},
	{
		Stolen,
		CheckUnitState,
		Stop,
		"place",
		func(e *Evidence) { e.Records.Owned = &trace.OwnedUnit{StolenAt: day(21)} },
	},
	{
		Stolen,
		CheckUnitState,
		Stop,
		"place",
		func(e *Evidence) { e.ByOwner, e.Records.Owned = true, &trace.OwnedUnit{StolenAt: day(21)} },
	},
	{Destroyed, CheckUnitState, Stop, "place", removed(trace.ReasonDestroyed)},
	{Sample, CheckUnitState, Stop, "place", removed(trace.ReasonSampled)},
	{ExportedElsewhere, CheckUnitState, Stop, "place", removed(trace.ReasonExported)},
	{UnitDamaged, CheckUnitState, Stop, "place", removed(trace.ReasonDamaged)},
	{UnitVoided, CheckUnitState, Stop, "place", removed(trace.ReasonVoided)},
	{UnitMissing, CheckUnitState, Caution, "place", removed(trace.ReasonMissing)},
	{UsedUp, CheckUnitState, Stop, "place", func(e *Evidence) {
		e.Records.moved(trace.EventDecommissioned, "shop", trace.Place{Holder: "shop", State: trace.Consumed})
	}},
	{Expired, CheckExpiry, Stop, "expiry", func(e *Evidence) { e.Records.Batch.ExpiresOn = "2026-11-21" }},
	{ExpiresSoon, CheckExpiry, Caution, "expiry", func(e *Evidence) { e.Records.Batch.ExpiresOn = "2026-11-23" }},
	{OnHold, CheckQuality, Stop, "quality", held},
	{NotReleased, CheckQuality, Stop, "quality", func(e *Evidence) { e.Records.Product.InspectionRequired = true }},
	{InspectionFailed, CheckQuality, Stop, "quality", inspected(false)},
	{NotYetShipped, CheckCustody, Caution, "place", func(e *Evidence) {
		e.Records.Events = e.Records.Events[:1]
		e.Records.Holding = e.Records.Events[0].Target
	}},
	{InTransit, CheckCustody, Caution, "place", func(e *Evidence) {
		e.Records.Events = e.Records.Events[:2]
		e.Records.Holding = e.Records.Events[1].Target
	}},
	{HeldByOtherSeller, CheckCustody, Caution, "place", func(e *Evidence) { e.Seller = "another-shop" }},
	{HeldByOtherSeller, CheckCustody, Caution, "place", func(e *Evidence) {
		e.Records.moved(trace.EventSold, "shop", trace.Place{Holder: "shop", State: trace.Sold})
		e.Seller = "another-shop"
	}},
	{
		OtherMarket,
		CheckMarket,
		Caution,
		"market",
		func(e *Evidence) { e.Records.Batch.Markets, e.Market = []string{"CN", "MO"}, "SG" },
	},
	{
		SellerSuspended,
		CheckSeller,
		Stop,
		"status",
		everybody(func(p *trace.Party) { p.Status = trace.StatusSuspended }),
	},
	{SellerSuspended, CheckSeller, Stop, "status", everybody(func(p *trace.Party) { p.Status = trace.StatusRevoked })},
	{
		LicenceExpired,
		CheckSeller,
		Caution,
		"licence",
		everybody(func(p *trace.Party) { p.Licences = []trace.Licence{{Kind: "food", ValidTo: "2026-11-21"}} }),
	},
	{AuthorisationExpired, CheckSeller, Caution, "authorisation", everybody(func(p *trace.Party) {
		p.Authorisations = []trace.Authorisation{{Prefix: "6998801", ValidTo: "2026-11-21"}}
	})},
	{CheckOverdue, CheckSeller, Caution, "check", everybody(func(p *trace.Party) { p.NextCheckDue = "2026-11-21" })},
	{
		AlreadyActivated,
		CheckActivation,
		Caution,
		"activation",
		func(e *Evidence) { e.Records.ActivatedAt, e.Records.Scans.Count = day(21), 4 },
	},
	{AlreadyActivated, CheckActivation, Caution, "activation", func(e *Evidence) {
		e.Records.ActivatedAt, e.Records.Since = day(21), Scans{Count: 2, First: day(22), Last: day(24)}
	}},
	{AlreadyActivated, CheckActivation, Caution, "activation", func(e *Evidence) {
		e.Records.ActivatedAt, e.Records.Since = day(21), Scans{
			Count:     2,
			First:     day(22),
			Last:      day(24),
			LastPlace: "杭州",
		}
	}},
	{ConfirmedClone, CheckPattern, Stop, "pattern", func(e *Evidence) { e.Records.Pattern.Flag = flaggedAs(true) }},
	{CloneLikely, CheckPattern, Caution, "pattern", scanned(CloneLikely)},
	{ScannedFarApart, CheckPattern, Caution, "pattern", scanned(ScannedFarApart)},
	{ScannedOften, CheckPattern, Caution, "pattern", scanned(ScannedOften)},
	{
		ScansNotWeighed,
		CheckPattern,
		Caution,
		"pattern",
		func(e *Evidence) { e.Records.Pattern.UnscoredSince = now.Add(-weighTime - 1) },
	},
	{
		ConfirmedCounterfeit,
		CheckComplaint,
		Stop,
		"complaint",
		complained(complaint(7, trace.ComplaintDecided, trace.CounterfeitConfirmed)),
	},
	{UnderComplaint, CheckComplaint, Caution, "complaint", complained(complaint(7, trace.ComplaintOpen))},
	{UnderComplaint, CheckComplaint, Caution, "complaint", func(e *Evidence) {
		complained(complaint(7, trace.ComplaintAppealed, trace.CannotTell))(e)
	}},
	{
		CounterfeitInBatch,
		CheckComplaint,
		Caution,
		"complaint",
		complained(complaint(8, trace.ComplaintDecided, trace.CounterfeitConfirmed)),
	},
}

// everybody changes every party, whoever has the unit.
func everybody(change func(*trace.Party)) func(*Evidence) {
	return func(e *Evidence) {
		for id, p := range e.Records.Parties {
			change(&p)
			e.Records.Parties[id] = p
		}
	}
}

func reasonsOf(a Answer) []string {
	var all []string
	for _, c := range a.Checks {
		if c.Result != Pass {
			all = append(all, fmt.Sprintf("%s %s", c.ID, c.Reason))
		}
	}
	return all
}

// asked are the checks, in order.
var asked = []CheckID{
	CheckCode,
	CheckLedger,
	CheckRecall,
	CheckUnitState,
	CheckExpiry,
	CheckQuality,
	CheckCustody,
	CheckSeller,
	CheckActivation,
	CheckPattern,
	CheckComplaint,
}

func TestNothingAgainstIt(t *testing.T) {
	a := Judge(genuine())
	if a.Verdict != Genuine || len(reasonsOf(a)) > 0 {
		t.Fatalf("%s %v", a.Verdict, reasonsOf(a))
	}
	for i, c := range a.Checks {
		if c.ID != asked[i] || c.Result != Pass {
			t.Errorf("check %d: %+v", i, c)
		}
	}
}

// Each reason alone gives its verdict, from its check.
func TestEveryReason(t *testing.T) {
	covered := map[Reason]bool{}
	for _, c := range cases {
		e := genuine()
		c.given(&e)
		a := Judge(e)
		if want := []string{
			fmt.Sprintf("%s %s", c.check, c.reason),
		}; a.Verdict != c.verdict ||
			!slices.Equal(reasonsOf(a), want) {
			t.Errorf("%s: %s %v, want %s %v", c.reason, a.Verdict, reasonsOf(a), c.verdict, want)
		}
		for _, check := range a.Checks {
			covered[check.finding] = true
		}
	}
	for r, x := range reasons {
		if x.verdict != Genuine && !covered[r] {
			t.Errorf("%s has no case", r)
		}
	}
}

// Of any two reasons that can hold at once the worse decides, unless one of
// them leaves nothing to ask about.
func TestWorstDecides(t *testing.T) {
	for _, c1 := range cases {
		for _, c2 := range cases {
			if c1.fact == c2.fact || c1.fact == "batch" || c2.fact == "batch" {
				continue
			}
			e := genuine()
			c1.given(&e)
			c2.given(&e)
			want := c1.verdict
			if c2.verdict.worseThan(want) && c2.fact != "signatures" || c1.fact == "signatures" {
				want = c2.verdict // nobody waits for signatures where something stands against the unit
			}
			if got := Judge(e).Verdict; got != want {
				t.Errorf("%s with %s: %s, want %s", c1.reason, c2.reason, got, want)
			}
		}
	}
}

// Weighing says in a word what judging says, to whoever asks and to the owner, whatever stands against the unit.
func TestWeighedIsJudged(t *testing.T) {
	owners := 0
	for _, c := range cases {
		for _, owner := range []*trace.OwnedUnit{nil, {}, {Owner: "04"}} {
			for _, byOwner := range []bool{false, true} {
				e := genuine()
				if owner != nil {
					e.Records.ActivatedAt, e.Records.Owned = day(20), owner
				}
				c.given(&e)
				e.ByOwner = byOwner
				a, w := Judge(e), Weigh(e)
				if owners++; a.ForOwner == nil {
					owners--
					a.ForOwner = &Answer{}
				}
				if w != (Weighed{a.Verdict, a.ForOwner.Verdict}) {
					t.Errorf("%s: weighed %+v, judged %s and %s", c.reason, w, a.Verdict, a.ForOwner.Verdict)
				}
			}
		}
	}
	if owners == 0 {
		t.Error("nobody was told anything as an owner")
	}
}

// What is not in stale records may still be on the ledger.
func TestAbsenceFromStaleRecordsProvesNothing(t *testing.T) {
	for _, stale := range []func(*Ledger){
		func(l *Ledger) { l.CheckedAt = time.Time{} },
		func(l *Ledger) { l.CheckedAt = now.Add(-2*time.Minute - 1) },
		func(l *Ledger) { l.Halted = "fork" },
	} {
		e := genuine()
		e.Records.Batch = nil
		stale(e.Records.Ledger)
		if a := Judge(e); a.Verdict != Unavailable {
			t.Errorf("%s %v", a.Verdict, reasonsOf(a))
		}
	}
}

// The limit of staleness is the last moment that counts.
func TestFreshUpToTheLimit(t *testing.T) {
	e := genuine()
	e.Records.Ledger.CheckedAt = now.Add(-2 * time.Minute)
	if a := Judge(e); a.Verdict != Genuine {
		t.Errorf("%s %v", a.Verdict, reasonsOf(a))
	}
}

// Any piece of evidence that is taken away leaves an answer that is not genuine.
func TestMissingEvidenceIsNeverGenuine(t *testing.T) {
	for name, take := range map[string]func(*Evidence){
		"everything":     func(e *Evidence) { *e = Evidence{} },
		"code":           func(e *Evidence) { e.Code = CodeUnchecked },
		"records":        func(e *Evidence) { e.Records = nil },
		"ledger":         func(e *Evidence) { e.Records.Ledger = nil },
		"never checked":  func(e *Evidence) { e.Records.Ledger.CheckedAt = time.Time{} },
		"product":        func(e *Evidence) { e.Records.Product = nil },
		"membership":     func(e *Evidence) { e.Membership = MembershipUnknown },
		"holding":        func(e *Evidence) { e.Records.Holding = nil },
		"events":         func(e *Evidence) { e.Records.Events = nil },
		"the last event": func(e *Evidence) { e.Records.Events = e.Records.Events[:2] },
		"known state": func(e *Evidence) {
			e.Records.moved(trace.EventSold, "shop", trace.Place{Holder: "shop", State: "lent"})
		},
		"known reason": removed("vanished"),
		"limit":        func(e *Evidence) { e.MaxAge = 0 },
	} {
		e := genuine()
		take(&e)
		if a := Judge(e); a.Verdict != Unavailable {
			t.Errorf("without %s: %s %v", name, a.Verdict, reasonsOf(a))
		}
	}
}

// A right tag of another batch's size or key was not issued for this batch.
func TestCodeOutsideItsBatch(t *testing.T) {
	for name, change := range map[string]func(*Evidence){
		"index": func(e *Evidence) { e.Unit.Index = 100 },
		"epoch": func(e *Evidence) { e.Epoch = 3 },
	} {
		e := genuine()
		change(&e)
		a := Judge(e)
		forged := Judge(Evidence{Now: now, Code: CodeNotIssued})
		if diff := cmp.Diff(marshal(t, forged), marshal(t, a)); diff != "" {
			t.Errorf("%s: differs from a forged code:\n%s", name, diff)
		}
	}
}

func TestRecallNamesTheGravest(t *testing.T) {
	e := genuine()
	e.Records.Recalls = []trace.Recall{
		recall(trace.ClassIII, day(25)),
		recall(trace.ClassI, day(1)),
		recall(trace.ClassI, day(2)),
		recall(trace.ClassII, day(26)),
	}
	detail := Judge(e).Checks[2].Detail
	if detail["class"] != trace.ClassI || detail["at"] != day(2) {
		t.Errorf("%+v", detail)
	}
}

func TestExpiry(t *testing.T) {
	for _, c := range []struct {
		produced, expires trace.Date
		shelfLife         int
		want              Reason
	}{
		{"2026-10-03", "2026-11-22", 0, ExpiresSoon}, // today is a good day
		{"2026-10-03", "2026-11-21", 0, Expired},
		{"2025-01-01", "2027-01-06", 0, ExpiresSoon}, // 45 days ahead, two years of life
		{"2025-01-01", "2027-01-07", 0, ""},
		{"2026-11-20", "2026-11-27", 0, ""}, // milk of a week, five days left
		{"2026-11-17", "2026-11-24", 0, ExpiresSoon},
		{"2026-11-15", "", 0, ""},
		{"2026-11-01", "", 22, ExpiresSoon}, // from the product's shelf life
		{"2026-11-01", "", 20, Expired},
		{"2026-11-01", "2028-11-01", 20, ""}, // the batch's own date counts
	} {
		e := genuine()
		e.Records.Batch.ProducedOn, e.Records.Batch.ExpiresOn, e.Records.Product.ShelfLifeDays = c.produced, c.expires, c.shelfLife
		if got := checkExpiry(e).Reason; got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// The Chinese day begins eight hours before that of UTC.
func TestExpiryGoesByTheChineseDay(t *testing.T) {
	e := genuine()
	e.Records.Batch.ExpiresOn = "2026-11-22"
	e.Now = time.Date(2026, 11, 22, 15, 59, 0, 0, time.UTC)
	if got := checkExpiry(e).Reason; got != ExpiresSoon {
		t.Errorf("a minute before midnight: %s", got)
	}
	e.Now = e.Now.Add(time.Minute)
	if got := checkExpiry(e).Reason; got != Expired {
		t.Errorf("at midnight: %s", got)
	}
}

func TestCustody(t *testing.T) {
	place := func(holder string, s trace.State) trace.Place { return trace.Place{Holder: holder, State: s} }
	for name, c := range map[string]struct {
		given func(*Evidence)
		want  Reason
	}{
		"sold":                 {func(e *Evidence) { e.Records.moved(trace.EventSold, "shop", place("shop", trace.Sold)) }, ""},
		"sold by the producer": {func(e *Evidence) { e.Records.moved(trace.EventSold, "brand", place("brand", trace.Sold)) }, ""},
		"sold by this seller": {func(e *Evidence) {
			e.Records.moved(trace.EventSold, "shop", place("shop", trace.Sold))
			e.Seller = "shop"
		}, ""},
		"sold by another":           {func(e *Evidence) { e.Records.moved(trace.EventSold, "shop", place("shop", trace.Sold)); e.Seller = "x" }, HeldByOtherSeller},
		"with this seller":          {func(e *Evidence) { e.Seller = "shop" }, ""},
		"with a distributor":        {func(e *Evidence) { e.Records.moved(trace.EventReceived, "carrier", place("carrier", trace.Held)) }, InTransit},
		"with somebody unknown":     {func(e *Evidence) { e.Records.moved(trace.EventReceived, "x", place("x", trace.Held)) }, InTransit},
		"came back to the producer": {func(e *Evidence) { e.Records.moved(trace.EventReturned, "brand", place("brand", trace.Held)) }, ""},
		"its lot awaits approval":   {func(e *Evidence) { e.Records.Batch.Status = trace.BatchAwaitingApproval }, NotYetShipped},
		"on its way, asked from a shop": {func(e *Evidence) {
			e.Records.moved(trace.EventDispatched, "shop", place("S2", trace.InTransit))
			e.Seller = "x"
		}, InTransit},
	} {
		e := genuine()
		c.given(&e)
		if got := checkCustody(e).Reason; got != c.want {
			t.Errorf("%s: %s, want %q", name, got, c.want)
		}
	}
}

// Whatever the evidence, genuine needs every check to have passed on records
// that are fresh, and the decision is never milder than any of its checks.
func TestGenuineNeedsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genuine()
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			if e.Records.Batch != nil && e.Records.Ledger != nil && len(e.Records.Events) > 2 {
				cases[rapid.IntRange(0, len(cases)-1).Draw(t, "case")].given(&e)
			}
		}
		a := Judge(e)
		for _, c := range a.Checks {
			if c.Verdict().worseThan(a.Verdict) || a.Verdict == Genuine && c.Result != Pass {
				t.Fatalf("%s despite %+v", a.Verdict, c)
			}
		}
		if a.Verdict == Genuine && len(a.Checks) != len(asked) {
			t.Fatalf("genuine after %d checks", len(a.Checks))
		}
	})
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// No text leaves a fact out, and none is there in one language only.
func TestTextsAreComplete(t *testing.T) {
	for _, c := range cases {
		e := genuine()
		c.given(&e)
		a := Judge(e)
		texts := map[string]trace.Text{
			"headline": a.Headline,
			"title":    a.Message.Title,
			"found":    a.Message.Found,
			"means":    a.Message.Means,
			"do":       a.Message.Do,
		}
		for _, check := range a.Checks {
			texts["check "+string(check.ID)] = check.Message().Found
		}
		for _, s := range a.Journey {
			texts["step "+string(s.Type)] = s.Text
		}
		for name, text := range texts {
			for lang, s := range map[string]string{"zh-CN": text.ZhCN, "en": text.En} {
				if s == "" || strings.ContainsAny(s, "{}") || strings.Contains(s, "<nil>") {
					t.Errorf("%s, %s in %s: %q", c.reason, name, lang, s)
				}
				if strings.ContainsAny(s, "!！") {
					t.Errorf("%s, %s in %s shouts: %q", c.reason, name, lang, s)
				}
			}
			if strings.ContainsAny(text.ZhCN, ",;:?") || strings.Contains(text.ZhCN, "。。") ||
				strings.Contains(text.En, "..") {
				t.Errorf("%s, %s: punctuation: %q %q", c.reason, name, text.ZhCN, text.En)
			}
		}
	}
}

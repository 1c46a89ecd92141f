package verdict

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// A recall names the units of its lines, the first and the last of them too.
// Another one reaches the unit through what it was made from.
func TestARecallNamesItsUnits(t *testing.T) {
	for name, c := range map[string]struct {
		line trace.Line
		want Reason
	}{
		"before them":   {trace.Line{From: 8, Count: 3}, IngredientRecalled},
		"the first":     {trace.Line{From: 7, Count: 3}, Recalled},
		"the last":      {trace.Line{From: 5, Count: 3}, Recalled},
		"behind them":   {trace.Line{From: 4, Count: 3}, IngredientRecalled},
		"another batch": {trace.Line{Lot: "OTHER", From: 0, Count: 100}, IngredientRecalled},
	} {
		e := genuine()
		if c.line.GTIN = e.Unit.GTIN; c.line.Lot == "" {
			c.line.Lot = e.Unit.Lot
		}
		e.Records.Recalls = []trace.Recall{{GTIN: e.Unit.GTIN, Class: trace.ClassI, Lines: []trace.Line{c.line}}}
		if got := checkRecall(e).Reason; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// From a year on 45 days are soon; below it, by the day, the next step's.
func TestSoonGoesByTheShelfLife(t *testing.T) {
	made := trace.Date("2026-01-01")
	for life, want := range map[int]int{
		366: 45, 365: 45, 364: 20, 180: 20, 179: 15, 90: 15, 89: 10, 30: 10, 29: 5, 16: 5, 15: 2, 0: 2, -1: 0,
	} {
		if got := soon(made, made.AddDays(life)); got != want {
			t.Errorf("%d days: %d, want %d", life, got, want)
		}
	}
}

// What custody says where it passes, and whose way it tells where it does not.
func TestCustodyTellsWhoHasIt(t *testing.T) {
	e := genuine()
	if got := checkCustody(e).finding; got != withSeller {
		t.Errorf("in a shop: %s", got)
	}
	e.Records.moved(trace.EventSold, "shop", trace.Place{Holder: "shop", State: trace.Sold})
	if got := checkCustody(e).finding; got != soldBy {
		t.Errorf("sold: %s", got)
	}
	shipped := genuine()
	shipped.Records.moved(trace.EventDispatched, "shop", trace.Place{Holder: "S2", State: trace.InTransit})
	shipped.Records.Events = append(
		shipped.Records.Events, Event{Type: trace.EventPacked, At: day(21), From: "carrier"},
	)
	d := checkCustody(shipped).Detail
	if diff := cmp.Diff(Detail{
		"at":       day(9),
		"sender":   shipped.Records.Parties["brand"].Name,
		"receiver": shipped.Records.Parties["shop"].Name,
	}, d); diff != "" {
		t.Errorf("an event with one party is no way: %s", diff)
	}
	home := genuine()
	home.Records.Events = home.Records.Events[:1]
	home.Records.Holding = &trace.Place{Holder: "brand", State: trace.Held}
	if got := checkCustody(home).Reason; got != NotYetShipped {
		t.Errorf("never sent: %s", got)
	}
	if home.Records.Left = true; checkCustody(home).Reason == NotYetShipped {
		t.Error("sent once, though the events no longer tell")
	}
	for name, change := range map[string]func(*Records){
		"sold at home":    func(r *Records) { r.Holding.State = trace.Sold },
		"with the seller": func(r *Records) { r.Holding.Holder = "shop" },
	} {
		other := genuine()
		other.Records.Events, other.Records.Holding = home.Records.Events, &trace.Place{
			Holder: "brand",
			State:  trace.Held,
		}
		if change(other.Records); checkCustody(other).Reason == NotYetShipped {
			t.Errorf("%s, it has left", name)
		}
	}
}

// Who answers for a unit on the way is its sender, where that is known.
func TestTheSenderAnswersOnTheWay(t *testing.T) {
	for name, c := range map[string]struct {
		last Event
		want string
	}{
		"on the way":           {Event{Target: &trace.Place{Holder: "S1", State: trace.InTransit}, From: "brand", By: "carrier"}, "brand"},
		"from nobody named":    {Event{Target: &trace.Place{Holder: "S1", State: trace.InTransit}, By: "carrier"}, "carrier"},
		"missing, as reported": {Event{Target: &trace.Place{Holder: "S1", State: trace.Removed}, From: "brand", By: "shop"}, "shop"},
	} {
		e := genuine()
		e.Records.Events = append(e.Records.Events, c.last)
		if got := e.Records.seller(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := (&Records{}).seller(); got != "" {
		t.Errorf("of no events: %s", got)
	}
}

// The market is asked about where both are known, the batch's and the reader's.
func TestMarketIsAskedWhereBothAreKnown(t *testing.T) {
	for _, c := range []struct {
		markets []string
		market  string
		asked   bool
	}{{nil, "", false}, {nil, "CN", false}, {[]string{"CN"}, "", false}, {[]string{"CN"}, "CN", true}} {
		e := genuine()
		e.Market, e.Records.Batch.Markets = c.market, c.markets
		if _, asked := checkMarket(e); asked != c.asked {
			t.Errorf("%q of %q: asked %t", c.market, c.markets, asked)
		}
	}
}

// A unit can be claimed where nobody has, its label may bear a PIN, and nothing
// about its way says that the reader does not have it.
func TestWhoMayClaim(t *testing.T) {
	sold := func(e *Evidence) {
		e.Records.moved(trace.EventSold, "shop", trace.Place{Holder: "shop", State: trace.Sold})
	}
	for name, c := range map[string]struct {
		given func(*Evidence)
		want  bool
	}{
		"sold":                {sold, true},
		"claims are not here": {func(e *Evidence) { sold(e); e.Claims = false }, false},
		"claimed":             {func(e *Evidence) { sold(e); e.Records.ActivatedAt = day(21) }, false},
		"without a PIN":       {func(e *Evidence) { sold(e); e.Records.PINs = WithoutPINs }, false},
		"a caution":           {func(e *Evidence) { sold(e); e.Records.Batch.ExpiresOn = "2026-11-25" }, true},
		"on the way": {func(e *Evidence) {
			e.Records.moved(trace.EventDispatched, "shop", trace.Place{Holder: "S2", State: trace.InTransit})
		}, false},
		"recalled":             {func(e *Evidence) { sold(e); e.Records.Recalls = []trace.Recall{recall(trace.ClassI, day(21))} }, false},
		"code of nobody's":     {func(e *Evidence) { e.Code = CodeNotIssued }, false},
		"booked as missing":    {removed(trace.ReasonMissing), false},
		"records that are old": {func(e *Evidence) { sold(e); e.Records.Ledger.CheckedAt = e.Now.Add(-time.Hour) }, false},
	} {
		e := genuine()
		c.given(&e)
		if got := Judge(e).MayClaim; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A later buyer is told how often the code was asked about since, and how often
// it was passed on; nothing of it where it was not.
func TestActivationTellsWhatThereIs(t *testing.T) {
	asked := Scans{Count: 2, Last: day(22), LastPlace: "深圳"}
	for name, c := range map[string]struct {
		given func(*Evidence)
		find  Reason
		facts []string
	}{
		"nobody asked":       {func(*Evidence) {}, AlreadyActivated, []string{"at", "count"}},
		"asked":              {func(e *Evidence) { e.Records.Since = asked }, activatedAskedIn, []string{"at", "count", "last", "place"}},
		"the owner":          {func(e *Evidence) { e.ByOwner = true }, yours, []string{"at", "count"}},
		"the owner, asked":   {func(e *Evidence) { e.ByOwner, e.Records.Since = true, asked }, yoursAsked, []string{"at", "count", "last", "place"}},
		"never passed on":    {func(e *Evidence) { e.Records.Owned = &trace.OwnedUnit{} }, AlreadyActivated, []string{"at", "count"}},
		"passed on, nowhere": {func(e *Evidence) { e.Records.Owned = &trace.OwnedUnit{PassedOn: 1} }, AlreadyActivated, []string{"at", "count", "passedOn"}},
	} {
		e := genuine()
		e.Records.ActivatedAt = day(21)
		c.given(&e)
		got := checkActivation(e)
		facts := []string{}
		for fact := range got.Detail {
			facts = append(facts, fact)
		}
		slices.Sort(facts)
		if got.finding != c.find || !slices.Equal(facts, c.facts) {
			t.Errorf("%s: %s of %q", name, got.finding, facts)
		}
	}
}

// A complaint weighs with the platform's look at it, or with a decision.
func TestAComplaintWeighsWithAGround(t *testing.T) {
	for name, c := range map[string]struct {
		given  trace.Complaint
		weighs bool
		want   Reason
	}{
		"open":              {complaint(7, trace.ComplaintOpen), false, ""},
		"open, looked at":   {complaint(7, trace.ComplaintOpen), true, UnderComplaint},
		"decided, appealed": {complaint(7, trace.ComplaintAppealed, trace.FoundGenuine), false, UnderComplaint},
		"decided":           {complaint(7, trace.ComplaintDecided, trace.FoundGenuine), true, ""},
	} {
		e := genuine()
		if e.Records.Complaints = []trace.Complaint{c.given}; c.weighs {
			e.Records.Weighed = []string{c.given.ID}
		}
		if got := checkComplaint(e).Reason; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Goods of before the ledger say that their inspection is only stated.
func TestGoodsOfBeforeSaySo(t *testing.T) {
	e := genuine()
	inspected(true)(&e)
	if got := checkQuality(e).finding; got != inspectionPassed {
		t.Errorf("inspected: %s", got)
	}
	if e.Records.Batch.Legacy = true; checkQuality(e).finding != legacyStated {
		t.Errorf("of before: %s", checkQuality(e).finding)
	}
	e.Records.Quality, e.Records.Inspection = nil, nil
	if got := checkQuality(e).Reason; got != NotReleased {
		t.Errorf("of before, without a report: %q", got)
	}
	seen := genuine()
	inspected(true)(&seen)
	if seen.Records.Quality = nil; itemInspection(seen.Records) == nil {
		t.Error("an inspection is not shown where no state of quality is kept")
	}
	inspected(true)(&seen)
	if held(&seen); itemInspection(seen.Records) != nil {
		t.Error("a passed inspection is shown though the goods are held")
	}
}

// A unit's way says how it left, and dates what was made by its own day.
func TestStations(t *testing.T) {
	e := genuine()
	r := e.Records
	text := func(e Event) trace.Text {
		got, _ := stepText(e)
		return got
	}
	gone := func(reason trace.Reason, s trace.State) Event {
		return Event{Type: trace.EventDecommissioned, Target: &trace.Place{Holder: "brand", State: s, Reason: reason}}
	}
	own := stepTexts[trace.EventDecommissioned]
	if got := text(gone(trace.ReasonStolen, trace.Removed)); got != removedTexts[trace.ReasonStolen] {
		t.Errorf("stolen: %v", got)
	}
	if got := text(gone("UNHEARD_OF", trace.Removed)); got != own {
		t.Errorf("for a reason without a text: %v, want the event's own %v", got, own)
	}
	if got := text(gone(trace.ReasonStolen, trace.Held)); got != own {
		t.Errorf("not removed: %v", got)
	}
	made := func(target *trace.Place) trace.Date {
		return r.step(Event{Type: trace.EventTransformed, At: day(12), By: "brand", Target: target}, usedUp).On
	}
	if got := made(&trace.Place{Holder: "brand", State: trace.Held}); got != r.Batch.ProducedOn {
		t.Errorf("made on %s", got)
	}
	for _, used := range []*trace.Place{nil, {Holder: "brand", State: trace.Consumed}} {
		if got := made(used); got != "2026-10-12" {
			t.Errorf("used up on %s", got)
		}
	}
}

// In one line: who asked before; where nothing could be found, why not.
func TestOneLine(t *testing.T) {
	e := genuine()
	if got := e.Records.asked(); got != nobodyAsked {
		t.Errorf("nobody: %v", got)
	}
	e.Records.Scans = Scans{Count: 1, First: day(20), Last: day(20)}
	if got := e.Records.asked(); got == nobodyAsked || got.En == "" {
		t.Errorf("somebody: %v", got)
	}
	if c := found(CheckCode, EvidenceMissing, nil); c.Line() != c.Message().Means {
		t.Errorf("where nothing is found: %v", c.Line())
	}
	if c := found(CheckRecall, notRecalled, nil); c.Line() != c.Message().Found || c.Line().En == "" {
		t.Errorf("where something is: %v", c.Line())
	}
}

// A genuine answer, and one that its owner would read as genuine, need signatures.
func TestWhoNeedsSignatures(t *testing.T) {
	for name, c := range map[string]struct {
		given Weighed
		want  bool
	}{
		"genuine":                 {Weighed{Verdict: Genuine}, true},
		"caution":                 {Weighed{Verdict: Caution}, false},
		"caution, for its owner":  {Weighed{Verdict: Caution, Owner: Caution}, false},
		"genuine for its owner":   {Weighed{Verdict: Caution, Owner: Genuine}, true},
		"genuine, a stop for him": {Weighed{Verdict: Genuine, Owner: Stop}, true},
	} {
		if got := c.given.NeedsSignatures(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A city's name has at most forty characters and no control characters.
func TestCityName(t *testing.T) {
	longest := strings.Repeat("市", maxCity)
	for given, want := range map[string]string{
		" 深圳 ": "深圳", longest: longest, longest + "市": "", "a\x07b": "", "a\xffb": "", "": "",
	} {
		if got := CityName(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

// The licence that ends first is shown; one without an end is none.
func TestTheLicenceThatEndsFirst(t *testing.T) {
	for want, licences := range map[trace.Date][]trace.Licence{
		"":           {{}},
		"2027-01-01": {{ValidTo: "2028-01-01"}, {}, {ValidTo: "2027-01-01"}, {ValidTo: "2027-06-01"}},
	} {
		if got := firstToEnd(licences); got != want {
			t.Errorf("%v: %s", licences, got)
		}
	}
}

// A badge goes by names that are known, by records up to their greatest age, and
// by goods of before as by those that must be inspected.
func TestBadgeBounds(t *testing.T) {
	e := badgeInOrder(now)
	if got := JudgeBadge(e); !strings.Contains(got.Found.En, "A shop") {
		t.Errorf("the seller is not named: %s", got.Found.En)
	}
	delete(e.Records.Parties, "shop")
	if got := JudgeBadge(e); strings.Contains(got.Found.En, "A shop") || got.Finding != BadgeUnavailable {
		t.Errorf("a seller that is not known: %+v", got)
	}
	old := badgeInOrder(now)
	if old.Records.Ledger.CheckedAt = now.Add(-old.MaxAge); JudgeBadge(old).Finding != BadgeInOrder {
		t.Error("as old as they may be")
	}
	if old.Records.Ledger.CheckedAt = now.Add(-old.MaxAge - 1); JudgeBadge(old).Finding != BadgeUnavailable {
		t.Error("older than they may be")
	}
	before := badgeInOrder(now)
	if before.Records.Batch.Legacy = true; JudgeBadge(before).Finding != BadgeLotStopped {
		t.Error("a lot of before, not inspected")
	}
	whole := badgeInOrder(now)
	if whole.Records.Badge.Lot, whole.Records.Batch = "", nil; JudgeBadge(whole).Finding != BadgeInOrder {
		t.Error("the whole product")
	}
	recalls := []trace.Recall{
		{GTIN: "1", Lots: []string{"B", "A"}},
		{GTIN: "2", Lots: []string{"C"}, Derived: []trace.Line{{GTIN: "1", Lot: "D"}, {GTIN: "3", Lot: "E"}}},
	}
	if diff := cmp.Diff([]string{"A", "B", "D"}, RecalledLots(recalls, "1")); diff != "" {
		t.Error(diff)
	}
}

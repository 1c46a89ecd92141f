package contract

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// factsOf is the request for the facts of some units.
func factsOf(units ...trace.FactsAsked) string {
	data, err := trace.Marshal(trace.FactsRequest{Units: units})
	if err != nil {
		panic(err)
	}
	return string(data)
}

func ask(lot string, index int64, at trace.Place) trace.FactsAsked {
	return trace.FactsAsked{GTIN: tea, Lot: lot, Index: index, At: at}
}

// facts gives the facts of one unit of the tea, wherever it is.
func (l *ledger) facts(lot string, index int64) trace.Facts {
	l.t.Helper()
	all, err := query[[]trace.Facts](l, auditor, trace.GetFacts, factsOf(ask(lot, index, trace.Place{})))
	if err != nil {
		l.t.Fatal(err)
	}
	return all[0]
}

// TestFacts: what happened to a unit is in what the ledger states of it.
func TestFacts(t *testing.T) {
	sold := trace.Place{Holder: "shop", State: trace.Sold}
	later := func(l *ledger) { l.sleep(72 * time.Hour) }
	decide := func(l *ledger, o trace.Outcome, kind trace.DecisionKind) {
		l.must(platform, trace.DecideComplaint, deciding("CASE-1", kind, o, "li"))
	}
	for name, test := range map[string]struct {
		story func(*ledger)
		index int64
		want  string
	}{
		"as it began": {func(*ledger) {}, 60, "{maker held  } left=false recalls=0 rulings=[] [maker]"},
		"sold":        {func(*ledger) {}, 0, "{shop sold  } left=true recalls=0 rulings=[] [maker shop]"},
		"on its way":  {func(*ledger) {}, 40, "{SHIP-2 in_transit  } left=true recalls=0 rulings=[] [maker]"},
		"taken back": {func(l *ledger) {
			l.must(maker, trace.CancelShipment, trace.CancelShipmentRequest{ID: "SHIP-2", Reason: "错"})
		}, 40, "{maker held  } left=true recalls=0 rulings=[] [maker]"},
		"beside one taken back": {func(l *ledger) {
			l.must(maker, trace.CancelShipment, trace.CancelShipmentRequest{ID: "SHIP-2", Reason: "错"})
		}, 50, "{maker held  } left=false recalls=0 rulings=[] [maker]"},
		"returned to its maker": {func(l *ledger) {
			l.must(maker, trace.Sell, selling(line("A", 60, 3)))
			l.must(maker, trace.Return, returning(trace.Good, line("A", 61, 1)))
		}, 61, "{maker held  } left=true recalls=0 rulings=[] [maker]"},
		"recalled": {func(l *ledger) { l.must(auditor, trace.StartRecall, recall("RECALL-2", "A")) }, 0,
			"{shop sold  } left=true recalls=1 rulings=[] [maker shop]"},
		"no longer recalled": {func(l *ledger) {
			l.must(auditor, trace.StartRecall, recall("RECALL-2", "A"))
			l.must(auditor, trace.CloseRecall, trace.CloseRecallRequest{ID: "RECALL-2", Note: "完"})
		}, 0, "{shop sold  } left=true recalls=0 rulings=[] [maker shop]"},
		"complained of": {func(l *ledger) { l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 0)) }, 0,
			"{shop sold  } left=true recalls=0 rulings=[] [maker shop]"},
		"decided, of another unit": {func(l *ledger) {
			l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 5))
			later(l)
			decide(l, trace.CounterfeitConfirmed, trace.FirstDecision)
		}, 0, "{shop sold  } left=true recalls=0 rulings=[{CASE-1 5 counterfeit_confirmed false}] [maker shop]"},
		"appealed": {func(l *ledger) {
			l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 5))
			later(l)
			decide(l, trace.CounterfeitConfirmed, trace.FirstDecision)
			l.must(shop, trace.AppealComplaint, saying("CASE-1"))
		}, 5, "{shop sold  } left=true recalls=0 rulings=[{CASE-1 5 counterfeit_confirmed true}] [maker shop]"},
		"one of several others": {func(l *ledger) {
			for n, unit := range []int64{3, 0, 5, 7} {
				id := fmt.Sprint("CASE-", 9-n)
				l.must(platform, trace.OpenComplaint, against(id, "shop", unit))
				later(l)
				l.must(platform, trace.DecideComplaint, deciding(id, trace.FirstDecision, trace.CounterfeitConfirmed, "li"))
			}
			l.must(platform, trace.DecideComplaint, deciding("CASE-6", trace.Amendment, trace.FoundGenuine, "li"))
		}, 0, "{shop sold  } left=true recalls=0 rulings=[{CASE-7 5 counterfeit_confirmed false} {CASE-8 0 counterfeit_confirmed false}] [maker shop]"},
		"decided otherwise on appeal": {func(l *ledger) {
			l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 5))
			later(l)
			decide(l, trace.CounterfeitConfirmed, trace.FirstDecision)
			l.must(shop, trace.AppealComplaint, saying("CASE-1"))
			l.must(platform, trace.DecideComplaint, deciding("CASE-1", trace.AppealDecision, trace.FoundGenuine, "wu"))
		}, 5, "{shop sold  } left=true recalls=0 rulings=[{CASE-1 5 genuine false}] [maker shop]"},
		"beyond the last": {func(*ledger) {}, 100, "nowhere left=false recalls=0 rulings=[] [maker]"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newMarket(t)
			test.story(l)
			f := l.facts("A", test.index)
			if got := inShort(f); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
			if f.Batch == nil || f.Batch.Lot != "A" || f.Product == nil || f.Product.GTIN != tea {
				t.Errorf("of batch %+v, product %+v", f.Batch, f.Product)
			}
		})
	}
	if f := newMarket(t).facts("A", 0); *f.Place != sold {
		t.Errorf("at %+v", f.Place)
	}
}

func inShort(f trace.Facts) string {
	at := "nowhere"
	if f.Place != nil {
		at = fmt.Sprint(*f.Place)
	}
	var ids []string
	for _, p := range f.Parties {
		ids = append(ids, p.ID)
	}
	return fmt.Sprintf("%s left=%v recalls=%d rulings=%v %v", at, f.Left, len(f.Recalls), f.Rulings, ids)
}

// TestFactsOfAContainer: a unit in a case that came back closed has left, inside
// the case and out of it, and its neighbours of the case's stripe have not.
func TestFactsOfAContainer(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.Dispatch, shipping("shop", pallet))
	l.must(maker, trace.CancelShipment, trace.CancelShipmentRequest{ID: "SHIP-NEW", Reason: "错"})
	for i, want := range map[int64]string{
		0: "{maker held  " + innerCase + "} left=true", 5: "{maker held  " + pallet + "} left=true", 7: "{maker held  } left=false",
	} {
		if got := inShort(l.facts("P", i)); !strings.HasPrefix(got, want) {
			t.Errorf("unit %d: %s, want %s", i, got, want)
		}
	}
	l.must(maker, trace.Unpack, trace.UnpackRequest{SSCC: pallet})
	l.must(maker, trace.Pack, packing(newCase, line("P", 5, 1)))
	for i, want := range map[int64]string{
		0: "{maker held  " + innerCase + "} left=true", 5: "{maker held  " + newCase + "} left=true", 6: "{maker held  } left=true", 7: "{maker held  } left=false",
	} {
		if got := inShort(l.facts("P", i)); !strings.HasPrefix(got, want) {
			t.Errorf("unit %d, unpacked: %s, want %s", i, got, want)
		}
	}
}

// TestFactsOfWhatIsUnknown: of a batch that nobody registered the ledger states nothing.
func TestFactsOfWhatIsUnknown(t *testing.T) {
	l := newMarket(t)
	want := trace.Facts{GTIN: tea, Lot: "NONE", Product: l.facts("A", 0).Product,
		Recalls: []trace.Recall{}, Rulings: []trace.Ruled{}, Parties: []trace.Party{}}
	if diff := cmp.Diff(want, l.facts("NONE", 0)); diff != "" {
		t.Error(diff)
	}
}

// TestFactsTellOfPartiesWhatShoppersMayKnow: no certificates, notes or officers.
func TestFactsTellOfPartiesWhatShoppersMayKnow(t *testing.T) {
	l := newMarket(t)
	l.must(
		platform,
		trace.SetPartyStatus,
		trace.SetPartyStatusRequest{ID: "shop", Status: trace.StatusSuspended, Reason: "内部原因"},
	)
	l.must(maker, trace.FlagUnit, flagging(0))
	_, text, err := l.invoke(auditor, string(trace.GetFacts), factsOf(ask("A", 0, trace.Place{})))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"PlatformMSP", "内部原因", `"officer":"li"`, "四个城市"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%q is in the facts", secret)
		}
	}
	f := l.facts("A", 0)
	if f.Parties[1].Status != trace.StatusSuspended || !f.Flag.Copied() {
		t.Errorf("%+v", f)
	}
}

// TestFactsRoot: the root is that of RFC 6962 over the facts' canonical JSON, at
// the proposal's time, and every endorser answers the same bytes.
func TestFactsRoot(t *testing.T) {
	l := newMarket(t)
	request := factsOf(ask("A", 0, trace.Place{}), ask("A", 60, held("maker")), ask("R", 0, held("shop")))
	all, err := query[[]trace.Facts](l, auditor, trace.GetFacts, request)
	if err != nil {
		t.Fatal(err)
	}
	var leaves [][]byte
	for _, f := range all {
		data, err := trace.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, rfc6962.DefaultHasher.HashLeaf(data))
	}
	root := rfc6962.DefaultHasher.HashChildren(rfc6962.DefaultHasher.HashChildren(leaves[0], leaves[1]), leaves[2])
	want := trace.FactsRoot{Version: trace.FactsVersion, At: noon, Count: 3, Root: hex.EncodeToString(root)}
	got, err := query[trace.FactsRoot](l, revoked, trace.StateFacts, request)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	other := l.fork(t)
	other.now = other.now.Add(time.Second) // another endorser's clock
	_, first, _ := l.invoke(auditor, string(trace.StateFacts), request)
	_, second, err := other.invoke(auditor, string(trace.StateFacts), request)
	if string(first) != string(second) || err != nil {
		t.Errorf("%s and %s: %v", first, second, err)
	}
	l.at = l.now.Add(-2 * maxSkew)
	if _, err := query[trace.FactsRoot](l, auditor, trace.StateFacts, request); trace.CodeOf(err) != trace.ClockSkew {
		t.Errorf("of long ago: %v", err)
	}
}

// TestFactsRefusals: a request that names no unit, too many, or none that could be.
func TestFactsRefusals(t *testing.T) {
	l := newMarket(t)
	unit := ask("A", 0, held("maker"))
	at := func(p trace.Place) string { return factsOf(ask("A", 0, p)) }
	for name, test := range map[string]struct {
		request string
		code    trace.Code
		field   string
	}{
		"nothing":           {"", trace.RequestMalformed, ""},
		"too long":          {strings.Repeat(" ", maxRequest+1), trace.RequestMalformed, ""},
		"another field":     {`{"units":[],"all":true}`, trace.RequestMalformed, ""},
		"no unit":           {factsOf(), trace.FieldInvalid, "units"},
		"too many":          {factsOf(unit, unit, unit, unit, unit, unit, unit, unit, unit), trace.FieldInvalid, "units"},
		"no GTIN":           {factsOf(trace.FactsAsked{Lot: "A"}), trace.GTINMissing, "units.gtin"},
		"no lot":            {factsOf(trace.FactsAsked{GTIN: tea}), trace.LotInvalid, "lot"},
		"before the first":  {factsOf(ask("A", -1, trace.Place{})), trace.UnitUnknown, "units.index"},
		"beyond any":        {factsOf(ask("A", trace.MaxIndex, trace.Place{})), trace.UnitUnknown, "units.index"},
		"with nobody":       {at(trace.Place{State: trace.Held}), trace.FieldInvalid, "units.at.holder"},
		"with a control":    {at(trace.Place{Holder: "a\x00b", State: trace.Held}), trace.FieldInvalid, "units.at.holder"},
		"in no state":       {at(trace.Place{Holder: "shop"}), trace.FieldInvalid, "units.at.state"},
		"in no container":   {at(trace.Place{Holder: "shop", State: trace.Held, Container: "1"}), trace.SSCCInvalid, "units.at.container"},
		"in a half of them": {factsOf(unit, ask("A", -1, trace.Place{})), trace.UnitUnknown, "units.index"},
	} {
		for _, q := range []trace.Query{trace.StateFacts, trace.GetFacts} {
			_, _, err := l.invoke(auditor, string(q), test.request)
			e, _ := errors.AsType[*trace.Error](err)
			if e == nil || e.Code != test.code || e.Field != test.field {
				t.Errorf("%s of %s: %v, want %s on %q", q, name, err, test.code, test.field)
			}
		}
	}
}

// TestFactsReadFewKeys: of a lot in ten thousand cases, a unit whose place is
// named is found without a look at the others; one that is elsewhere is found all the same.
func TestFactsReadFewKeys(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"})
	for i := range 10_000 {
		at := trace.Place{Holder: "stall", State: trace.Held, Container: sscc(shopPrefix, i)}
		l.store(holdingKey(line("BIG", 0, 1), at), trace.Runs{{State: trace.Held, From: 10_000 + int64(i), Count: 1}})
	}
	c, _, err := l.invoke(auditor, string(trace.StateFacts), factsOf(ask("BIG", 300, held("maker"))))
	if err != nil || len(c.Reads) > 12 || c.Paged {
		t.Errorf("%d keys read, in pages: %v; %v", len(c.Reads), c.Paged, err)
	}
	f, err := query[[]trace.Facts](l, auditor, trace.GetFacts, factsOf(ask("BIG", 300, held("stall"))))
	if err != nil || *f[0].Place != held("maker") {
		t.Errorf("%+v %v", f, err)
	}
}

// TestFactsOfHoldingsFromBefore: what lies in one key, from before there were
// stripes, is where it is named.
func TestFactsOfHoldingsFromBefore(t *testing.T) {
	l := newMarket(t)
	l.store(holdingKey(line("A", 0, 1), held("stall")), trace.Runs{{State: trace.Held, From: 0, Count: 1}})
	c, text, err := l.invoke(auditor, string(trace.GetFacts), factsOf(ask("A", 0, held("stall"))))
	if err != nil || c.Paged || !strings.Contains(string(text), `"place":{"holder":"stall","state":"held"}`) {
		t.Errorf("%s %v, in pages: %v", text, err, c.Paged)
	}
}

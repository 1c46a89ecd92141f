package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// flagging rules on a unit of lot A.
func flagging(index int64) trace.FlagRequest {
	return trace.FlagRequest{GTIN: tea, Lot: "A", Index: index, Note: "四个城市同时出现", Officer: "li"}
}

func flaggingWith(change func(*trace.FlagRequest)) trace.FlagRequest {
	return with(flagging(0), change)
}

var flagRefusals = []refusal{
	{
		"of an unknown lot",
		maker,
		trace.FlagUnit,
		flaggingWith(func(r *trace.FlagRequest) { r.Lot = "NONE" }),
		trace.BatchUnknown,
		"lot",
	},
	{"beyond the last unit", maker, trace.FlagUnit, flagging(100), trace.LineOutOfRange, "lines"},
	{"before the first unit", maker, trace.FlagUnit, flagging(-1), trace.UnitUnknown, "index"},
	{
		"without a note",
		maker,
		trace.FlagUnit,
		flaggingWith(func(r *trace.FlagRequest) { r.Note = " " }),
		trace.FieldInvalid,
		"note",
	},
	{
		"by nobody",
		maker,
		trace.FlagUnit,
		flaggingWith(func(r *trace.FlagRequest) { r.Officer = "" }),
		trace.FieldInvalid,
		"officer",
	},
	{"by a rival", rival, trace.FlagUnit, flagging(0), trace.NotAllowed, "lot"},
	{"by who sells it", shop, trace.FlagUnit, flagging(0), trace.RoleMissing, ""},
	{"by an auditor", auditor, trace.FlagUnit, flagging(0), trace.RoleMissing, ""},
	{"that was not confirmed", maker, trace.UnflagUnit, flagging(0), trace.UnitNotFlagged, "index"},
	{"by a rival", rival, trace.UnflagUnit, flagging(0), trace.NotAllowed, "lot"},
}

var (
	_ = tried(
		trace.FlagUnit,
		trial{by: "maker platform", refusals: flagRefusals, shape: told{maker, trace.FlagUnit, flagging(20)}},
	)
	_ = tried(trace.UnflagUnit, trial{by: "maker platform", shape: told{maker, trace.UnflagUnit, flagging(20)}})
)

// TestFlag: a confirmation is withdrawn, never unsaid; what the platform has
// confirmed, its producer does not withdraw; nothing moves.
func TestFlag(t *testing.T) {
	l := newMarket(t)
	e := l.must(maker, trace.FlagUnit, flagging(7))
	first := trace.FlagRuling{Copied: true, Note: "四个城市同时出现", Officer: "li", By: "maker", At: noon}
	want := trace.UnitFlag{GTIN: tea, Lot: "A", Index: 7, Rulings: []trace.FlagRuling{first}}
	if diff := cmp.Diff(
		trace.Event{
			Type:  trace.EventUnitFlagged,
			At:    noon,
			By:    "maker",
			Flag:  &want,
			Lines: lines(line("A", 7, 1)),
			Note:  first.Note,
		},
		e,
	); diff != "" {
		t.Error(diff)
	}
	if _, err := l.submit(platform, trace.FlagUnit, flagging(7)); trace.CodeOf(err) != trace.UnitFlagged {
		t.Error(err)
	}
	l.must(platform, trace.UnflagUnit, flagging(7))
	l.must(platform, trace.FlagUnit, flagging(7))
	if _, err := l.submit(maker, trace.UnflagUnit, flagging(7)); trace.CodeOf(err) != trace.NotAllowed {
		t.Error(err)
	}
	l.must(platform, trace.UnflagUnit, flagging(7))
	f, err := query[trace.UnitFlag](l, stall, trace.GetUnitFlag, tea, "A", "7")
	if err != nil || f.Copied() || len(f.Rulings) != 4 || f.Rulings[0] != first {
		t.Errorf("%+v %v", f, err)
	}
	none, err := query[trace.UnitFlag](l, stall, trace.GetUnitFlag, tea, "A", "8")
	if err != nil || none.Copied() || none.Rulings == nil {
		t.Errorf("%+v %v", none, err)
	}
	if _, err := query[trace.UnitFlag](l, stall, trace.GetUnitFlag, tea, "A", "x"); trace.CodeOf(
		err,
	) != trace.UnitUnknown {
		t.Error(err)
	}
}

// Nobody rules on one unit for ever.
func TestFlagEnds(t *testing.T) {
	f := trace.UnitFlag{Rulings: make([]trace.FlagRuling, trace.MaxRulings)}
	if err := f.MayFlag(); trace.CodeOf(err) != trace.FieldInvalid {
		t.Error(err)
	}
}

// flag rules on any unit as anybody; the world keeps who confirmed what. Flags
// move nothing: the world's check finds every unit where it was.
func (w *world) flag() {
	lot := rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot")
	index := rapid.IntRange(0, len(w.units[lot])-1).Draw(w.T, "unit")
	who := w.who([]identity{maker, platform, shop, rival})
	unit := line(lot, int64(index), 1)
	by, flagged := w.flags[unit]
	r := trace.FlagRequest{GTIN: tea, Lot: lot, Index: int64(index), Note: "查实", Officer: "li"}
	may := who.name == "maker" || who.name == "platform"
	if rapid.Bool().Draw(w.T, "withdraw") {
		if w.submit(who, trace.UnflagUnit, r, may && flagged && (who.name == "platform" || by == "maker")) {
			delete(w.flags, unit)
		}
	} else if w.submit(who, trace.FlagUnit, r, may && !flagged) {
		w.flags[unit] = who.name
	}
}

package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func unit(i int, change func(*trace.ActivateUnitRequest)) trace.ActivateUnitRequest {
	return with(tree.units[i], change)
}

var unitRefusals = []refusal{
	{
		"with a wrong PIN",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.PIN = "GUESS" }),
		trace.UnitProof,
		"path",
	},
	{
		"with another salt",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Salt = strings.Repeat("f", 32) }),
		trace.UnitProof,
		"path",
	},
	{
		"with another serial",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Serial = "SERIAL-9" }),
		trace.UnitProof,
		"path",
	},
	{
		"at another index",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Index = 1 }),
		trace.UnitProof,
		"path",
	},
	{
		"with another unit's path",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Path = tree.units[1].Path }),
		trace.UnitProof,
		"path",
	},
	{
		"with a short path",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Path = u.Path[:1] }),
		trace.UnitProof,
		"path",
	},
	{
		"with a long path",
		platform,
		trace.ActivateUnit,
		unit(2, func(u *trace.ActivateUnitRequest) { u.Path = append(u.Path[:1:1], u.Path...) }),
		trace.UnitProof,
		"path",
	},
	{
		"of a batch of the same root",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Lot = "A" }),
		trace.UnitProof,
		"path",
	},
	{
		"beyond the last",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Index = 3 }),
		trace.UnitUnknown,
		"index",
	},
	{
		"before the first",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Index = -1 }),
		trace.UnitUnknown,
		"index",
	},
	{
		"of no batch",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Lot = "NONE" }),
		trace.BatchUnknown,
		"lot",
	},
	{
		"of a batch over quota",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Lot = "BIG" }),
		trace.BatchUnapproved,
		"lot",
	},
	{
		"with a salt in capitals",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Salt = strings.Repeat("F", 32) }),
		trace.FieldInvalid,
		"salt",
	},
	{
		"with an odd path",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Path = []string{"00"} }),
		trace.FieldInvalid,
		"path",
	},
	{"by the maker", maker, trace.ActivateUnit, tree.units[0], trace.RoleMissing, ""},
}

func TestActivateOnce(t *testing.T) {
	l := newMarket(t)
	for i, u := range tree.units {
		if i > 0 { // an owner's key is not required
			u.Owner = ann.public()
		}
		e := l.must(platform, trace.ActivateUnit, u)
		fact := trace.UnitEvent{
			GTIN:   tea,
			Lot:    "TREE",
			Index:  int64(i),
			Serial: u.Serial,
			Type:   trace.Activated,
			At:     noon,
		}
		want := trace.OwnedUnit{UnitEvent: fact, Owner: u.Owner}
		if diff := cmp.Diff(
			trace.Event{
				Type:  trace.EventUnitActivated,
				At:    noon,
				By:    "platform",
				Units: []trace.UnitEvent{fact},
				Unit:  &want,
				Lines: lines(line("TREE", int64(i), 1)),
			},
			e,
		); diff != "" {
			t.Error(diff)
		}
		stored, err := query[trace.OwnedUnit](l, shop, trace.GetUnit, tea, "TREE", string(rune('0'+i)))
		if diff := cmp.Diff(want, stored); diff != "" || err != nil {
			t.Errorf("%s %v", diff, err)
		}
	}
	if _, err := l.submit(platform, trace.ActivateUnit, tree.units[1]); trace.CodeOf(err) != trace.UnitActivated {
		t.Error(err)
	}
}

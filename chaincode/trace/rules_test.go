package trace

import (
	"errors"
	"slices"
	"testing"
)

// TestWhoLiftsAHold: a party lifts what it set itself, unless that is official; the
// platform and auditors lift all.
func TestWhoLiftsAHold(t *testing.T) {
	brand := Hold{By: "brand"}
	shop := Hold{By: "shop"}
	ruled := Hold{By: "brand", Official: true}
	party := func(id string, roles ...Role) Party { return Party{ID: id, Roles: roles} }
	for name, c := range map[string]struct {
		holds []Hold
		by    Party
		kept  []Hold
		code  Code
	}{
		"one's own":               {[]Hold{brand}, party("brand"), nil, ""},
		"one's own of two":        {[]Hold{shop, brand}, party("brand"), []Hold{shop}, ""},
		"another's":               {[]Hold{shop}, party("brand"), []Hold{shop}, NotAllowed},
		"one's own, but official": {[]Hold{ruled}, party("brand"), []Hold{ruled}, NotAllowed},
		"all, by the platform":    {[]Hold{shop, ruled}, party("platform", RolePlatform), nil, ""},
		"all, by an auditor":      {[]Hold{shop, ruled}, party("auditor", RoleAuditor), nil, ""},
		"none":                    {nil, party("brand"), nil, NotOnHold},
	} {
		q, err := Quality{Lot: "L", Holds: c.holds}.Lifted(c.by)
		if CodeOf(err) != c.code || (err == nil) != (c.code == "") || !slices.EqualFunc(q.Holds, c.kept, sameHold) {
			t.Errorf("%s: %v, %v", name, q.Holds, err)
		}
	}
}

func sameHold(a, b Hold) bool { return a.By == b.By && a.Official == b.Official }

// TestLineBounds: a line may begin and end where a batch's units do, and a refusal
// counts units from one, as labels do.
func TestLineBounds(t *testing.T) {
	line := func(from, count int64) Line { return Line{GTIN: "06998801000036", Lot: "L", From: from, Count: count} }
	for name, c := range map[string]struct {
		lines []Line
		code  Code
	}{
		"the last unit there can be": {[]Line{line(MaxIndex, 1)}, ""},
		"behind it":                  {[]Line{line(MaxIndex+1, 1)}, QuantityInvalid},
		"all units there can be":     {[]Line{line(0, MaxIndex)}, ""},
		"one more":                   {[]Line{line(0, MaxIndex+1)}, QuantityInvalid},
		"none":                       {[]Line{line(0, 0)}, QuantityInvalid},
		"before the first":           {[]Line{line(-1, 1)}, QuantityInvalid},
		"side by side":               {[]Line{line(0, 5), line(5, 5)}, ""},
		"a unit twice":               {[]Line{line(0, 6), line(5, 5)}, LinesOverlap},
	} {
		if err := CheckLines(c.lines); CodeOf(err) != c.code || (err == nil) != (c.code == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := CheckLines([]Line{line(0, 6), line(5, 5)})
	if want := Refuse(LinesOverlap, "lines", "unit_twice", "unit", int64(6), "lot", "L"); err.Error() != want.Error() {
		t.Errorf("%v, want %v", err, want)
	}
}

// TestBatchQuantity: a batch has one unit at least, and as many as there are numbers for.
func TestBatchQuantity(t *testing.T) {
	const today Date = "2026-10-02"
	for quantity, code := range map[int64]Code{0: QuantityInvalid, 1: "", MaxIndex: "", MaxIndex + 1: QuantityInvalid} {
		b := Batch{GTIN: "06998801000036", Lot: "L", Quantity: quantity, ProducedOn: today, Producer: "brand",
			UnitsRoot: "00000000000000000000000000000000000000000000000000000000000000ab"}
		if err := b.Check(today); CodeOf(err) != code || code == "" && err != nil {
			t.Errorf("%d units: %v", quantity, err)
		}
	}
}

// TestLimitsOfAnItem: a smallest value may be the greatest as well, but not above it.
func TestLimitsOfAnItem(t *testing.T) {
	one, two := 1.0, 2.0
	for name, c := range map[string]struct {
		item TestItem
		code Code
	}{
		"between":    {TestItem{Min: &one, Max: &two}, ""},
		"just one":   {TestItem{Min: &one, Max: &one}, ""},
		"crossed":    {TestItem{Min: &two, Max: &one}, FieldInvalid},
		"only least": {TestItem{Min: &one}, ""},
		"only most":  {TestItem{Max: &one}, ""},
	} {
		if err := c.item.check(); CodeOf(err) != c.code || (err == nil) != (c.code == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnActionMendsWhatFailed: the item that has an action without having failed, or
// failed without one, is named as people count.
func TestAnActionMendsWhatFailed(t *testing.T) {
	item := func(result ChecklistResult) CheckItem {
		return CheckItem{Item: Text{ZhCN: "温度", En: "Temperature"}, Result: result, Finding: "x"}
	}
	r := CheckRequest{ID: "C-0001", Party: "brand", Items: []CheckItem{item(ItemPassed), item(ItemFailed)}}
	want := Refuse(FieldInvalid, "actions", "action_of_failed", "item", 2)
	if err := r.Check("2026-10-02"); err == nil || err.Error() != want.Error() {
		t.Errorf("%v, want %v", err, want)
	}
}

// TestWholeCyclesAreOneRun: stripes that are alike over whole cycles are told as one
// run, from the first unit of the first to the last of the last, and no further.
func TestWholeCyclesAreOneRun(t *testing.T) {
	whole := func(change func(map[Stripe]Runs)) map[Stripe]Runs {
		all := map[Stripe]Runs{}
		for s := range Stripe(Stripes) {
			all[s] = Runs{{State: Held, From: stripeWidth, Count: 2 * stripeWidth}}
		}
		change(all)
		return all
	}
	for name, c := range map[string]struct {
		change func(map[Stripe]Runs)
		want   bool
	}{
		"just these cycles": {func(map[Stripe]Runs) {}, true},
		"one begins later": {func(all map[Stripe]Runs) {
			all[3] = Runs{{State: Held, From: stripeWidth + 1, Count: 2*stripeWidth - 1}}
		}, false},
		"one ends earlier": {func(all map[Stripe]Runs) { all[3] = Runs{{State: Held, From: stripeWidth, Count: 2*stripeWidth - 1}} }, false},
		"one is sold":      {func(all map[Stripe]Runs) { all[3][0].State = Sold }, false},
		"one is empty":     {func(all map[Stripe]Runs) { all[3] = nil }, false},
	} {
		r, ok := alike(whole(c.change), 1, 3)
		if ok != c.want || ok && (r.From != stripeCycle || r.Count != 2*stripeCycle) {
			t.Errorf("%s: %+v, %t", name, r, ok)
		}
	}
}

// TestAPrefixWithoutItsZero: who owns a prefix that was written down without the zero
// in front of it is told so, and not that it owns nothing.
func TestAPrefixWithoutItsZero(t *testing.T) {
	for prefix, want := range map[string]string{"614141": "prefix_lacks_zero", "0614142": "no_prefix"} {
		err := Party{ID: "brand", Prefixes: []string{prefix}}.MayRegister("00614141000036", "2026-10-02")
		var refused *Error
		if !errors.As(err, &refused) || refused.Key != want {
			t.Errorf("with %s: %v", prefix, err)
		}
	}
}

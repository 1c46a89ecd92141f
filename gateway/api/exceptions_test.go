package api

import (
	"slices"
	"sync"
	"testing"
)

// caseOf gives the case that a refusal names.
func (w *world) caseOf(a answer, party string) object {
	w.t.Helper()
	id, _ := a.body["case"].(string)
	if id == "" {
		w.t.Fatalf("no case: %s", a.raw)
	}
	return w.must(party, 200, "GET", path("/cases/%s", id), nil).body
}

// TestARefusedCodeIsACase: what does not fit at a till or at a receipt is a case
// by itself, with its cause, the other side, and what is proposed.
func TestARefusedCodeIsACase(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "FIT-0001", "to": "shop", "lines": []any{line(0, 10)}},
	)
	w.must("shop", 201, "POST", path("/shipments/FIT-0001/receipt"), nil)
	w.must("shop", 201, "POST", "/api/v1/sales", object{"lines": []any{line(0, 2)}})
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "OTHER", 20))
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "FIT-0002", "to": "shop", "lines": []any{line(10, 10)}},
	)
	found := func(lot string, from, count int, condition string) object {
		return object{
			"lines": []any{object{"gtin": gtin, "lot": lot, "from": from, "count": count, "condition": condition}},
		}
	}
	unknown := "(01)" + gtin + "(10)" + lot + "(21)AAAAAAAAAAAA"
	receipt := "/shipments/FIT-0002/receipt"
	for name, c := range map[string]struct {
		url                  string
		body                 object
		status               int
		code                 string
		cause, with, fix, of string
	}{
		"sold twice":            {"/sales", object{"lines": []any{line(1, 2)}}, 409, "NOT_HOLDER", "till_refused", "maker", "take_back", "FIT-0001"},
		"never brought":         {"/sales", object{"lines": []any{line(50, 1)}}, 409, "NOT_HOLDER", "till_refused", "maker", "take_back", ""},
		"of no unit":            {"/sales", object{"codes": []any{unknown}}, 404, "UNIT_UNKNOWN", "till_refused", "maker", "correct_data", ""},
		"returned, not sold":    {"/returns", object{"lines": []any{line(5, 1)}, "condition": "good"}, 409, "NOT_SOLD", "till_refused", "maker", "take_back", "FIT-0001"},
		"unknown at receipt":    {receipt, object{"codes": []any{unknown}}, 404, "UNIT_UNKNOWN", "unknown_code", "maker", "correct_data", "FIT-0002"},
		"wrong lot":             {receipt, found("OTHER", 0, 3, "good"), 404, "BATCH_UNKNOWN", "wrong_lot", "maker", "take_back", "FIT-0002"},
		"no such lot":           {receipt, found("NOWHERE", 0, 3, "good"), 404, "BATCH_UNKNOWN", "wrong_lot", "maker", "take_back", "FIT-0002"},
		"damaged, and not sent": {receipt, found(lot, 40, 1, "damaged"), 409, "UNITS_NOT_SENT", "damage", "maker", "take_back", "FIT-0002"},
	} {
		x := w.caseOf(w.refused("shop", c.status, c.code, "POST", "/api/v1"+c.url, c.body), "maker")
		shipment, _ := x["shipment"].(string)
		if x["cause"] != c.cause || x["with"] != c.with || x["fix"] != c.fix || shipment != c.of ||
			x["opener"] != "shop" ||
			x["owner"] != c.with {
			t.Errorf("%s: %v", name, x)
		}
	}
	for name, body := range map[string]object{
		"a slip of the hand":  {"codes": []any{"AAAAAA"}},
		"a product's barcode": {"codes": []any{gtin}},
	} {
		if a := w.ask("shop", "POST", path("/sales"), body); a.status < 400 || a.body["case"] != nil {
			t.Errorf("%s: %s", name, a.raw)
		}
	}
}

// TestOneCasePerCode: repeats, at several tills at once too, are one case until
// it ends, and others cannot see it.
func TestOneCasePerCode(t *testing.T) {
	w := newWorld(t)
	w.stock(20)
	sale := object{"codes": []any{"(01)" + gtin + "(10)" + lot + "(21)AAAAAAAAAAAA"}}
	ids := make([]string, 6)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() { ids[i], _ = w.ask("shop", "POST", path("/sales"), sale).body["case"].(string) })
	}
	all.Wait()
	slices.Sort(ids)
	if named := slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" }); len(named) != 1 {
		t.Fatalf("cases %v", named)
	}
	first := w.caseOf(w.refused("shop", 404, "UNIT_UNKNOWN", "POST", path("/sales"), sale), "maker")["id"].(string)
	if n := len(w.must("maker", 200, "GET", path("/cases"), nil).body["items"].([]any)); n != 1 {
		t.Errorf("%d cases", n)
	}
	w.refused("corner", 404, "CASE_UNKNOWN", "GET", path("/cases/%s", first), nil)
	if kinds, _ := w.inbox("maker", ""); len(
		slices.DeleteFunc(kinds, func(k string) bool { return k != "case" }),
	) != 1 {
		t.Errorf("the maker is told %v", kinds)
	}
	other := w.caseOf(w.refused("corner", 404, "UNIT_UNKNOWN", "POST", path("/sales"), sale), "maker")["id"]
	w.must("shop", 201, "POST", path("/cases/%s/withdrawal", first), nil)
	again := w.caseOf(w.refused("shop", 404, "UNIT_UNKNOWN", "POST", path("/sales"), sale), "maker")["id"]
	if other == first || again == first || again == other {
		t.Errorf("cases %v %v %v", first, other, again)
	}
}

// TestDamageIsACase, beside the claim for units that arrived beyond those sent.
func TestDamageIsACase(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "HURT-0001", "to": "shop", "lines": []any{line(0, 10)}},
	)
	part := func(from, count int, condition string) object {
		return object{"gtin": gtin, "lot": lot, "from": from, "count": count, "condition": condition}
	}
	w.must(
		"shop",
		201,
		"POST",
		path("/shipments/HURT-0001/receipt"),
		object{"lines": []any{part(0, 8, "good"), part(8, 2, "damaged"), part(10, 1, "good")}},
	)
	var causes []string
	for _, x := range w.must("maker", 200, "GET", path("/cases?open=true"), nil).body["items"].([]any) {
		causes = append(causes, x.(object)["cause"].(string)+" "+x.(object)["owner"].(string))
	}
	slices.Sort(causes)
	if !slices.Equal(causes, []string{"damage maker", "extra_units maker"}) {
		t.Errorf("cases %v", causes)
	}
	if kinds, _ := w.inbox("maker", ""); len(
		slices.DeleteFunc(kinds, func(k string) bool { return k != "case" }),
	) != 2 {
		t.Errorf("told of %v", kinds)
	}
}

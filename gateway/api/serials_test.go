package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func listedBatch(lot string, serials ...string) object {
	b := batch(gtin, lot, len(serials))
	b["serials"] = serials
	return b
}

// Goods that bear serials of their factory join: they are registered, named,
// labelled and moved as all others.
func TestFactorySerials(t *testing.T) {
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	serials := []string{"oil-0001/Q7XK", "OIL-0417M2PD", "99887766554433221100", "7"}
	w.must("maker", 201, "POST", "/api/v1/batches", listedBatch("FACTORY", serials...))
	if kept := w.must("maker", 200, "GET", path("/batches/%s/FACTORY", gtin), nil).body; kept["listed"] != true {
		t.Errorf("%v", kept)
	}
	for index, code := range map[int]string{0: "(01)" + gtin + "(10)FACTORY(21)oil-0001/Q7XK", 1: "17m2pd", 2: "99887766554433221100", 3: "https://trace.example/01/" + gtin + "/10/FACTORY/21/7"} {
		unit, _ := w.resolve("maker", object{"codes": []any{code}})["unit"].(object)
		if unit["index"] != float64(index) || unit["serial"] != serials[index] {
			t.Errorf("%q: %v", code, unit)
		}
	}
	if story := w.must(
		"maker", 200, "GET", path("/provenance/%s/FACTORY/OIL0OO1%%2Fq7xk", gtin), nil,
	).body; story["serial"] != serials[0] {
		t.Errorf("as typed: %v", story)
	}
	labels := string(
		w.must("maker", 200, "POST", path("/batches/%s/FACTORY/labels", gtin), object{"format": "csv", "count": 4}).raw,
	)
	for _, serial := range serials {
		if !strings.Contains(labels, serial) {
			t.Errorf("no label for %s in %s", serial, labels)
		}
	}
	w.must("maker", 201, "POST", "/api/v1/sales", object{"codes": []any{"(01)" + gtin + "(10)FACTORY(21)OIL-0417M2PD"}})
}

// Serials that cannot stand are refused by their place, and nothing is kept.
func TestSerialsThatCannotStand(t *testing.T) {
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	for _, c := range []struct {
		serials []string
		field   string
	}{
		{[]string{"A1", "A1"}, "serials.1"},
		{[]string{"AO1", "a-0i"}, "serials.1"},
		{[]string{"A1", "序列"}, "serials.1"},
		{[]string{"A 1"}, "serials.0"},
		{[]string{"."}, "serials.0"},
		{[]string{"A1", ".."}, "serials.1"},
		{[]string{strings.Repeat("A", 21)}, "serials.0"},
	} {
		a := w.refused("maker", 422, "FIELD_INVALID", "POST", "/api/v1/batches", listedBatch("BAD", c.serials...))
		if a.body["field"] != c.field {
			t.Errorf("%v: the field is %v", c.serials, a.body["field"])
		}
	}
	b := listedBatch("BAD", "A1", "B2")
	b["quantity"] = 3
	w.refused("maker", 422, "QUANTITY_INVALID", "POST", "/api/v1/batches", b)
	w.refused("maker", 404, "BATCH_UNKNOWN", "GET", path("/batches/%s/BAD", gtin), nil)
}

// How easily serials are guessed is told when they come in.
func TestGuessableSerials(t *testing.T) {
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	serials := func(form string, step int) (all []string) {
		for i := range 200 {
			all = append(all, fmt.Sprintf(form, i*step))
		}
		return all
	}
	var random []string
	for i := range 200 {
		random = append(random, strings.ToUpper(fmt.Sprintf("%020x", uint64(i+1)*0x9E3779B97F4A7C15)))
	}
	for lot, c := range map[string]struct {
		serials []string
		says    string
	}{
		"COUNT":  {serials("SN%08d", 1), "follow each other"},
		"SPARSE": {serials("SP%08d", 104_729), "About one in"},
		"RANDOM": {random, ""},
	} {
		told := w.must("maker", 201, "POST", "/api/v1/batches", listedBatch(lot, c.serials...)).body
		if got := fmt.Sprint(told["remarks"]); c.says == "" && told["remarks"] != nil ||
			!strings.Contains(got, c.says) {
			t.Errorf("%s: %v", lot, got)
		}
	}
}

// Goods made before they were registered are labelled and leave after an
// inspector has looked at them.
func TestLegacyStock(t *testing.T) {
	w := newWorld(t)
	p := product(gtin)
	p["category"] = "美妆"
	w.must("maker", 201, "POST", "/api/v1/products", p)
	w.must("platform", 201, "POST", "/api/v1/standards", standard())
	old := batch(gtin, "OLD", 100)
	old["legacy"] = true
	w.must("maker", 201, "POST", "/api/v1/batches", old)
	labels := path("/batches/%s/OLD/labels", gtin)
	ship := object{"to": "shop", "lines": []any{object{"gtin": gtin, "lot": "OLD", "from": 0, "count": 5}}}
	w.refused("maker", 409, "BATCH_NOT_RELEASED", "POST", labels, object{"format": "csv"})
	w.refused("maker", 409, "BATCH_NOT_RELEASED", "POST", "/api/v1/shipments", ship)
	w.must("lab", 201, "POST", "/api/v1/inspections", inspection("OLD", 0))
	w.must("maker", 200, "POST", labels, object{"format": "csv"})
	w.must("maker", 201, "POST", "/api/v1/shipments", ship)
	if d := cmp.Diff(true, w.must("maker", 200, "GET", path("/batches/%s/OLD", gtin), nil).body["legacy"]); d != "" {
		t.Error(d)
	}
}

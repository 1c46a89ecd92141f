package api

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// standard looks at the bottle and measures lead twice.
func standard() object {
	return object{
		"id":       "WALK-STD",
		"version":  1,
		"category": "美妆",
		"name":     object{"zh-CN": "精华液", "en": "Serum"},
		"level":    "II",
		"limits":   []any{object{"class": "critical", "aql": "0.65"}, object{"class": "minor", "aql": "4.0"}},
		"items": []any{
			object{
				"id":      "lead",
				"name":    object{"zh-CN": "铅", "en": "Lead"},
				"class":   "critical",
				"method":  "GB 5009.12",
				"unit":    "mg/kg",
				"max":     10,
				"samples": 2,
			},
			object{"id": "bottle", "name": object{"zh-CN": "瓶身", "en": "Bottle"}, "class": "minor"},
		},
	}
}

func inspection(lot string, bad int) object {
	return object{
		"gtin":       gtin,
		"lot":        lot,
		"standard":   "WALK-STD",
		"reportHash": strings.Repeat("ab", 32),
		"results": []any{
			object{"item": "lead", "measurements": []any{0.5, 10}},
			object{"item": "bottle", "nonconforming": bad},
		},
	}
}

// tested registers the standard and a batch of a product that needs inspection.
func (w *world) tested(quantity int) {
	w.t.Helper()
	p := product(gtin)
	p["category"], p["inspectionRequired"] = "美妆", true
	w.must("maker", 201, "POST", "/api/v1/products", p)
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, quantity))
	w.must("platform", 201, "POST", "/api/v1/standards", standard())
}

// TestStandardsAreFound: listed, searched by what they are called, in order, counted, and read one
// by one in the latest version.
func TestStandardsAreFound(t *testing.T) {
	w := newWorld(t)
	other := standard()
	other["id"], other["category"], other["name"] = "TOY-001", "Toys", object{"zh-CN": "积木", "en": "Bricks"}
	w.must("platform", 201, "POST", "/api/v1/standards", standard())
	w.must("platform", 201, "POST", "/api/v1/standards", other)
	other["version"], other["level"] = 2, "III"
	w.must("platform", 201, "POST", "/api/v1/standards", other)
	for query, want := range map[string][]any{
		"": {"TOY-001", "WALK-STD"}, "sort=-id": {"WALK-STD", "TOY-001"}, "sort=-at": {"TOY-001", "WALK-STD"}, "sort=category": {"TOY-001", "WALK-STD"}, "category=Toys": {"TOY-001"},
		"q=BRICK": {"TOY-001"}, "q=" + urlQuery("精华"): {"WALK-STD"}, "q=walk": {"WALK-STD"}, "q=nothing": nil,
	} {
		a := w.must("shop", 200, "GET", "/api/v1/standards?count=true&"+query, nil).body
		var got []any
		for _, s := range a["items"].([]any) {
			got = append(got, s.(object)["id"])
		}
		if diff := cmp.Diff(want, got); diff != "" || a["total"] != float64(len(want)) {
			t.Errorf("%q: %v of %s", query, a["total"], diff)
		}
	}
	if s := w.must("shop", 200, "GET", "/api/v1/standards/TOY-001", nil).body; s["version"] != 2.0 ||
		s["level"] != "III" {
		t.Errorf("%v", s)
	}
	w.refused("shop", 404, "STANDARD_UNKNOWN", "GET", "/api/v1/standards/TOY-002", nil)
}

func (w *world) quality() object {
	w.t.Helper()
	return w.must("maker", 200, "GET", path("/inspections?gtin=%s&lot=%s", gtin, lot), nil).body
}

// TestInspectedGoods: from the plan to the release, with a rejection and a hold between.
func TestInspectedGoods(t *testing.T) {
	w := newWorld(t)
	w.tested(500)
	reason := object{"reason": object{"zh-CN": "复检", "en": "Under review"}}
	shipment := object{"to": "shop", "lines": []any{line(0, 10)}}
	plan := w.must("lab", 200, "GET", path("/batches/%s/%s/sampling-plan", gtin, lot), nil).body
	minor := plan["classes"].([]any)[1].(object)["plan"]
	if diff := cmp.Diff(
		object{"letter": "H", "severity": "normal", "sampleSize": 50.0, "accept": 5.0, "reject": 6.0}, minor,
	); diff != "" {
		t.Error(diff)
	}
	if s := w.quality()["status"]; s != "awaiting" {
		t.Errorf("status %v", s)
	}
	w.refused("maker", 409, "BATCH_NOT_RELEASED", "POST", "/api/v1/shipments", shipment)
	w.refused("lab", 422, "RESULTS_INCOMPLETE", "POST", "/api/v1/inspections", inspection(lot, 51))
	if a := w.must("lab", 201, "POST", "/api/v1/inspections", inspection(lot, 6)); a.body["accepted"] != false {
		t.Errorf("%s", a.raw)
	}
	w.refused("maker", 409, "BATCH_REJECTED", "POST", "/api/v1/shipments", shipment)
	again := w.must("lab", 201, "POST", "/api/v1/inspections", inspection(lot, 3)).body
	if again["accepted"] != true || again["severity"] != "tightened" || again["supersedes"] == nil {
		t.Errorf("%v", again)
	}
	w.must("auditor", 201, "POST", path("/batches/%s/%s/holds", gtin, lot), reason)
	w.refused("maker", 409, "BATCH_ON_HOLD", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}})
	w.refused("maker", 403, "NOT_ALLOWED", "POST", path("/batches/%s/%s/releases", gtin, lot), reason)
	if a := w.must(
		"platform", 201, "POST", path("/batches/%s/%s/releases", gtin, lot), reason,
	); a.body["status"] != "released" {
		t.Errorf("%s", a.raw)
	}
	w.refused("platform", 409, "NOT_ON_HOLD", "POST", path("/batches/%s/%s/releases", gtin, lot), reason)
	w.must("maker", 201, "POST", "/api/v1/shipments", shipment)
	if items := w.quality()["items"].([]any); len(items) != 2 || items[0].(object)["id"] != again["id"] {
		t.Errorf("%v", items)
	}
	w.refused("shop", 404, "BATCH_UNKNOWN", "GET", path("/inspections?gtin=%s&lot=NONE", gtin), nil)
}

// TestRecallReach: one call tells who has, sold and lost how many of what was
// recalled, also of what was made from it, and who has acknowledged.
func TestRecallReach(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 40))
	w.must("shop", 201, "POST", "/api/v1/sales", object{"lines": []any{line(0, 10)}})
	w.must("shop", 201, "POST", "/api/v1/decommissions", object{"lines": []any{line(10, 3)}, "reason": "stolen"})
	w.must("shop", 201, "POST", "/api/v1/decommissions", object{"lines": []any{line(13, 2)}, "reason": "destroyed"})
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/transformations",
		object{
			"inputs":  []any{input(lot, 90, 10, 100)},
			"measure": "GRM",
			"content": 50,
			"output":  batch(gtin, "BLEND", 20),
		},
	)
	w.deliver("maker", "corner", object{"gtin": gtin, "lot": "BLEND", "from": 0, "count": 20})
	id := w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "carrier", "lines": []any{line(40, 5)}}).body["id"].(string)
	w.must("carrier", 201, "POST", "/api/v1/shipments/"+id+"/receipt", object{"lines": []any{
		object{"gtin": gtin, "lot": lot, "from": 40, "count": 4, "condition": "good"}}, "close": true})

	scope := object{"gtin": gtin, "lots": []any{lot}}
	before := w.must("maker", 200, "POST", "/api/v1/recalls/preview", scope).body
	w.refused("shop", 403, "NOT_ALLOWED", "POST", "/api/v1/recalls/preview", scope)
	w.refused("rival", 403, "NOT_ALLOWED", "POST", "/api/v1/recalls/preview", scope)
	w.refused("maker", 422, "FIELD_INVALID", "POST", "/api/v1/recalls/preview", object{"gtin": gtin})
	w.refused(
		"maker", 404, "BATCH_UNKNOWN", "POST", "/api/v1/recalls/preview",
		object{"gtin": gtin, "lots": []any{"NONE"}},
	)
	r := w.must("auditor", 201, "POST", "/api/v1/recalls", object{"gtin": gtin, "lots": []any{lot}, "class": "I",
		"reason": object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"}}).body
	want := map[string]map[string]float64{
		"maker":   {"held": 45, "lost": 1, "consumed": 10},
		"shop":    {"held": 25, "sold": 10, "lost": 3, "removed": 2},
		"corner":  {"held": 20},
		"carrier": {"held": 4},
	}
	w.reached(r, want, 120, 12)
	for i, h := range r["holders"].([]any) {
		delete(h.(object), "overdue")
		if diff := cmp.Diff(before["holders"].([]any)[i], h); diff != "" || before["units"] != r["units"] {
			t.Errorf("the recall reaches others than its preview told: %s", diff)
		}
	}

	w.must("corner", 201, "POST", path("/recalls/%s/acknowledgements", r["id"]), object{"note": "off the shelf"})
	w.must("shop", 201, "POST", path("/recalls/%s/acknowledgements", r["id"]), object{})
	w.refused(
		"shop", 409, "RECALL_ALREADY_ACKNOWLEDGED", "POST", path("/recalls/%s/acknowledgements", r["id"]), object{},
	)
	w.refused("lab", 409, "NOT_HOLDER", "POST", path("/recalls/%s/acknowledgements", r["id"]), object{})
	w.reached(w.must("maker", 200, "GET", path("/recalls/%s", r["id"]), nil).body, want, 120, 12+20+25)

	if holders := w.must("carrier", 200, "GET", path("/recalls/%s", r["id"]), nil).body["holders"].([]any); len(
		holders,
	) != 1 {
		t.Errorf("the carrier sees %v", holders)
	}
	w.refused("maker", 404, "RECALL_UNKNOWN", "GET", "/api/v1/recalls/NONE-0001", nil)
}

// reached compares a recall's holders, and adds them up.
func (w *world) reached(r object, want map[string]map[string]float64, units, accounted float64) {
	w.t.Helper()
	got := map[string]map[string]float64{}
	for _, x := range r["holders"].([]any) {
		h := x.(object)
		counts := map[string]float64{}
		for _, kind := range []string{"held", "inTransit", "sold", "lost", "exported", "removed", "consumed"} {
			if n := h[kind].(float64); n > 0 {
				counts[kind] = n
			}
		}
		got[h["party"].(string)] = counts
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Error(diff)
	}
	if r["units"] != units || r["accounted"] != accounted || r["effectiveness"] != accounted/units {
		w.t.Errorf(
			"%v of %v units accounted for, %v; want %v of %v", r["accounted"], r["units"], r["effectiveness"],
			accounted, units,
		)
	}
}

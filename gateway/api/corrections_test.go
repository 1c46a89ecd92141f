package api

import (
	"strings"
	"testing"
)

var _ = walked(
	"voidUnits",
	walk{"POST", "/batches/" + gtin + "/NONE/voids", object{"from": 0, "count": 1, "reason": "x"}, nil},
	strangersCall{"/batches/" + gtin + "/LOT/voids", object{"from": 0, "count": 1, "reason": "x"}},
)

// TestCorrections walks through the way out of each mistake.
func TestCorrections(t *testing.T) {
	w := newWorld(t)
	w.stock(100)

	w.must(
		"maker",
		201,
		"POST",
		path("/products/%s/corrections", gtin),
		object{"name": object{"zh-CN": "烟酰胺精华 30ml", "en": "Niacinamide serum"}, "reason": "名称录错"},
	)
	p := w.must("shop", 200, "GET", path("/products/%s", gtin), nil).body
	if c := p["corrections"].([]any); len(c) != 1 || p["name"].(object)["zh-CN"] != "烟酰胺精华 30ml" {
		t.Errorf("product %v", p)
	}
	w.refused(
		"rival", 403, "NOT_ALLOWED", "POST", path("/products/%s/corrections", gtin),
		object{"category": "x", "reason": "x"},
	)

	batch := path("/batches/%s/%s", gtin, lot)
	first := w.must(
		"maker", 201, "POST", batch+"/corrections", object{"producedOn": "2026-01-03", "reason": "日期录错"},
	).body
	if first["waits"] != false {
		t.Errorf("before anything has left: %v", first)
	}
	w.must("maker", 201, "POST", batch+"/voids", object{"from": 90, "count": 10, "reason": "数量录多"})
	w.must("maker", 200, "POST", batch+"/labels", object{"format": "csv", "from": 0, "count": 10})
	w.refused("maker", 409, "CODES_PRINTED", "POST", batch+"/voids", object{"from": 9, "count": 2, "reason": "数量录多"})
	w.must("maker", 201, "POST", batch+"/voids", object{"from": 80, "count": 2, "reason": "数量录多"})
	w.refused("maker", 409, "CODES_VOIDED", "POST", batch+"/labels", object{"format": "csv", "from": 75, "count": 10})
	w.refused("maker", 409, "CODES_VOIDED", "POST", batch+"/labels", object{"format": "csv", "from": 90})
	left := w.must("maker", 200, "POST", batch+"/labels", object{"format": "csv"})
	if n := strings.Count(strings.ToLower(string(left.raw)), "https://"); n != 88 {
		t.Errorf("labels of all that are left: %d", n)
	}

	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "WRONG-0001", "to": "shop", "lines": []any{line(0, 10)}},
	)
	w.must("maker", 201, "POST", path("/shipments/WRONG-0001/cancellation"), object{"reason": "发错对象"})
	w.refused("shop", 409, "SHIPMENT_CANCELLED", "POST", path("/shipments/WRONG-0001/receipt"), object{})
	second := w.must("maker", 201, "POST", batch+"/corrections", object{"origin": "浙江杭州西湖", "reason": "产地不全"}).body
	if second["waits"] != true {
		t.Errorf("after some have left: %v", second)
	}
	if kinds, _ := w.inbox("platform", ""); kinds[0] != "correction" {
		t.Errorf("the platform is told of %v", kinds)
	}
	w.refused("maker", 403, "NOT_ALLOWED", "POST", batch+"/corrections/decision", object{"approve": true})
	waiting := func() int {
		return len(w.must("platform", 200, "GET", "/api/v1/batches?correcting=true", nil).body["items"].([]any))
	}
	if n := waiting(); n != 1 {
		t.Errorf("%d batches have a correction that waits, want 1", n)
	}
	w.must("platform", 201, "POST", batch+"/corrections/decision", object{"approve": true})
	b := w.must("maker", 200, "GET", batch, nil).body
	if b["origin"] != "浙江杭州西湖" || len(b["corrections"].([]any)) != 2 || b["correcting"] != nil {
		t.Errorf("batch %v", b)
	}

	if n := waiting(); n != 0 {
		t.Errorf("%d batches still have a correction that waits", n)
	}

	id := w.deliver("maker", "shop", line(0, 10))
	w.must("shop", 201, "POST", path("/shipments/%s/amendment", id), object{"reason": "点错",
		"lines": []any{object{"gtin": gtin, "lot": lot, "from": 9, "count": 1, "condition": "damaged"}}})
	if s := w.must("maker", 200, "GET", path("/shipments/%s", id), nil).body; s["amendment"] == nil {
		t.Errorf("shipment %v", s)
	}
	w.must("maker", 201, "POST", path("/shipments/%s/amendment/answer", id), object{"accept": true})

	sold := w.must("shop", 201, "POST", "/api/v1/sales", object{"lines": []any{line(0, 4)}}).body["txId"].(string)
	w.refused(
		"carrier", 404, "TRANSACTION_UNKNOWN", "POST", path("/transactions/%s/undo", sold), object{"reason": "扫错"},
	)
	w.must("shop", 201, "POST", path("/transactions/%s/undo", sold), object{"reason": "扫错", "lines": []any{line(3, 1)}})
	w.must("platform", 201, "POST", path("/transactions/%s/undo", sold), object{"reason": "扫错"})
	w.refused("shop", 409, "BOOKING_UNDONE", "POST", path("/transactions/%s/undo", sold), object{"reason": "扫错"})

	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	told := map[any]bool{}
	for _, e := range story["events"].([]any) {
		told[e.(object)["type"]] = true
	}
	for _, what := range []string{"batch_corrected", "correction_requested", "voided", "shipment_cancelled", "receipt_amended", "undone"} {
		if !told[what] {
			t.Errorf("the story does not tell of %s", what)
		}
	}
	sum := map[any]float64{}
	for _, h := range story["holdings"].([]any) {
		sum[h.(object)["state"]] += h.(object)["count"].(float64)
	}
	if sum["held"] != 87 || sum["removed"] != 13 {
		t.Errorf("holdings %v", sum)
	}
}

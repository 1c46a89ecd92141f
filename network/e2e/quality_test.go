package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

var underReview = object{"reason": object{"zh-CN": "复核检验报告", "en": "The report is under review"}}

// newInspectedGoods registers a product of the demo's beauty category that
// needs inspection, and a batch of it.
func newInspectedGoods(t testing.TB, lot string, quantity int) (gtin string) {
	t.Helper()
	gtin = newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", with(product(gtin), "inspectionRequired", true))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, quantity))
	return gtin
}

// inspect records by the demo's standard for beauty products how many units
// look wrong; nothing is measured outside the limits.
func inspect(t testing.TB, gtin, lot string, wrong int) object {
	t.Helper()
	return touchstone.as("inspector").must(t, http.StatusCreated, "/api/v1/inspections", object{
		"gtin":       gtin,
		"lot":        lot,
		"standard":   "DEMO-STD-BEAUTY",
		"reportHash": strings.Repeat("ab", 32),
		"results": []object{
			{"item": "measured", "measurements": []float64{1, 2, 3}},
			{"item": "appearance", "nonconforming": wrong},
		},
	})
}

// Goods that need inspection: not shipped before, rejected, released when
// inspected again, stopped on the shopper's phone while they are on hold.
func TestInspectedGoodsAndHolds(t *testing.T) {
	const lot = "202611Q01"
	gtin := newInspectedGoods(t, lot, 120)
	producer, platform := touchstone.as("producer"), touchstone.as("platform")
	label := units(t, gtin, lot, 0, 1)[0].uri
	wantVerdict(t, label, "stop", "NOT_RELEASED")
	shipment := object{"to": party(t, "seller"), "lines": []object{line(gtin, lot, 0, 50)}}
	refuse := func(code string) {
		t.Helper()
		if a := producer.post(t, "/api/v1/shipments", shipment); a.status != http.StatusConflict ||
			a.body["code"] != code {
			t.Errorf("%d %s, want %s", a.status, a.raw, code)
		}
	}
	refuse("BATCH_NOT_RELEASED")

	plan := touchstone.as("inspector").get(t, fmt.Sprintf("/api/v1/batches/%s/%s/sampling-plan", gtin, lot)).body
	reject := int(plan["classes"].([]any)[1].(object)["plan"].(object)["reject"].(float64))
	if r := inspect(t, gtin, lot, reject); r["accepted"] != false {
		t.Fatalf("%v", r)
	}
	refuse("BATCH_REJECTED")
	wantVerdict(t, label, "stop", "INSPECTION_FAILED")
	if r := inspect(t, gtin, lot, 0); r["accepted"] != true || r["severity"] != "tightened" {
		t.Fatalf("%v", r)
	}
	deliver(t, "producer", "seller", line(gtin, lot, 0, 50))
	wantVerdict(t, label, "genuine")
	item := verdict(t, label)["item"].(object)["inspection"].(object)
	if item["accepted"] != true || item["sampleSize"].(float64) == 0 || item["reportHash"] != strings.Repeat("ab", 32) {
		t.Errorf("the shopper reads %v", item)
	}

	platform.must(t, http.StatusCreated, fmt.Sprintf("/api/v1/batches/%s/%s/holds", gtin, lot), underReview)
	if !eventually(time.Second, func() bool { return verdict(t, label)["verdict"] == "stop" }) {
		t.Errorf("a second after the hold: %v", verdict(t, label)["verdict"])
	}
	wantVerdict(t, label, "stop", "ON_HOLD")
	if a := touchstone.as("seller").
		post(t, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 0, 1)}}); a.body["code"] != "BATCH_ON_HOLD" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	platform.must(t, http.StatusCreated, fmt.Sprintf("/api/v1/batches/%s/%s/releases", gtin, lot), underReview)
	wantVerdict(t, label, "genuine")
}

// A recall says at once who has what, and who has answered.
func TestRecallReachesItsHolders(t *testing.T) {
	const lot = "202611Q02"
	gtin := newBatch(t, lot, 100)
	deliver(t, "producer", "distributor", line(gtin, lot, 0, 60))
	deliver(t, "distributor", "seller", line(gtin, lot, 0, 30))
	touchstone.as("seller").
		must(t, http.StatusCreated, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 0, 10)}})
	r := touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/recalls", object{
		"gtin": gtin, "lots": []string{lot}, "class": "I",
		"reason":      object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
		"instruction": object{"zh-CN": "请停止使用，凭此页退货", "en": "Stop using it and return it with this page"},
	})
	if r["units"] != 100.0 || len(r["holders"].([]any)) != 3 || r["effectiveness"] != 0.4 {
		t.Fatalf("%v", r)
	}
	path := fmt.Sprintf("/api/v1/recalls/%s", r["id"])
	touchstone.as("distributor").must(t, http.StatusCreated, path+"/acknowledgements", object{})
	after := touchstone.as("auditor").get(t, path).body
	if after["effectiveness"] != 0.7 {
		t.Errorf("%v", after)
	}
	for _, x := range after["holders"].([]any) {
		h := x.(object)
		if _, answered := h["acknowledgedAt"]; answered != (h["party"] != party(t, "seller")) || h["overdue"] == true {
			t.Errorf("%v", h)
		}
	}
}

package api

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The main job over HTTP: from registration to sale, recall and the auditor's question.
func TestFromRegistrationToRecall(t *testing.T) {
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	made := w.must("maker", 201, "POST", "/api/v1/batches", batch("6998801000012", lot, 100)).body
	if made["gtin"] != gtin || made["expiresOn"] != "2028-01-02" || made["quantity"] != 100.0 || made["txId"] == "" ||
		made["block"].(float64) == 0 {
		t.Errorf("batch: %v", made)
	}
	var units []struct {
		Index            int64
		Serial, URI, PIN string
	}
	if err := json.Unmarshal(
		w.must("maker", 200, "GET", path("/batches/%s/%s/units?from=98&count=10", gtin, lot), nil).raw, &units,
	); err != nil {
		t.Fatal(err)
	}
	if len(units) != 2 || units[0].Index != 98 || len(units[0].PIN) != 8 ||
		units[1].URI != "HTTPS://TRACE.EXAMPLE/01/"+gtin+"/10/"+lot+"/21/"+units[1].Serial {
		t.Fatalf("units: %+v", units)
	}

	id := w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "carrier", "lines": []any{line(50, 50)}}).body["id"].(string)
	inTransit := w.must("auditor", 200, "GET", path("/provenance/%s/%s/%s", gtin, lot, units[0].Serial), nil).body
	want := []any{
		object{"party": "maker", "state": "in_transit", "from": 98.0, "count": 1.0, "shipment": id, "to": "carrier"},
	}
	if d := cmp.Diff(want, inTransit["holdings"]); d != "" {
		t.Error("on its way: ", d)
	}
	w.must("carrier", 201, "POST", path("/shipments/%s/receipt", id), object{"lines": []any{
		object{
			"gtin":      gtin,
			"lot":       lot,
			"from":      50,
			"count":     47,
			"condition": "good",
		},
		object{"gtin": gtin, "lot": lot, "from": 97, "count": 1, "condition": "damaged"},
	}, "close": true})
	w.deliver("carrier", "shop", line(50, 10))
	w.must("shop", 201, "POST", "/api/v1/sales", object{"lines": []any{line(50, 4)}})
	w.must("shop", 201, "POST", "/api/v1/returns", object{"lines": []any{line(50, 1)}, "condition": "good"})
	w.must("shop", 201, "POST", "/api/v1/decommissions", object{"lines": []any{line(59, 1)}, "reason": "stolen"})
	w.refused("shop", 409, "NOT_HOLDER", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}})

	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", "6998801000012", lot), nil).body
	var told []string
	for _, x := range story["events"].([]any) {
		e := x.(object)
		told = append(told, fmt.Sprint(e["type"], " ", e["by"], " ", e["units"]))
	}
	if d := cmp.Diff(
		[]string{"batch_registered maker 100", "dispatched maker 50", "received carrier 50", "dispatched carrier 10",
			"received shop 10", "sold shop 4", "returned shop 1", "decommissioned shop 1"},
		told,
	); d != "" {
		t.Error(d)
	}
	sum := map[any]float64{}
	for _, x := range story["holdings"].([]any) {
		sum[x.(object)["state"]] += x.(object)["count"].(float64)
	}
	if d := cmp.Diff(map[any]float64{"held": 50 + 37 + 6, "sold": 3, "removed": 4}, sum); d != "" {
		t.Error(d)
	}

	recall := w.must("maker", 201, "POST", "/api/v1/recalls", object{"gtin": gtin, "lots": []any{lot}, "class": "II",
		"reason": object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"}}).body
	w.refused("shop", 409, "UNITS_RECALLED", "POST", "/api/v1/sales", object{"lines": []any{line(51, 1)}})
	w.must("maker", 201, "POST", path("/recalls/%s/closing", recall["id"]), object{"note": "all returned"})
	tx := w.must("auditor", 200, "GET", path("/transactions/%s", recall["txId"]), nil).body
	if tx["status"] != "committed" || tx["function"] != "StartRecall" || tx["party"] != "maker" {
		t.Errorf("transaction: %v", tx)
	}
}

func TestPaging(t *testing.T) {
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	for i := range 5 {
		w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, fmt.Sprint("L", i), 3))
	}
	var lots []any
	for after := ""; ; {
		page := w.must("maker", 200, "GET", path("/batches?limit=2&after=%s", after), nil).body
		for _, b := range page["items"].([]any) {
			lots = append(lots, b.(object)["lot"])
		}
		next, more := page["next"].(string)
		if !more {
			break
		}
		after = urlQuery(next)
	}
	if d := cmp.Diff([]any{"L4", "L3", "L2", "L1", "L0"}, lots); d != "" {
		t.Error(d)
	}
	w.refused("maker", 422, "FIELD_INVALID", "GET", path("/batches?after=nonsense"), nil)
	w.refused("maker", 422, "FIELD_INVALID", "GET", path("/batches?limit=1000"), nil)
}

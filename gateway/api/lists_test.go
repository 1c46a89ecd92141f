package api

import (
	"fmt"
	"testing"
)

// TestGoodsSayWhereTheyStand: a product and a batch name the transaction that
// registered them, and the one that changed them last.
func TestGoodsSayWhereTheyStand(t *testing.T) {
	w := newWorld(t)
	registered := w.must("maker", 201, "POST", "/api/v1/products", product(gtin)).body
	p := w.must("shop", 200, "GET", "/api/v1/products/"+gtin, nil).body
	if p["txId"] != registered["txId"] || p["changedTxId"] != registered["txId"] || p["block"] != registered["block"] ||
		p["registeredAt"] == nil {
		t.Errorf("product %v, registered by %v", p, registered)
	}
	w.must(
		"platform",
		200,
		"PUT",
		"/api/v1/parties/maker",
		object{"name": object{"zh-CN": "甲"}, "prefixes": []any{"6998801"}, "dailyQuota": 10},
	)
	registered = w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, 50)).body
	approved := w.must("platform", 201, "POST", path("/batches/%s/%s/approval", gtin, lot), nil).body
	b := w.must("maker", 200, "GET", path("/batches/%s/%s", gtin, lot), nil).body
	if b["txId"] != registered["txId"] || b["changedTxId"] != approved["txId"] ||
		b["changedBlock"] != approved["block"] {
		t.Errorf("batch %v, registered by %v, approved by %v", b, registered, approved)
	}
	if name := b["productName"].(object)["zh-CN"]; name != "烟酰胺精华液 30ml" {
		t.Errorf("the batch's product is called %v", name)
	}
}

// TestListsAreSearchedAndSorted through the interface, each party in what it may see.
func TestListsAreSearchedAndSorted(t *testing.T) {
	w := newWorld(t)
	w.stock(5)
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "Z9", 7))
	w.must("rival", 201, "POST", "/api/v1/products", product("4006381333931"))
	w.must("rival", 201, "POST", "/api/v1/batches", batch("4006381333931", "202610A99", 9))
	for _, c := range []struct {
		party, query string
		want         []string
	}{
		{"maker", "q=202610", []string{lot}},
		{"platform", "q=202610&sort=lot", []string{lot, "202610A99"}},
		{"maker", "q=" + urlQuery("精华") + "&sort=-quantity", []string{"Z9", lot}},
		{"maker", "sort=quantity&count=true", []string{lot, "Z9"}},
		{"shop", "q=202610", nil},
		{"maker", "producer=rival", nil},
	} {
		a := w.must(c.party, 200, "GET", "/api/v1/batches?"+c.query, nil)
		var got []string
		for _, b := range a.body["items"].([]any) {
			got = append(got, b.(object)["lot"].(string))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s, %s: %v, want %v", c.party, c.query, got, c.want)
		}
	}
	w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/batches?sort=units_root", nil)
	w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/batches?after=x", nil)
}

// TestViewsAreOnesOwn: a view is kept under its name and nobody else sees it.
func TestViewsAreOnesOwn(t *testing.T) {
	w := newWorld(t)
	view := object{"list": "batches", "name": "快过期", "query": "sort=expiresOn"}
	id := w.must("maker", 201, "POST", "/api/v1/views", view).body["id"].(string)
	w.must("maker", 201, "POST", "/api/v1/views", object{"list": "batches", "name": "快过期", "query": "sort=-expiresOn"})
	if a := w.must("rival", 200, "GET", "/api/v1/views?list=batches", nil); string(a.raw) != "[]\n" {
		t.Errorf("somebody else sees %s", a.raw)
	}
	w.refused("rival", 404, "VIEW_UNKNOWN", "DELETE", "/api/v1/views/"+id, nil)
	w.refused(
		"maker", 422, "FIELD_INVALID", "POST", "/api/v1/views",
		object{"list": "batches", "name": "  ", "query": ""},
	)
	for i := range 49 {
		w.must(
			"maker",
			201,
			"POST",
			"/api/v1/views",
			object{"list": "batches", "name": fmt.Sprint("view ", i), "query": ""},
		)
	}
	w.refused(
		"maker", 409, "VIEW_LIMIT", "POST", "/api/v1/views",
		object{"list": "batches", "name": "one more", "query": ""},
	)
	w.must("maker", 204, "DELETE", "/api/v1/views/"+id, nil)
}

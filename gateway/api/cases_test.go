package api

import (
	"slices"
	"testing"
)

// TestReceivingInParts: what does not arrive stays open, and both sides are told.
func TestReceivingInParts(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	ship := path("/shipments/PART-0001")
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "PART-0001", "to": "shop", "lines": []any{line(0, 30)}},
	)
	good := func(from, count int) object {
		return object{"gtin": gtin, "lot": lot, "from": from, "count": count, "condition": "good"}
	}
	w.must("shop", 201, "POST", ship+"/receipt", object{"lines": []any{good(0, 27)}})
	if s := w.must("maker", 200, "GET", ship, nil).body; s["state"] != "partly_received" || s["openUntil"] == nil ||
		s["receivedAt"] != nil {
		t.Errorf("27 of 30 arrived: %v", s)
	}
	if n := len(w.must("shop", 200, "GET", "/api/v1/shipments?open=true", nil).body["items"].([]any)); n != 1 {
		t.Errorf("%d open shipments, want 1", n)
	}
	_, inbox := w.inbox("maker", "")
	told := inbox[slices.IndexFunc(inbox, func(n any) bool { return n.(object)["kind"] == "receipt" })].(object)["detail"].(object)
	if told["units"].(object)["good"] != 27.0 || told["state"] != "partly_received" || told["openUntil"] == nil {
		t.Errorf("the sender is told %v", told)
	}
	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body["events"].([]any)
	if last := story[len(story)-1].(object); last["units"] != 27.0 || len(last["receipt"].([]any)) != 1 {
		t.Errorf("the event says %v", last)
	}
	w.refused("maker", 409, "SHIPMENT_STILL_OPEN", "POST", ship+"/closing", object{})
	w.refused("corner", 404, "SHIPMENT_UNKNOWN", "POST", ship+"/closing", object{})
	w.refused("shop", 422, "LINES_MISSING", "POST", ship+"/receipt", object{"close": true})
	w.must("shop", 201, "POST", ship+"/closing", object{"reason": "少三件"})
	if s := w.must("maker", 200, "GET", ship, nil).body; s["state"] != "received" {
		t.Errorf("closed: %v", s)
	}
	w.must("shop", 201, "POST", ship+"/receipt", object{"lines": []any{good(29, 1)}})
}

// TestExtraUnits: they are the sender's until it accepts that they arrived.
func TestExtraUnits(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "MORE-0001", "to": "shop", "lines": []any{line(0, 10)}},
	)
	refused := w.refused("shop", 409, "UNITS_NOT_SENT", "POST", path("/shipments/MORE-0001/receipt"),
		object{"lines": []any{object{"gtin": gtin, "lot": lot, "from": 10, "count": 1, "condition": "damaged"}}})
	if refused.body["mender"] != "sender" || refused.body["mend"].(object)["zh-CN"] == "" {
		t.Errorf("the refusal does not name who can mend it: %s", refused.raw)
	}
	w.must("shop", 201, "POST", path("/shipments/MORE-0001/receipt"),
		object{"lines": []any{object{"gtin": gtin, "lot": lot, "from": 0, "count": 12, "condition": "good"}}})
	w.refused("shop", 409, "NOT_HOLDER", "POST", "/api/v1/sales", object{"lines": []any{line(11, 1)}})
	items := slices.DeleteFunc(w.must("maker", 200, "GET", "/api/v1/cases?open=true", nil).body["items"].([]any),
		func(x any) bool { return x.(object)["cause"] != "extra_units" })
	if len(items) != 1 {
		t.Fatalf("cases %v", items)
	}
	c := items[0].(object)
	if c["cause"] != "extra_units" || c["owner"] != "maker" || c["opener"] != "shop" {
		t.Errorf("case %v", c)
	}
	if n := len(w.must("corner", 200, "GET", "/api/v1/cases", nil).body["items"].([]any)); n != 0 {
		t.Errorf("a stranger sees %d cases", n)
	}
	if kinds, _ := w.inbox("maker", ""); !slices.Contains(kinds, "case") || !slices.Contains(kinds, "receipt") {
		t.Errorf("the sender is told of %v", kinds)
	}
	id := c["id"].(string)
	w.refused("shop", 403, "NOT_IN_CASE", "POST", path("/cases/%s/answer", id), object{"accept": true})
	w.must("maker", 201, "POST", path("/cases/%s/answer", id), object{"accept": true})
	w.must("shop", 201, "POST", "/api/v1/sales", object{"lines": []any{line(11, 1)}})
	if kinds, _ := w.inbox("shop", ""); !slices.Contains(kinds, "case") {
		t.Errorf("the receiver is told of %v", kinds)
	}
	w.refused("maker", 409, "CASE_STATUS_CONFLICT", "POST", path("/cases/%s/answer", id), object{"accept": true})
}

// TestCasesEscalate: what nobody answers becomes the platform's.
func TestCasesEscalate(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must("platform", 200, "PUT", "/api/v1/custody-terms",
		object{"openDays": 1, "amendMinutes": 60, "undoMinutes": 60, "answerMinutes": 120, "decideMinutes": 240})
	w.must(
		"shop",
		201,
		"POST",
		"/api/v1/cases",
		object{"id": "TILL-0001", "cause": "till_refused", "fix": "other", "with": "maker", "code": "HTTPS://X/01/1"},
	)
	w.must(
		"shop",
		201,
		"POST",
		"/api/v1/cases",
		object{"id": "ODD-0001", "cause": "unknown_code", "fix": "other", "code": "12345", "note": "不知来源"},
	)
	for id, owner := range map[string]string{"TILL-0001": "maker", "ODD-0001": "platform"} {
		if c := w.must("shop", 200, "GET", path("/cases/%s", id), nil).body; c["owner"] != owner ||
			c["status"] != "open" {
			t.Errorf("case %v", c)
		}
	}
	w.refused(
		"platform", 409, "DECISION_TOO_EARLY", "POST", path("/cases/TILL-0001/decision"),
		object{"outcome": "upheld", "note": "x"},
	)
	w.must("maker", 201, "POST", path("/cases/TILL-0001/answer"), object{"accept": false, "note": "编码完好"})
	if c := w.must("maker", 200, "GET", path("/cases/TILL-0001"), nil).body; c["owner"] != "platform" ||
		c["status"] != "disputed" {
		t.Errorf("case %v", c)
	}
	w.must("platform", 201, "POST", path("/cases/TILL-0001/decision"), object{"outcome": "dismissed", "note": "编码可以读出"})
	w.must("shop", 201, "POST", path("/cases/ODD-0001/withdrawal"), nil)
}

// TestExpiredGoods: they are neither sold nor sent on, and go where the platform lets them.
func TestExpiredGoods(t *testing.T) {
	w := newWorld(t)
	p := product("6998801000012")
	p["category"] = "饮料"
	w.must("maker", 201, "POST", "/api/v1/products", p)
	old := batch(gtin, lot, 10)
	old["expiresOn"] = "2026-02-01"
	w.must("maker", 201, "POST", "/api/v1/batches", old)
	w.refused("maker", 409, "GOODS_EXPIRED", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}})
	giving := object{"to": "shop", "lines": []any{line(0, 1)}, "purpose": "disposal"}
	w.refused("maker", 409, "GOODS_EXPIRED", "POST", "/api/v1/shipments", giving)
	w.must(
		"platform",
		200,
		"PUT",
		"/api/v1/custody-terms",
		object{"openDays": 1, "amendMinutes": 60, "undoMinutes": 60, "answerMinutes": 120,
			"decideMinutes": 240, "expired": []any{object{"category": "饮料", "disposal": true}}},
	)
	w.must("maker", 201, "POST", "/api/v1/shipments", giving)
}

// TestDeadlinesAreToldOf: both sides hear of a shipment that is late, the platform too of a case
// that nobody answered, once each.
func TestDeadlinesAreToldOf(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "LATE-0001", "to": "shop", "lines": []any{line(0, 3)}},
	)
	w.must("shop", 201, "POST", "/api/v1/shipments/LATE-0001/receipt",
		object{"lines": []any{object{"gtin": gtin, "lot": lot, "from": 0, "count": 2, "condition": "good"}}})
	w.must(
		"shop",
		201,
		"POST",
		"/api/v1/cases",
		object{"id": "WAIT-0001", "cause": "shortage", "fix": "recount", "shipment": "LATE-0001", "note": "少一件"},
	)
	w.waits("maker", map[string]string{"under_way": "1: LATE-0001", "case_answer": "1: WAIT-0001"})
	w.waits("shop", map[string]string{"receive": "1: LATE-0001"})
	titles := func(party string) (all []string) {
		_, items := w.inbox(party, "")
		for _, n := range items {
			all = append(all, n.(object)["title"].(object)["en"].(string))
		}
		return all
	}
	const late, escalated = "A shipment is past its day and not all of it has arrived", "A case about a delivery is past its deadline; the platform decides it"
	told := func(party, title string, times int) {
		t.Helper()
		if all := titles(party); len(slices.DeleteFunc(all, func(s string) bool { return s != title })) != times {
			t.Errorf("%s is not told %q %d times: %q", party, title, times, titles(party))
		}
	}
	told("maker", late, 0)
	for _, statement := range []string{
		`update ledger.shipment set doc = doc || '{"openUntil": "2026-01-02T00:00:00Z"}' where id = 'LATE-0001'`,
		`update ledger.exception set next_due = '2026-01-02T00:00:00Z', doc = doc || '{"answerBy": "2026-01-02T00:00:00Z"}' where id = 'WAIT-0001'`} {
		if err := w.exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, party := range []string{"maker", "shop", "maker"} {
		told(party, late, 1)
		told(party, escalated, 1)
	}
	told("platform", late, 0)
	told("platform", escalated, 1)
	told("corner", escalated, 0)
	if s := w.must("shop", 200, "GET", "/api/v1/shipments/LATE-0001", nil).body; s["state"] != "overdue" {
		t.Errorf("the shipment is %v", s["state"])
	}
	w.waits("maker", map[string]string{"under_way": "1: LATE-0001"})
	if got := w.waiting("platform")["case_decide"]; got != "1: WAIT-0001" {
		t.Errorf("the platform has %q to decide", got)
	}
}

// TestPartyNames: names and nothing else; a search finds whom goods can be sent to.
func TestPartyNames(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	ids := func(party, query string) (all []string) {
		for _, n := range w.must(party, 200, "GET", "/api/v1/party-names"+query, nil).body["items"].([]any) {
			item := n.(object)
			if len(item) != 2 || item["name"].(object)["zh-CN"] == "" {
				t.Errorf("more or less than a name: %v", item)
			}
			all = append(all, item["id"].(string))
		}
		return all
	}
	if got := ids("shop", "?id=maker&id=nobody&id=platform"); !slices.Equal(got, []string{"maker", "platform"}) {
		t.Errorf("by id: %v", got)
	}
	if got := ids("maker", ""); len(got) != 0 {
		t.Errorf("dealt with nobody, but %v", got)
	}
	w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "shop", "lines": []any{line(0, 3)}})
	if got := ids("maker", ""); !slices.Equal(got, []string{"shop"}) {
		t.Errorf("dealt with: %v", got)
	}
	if got := ids("maker", "?q=SHO"); len(got) == 0 || got[0] != "shop" || slices.Contains(got, "maker") {
		t.Errorf("by a text: %v", got)
	}
	if got := ids("shop", "?q=a"); slices.Contains(got, "platform") || slices.Contains(got, "auditor") {
		t.Errorf("goods cannot be sent to all of %v", got)
	}
	if got := ids("maker", "?q=%25"); len(got) != 0 {
		t.Errorf("a sign of LIKE finds %v", got)
	}
}

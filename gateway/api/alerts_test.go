package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// alert is what the verifier writes when the scans speak against a unit of the
// maker's batch: six scans and a wrong PIN in as many towns, and the alert.
func (w *world) alert(id string, index int, risk float64) {
	w.t.Helper()
	for i, town := range []string{"上海", "北京", "成都", "广州", "昆明", "<b>西安</b>"} {
		if err := w.exec(fmt.Sprintf(`insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon)
			values (decode(md5('%s %d'), 'hex'), '%s', '%s', %d, now() - interval '%d days', '\x%02x', '%s', %d, %d)`,
			id, i, gtin, lot, index, 30-5*i, i%5, town, 30+i, 110+i)); err != nil {
			w.t.Fatal(err)
		}
	}
	for _, statement := range []string{
		fmt.Sprintf(`insert into scan.pin_entry (gtin, lot, unit_index, at, device, accepted) values ('%s', '%s', %d, now(), '\x03', false)`, gtin, lot, index),
		fmt.Sprintf(`insert into scan.alert (id, gtin, lot, unit_index, seq, scored_at, risk, code, reasons) values ('%s', '%s', '%s', %d, 7, now(), %g, 'CLONE_LIKELY',
			'[{"code": "CLONE_LIKELY", "count": 6, "devices": 5, "cities": 6, "days": 26, "km": 900, "signs": [{"sign": "pace", "value": 2, "points": 1.5}, {"sign": "owners", "value": 4, "points": 6}]}]')`,
			id, gtin, lot, index, risk),
		fmt.Sprintf(`select app.tell('alert', '%s')`, id),
	} {
		if err := w.exec(statement); err != nil {
			w.t.Fatal(err)
		}
	}
}

func ids(a answer) (all []string) {
	for _, x := range a.body["items"].([]any) {
		all = append(all, x.(object)["id"].(string))
	}
	return all
}

func outcome(what string) object {
	return object{"outcome": what, "note": "六个城市，互不相识"}
}

// TestAlertsAreShown: who sees which, in which order, and what of it.
func TestAlertsAreShown(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.alert("ALERT-LOW", 3, 0.4)
	w.alert("ALERT-HIGH", 50, 0.95)
	both := []string{"ALERT-HIGH", "ALERT-LOW"}
	for party, want := range map[string][]string{"maker": both, "platform": both, "auditor": both, "shop": {"ALERT-LOW"}, "rival": nil, "corner": nil, "carrier": nil, "lab": nil} {
		if got := ids(w.must(party, 200, "GET", "/api/v1/alerts?status=open", nil)); !slices.Equal(got, want) {
			t.Errorf("%s sees %q", party, got)
		}
		for _, id := range both {
			status := map[bool]int{true: 200, false: 404}[slices.Contains(want, id)]
			w.must(party, status, "GET", "/api/v1/alerts/"+id, nil)
			w.must(party, status, "GET", "/api/v1/alerts/"+id+"/map", nil)
		}
	}
	if got := ids(w.must("maker", 200, "GET", "/api/v1/alerts?sort=-openedAt", nil)); got[0] != "ALERT-HIGH" {
		t.Errorf("the newest first: %q", got)
	}
	first := w.must("maker", 200, "GET", "/api/v1/alerts?limit=1", nil)
	next := w.must("maker", 200, "GET", "/api/v1/alerts?limit=1&after="+urlQuery(first.body["next"].(string)), nil)
	if got := append(ids(first), ids(next)...); !slices.Equal(got, both) || next.body["next"] != nil {
		t.Errorf("page by page: %q", got)
	}
	w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/alerts?after=x", nil)
	w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/alerts?status=late", nil)

	one := w.must("maker", 200, "GET", "/api/v1/alerts/ALERT-HIGH", nil)
	reason := one.body["reasons"].([]any)[0].(object)
	heaviest := reason["signs"].([]any)[0].(object)
	if reason["text"].(object)["zh-CN"] == "" || heaviest["sign"] != "owners" ||
		heaviest["text"].(object)["en"] == "" ||
		one.body["serial"] != w.serial(50) {
		t.Errorf("%s", one.raw)
	}
	var told []string
	for _, x := range one.body["scans"].([]any) {
		s := x.(object)
		told = append(told, fmt.Sprint(s["device"], " ", s["kind"], " ", s["city"], " ", s["lat"]))
	}
	want := []string{
		"A scan 上海 30",
		"B scan 北京 31",
		"C scan 成都 32",
		"D scan 广州 33",
		"E scan 昆明 34",
		"A scan <b>西安</b> 35",
		"D pin_failed <nil> <nil>",
	}
	if !slices.Equal(told, want) {
		t.Errorf("scans %q", told)
	}
	if len(one.body["events"].([]any)) == 0 || len(one.body["holdings"].([]any)) != 1 {
		t.Errorf("custody: %s", one.raw)
	}
	picture := w.must("maker", 200, "GET", "/api/v1/alerts/ALERT-HIGH/map", nil)
	if picture.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(string(picture.raw), "上海") ||
		strings.Contains(string(picture.raw), "<b>") {
		t.Errorf("%v %s", picture.header, picture.raw)
	}
}

// TestAlertsAreDecided: by whom, with which effect on the ledger, and what can
// be undone by whom.
func TestAlertsAreDecided(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.alert("ALERT-1", 3, 0.9)
	decision := "/api/v1/alerts/ALERT-1/decision"
	status := func() any { return w.must("maker", 200, "GET", "/api/v1/alerts/ALERT-1", nil).body["status"] }
	for _, party := range []string{"shop", "auditor", "carrier", "lab"} {
		w.refused(party, 403, "NOT_ALLOWED", "POST", decision, outcome("confirmed"))
	}
	w.refused("rival", 404, "ALERT_UNKNOWN", "POST", decision, outcome("confirmed"))
	w.refused("maker", 422, "FIELD_INVALID", "POST", decision, object{"outcome": "dismissed", "note": " "})
	w.refused("maker", 409, "ALERT_STANDS", "POST", decision, outcome("reopened"))

	a := w.must("maker", 201, "POST", decision, outcome("confirmed"))
	if a.body["txId"] == "" || a.body["status"] != "confirmed" || status() != "confirmed" {
		t.Errorf("%s", a.raw)
	}
	w.refused("platform", 409, "UNIT_FLAGGED", "POST", decision, outcome("confirmed"))
	a = w.must("maker", 201, "POST", decision, outcome("dismissed"))
	if a.body["txId"] == nil || status() != "dismissed" {
		t.Errorf("%s", a.raw)
	}
	a = w.must("maker", 201, "POST", decision, outcome("reopened"))
	if a.body["txId"] != nil || status() != "open" {
		t.Errorf("%s", a.raw)
	}
	w.must("platform", 201, "POST", decision, outcome("confirmed"))
	w.refused("maker", 403, "NOT_ALLOWED", "POST", decision, outcome("dismissed"))
	w.must("platform", 201, "POST", decision, outcome("reopened"))
	var told []string
	for _, x := range w.must("auditor", 200, "GET", "/api/v1/alerts/ALERT-1", nil).body["decisions"].([]any) {
		told = append(told, fmt.Sprint(x.(object)["outcome"], " by ", x.(object)["party"]))
	}
	if want := []string{
		"confirmed by maker",
		"dismissed by maker",
		"reopened by maker",
		"confirmed by platform",
		"reopened by platform",
	}; !slices.Equal(told, want) {
		t.Errorf("decisions %q", told)
	}
	var rulings []string
	for _, x := range w.must("auditor", 200, "GET", path("/provenance/%s/%s/%s", gtin, lot, w.serial(3)), nil).body["events"].([]any) {
		if kind := x.(object)["type"].(string); strings.HasPrefix(kind, "unit_") {
			rulings = append(rulings, kind)
		}
	}
	if want := []string{
		"unit_flagged",
		"unit_flag_withdrawn",
		"unit_flagged",
		"unit_flag_withdrawn",
	}; !slices.Equal(rulings, want) {
		t.Errorf("on the ledger: %q", rulings)
	}
}

// TestAlertIsDecidedOnce: a request that is sent again because its answer was
// lost decides nothing twice.
func TestAlertIsDecidedOnce(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.alert("ALERT-1", 3, 0.9)
	for range 2 {
		w.must(
			"maker", 201, "POST", "/api/v1/alerts/ALERT-1/decision", outcome("confirmed"), "Idempotency-Key",
			"confirm-1",
		)
		w.must(
			"maker", 201, "POST", "/api/v1/alerts/ALERT-1/decision", outcome("dismissed"), "Idempotency-Key",
			"dismiss-1",
		)
	}
	if got := w.must("maker", 200, "GET", "/api/v1/alerts/ALERT-1", nil).body; got["status"] != "dismissed" ||
		len(got["decisions"].([]any)) != 2 {
		t.Errorf("%v", got)
	}
}

// TestAlertsAreTold: to the producer and the platform, once, and again when new
// scans undo a dismissal; confirmations go to the producer.
func TestAlertsAreTold(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.must("maker", 201, "POST", "/api/v1/webhooks", object{"url": "http://127.0.0.1:1/", "events": []any{"clone"}})
	w.alert("ALERT-1", 3, 0.9)
	notices := func(party string) (n int) {
		for _, x := range w.must(party, 200, "GET", "/api/v1/inbox", nil).body["items"].([]any) {
			if x.(object)["kind"] == "clone" && x.(object)["title"].(object)["zh-CN"] != "" {
				n++
			}
		}
		return n
	}
	told := func(want int) {
		t.Helper()
		w.work()
		w.work()
		for party, n := range map[string]int{"maker": want, "platform": want, "shop": 0, "rival": 0, "auditor": 0} {
			if got := notices(party); got != n {
				t.Errorf("%s has %d notices, want %d", party, got, n)
			}
		}
		if due, err := w.db.ClaimDeliveries(context.Background(), 10, 10, nil); err != nil || len(due) != 1 {
			t.Errorf("%d deliveries are due, %v", len(due), err)
		}
	}
	told(1)
	if err := w.exec(`select app.reopen_alert('ALERT-1', 9)`); err != nil {
		t.Fatal(err)
	}
	told(2)
}

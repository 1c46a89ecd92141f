package api

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// report is what the verifier writes when a shopper reports a code. It answers
// the code's id.
func (w *world) report(code string, phone int) string {
	w.t.Helper()
	r, _, err := feedback.NewReport(code, "某市场", "瓶身模糊", fmt.Sprint("wx-", phone))
	if err != nil {
		w.t.Fatal(err)
	}
	err = errors.Join(
		w.exec(`insert into scan.reported_code (id, code) values ($1, $2) on conflict do nothing`, r.CodeID, r.Code),
		w.exec(
			`insert into scan.report (id, token_hash, code_id, place, text, contact, device, network) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			r.ID,
			r.TokenHash[:],
			r.CodeID,
			r.Place,
			r.Text,
			r.Contact,
			fmt.Append(nil, "device ", phone),
			fmt.Append(nil, "network ", phone),
		),
		w.exec(`select app.tell('report', $1)`, r.ID),
	)
	if err != nil {
		w.t.Fatal(err)
	}
	return r.CodeID
}

// TestReportedCodes: the platform sees them by code, those with most open
// reports first, and nobody else sees any.
func TestReportedCodes(t *testing.T) {
	w := newWorld(t)
	often, once := w.report("/01/often", 1), w.report("/01/once\r\n", 1)
	for phone := range 3 {
		w.report("/01/often", 2+phone)
	}
	for _, party := range []string{"maker", "rival", "carrier", "shop", "corner", "lab", "auditor"} {
		for _, path := range []string{"", "/" + often} {
			w.refused(party, 403, "NOT_ALLOWED", "GET", "/api/v1/reported-codes"+path, nil)
		}
		w.refused(party, 403, "NOT_ALLOWED", "POST", "/api/v1/reported-codes/"+often+"/closing", object{"note": "x"})
	}
	both := []string{often, once}
	list := func(query string) []string {
		return ids(w.must("platform", 200, "GET", "/api/v1/reported-codes"+query, nil))
	}
	if got := list(""); !slices.Equal(got, both) {
		t.Errorf("%q", got)
	}
	if got := list("?sort=-lastAt&status=open"); !slices.Equal(got, both) {
		t.Errorf("the newest first: %q", got)
	}
	if got := list("?status=closed"); len(got) > 0 {
		t.Errorf("closed: %q", got)
	}
	first := w.must("platform", 200, "GET", "/api/v1/reported-codes?limit=1", nil)
	next := w.must(
		"platform", 200, "GET", "/api/v1/reported-codes?limit=1&after="+urlQuery(first.body["next"].(string)), nil,
	)
	if got := append(ids(first), ids(next)...); !slices.Equal(got, both) || next.body["next"] != nil {
		t.Errorf("page by page: %q", got)
	}
	w.refused("platform", 422, "FIELD_INVALID", "GET", "/api/v1/reported-codes?after=x", nil)
	w.refused("platform", 422, "FIELD_INVALID", "GET", "/api/v1/reported-codes?status=late", nil)
	w.refused("platform", 404, "REPORTED_CODE_UNKNOWN", "GET", "/api/v1/reported-codes/CODE-NONE", nil)
	one := w.must("platform", 200, "GET", "/api/v1/reported-codes/"+often, nil)
	said := one.body["said"].([]any)
	if one.body["code"] != "/01/often" || one.body["open"] != 4.0 || len(said) != 4 ||
		said[0].(object)["contact"] != "wx-4" ||
		said[0].(object)["place"] != "某市场" {
		t.Errorf("%s", one.raw)
	}
	if strings.Contains(string(one.raw), "device") || strings.Contains(string(one.raw), "token") {
		t.Errorf("it tells of devices: %s", one.raw)
	}
}

// TestReportsAreClosed: with a note, once; what comes later opens the code again.
func TestReportsAreClosed(t *testing.T) {
	w := newWorld(t)
	id := w.report("/01/x", 1)
	path := "/api/v1/reported-codes/" + id
	w.refused("platform", 422, "FIELD_INVALID", "POST", path+"/closing", object{"note": " "})
	w.refused("platform", 422, "FIELD_INVALID", "POST", path+"/closing", object{"note": strings.Repeat("长", 1001)})
	w.refused(
		"platform", 404, "REPORTED_CODE_UNKNOWN", "POST", "/api/v1/reported-codes/CODE-NONE/closing",
		object{"note": "x"},
	)
	for range 2 {
		a := w.must("platform", 201, "POST", path+"/closing", object{"note": "已联系市场监管部门"}, "Idempotency-Key", "once")
		if a.body["status"] != "closed" || a.body["open"] != 0.0 || strings.Contains(string(a.raw), "wx-1") {
			t.Errorf("%s", a.raw)
		}
	}
	w.refused("platform", 409, "REPORTS_CLOSED", "POST", path+"/closing", object{"note": "x"})
	w.report("/01/x", 2)
	if a := w.must(
		"platform", 200, "GET", path, nil,
	); a.body["status"] != "open" || a.body["open"] != 1.0 || a.body["reports"] != 2.0 ||
		len(a.body["closings"].([]any)) != 1 {
		t.Errorf("%s", a.raw)
	}
	w.must("platform", 201, "POST", path+"/closing", object{"note": "again"})
	closings := w.must("platform", 200, "GET", path, nil).body["closings"].([]any)
	if len(closings) != 2 || closings[0].(object)["note"] != "已联系市场监管部门" ||
		closings[1].(object)["account"] != "platform" {
		t.Errorf("%v", closings)
	}
}

// TestReportsAreTold: of each code, to the platform alone, once a day.
func TestReportsAreTold(t *testing.T) {
	w := newWorld(t)
	notices := func(party string) (all []string) {
		for _, x := range w.must(party, 200, "GET", "/api/v1/inbox?limit=200", nil).body["items"].([]any) {
			if n := x.(object); n["kind"] == "report" && n["title"].(object)["zh-CN"] != "" {
				all = append(all, fmt.Sprint(n["subject"], " ", n["detail"].(object)["code"]))
			}
		}
		return all
	}
	one, other := w.report("/01/one", 1), w.report("/01/other", 1)
	w.report("/01/one", 2)
	w.work()
	w.report("/01/one", 3)
	w.work()
	want := []string{other + " /01/other", one + " /01/one"}
	if got := notices("platform"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if err := w.exec(
		`update scan.report set created_at = now() - interval '2 days' where id = (select min(id) from scan.report);
		select app.tell('report', min(id)) from scan.report`,
	); err != nil {
		t.Fatal(err)
	}
	w.work()
	if got := notices("platform"); len(got) != 3 {
		t.Errorf("of another day: %q", got)
	}
	if err := w.exec(`insert into scan.reported_code select 'CODE-' || n, 'flood' from generate_series(1, 100) n;
		insert into scan.report (id, token_hash, code_id, place, text, contact) select n, sha256(n::text::bytea), 'CODE-' || n, '', 'x', '' from generate_series(1, 100) n;
		select app.tell('report', n::text) from generate_series(1, 100) n`); err != nil {
		t.Fatal(err)
	}
	w.work()
	w.work()
	if got := notices("platform"); len(got) != 50+1 { // with the one of another day
		t.Errorf("%d notices in a flood", len(got))
	}
	for _, party := range []string{"maker", "shop", "auditor"} {
		if got := notices(party); len(got) > 0 {
			t.Errorf("%s is told %q", party, got)
		}
	}
}

package api

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// day gives the calendar day so many days from today.
func day(days int) trace.Date { return trace.DayOf(time.Now()).AddDays(days) }

// licensed gives a party one licence that ends on a day, and its next check.
func (w *world) licensed(id string, ends, check trace.Date) {
	w.t.Helper()
	w.must(
		"platform",
		200,
		"PUT",
		"/api/v1/parties/"+id,
		object{"name": object{"zh-CN": "甲 " + id}, "nextCheckDue": check,
			"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "JY1", "validTo": ends}}},
	)
}

// standings asks for the list and gives its parties in order and by id.
func (w *world) standings(query string) (order string, rows map[string]object) {
	w.t.Helper()
	var ids []string
	rows = map[string]object{}
	for _, item := range w.must("platform", 200, "GET", "/api/v1/standings?"+query, nil).body["items"].([]any) {
		row := item.(object)
		ids = append(ids, row["party"].(string))
		rows[row["party"].(string)] = row
	}
	return strings.Join(ids, " "), rows
}

// listed gives an answer that is a list.
func listed(t *testing.T, a answer) (list []any) {
	t.Helper()
	if err := json.Unmarshal(a.raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestStandingsAreOneList: overdue, lapsed and next to lapse, every party's
// standing in its row, as its own page says it.
func TestStandingsAreOneList(t *testing.T) {
	w := newWorld(t)
	w.licensed("shop", day(-1), day(100))   // lapsed by its licence
	w.licensed("corner", day(10), day(100)) // lapses in ten days
	w.licensed("carrier", day(200), day(-3))
	w.must("platform", 201, "POST", "/api/v1/parties/lab/status", object{"status": "suspended", "reason": "test"})
	order, rows := w.standings("")
	if !strings.HasPrefix(order, "carrier shop corner ") {
		t.Errorf("whoever lapses next comes first: %s", order)
	}
	for id, row := range rows {
		own := w.must("platform", 200, "GET", "/api/v1/parties/"+id+"/standing", nil).body
		if row["standing"] != own["standing"] || row["score"] != own["score"].(object)["points"] {
			t.Errorf("%s: %v in the list, %v by itself", id, row, own)
		}
	}
	if rows["shop"]["lapsesOn"] != string(day(-1)) || rows["maker"]["nextCheckDue"] != string(day(360)) {
		t.Errorf("%v %v", rows["shop"], rows["maker"])
	}
	due := rows["shop"]["dues"].([]any)[0].(object)
	if due["kind"] != "licence" || due["what"] != "food" || due["overdue"] != true {
		t.Errorf("%v", due)
	}
	for query, want := range map[string]string{
		"standing=lapsed":             "carrier shop",
		"standing=suspended":          "lab",
		"overdue=true":                "carrier shop",
		"until=" + string(day(10)):    "carrier shop corner",
		"role=distributor":            "carrier",
		"q=" + url.QueryEscape("甲 s"): "shop",
		"q=100%25":                    "",
	} {
		if order, _ := w.standings(query); order != want {
			t.Errorf("%s: %q, want %q", query, order, want)
		}
	}
}

func TestStandingsPage(t *testing.T) {
	w := newWorld(t)
	all, _ := w.standings("")
	var paged []string
	for after := ""; ; {
		page := w.must("auditor", 200, "GET", "/api/v1/standings?limit=3&after="+url.QueryEscape(after), nil).body
		for _, item := range page["items"].([]any) {
			paged = append(paged, item.(object)["party"].(string))
		}
		if after, _ = page["next"].(string); after == "" {
			break
		}
	}
	if got := strings.Join(paged, " "); got != all {
		t.Errorf("%s\nby pages %s", all, got)
	}
	w.refused("platform", 422, "FIELD_INVALID", "GET", "/api/v1/standings?after=x", nil)
}

// TestDocumentsOpenFromTheApplication: what an application names by its hash is
// found and read by those who decide, and by nobody else.
func TestDocumentsOpenFromTheApplication(t *testing.T) {
	w := newWorld(t)
	w.newcomer("newshop")
	w.refused(
		"newshop",
		422,
		"DOCUMENT_MISSING",
		"POST",
		"/api/v1/me/application",
		object{"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "JY1"}}},
	)
	hash := w.send("newshop", w.form("执照.png", "image/png", photo(t))).body["sha256"].(string)
	w.must(
		"newshop",
		201,
		"POST",
		"/api/v1/me/application",
		object{"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "JY1", "documentHash": hash}}},
	)
	application := w.must("platform", 200, "GET", "/api/v1/applications", nil).body["items"].([]any)[0].(object)["application"].(object)
	named := application["licences"].([]any)[0].(object)["documentHash"].(string)
	where := "/api/v1/documents?party=newshop&sha256=" + named
	for _, who := range []string{"platform", "auditor", "newshop"} {
		list := listed(t, w.must(who, 200, "GET", where, nil))
		if len(list) != 1 || list[0].(object)["name"] != "执照.png" {
			t.Fatalf("%s: %v", who, list)
		}
		w.must(who, 200, "GET", "/api/v1/documents/"+list[0].(object)["id"].(string), nil)
	}
	w.refused("maker", 404, "PARTY_UNKNOWN", "GET", where, nil)
	if list := listed(t, w.must("maker", 200, "GET", "/api/v1/documents", nil)); len(list) != 0 {
		t.Errorf("another's documents: %v", list)
	}
}

// TestNoticesHaveTitles: what happened is in the title, in both languages.
func TestNoticesHaveTitles(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.newcomer("newshop")
	hash := w.send("newshop", w.form("a.png", "image/png", photo(t))).body["sha256"]
	w.must(
		"newshop",
		201,
		"POST",
		"/api/v1/me/application",
		object{"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "JY1", "documentHash": hash}}},
	)
	w.must(
		"platform",
		201,
		"POST",
		"/api/v1/parties/newshop/review",
		object{"outcome": "accepted", "reason": object{"zh-CN": "齐全"}},
	)
	w.must("platform", 201, "POST", "/api/v1/parties/newshop/status", object{"status": "suspended", "reason": "test"})
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{"id": "RECALL-1", "gtin": gtin, "lots": []any{lot}, "class": "III",
			"reason": object{"zh-CN": "测试", "en": "test"}},
	)
	w.must("maker", 201, "POST", "/api/v1/recalls/RECALL-1/closing", object{"note": "done"})
	for party, want := range map[string][]string{
		"platform": {"收到一份入驻申请，等待审核"},
		"newshop":  {"资格已暂停", "申请已通过"},
		"maker":    {"召回已结束", "召回开始，涉及您手中的货", "资格已生效"},
	} {
		var titles []string
		for _, n := range w.must(party, 200, "GET", "/api/v1/inbox", nil).body["items"].([]any) {
			title := n.(object)["title"].(object)
			titles = append(titles, title["zh-CN"].(string))
			if title["en"] == "" {
				t.Errorf("%v", title)
			}
		}
		if strings.Join(titles, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %q, want %q", party, titles, want)
		}
	}
}

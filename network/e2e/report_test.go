package e2e

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// reportBy sends the form of a page to the page's own address, as a browser
// without a script does, and gives the link of the receipt.
func reportBy(t *testing.T, phone, address string, form url.Values) (link string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "User-Agent": phone, "Origin": touchstone.verify} {
		r.Header.Set(name, value)
	}
	a, err := send(r)
	link, _, _ = strings.Cut(a.header.Get("Location"), "?")
	if err != nil || a.status != http.StatusSeeOther || !strings.HasPrefix(link, "/reports/") {
		t.Fatalf("%v %d %v %s", err, a.status, a.header, a.raw)
	}
	return link
}

func reportedCode(t *testing.T, code string) object {
	t.Helper()
	for _, x := range touchstone.as("platform").get(t, "/api/v1/reported-codes?limit=200").body["items"].([]any) {
		if x.(object)["code"] == code {
			return x.(object)
		}
	}
	return nil
}

// A shopper whose code we do not know reports it where its page says so; the
// platform finds all reports of the code together and closes them, and the
// shopper reads that. Nobody else sees any of it.
func TestReportOfAnUnknownCode(t *testing.T) {
	const lot = "202611P01"
	gtin := newBatch(t, lot, 4)
	all := units(t, gtin, lot, 0, 2)
	forged := strings.TrimSuffix(path(all[0].uri), all[0].serial) + "ZZZZZZZZZZZZZZZZZZZZ"
	address := touchstone.verify + forged
	if a := request(
		t, http.MethodGet, address, "", nil, "Accept", "text/html", "Accept-Language", "en",
	); !contains(a.raw, `<form method="post">`) ||
		contains(a.raw, "ZZZZZZZZ") {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	link := reportBy(
		t, "phone 1", address, url.Values{"place": {"某市场 二楼"}, "text": {"扫出来查不到"}, "contact": {"wx-shopper"}},
	)
	reportBy(
		t,
		"phone 2",
		touchstone.verify+"/reports?code="+url.QueryEscape(
			touchstone.verify+strings.Replace(forged, "ZZZZ", "zzzz", 1),
		),
		url.Values{"text": {"也查不到"}},
	)
	hostile := "https://tr\u0430ce.example/\r\n" + strings.Repeat("9", 2000)
	reportBy(t, "phone 3", touchstone.verify+"/reports?code="+url.QueryEscape(hostile), url.Values{"text": {"二维码要我付款"}})
	receipt := func() object {
		return request(t, http.MethodGet, touchstone.verify+link, "", nil, "Accept", "application/json").body
	}
	if got := receipt(); got["closed"] != false || got["mayContact"] != true ||
		contains([]byte(got["report"].(string)), "wx") {
		t.Errorf("%v", got)
	}

	found := reportedCode(t, forged)
	if found == nil || found["open"] != 2.0 {
		t.Fatalf("%v", found)
	}
	id := found["id"].(string)
	if neutral := "https://tr‹430›ce.example/‹D›‹A›" + strings.Repeat("9", 500); reportedCode(
		t, string([]rune(neutral)[:500])+"…",
	) == nil {
		t.Errorf(
			"the hostile code is kept otherwise: %s",
			touchstone.as("platform").get(t, "/api/v1/reported-codes?limit=200").raw,
		)
	}
	if !eventually(settleTime, func() bool { return toldOf(t, "platform", id) == 1 }) {
		t.Errorf("the platform was told %d times", toldOf(t, "platform", id))
	}
	for _, role := range []string{"seller", "producer", "distributor", "inspector", "auditor"} {
		for _, hidden := range []string{"/api/v1/reported-codes", "/api/v1/reported-codes/" + id} {
			if a := touchstone.as(role).get(t, hidden); a.status != http.StatusForbidden {
				t.Errorf("%s as %s: %d", hidden, role, a.status)
			}
		}
		if a := touchstone.as(role).
			post(t, "/api/v1/reported-codes/"+id+"/closing", object{"note": "x"}); a.status != http.StatusForbidden {
			t.Errorf("closed by %s: %d", role, a.status)
		}
		if toldOf(t, role, id) > 0 {
			t.Errorf("%s was told", role)
		}
	}

	if out := merchant(t, "reports"); !strings.Contains(out, id) || !strings.Contains(out, forged) {
		t.Errorf("the list: %s", out)
	}
	if out := merchant(t, "reports", "show", id); !strings.Contains(out, "wx-shopper") ||
		!strings.Contains(out, "某市场 二楼") {
		t.Errorf("the code: %s", out)
	}
	merchant(t, "reports", "close", id, "--note", "已转交市场监管部门")
	if got := receipt(); got["closed"] != true || got["mayContact"] != false {
		t.Errorf("%v", got)
	}
	after := touchstone.as("platform").get(t, "/api/v1/reported-codes/"+id)
	closings := after.body["closings"].([]any)
	if after.body["status"] != "closed" || contains(after.raw, "wx-shopper") || len(closings) != 1 ||
		closings[0].(object)["note"] != "已转交市场监管部门" {
		t.Errorf("%s", after.raw)
	}
	known, err := client.PostForm(page(all[1].uri), url.Values{"text": {"x"}})
	if err != nil || known.StatusCode != http.StatusSeeOther && known.StatusCode != http.StatusConflict {
		t.Errorf("a code of ours: %v %v", err, known)
	}
	_ = known.Body.Close()
}

// The form as a phone shows it; see browser/report.test.mjs.
func TestReportInABrowser(t *testing.T) {
	gtin := newBatch(t, "202611P02", 1)
	unit := units(t, gtin, "202611P02", 0, 1)[0]
	forged := strings.TrimSuffix(path(unit.uri), unit.serial) + "YYYYYYYYYYYYYYYYYYYY"
	runScript(t, "report.test.mjs", object{"origin": touchstone.verify, "forged": forged})
	if found := reportedCode(t, forged); found == nil || found["open"] != 6.0 {
		t.Errorf("%v", found)
	}
	if !slices.ContainsFunc(
		touchstone.as("platform").get(t, "/api/v1/reported-codes").body["items"].([]any),
		func(x any) bool {
			return strings.HasPrefix(x.(object)["code"].(string), "https://hb.example/")
		},
	) {
		t.Error("the foreign code is not there")
	}
}

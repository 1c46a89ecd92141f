package complaints_test

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

var said = url.Values{"place": {"某市场 二楼"}, "text": {shopperText}, "contact": {"wx-zqmarkerqz"}}

// kept gives what codes are reported, by the number of reports.
func kept(t *testing.T, w *verifiertest.World) map[string]int {
	t.Helper()
	rows, err := w.DB.Query(
		`select code, count(*) from scan.reported_code c join scan.report r on r.code_id = c.id group by code`,
	)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var code string
		var n int
		if err := rows.Scan(&code, &n); err != nil {
			t.Fatal(err)
		}
		all[code] = n
	}
	return all
}

// TestReportUnknownCode: the page of a code that we do not know has the form,
// which says nothing of the code; what is sent is kept, and is in no answer.
func TestReportUnknownCode(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	for _, lang := range webtest.Languages {
		browser := []string{"Accept", "text/html,*/*;q=0.8", "Accept-Language", lang, "User-Agent", lang}
		page := c.Get(webtest.Forged(b), browser...).Body.String()
		if !strings.Contains(page, `<form method="post">`) ||
			!strings.Contains(page, webtest.Word(t, "reportBelow").In(lang)) ||
			strings.Contains(page, webtest.ForgedSerial) {
			t.Errorf("%s", page)
		}
		again := c.Report(webtest.Forged(b), url.Values{"contact": {webtest.Marker}}, browser...)
		webtest.CheckHeaders(t, "form again", again.Header())
		webtest.CheckDocument(t, "form again", lang, again.Body.Bytes())
		if body := again.Body.String(); again.Code != 422 ||
			!strings.Contains(body, complaints.ReportFaults["text"].In(lang)) ||
			strings.Contains(body, webtest.Marker) ||
			strings.Contains(body, `name="code"`) {
			t.Errorf("%d %s", again.Code, body)
		}
		done := c.Report(webtest.Forged(b), said, browser...)
		link, _, _ := strings.Cut(done.Header().Get("Location"), "?")
		if done.Code != http.StatusSeeOther || !strings.HasPrefix(link, "/reports/") ||
			len(link) != len("/reports/")+43 {
			t.Fatalf("%d %v %s", done.Code, done.Header(), done.Body)
		}
		receipt := c.Get(link, browser...)
		webtest.CheckHeaders(t, "receipt", receipt.Header())
		webtest.CheckDocument(t, "receipt", lang, receipt.Body.Bytes())
		body := html.UnescapeString(receipt.Body.String())
		for _, want := range []string{"reportReceived", "reportWaiting", "reportLooked", "reportReached", "reportKeep"} {
			if !strings.Contains(body, webtest.Word(t, want).In(lang)) {
				t.Errorf("%s: no %s in %s", lang, want, body)
			}
		}
		for _, secret := range []string{"瓶身", "alert", "二楼", webtest.Marker, webtest.ForgedSerial} {
			if strings.Contains(body, secret) {
				t.Errorf("%s comes back: %s", secret, body)
			}
		}
	}
	if got := kept(t, w); len(got) != 1 || got[webtest.Forged(b)] != 2 {
		t.Errorf("%v", got)
	}
	var place, text, contact string
	if err := w.DB.QueryRow(`select place, text, contact from scan.report limit 1`).
		Scan(&place, &text, &contact); err != nil ||
		place != "某市场 二楼" || text != shopperText ||
		contact != "wx-zqmarkerqz" {
		t.Errorf("%q %q %q %v", place, text, contact, err)
	}
}

// TestReportsOfOneCodeComeTogether: however its label is written, and through
// whichever page it is sent.
func TestReportsOfOneCodeComeTogether(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	path := webtest.Forged(b)
	for i, address := range []string{
		path, strings.Replace(path, webtest.ForgedSerial, "OOOOoooo000000000000", 1), strings.Replace(path, "L1", "%4C1", 1), path + "?lang=en&utm_source=x",
		"/reports?code=" + url.QueryEscape(webtest.Host+path), "/reports?code=" + url.QueryEscape("trace.example.com"+path+"?x=1"),
		"/reports?code=" + url.QueryEscape("(01)"+b.GTIN+"(10)L1(21)"+webtest.ForgedSerial), "/reports", "/reports?code=%20",
	} {
		form := url.Values{"text": {"x"}, "code": {webtest.Host + path}} // the address goes first
		if rec := c.Report(address, form, "User-Agent", fmt.Sprint("phone ", i)); rec.Code != http.StatusCreated {
			t.Errorf("%s: %d %s", address, rec.Code, rec.Body)
		}
	}
	if got := kept(t, w); len(got) != 1 || got[path] != 9 {
		t.Errorf("%v", got)
	}
}

// TestHostileCodesAreNeutralised: whatever a code is made of, it is kept short
// and plain, and is in no answer.
func TestHostileCodesAreNeutralised(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	h := webtest.New(t, w, func(o *web.Options) { o.Limits = web.Limits{} })
	network := 0
	send := func(address string) *httptest.ResponseRecorder {
		network++
		c := h
		r := fmt.Sprintf("198.51.%d.%d:1", 100+network/250, network%250)
		c.H = http.HandlerFunc(func(rw http.ResponseWriter, q *http.Request) { q.RemoteAddr = r; h.H.ServeHTTP(rw, q) })
		return c.Report(address, url.Values{"text": {"x"}})
	}
	paths := webtest.BrokenPaths(b)
	maps.Copy(paths, webtest.ForgedPaths(b))
	for name, path := range paths {
		if strings.Contains(path, "%") && (strings.HasSuffix(path, "%") || strings.HasSuffix(path, "%4")) {
			continue // net/http does not take it for a path
		}
		if rec := send(path); rec.Code != http.StatusCreated {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	for _, code := range []string{"https://evil.example/" + strings.Repeat("9", 10<<10), "a\r\nb", "\xff\xfe", "tr\u0430ce.example.com", "weixin://pay?\u202e", "{{.}}", "<script>"} {
		if rec := send("/reports?code=" + url.QueryEscape(code)); rec.Code != http.StatusCreated {
			t.Errorf("%.40q: %d %s", code, rec.Code, rec.Body)
		}
	}
	all := kept(t, w)
	for code := range all {
		if code != feedback.CodeText(code) && !strings.ContainsAny(code, "‹…") ||
			strings.ContainsFunc(code, func(r rune) bool { return r < ' ' || r == 0x430 || r == 0x202e }) ||
			len([]rune(code)) > feedback.MaxCode+1 {
			t.Errorf("kept as %q", code)
		}
	}
	for _, want := range []string{"tr‹430›ce.example.com", "‹FFFD›‹FFFD›", "a‹D›‹A›b", "/01/" + b.GTIN + "/10/L1‹D›‹A›Set-Cookie: a=b/21/" + b.Unit(7).Serial} {
		if all[want] != 1 {
			t.Errorf("no %q in %v", want, all)
		}
	}
}

// TestReportRefused: a clear answer, nothing kept, nothing repeated.
func TestReportRefused(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	long := func(n int) []string { return []string{strings.Repeat("长", n)} }
	for name, x := range map[string]struct {
		address string
		form    url.Values
		status  int
		code    trace.Code
		field   string
	}{
		"neither where nor what": {webtest.Forged(b), url.Values{"contact": {"x"}}, 422, trace.FieldInvalid, "text"},
		"a long place":           {webtest.Forged(b), url.Values{"place": long(201)}, 422, trace.FieldInvalid, "place"},
		"a long text":            {webtest.Forged(b), url.Values{"text": long(501)}, 422, trace.FieldInvalid, "text"},
		"a long contact":         {webtest.Forged(b), url.Values{"text": {"x"}, "contact": long(101)}, 422, trace.FieldInvalid, "contact"},
		"control characters":     {webtest.Forged(b), url.Values{"text": {"a\x00b"}}, 422, trace.FieldInvalid, "text"},
		"no code":                {"/reports?code=%20", url.Values{"text": {"x"}}, 422, trace.FieldInvalid, "code"},
		"a code that is ours":    {b.Path(7), url.Values{"text": {"x"}}, 409, problem.CodeKnown, "code"},
		"ours, typed":            {"/reports", url.Values{"text": {"x"}, "code": {webtest.Host + b.Path(7)}}, 409, problem.CodeKnown, "code"},
		"more than 16 kB":        {webtest.Forged(b), url.Values{"text": {strings.Repeat("x", 17<<10)}}, 413, problem.BodyTooLarge, ""},
	} {
		rec := c.Report(x.address, x.form)
		if p := webtest.Decode[webtest.Problem](t, rec); rec.Code != x.status || p.Code != x.code ||
			p.Field != x.field {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if rec := c.Post(webtest.Forged(b), `{"text": "x"}`); rec.Code != http.StatusUnsupportedMediaType {
		t.Errorf("as JSON: %d", rec.Code)
	}
	rec := c.Report(b.Path(7), said, "Accept", page.TypeHTML)
	if to := rec.Header().
		Get("Location"); rec.Code != http.StatusSeeOther ||
		!strings.HasPrefix(to, "/complaints/new?") {
		t.Errorf("a code of ours: %d, to %s", rec.Code, to)
	}
	if got := kept(t, w); len(got) > 0 {
		t.Errorf("%v", got)
	}
	gone := webtest.New(t, w, func(o *web.Options) { o.Reports = mute{} })
	if rec := gone.Report(webtest.Forged(b), said); rec.Code != 503 || rec.Header().Get("Retry-After") == "" {
		t.Errorf("not kept: %d %s", rec.Code, rec.Body)
	}
}

// mute is a store of reports that cannot be reached.
type mute struct{ complaints.Reports }

func (mute) SaveReport(context.Context, feedback.Report) (bool, error) {
	return false, context.DeadlineExceeded
}

// TestReportsInMeasure: one device reports a code once and five a day; another
// browser does not make another network.
func TestReportsInMeasure(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	ask := func(code int, phone string) int {
		return c.Report(fmt.Sprint("/reports?code=", code), url.Values{"text": {"x"}}, "User-Agent", phone).Code
	}
	for i, want := range []int{201, 429, 201, 201, 201, 201, 429} {
		if got := ask(max(0, i-1), "phone"); got != want {
			t.Errorf("report %d: %d, want %d", i, got, want)
		}
	}
	taken := 5
	for i := range 40 {
		if ask(100, fmt.Sprint("browser ", i)) == 201 {
			taken++
		}
	}
	if taken != 30 {
		t.Errorf("%d reports from one network", taken)
	}
}

// TestReceipt: its link tells how things stand and takes the report back.
func TestReceipt(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	answer := webtest.Decode[complaints.ReportAnswer](t, c.Report("/reports?code=x", said))
	ask := func() feedback.Acknowledgement {
		return webtest.Decode[feedback.Acknowledgement](t, c.Get(answer.Link, "Accept", page.TypeJSON))
	}
	if got := ask(); got.ID != answer.Report || got.Closed || !got.MayContact || got.ReceivedAt.IsZero() {
		t.Errorf("%+v", got)
	}
	w.Exec(`update scan.report set closed_at = now(), contact = ''`)
	if got := ask(); !got.Closed || got.MayContact {
		t.Errorf("%+v", got)
	}
	if body := c.Get(answer.Link, "Accept-Language", "en").Body.String(); !strings.Contains(body, "Dealt with") ||
		strings.Contains(body, "Waiting") {
		t.Error(body)
	}
	for _, link := range []string{"/reports/x", answer.Link + "A"} {
		if rec := c.Get(link, "Accept", page.TypeJSON); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", link, rec.Code)
		}
		if rec := c.Post(link+"/withdrawal", ""); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", link, rec.Code)
		}
	}
	if rec := c.Post(answer.Link+"/withdrawal", "", "Accept", page.TypeHTML); rec.Code != http.StatusOK ||
		!strings.Contains(rec.Body.String(), "已撤回并删除") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if rec := c.Get(answer.Link); rec.Code != http.StatusNotFound ||
		webtest.Count(t, w, `select count(*) from scan.report`) != 0 {
		t.Errorf("%d", rec.Code)
	}
}

// TestReportForm: it asks for what the label says; with one in its address it does not.
func TestReportForm(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, lang := range webtest.Languages {
		for address, asks := range map[string]bool{"/reports": true, "/reports?code=%20": true, "/reports?code=" + webtest.Marker: false} {
			rec := c.Get(address, "Accept-Language", lang)
			webtest.CheckHeaders(t, address, rec.Header())
			webtest.CheckDocument(t, address, lang, rec.Body.Bytes())
			if body := rec.Body.String(); strings.Contains(body, `name="code"`) != asks ||
				strings.Contains(body, webtest.Marker) ||
				strings.Contains(body, "<script") {
				t.Errorf("%s: %s", address, body)
			}
		}
	}
	for _, page := range []string{"/scan", "/?uri=https%3A%2F%2Fevil.example"} {
		if body := c.Get(page).Body.String(); !strings.Contains(body, `href="/reports?lang=`) {
			t.Errorf("no way from %s to the form", page)
		}
	}
}

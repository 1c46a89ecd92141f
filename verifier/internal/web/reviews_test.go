package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// token confirms a scan and gives the review token that comes with it.
func (c client) token(path string) string {
	c.t.Helper()
	_, got, p := c.confirm(path, c.nonce(path))
	if got.ReviewToken == "" {
		c.t.Fatalf("%+v", p)
	}
	return got.ReviewToken
}

func (c client) review(path, token string, rating int, text string) *httptest.ResponseRecorder {
	return c.post("/api/v1/reviews", fmt.Sprintf(`{"uri": %q, "token": %q, "rating": %d, "text": %q}`, host+path, token, rating, text))
}

func (c client) reviews(path string) *feedback.Reviews {
	return decode[unitAnswer](c.t, c.get(path, "Accept", typeJSON)).Reviews
}

const praise = "质量非常好，包装也很精美，物流很快，推荐购买"

// TestReview: one for a unit, by somebody who scanned that unit; copies are
// kept, marked and not counted, under whatever item they stand.
func TestReview(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := newClient(t, w)
	if got := c.reviews(b.Path(1)); got != nil {
		t.Errorf("before the first: %+v", got)
	}
	token := c.token(b.Path(1))
	first := c.review(b.Path(1), token, 5, praise)
	if first.Code != http.StatusCreated {
		t.Fatalf("%d %s", first.Code, first.Body)
	}
	id := decode[reviewAnswer](t, first).ID
	if rec := c.review(b.Path(1), token, 1, "换个说法再来一条"); rec.Code != http.StatusConflict {
		t.Errorf("a second review: %d", rec.Code)
	}
	for i, text := range []string{praise + "!!!", "质量非常好~包装也很精美~物流超快~推荐购买"} {
		rec := c.review(b.Path(int64(2+i)), c.token(b.Path(int64(2+i))), 5, text)
		if got := decode[reviewAnswer](t, rec); rec.Code != http.StatusCreated || got.SameAs != id {
			t.Errorf("copy %d: %d %+v", i, rec.Code, got)
		}
	}
	c.review(b.Path(4), c.token(b.Path(4)), 2, "盖子漏了，<b>客服</b>两天才回")
	got := c.reviews(b.Path(5))
	if got.Count != 2 || got.Folded != 2 || got.Average != 3.5 || len(got.Items) != 4 {
		t.Errorf("%+v", got)
	}
	page := c.get(b.Path(5)).Body.String()
	if !strings.Contains(page, "盖子漏了，&lt;b&gt;客服") || strings.Contains(page, "物流超快") || strings.Contains(page, "<b>客服") {
		t.Error("the page does not show the reviews that count, as text")
	}
	b.Complaint("CASE-0001", 5)
	if c.reviews(b.Path(5)) != nil || strings.Contains(c.get(b.Path(5)).Body.String(), "盖子漏了") {
		t.Error("reviews stand on a page that warns")
	}
}

func TestReviewRefused(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	at := time.Now()
	c := newClient(t, w, func(o *Options) { o.Now = func() time.Time { return at } })
	token := c.token(b.Path(1))
	for name, test := range map[string]struct {
		path, token string
		rating      int
		text        string
		code        trace.Code
	}{
		"of another unit":   {b.Path(2), token, 5, praise, problem.ReviewToken},
		"without a token":   {b.Path(1), "", 5, praise, problem.ReviewToken},
		"with a made token": {b.Path(1), token[:len(token)-2] + "AA", 5, praise, problem.ReviewToken},
		"of no unit":        {"/01/x", token, 5, praise, problem.ReviewToken},
		"without a star":    {b.Path(1), token, 0, praise, trace.FieldInvalid},
		"with six stars":    {b.Path(1), token, 6, praise, trace.FieldInvalid},
		"without words":     {b.Path(1), token, 5, " ", trace.FieldInvalid},
		"too long":          {b.Path(1), token, 5, strings.Repeat("好", 1001), trace.FieldInvalid},
	} {
		if p := decode[problemDocument](t, c.review(test.path, test.token, test.rating, test.text)); p.Code != test.code {
			t.Errorf("%s: %+v", name, p)
		}
	}
	at = at.Add(31 * 24 * time.Hour)
	if p := decode[problemDocument](t, c.review(b.Path(1), token, 5, praise)); p.Code != problem.ReviewToken {
		t.Errorf("a month later: %+v", p)
	}
}

// anchorAll numbers a log's entries and anchors them in two steps, as the
// gateway does, and gives how many there are.
func anchorAll(t *testing.T, w *verifiertest.World, log string) (n int64) {
	t.Helper()
	w.Exec(`update app.log_entry e set seq = x.n from (select ref, row_number() over (order by id) - 1 as n from app.log_entry where log = $1) x where x.ref = e.ref`, log)
	if err := w.DB.QueryRow(`select count(*) from app.log_entry where log = $1`, log).Scan(&n); err != nil {
		t.Fatal(err)
	}
	for _, span := range [][2]int64{{0, n / 2}, {n / 2, n}} {
		if span[0] < span[1] {
			w.Anchor(log, span[0], span[1])
		}
	}
	return n
}

// TestAnchored: every entry of every log proves itself, a changed one does not,
// and only what is public anyway is shown.
func TestAnchored(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := newClient(t, w)
	for i := range int64(5) {
		c.review(b.Path(i), c.token(b.Path(i)), 4, fmt.Sprint("第几条评价呢，这是编号 ", i))
		c.complain(map[string]string{"uri": host + b.Path(i), "text": "x"}, nil)
	}
	for _, log := range []string{trace.LogScans, trace.LogReviews, trace.LogComplaints} {
		n := anchorAll(t, w, log)
		if n != 5 {
			t.Errorf("%s has %d entries", log, n)
		}
		for seq := range n {
			rec := c.get(fmt.Sprintf("/api/v1/anchors/%s/%d", log, seq))
			e := decode[proof.Entry](t, rec)
			if err := e.Check(); rec.Code != 200 || err != nil || (e.Text != "") != (log == trace.LogReviews) {
				t.Errorf("%s %d: %d %s %v", log, seq, rec.Code, rec.Body, err)
			}
		}
		if rec := c.get(fmt.Sprintf("/api/v1/anchors/%s/%d", log, n)); rec.Code != http.StatusNotFound {
			t.Errorf("beyond %s: %d", log, rec.Code)
		}
	}
	if seq := c.reviews(b.Path(9)).Items[0].Seq; seq == nil || *seq != 4 {
		t.Errorf("the newest review's entry: %v", seq)
	}
	for name, tamper := range map[string]string{
		"scans":      `update scan.scan set place = '上海'`,
		"reviews":    `update scan.review set rating = 5`,
		"complaints": `update scan.complaint set text = 'y'`,
	} {
		w.Exec(tamper)
		rec := c.get("/api/v1/anchors/" + name + "/2")
		if p := decode[problemDocument](t, rec); rec.Code != http.StatusConflict || p.Code != problem.EntryChanged {
			t.Errorf("%s: %d %+v", name, rec.Code, p)
		}
	}
	w.Exec(`delete from scan.scan`) // retention: the digest alone still proves itself
	e := decode[proof.Entry](t, c.get("/api/v1/anchors/scans/1"))
	if err := e.Check(); err != nil {
		t.Error(err)
	}
	w.Exec(`update app.log_entry set digest = sha256('x') where log = 'scans' and seq = 0`)
	for _, path := range []string{"/api/v1/anchors/scans/0", "/api/v1/anchors/scans/1"} {
		if rec := c.get(path); rec.Code != http.StatusConflict {
			t.Errorf("%s beside a changed digest: %d", path, rec.Code)
		}
	}
	for _, path := range []string{"/api/v1/anchors/scans/-1", "/api/v1/anchors/scans/x"} {
		if rec := c.get(path); rec.Code != 422 {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}

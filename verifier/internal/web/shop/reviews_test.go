package shop_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

const praise = "质量非常好，包装也很精美，物流很快，推荐购买"

// TestReview: one for a unit, by somebody who scanned that unit; copies are
// kept, marked and not counted, under whatever item they stand.
func TestReview(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	if got := reviewsOf(c, b.Path(1)); got != nil {
		t.Errorf("before the first: %+v", got)
	}
	token := c.Token(b.Path(1))
	first := c.Review(b.Path(1), token, 5, praise)
	if first.Code != http.StatusCreated {
		t.Fatalf("%d %s", first.Code, first.Body)
	}
	id := webtest.Decode[shop.ReviewAnswer](t, first).ID
	if rec := c.Review(b.Path(1), token, 1, "换个说法再来一条"); rec.Code != http.StatusConflict {
		t.Errorf("a second review: %d", rec.Code)
	}
	for i, text := range []string{praise + "!!!", "质量非常好~包装也很精美~物流超快~推荐购买"} {
		rec := c.Review(b.Path(int64(2+i)), c.Token(b.Path(int64(2+i))), 5, text)
		if got := webtest.Decode[shop.ReviewAnswer](t, rec); rec.Code != http.StatusCreated || got.SameAs != id {
			t.Errorf("copy %d: %d %+v", i, rec.Code, got)
		}
	}
	c.Review(b.Path(4), c.Token(b.Path(4)), 2, "盖子漏了，<b>客服</b>两天才回")
	got := reviewsOf(c, b.Path(5))
	if got.Count != 2 || got.Folded != 2 || got.Average != 3.5 || len(got.Items) != 4 {
		t.Errorf("%+v", got)
	}
	page := c.Get(b.Path(5)).Body.String()
	if !strings.Contains(page, "盖子漏了，&lt;b&gt;客服") || strings.Contains(page, "物流超快") ||
		strings.Contains(page, "<b>客服") {
		t.Error("the page does not show the reviews that count, as text")
	}
	b.Complaint("CASE-0001", 5)
	if reviewsOf(c, b.Path(5)) != nil || strings.Contains(c.Get(b.Path(5)).Body.String(), "盖子漏了") {
		t.Error("reviews stand on a page that warns")
	}
}

func TestReviewRefused(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	at := time.Now()
	c := webtest.New(t, w, func(o *web.Options) { o.Now = func() time.Time { return at } })
	token := c.Token(b.Path(1))
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
		if p := webtest.Decode[webtest.Problem](
			t, c.Review(test.path, test.token, test.rating, test.text),
		); p.Code != test.code {
			t.Errorf("%s: %+v", name, p)
		}
	}
	at = at.Add(31 * 24 * time.Hour)
	if p := webtest.Decode[webtest.Problem](t, c.Review(b.Path(1), token, 5, praise)); p.Code != problem.ReviewToken {
		t.Errorf("a month later: %+v", p)
	}
}

func reviewsOf(c webtest.Client, path string) *feedback.Reviews { return c.Unit(path).Reviews }

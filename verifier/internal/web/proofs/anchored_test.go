package proofs_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// TestAnchored: every entry of every log proves itself, a changed one does not,
// and only what is public anyway is shown.
func TestAnchored(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	for i := range int64(5) {
		c.Review(b.Path(i), c.Token(b.Path(i)), 4, fmt.Sprint("第几条评价呢，这是编号 ", i))
		c.Form("/api/v1/complaints", url.Values{"uri": {webtest.Host + b.Path(i)}, "text": {"x"}})
	}
	for _, log := range []string{trace.LogScans, trace.LogReviews, trace.LogComplaints} {
		n := webtest.AnchorAll(t, w, log)
		if n != 5 {
			t.Errorf("%s has %d entries", log, n)
		}
		for seq := range n {
			rec := c.Get(fmt.Sprintf("/api/v1/anchors/%s/%d", log, seq))
			e := webtest.Decode[proof.Entry](t, rec)
			if err := e.Check(); rec.Code != 200 || err != nil || (e.Text != "") != (log == trace.LogReviews) {
				t.Errorf("%s %d: %d %s %v", log, seq, rec.Code, rec.Body, err)
			}
		}
		if rec := c.Get(fmt.Sprintf("/api/v1/anchors/%s/%d", log, n)); rec.Code != http.StatusNotFound {
			t.Errorf("beyond %s: %d", log, rec.Code)
		}
	}
	if seq := c.Unit(b.Path(9)).Reviews.Items[0].Seq; seq == nil || *seq != 4 {
		t.Errorf("the newest review's entry: %v", seq)
	}
	for name, tamper := range map[string]string{
		"scans":      `update scan.scan set place = '上海'`,
		"reviews":    `update scan.review set rating = 5`,
		"complaints": `update scan.complaint set text = 'y'`,
	} {
		w.Exec(tamper)
		rec := c.Get("/api/v1/anchors/" + name + "/2")
		if p := webtest.Decode[webtest.Problem](t, rec); rec.Code != http.StatusConflict ||
			p.Code != problem.EntryChanged {
			t.Errorf("%s: %d %+v", name, rec.Code, p)
		}
	}
	w.Exec(`delete from scan.scan`) // retention: the digest alone still proves itself
	e := webtest.Decode[proof.Entry](t, c.Get("/api/v1/anchors/scans/1"))
	if err := e.Check(); err != nil {
		t.Error(err)
	}
	w.Exec(`update app.log_entry set digest = sha256('x') where log = 'scans' and seq = 0`)
	for _, path := range []string{"/api/v1/anchors/scans/0", "/api/v1/anchors/scans/1"} {
		if rec := c.Get(path); rec.Code != http.StatusConflict {
			t.Errorf("%s beside a changed digest: %d", path, rec.Code)
		}
	}
	for _, path := range []string{"/api/v1/anchors/scans/-1", "/api/v1/anchors/scans/x"} {
		if rec := c.Get(path); rec.Code != 422 {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}

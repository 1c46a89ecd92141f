package unit_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// noRecords fails a test whose code should have been refused before any query.
type noRecords struct{ t *testing.T }

func (n noRecords) Records(context.Context, verdict.Unit) (*verdict.Records, error) {
	n.t.Error("the records were asked about a code that was not issued")
	return nil, nil
}
func (n noRecords) TreeRow(context.Context, [32]byte) ([]byte, error) { return nil, nil }
func (n noRecords) Commitments(context.Context, [32]byte, int64, int64) ([]byte, error) {
	return nil, nil
}
func (n noRecords) Ready(context.Context) error { return nil }

// Every code that was not issued gets one and the same answer, with nothing in
// it of what was asked, and without a query.
func TestForgedCodesLookAlike(t *testing.T) {
	w := verifiertest.New(t)
	real := w.Batch(trace.Batch{Lot: "202610A"}).OnSale().Path(7)
	serial := real[strings.LastIndex(real, "/")+1:]
	c := webtest.New(t, w, func(o *web.Options) { o.Records = noRecords{t} })
	forged := map[string]string{
		"wrong tag":       strings.Replace(real, serial[:4], "0000", 1),
		"another lot":     strings.Replace(real, "202610A", "202610B", 1),
		"another product": strings.Replace(real, verifiertest.GTIN, "06998801000029", 1),
		"small letters":   strings.ToLower(strings.Replace(real, serial[:4], "0000", 1)),
		"a script":        "/01/" + verifiertest.GTIN + "/10/%3Cscript%3E/21/" + serial,
	}
	for _, accept := range []string{page.TypeHTML, page.TypeJSON, page.TypeLinkset} {
		for _, lang := range webtest.Languages {
			first := c.Get(
				"/01/"+verifiertest.GTIN+"/10/y/21/ZZZZZZZZZZZZZZZZZZZZ", "Accept", accept, "Accept-Language", lang,
			)
			for name, path := range forged {
				got := c.Get(path+"?seller=evil-shop", "Accept", accept, "Accept-Language", lang)
				if diff := cmp.Diff(first.Body.String(), got.Body.String()); diff != "" || first.Code != got.Code {
					t.Errorf("%s as %s: %d: %s", name, accept, got.Code, diff)
				}
				if diff := cmp.Diff(first.Result().Header, got.Result().Header); diff != "" {
					t.Errorf("%s as %s: %s", name, accept, diff)
				}
			}
		}
	}
	if a := c.Verdict(
		"/01/" + verifiertest.GTIN + "/10/y/21/ZZZZZZZZZZZZZZZZZZZZ",
	); a.Verdict != verdict.NotRecognised || a.Code.Valid ||
		a.Item != nil {
		t.Errorf("%+v", a)
	}
}

// A code of a retired key is told apart: it takes the key to make one.
func TestRetiredKey(t *testing.T) {
	w := verifiertest.New(t)
	keys, err := w.Codes.Batch(1, verifiertest.GTIN, "OLD")
	if err != nil {
		t.Fatal(err)
	}
	u, err := keys.Unit(3)
	if err != nil {
		t.Fatal(err)
	}
	c := webtest.New(t, w, func(o *web.Options) { o.Records = noRecords{t} })
	a := c.Verdict("/01/" + verifiertest.GTIN + "/10/OLD/21/" + u.Serial)
	if a.Verdict != verdict.NotRecognised || a.Checks[0].Reason != verdict.KeyRetired {
		t.Errorf("%+v", a)
	}
}

// The tree that the ledger holds must contain the code: rows that lead to
// another root, or to none, are no proof.
func TestMembership(t *testing.T) {
	for name, c := range map[string]struct {
		spoil string
		want  verdict.Verdict
	}{
		"the row is gone":             {`delete from app.unit_tree`, verdict.Unavailable},
		"the row is damaged":          {`update app.unit_tree set tree_row = set_byte(tree_row, 3, 255 - get_byte(tree_row, 3))`, verdict.Unavailable},
		"the row is short":            {`update app.unit_tree set tree_row = substring(tree_row from 33)`, verdict.Unavailable},
		"the ledger has another root": {`update ledger.batch set doc = jsonb_set(doc, '{unitsRoot}', to_jsonb(repeat('ab', 32)))`, verdict.Unavailable},
		// Whether a commitment is the right one cannot be told without the key of PINs.
		"the commitments are gone":  {`delete from app.unit_commitment`, verdict.Unavailable},
		"a commitment is damaged":   {`update app.unit_commitment set commitments = set_byte(commitments, 32*9, 255 - get_byte(commitments, 32*9))`, verdict.Unavailable},
		"the commitments are short": {`update app.unit_commitment set commitments = substring(commitments from 33)`, verdict.Unavailable},
		// The ledger's root is of another batch, whose tree is stored under it.
		"the root is another batch's": {`update ledger.batch set doc = jsonb_set(doc, '{unitsRoot}', (select doc -> 'unitsRoot' from ledger.batch where lot = 'L2')) where lot = 'L1'`, verdict.Unavailable},
	} {
		w := verifiertest.New(t)
		path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
		w.Batch(trace.Batch{Lot: "L2"})
		w.Exec(c.spoil)
		if a := webtest.New(t, w).Verdict(path); a.Verdict != c.want {
			t.Errorf("%s: %s %+v", name, a.Verdict, a.Checks)
		}
	}
}

func TestStaleLedger(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	for spoil, want := range map[string]verdict.Reason{
		`update ledger.checkpoint set checked_at = now() - interval '3 minutes', halted = null`: verdict.LedgerStale,
		`update ledger.checkpoint set checked_at = null, halted = null`:                         verdict.LedgerStale,
		`update ledger.checkpoint set checked_at = now(), halted = 'fork at block 12'`:          verdict.LedgerHalted,
	} {
		w.Exec(spoil)
		rec := c.Get(path, "Accept", page.TypeJSON)
		a := webtest.Decode[verdict.Answer](t, rec)
		if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" ||
			a.Verdict != verdict.Unavailable ||
			a.Checks[1].Reason != want {
			t.Errorf("%s: %d %s %+v", spoil, rec.Code, a.Verdict, a.Checks)
		}
	}
	w.Exec(`delete from ledger.checkpoint`)
	if a := c.Verdict(path); a.Verdict != verdict.Unavailable {
		t.Errorf("no checkpoint: %s", a.Verdict)
	}
}

// Without Postgres, paused or dead or never there, the answer is a whole page
// that says "unavailable", within two seconds. A forged code is still refused.
func TestPostgresAway(t *testing.T) {
	server := databasetest.Own(t)
	w := verifiertest.NewAt(t, server.URL)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	if a := c.Verdict(path); a.Verdict != verdict.Genuine {
		t.Fatalf("before: %+v", a)
	}
	for _, away := range []struct {
		how string
		do  func()
	}{{"paused", server.Pause}, {"dead", func() { server.Resume(); server.Kill() }}} {
		away.do()
		for _, accept := range []string{page.TypeJSON, page.TypeHTML, page.TypeLinkset} {
			begin := time.Now()
			rec := c.Get(path, "Accept", accept)
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("%s, %s: took %s", away.how, accept, took)
			}
			if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
				t.Errorf("%s, %s: %d %v", away.how, accept, rec.Code, rec.Header())
			}
			switch accept {
			case page.TypeJSON:
				if a := webtest.Decode[verdict.Answer](t, rec); a.Verdict != verdict.Unavailable || !a.Code.Valid ||
					a.Headline.ZhCN == "" {
					t.Errorf("%s: %+v", away.how, a)
				}
			case page.TypeHTML:
				if !strings.Contains(rec.Body.String(), "现在无法核验") {
					t.Errorf("%s: %s", away.how, rec.Body)
				}
			}
		}
		if rec := c.Get("/readyz"); rec.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: ready: %d", away.how, rec.Code)
		}
		if rec := c.Get("/healthz"); rec.Code != http.StatusOK {
			t.Errorf("%s: health: %d", away.how, rec.Code)
		}
		begin := time.Now()
		if a := c.Verdict(
			"/01/" + verifiertest.GTIN + "/10/y/21/ZZZZZZZZZZZZZZZZZZZZ",
		); a.Verdict != verdict.NotRecognised ||
			time.Since(begin) > time.Second {
			t.Errorf("%s: forged: %s after %s", away.how, a.Verdict, time.Since(begin))
		}
	}
}

func TestSellerOfThePage(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	for query, want := range map[string]verdict.Verdict{
		"": verdict.Genuine, "?seller=heyu": verdict.Genuine, "?seller=qingshi": verdict.Caution, "?seller=%3Cscript%3E": verdict.Caution,
	} {
		if a := c.Verdict(path + query); a.Verdict != want {
			t.Errorf("%q: %s", query, a.Verdict)
		}
		if body := c.Get(path + query).Body.String(); strings.Contains(body, "%3Cscript") ||
			strings.Contains(body, "<script>") {
			t.Errorf("%q comes back in the page", query)
		}
	}
}

// The answer's JSON has exactly the promised members.
func TestAnswerShape(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	document, err := openapi3.NewLoader().LoadFromData(c.Get("/api/openapi.json").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	schema := document.Components.Schemas["Answer"].Value
	for _, path := range []string{path, "/01/" + verifiertest.GTIN + "/10/y/21/ZZZZZZZZZZZZZZZZZZZZ"} {
		got := webtest.Decode[map[string]any](t, c.Get(path, "Accept", page.TypeJSON))
		for _, name := range []string{"verdict", "code", "headline", "checks", "item", "journey", "seller", "rulings", "firstScan", "scanCount", "ledger"} {
			if _, there := got[name]; !there {
				t.Errorf("%s is missing", name)
			}
		}
		if len(got) != 11 {
			t.Errorf("%d members: %v", len(got), got)
		}
		if err := schema.VisitJSON(any(got)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestLinkset(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	rec := c.Get(path, "Accept", page.TypeLinkset)
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != page.TypeLinkset {
		t.Fatalf("%d %v", rec.Code, rec.Header())
	}
	if got := webtest.Decode[struct {
		Linkset []struct{ Anchor string }
	}](t, rec).Linkset[0].Anchor; got != "https://trace.example.com"+path {
		t.Errorf("anchor %s", got)
	}
	if rec := c.Get(
		"/01/"+verifiertest.GTIN+"/10/y/21/ZZZZZZZZZZZZZZZZZZZZ", "Accept", page.TypeLinkset,
	); rec.Code != http.StatusNotFound {
		t.Errorf("forged: %d", rec.Code)
	}
	const schemaFile = "../../../../shared/conformance/linkset/gs1-linkset-schema.json"
	if _, err := os.Stat(schemaFile); err != nil {
		t.Skip("GS1's linkset schema is not there: ", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseRegexpEngine(compileLookahead)
	schema, err := compiler.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(webtest.Decode[any](t, rec)); err != nil {
		t.Error(err)
	}
}

// excluding is a pattern with a negative lookahead in front, which Go's regexp lacks.
type excluding struct{ *regexp.Regexp }

const lookahead = `(?!(anchor|itemDescription))`

func compileLookahead(pattern string) (jsonschema.Regexp, error) {
	rest, found := strings.CutPrefix(pattern, lookahead)
	re, err := regexp.Compile(rest)
	if err != nil || !found {
		return re, err
	}
	return excluding{re}, nil
}

func (e excluding) MatchString(s string) bool {
	return !strings.HasPrefix(s, "anchor") && !strings.HasPrefix(s, "itemDescription") && e.Regexp.MatchString(s)
}

func TestHead(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	rec := c.Do(httptest.NewRequest(http.MethodHead, path, nil))
	if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Type"), page.TypeHTML) {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
}

// Paths hold codes, so metrics know routes only.
func TestMetricsHoldNoCodes(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	metrics := prometheus.NewRegistry()
	c := webtest.New(t, w, func(o *web.Options) { o.Metrics = metrics })
	c.Get(path)
	c.Get("/nowhere/at/all")
	c.Do(httptest.NewRequest("BREW", path, nil))
	text := webtest.Numbers(t, metrics)
	for _, want := range []string{`touchstone_verdicts_total{verdict="genuine"} 1`, `route="/01/*"`, `method="other"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, secret := range []string{path[len(path)-20:], "nowhere", "BREW", "L1"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is in the metrics", secret)
		}
	}
}

func TestReadyAndNotFound(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	if rec := c.Get("/readyz"); rec.Code != http.StatusOK {
		t.Errorf("ready: %d %s", rec.Code, rec.Body)
	}
	for _, r := range []struct {
		method, path string
		status       int
		code         trace.Code
	}{
		{"GET", "/nowhere", 404, problem.NotFound}, {"DELETE", "/01/" + verifiertest.GTIN + "/10/y/21/ZZZZZZZZZZZZZZZZZZZZ", 405, problem.MethodNotAllowed}, {"GET", "/api/v1/scans", 405, problem.MethodNotAllowed},
	} {
		rec := c.Do(httptest.NewRequest(r.method, r.path, nil), "Accept-Language", "en")
		p := webtest.Decode[webtest.Problem](t, rec)
		if rec.Code != r.status || p.Code != r.code || p.Title == "" ||
			rec.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%+v: %d %+v", r, rec.Code, p)
		}
	}
}

package owner_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// signed gives an owner's signature over an act, made with the secret of a link.
func signed(t *testing.T, secret string, act trace.Transaction, u trace.OwnedUnit, next string) string {
	t.Helper()
	private, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), private)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(trace.OwnerMessage(act, u, next))
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const site = "https://trace.example.com"

// The first owner's key goes to the ledger: the one that was sent, else one
// made here, whose secret is in the answer's link and nowhere else.
func TestActivationKey(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9", Known: true}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	made := webtest.Decode[owner.ActivationAnswer](t, c.Activate(b.Path(7), b.Unit(7).PIN))
	secret, path, _ := strings.Cut(strings.TrimPrefix(made.OwnerLink, "/owner#"), "/")
	if !strings.HasPrefix(made.OwnerLink, "/owner#") || len(secret) != 43 || "/"+path != b.Path(7) {
		t.Fatalf("link %q", made.OwnerLink)
	}
	owned := trace.OwnedUnit{Owner: l.Asked[0].Owner}
	if err := owned.Signed(
		trace.ReportUnitStolen, "", signed(t, secret, trace.ReportUnitStolen, owned, ""),
	); err != nil {
		t.Error("the link's secret is not the key on the ledger:", err)
	}
	key, _ := owner.NewOwnerKey()
	body := jsonOf(t, owner.ActivationRequest{URI: site + b.Path(8), PIN: b.Unit(8).PIN, Owner: key})
	if got := webtest.Decode[owner.ActivationAnswer](t, c.Post("/api/v1/activations", body)); got.OwnerLink != "" ||
		l.Asked[1].Owner != key {
		t.Errorf("%+v %+v", got, l.Asked[1])
	}
	for _, bad := range []string{"04", key[:128], strings.ToUpper(key), "04" + strings.Repeat("0", 128)} {
		rec := c.Post(
			"/api/v1/activations",
			jsonOf(t, owner.ActivationRequest{URI: site + b.Path(9), PIN: b.Unit(9).PIN, Owner: bad}),
		)
		if got := webtest.Decode[webtest.Problem](t, rec); rec.Code != 422 || got.Field != "owner" ||
			strings.Contains(rec.Body.String(), bad+`"`) {
			t.Errorf("%.10s: %d %+v", bad, rec.Code, got)
		}
	}
}

// Whoever sends a claim again that was written is told that it was; anybody
// else that it was somebody else's.
func TestActivationAgain(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	mine, _ := owner.NewOwnerKey()
	theirs, _ := owner.NewOwnerKey()
	b.Claimed(7, mine)
	l := &webtest.Ledger{Err: &trace.Error{Code: trace.UnitActivated, Field: "index"}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	for key, want := range map[string]int{mine: 200, theirs: 409, "": 409} {
		rec := c.Post(
			"/api/v1/activations",
			jsonOf(t, owner.ActivationRequest{URI: site + b.Path(7), PIN: b.Unit(7).PIN, Owner: key}),
		)
		if rec.Code != want || rec.Code == 200 && webtest.Decode[owner.ActivationAnswer](t, rec).ReviewToken == "" {
			t.Errorf("%.8s: %d %s", key, rec.Code, rec.Body)
		}
	}
}

// A claim that names itself can be sent again after a lost answer, and has the
// same link; nobody else's name leads there, and one that can be guessed is refused.
func TestActivationByName(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9", Known: true}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	const name = "0b41d5a2-4c0e-4f43-9b5e-7d6a1f0c2e11"
	send := func(index int64, name string) *httptest.ResponseRecorder {
		return c.Post(
			"/api/v1/activations",
			jsonOf(t, owner.ActivationRequest{URI: site + b.Path(index), PIN: b.Unit(index).PIN}),
			"Idempotency-Key",
			name,
		)
	}
	first := webtest.Decode[owner.ActivationAnswer](t, send(7, name))
	if !strings.HasPrefix(first.OwnerLink, "/owner#") {
		t.Fatalf("%+v", first)
	}
	b.Claimed(7, l.Asked[0].Owner)
	l.Err = &trace.Error{Code: trace.UnitActivated, Field: "index"}
	if rec := send(7, name); rec.Code != 200 ||
		webtest.Decode[owner.ActivationAnswer](t, rec).OwnerLink != first.OwnerLink {
		t.Errorf("sent again: %d %s", rec.Code, rec.Body)
	}
	if rec := send(7, strings.ToUpper(name)); rec.Code != 409 {
		t.Errorf("under another name: %d %s", rec.Code, rec.Body)
	}
	if rec := c.Activate(b.Path(7), b.Unit(7).PIN); rec.Code != 409 {
		t.Errorf("without one: %d %s", rec.Code, rec.Body)
	}
	l.Err = nil
	if other := webtest.Decode[owner.ActivationAnswer](
		t, send(8, name),
	); l.Asked[len(l.Asked)-1].Owner == l.Asked[0].Owner ||
		other.OwnerLink == "" {
		t.Error("two units have one key")
	}
	for _, weak := range []string{"1", strings.Repeat("x", 21), strings.Repeat("x", 256)} {
		rec := send(9, weak)
		if rec.Code != 422 || webtest.Decode[webtest.Problem](t, rec).Field != "Idempotency-Key" {
			t.Errorf("%.20s: %d %s", weak, rec.Code, rec.Body)
		}
	}
}

// A wrong PIN says how many tries are left, and from when there are more.
func TestTriesLeft(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	for left := 4; left >= 0; left-- {
		if got := webtest.Decode[webtest.Problem](t, c.Activate(b.Path(7), "WRONG")); got.TriesLeft == nil ||
			*got.TriesLeft != left {
			t.Errorf("want %d left: %+v", left, got)
		}
	}
	if got := webtest.Decode[webtest.Problem](t, c.Activate(b.Path(7), "WRONG")); got.Code != problem.PINLocked ||
		*got.TriesLeft != 0 {
		t.Errorf("%+v", got)
	}
	if got := webtest.Decode[webtest.Problem](t, c.Activate("/01/x", "WRONG")); got.TriesLeft != nil {
		t.Errorf("%+v", got)
	}
}

var hiddenOwner = regexp.MustCompile(`name="owner" value="([0-9a-f]+)"`)

// Without the page's script a claim takes two steps: the link is shown before
// anything is written, and the second step can be repeated.
func TestActivationForm(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9"}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	send := func(values url.Values) (int, string) {
		rec := c.Form("/api/v1/activations?lang=en", values)
		webtest.CheckDocument(t, "claim", wording.English, rec.Body.Bytes())
		webtest.CheckHeaders(t, "claim", rec.Header())
		return rec.Code, rec.Body.String()
	}
	first := url.Values{"uri": {site + b.Path(7)}, "pin": {"nonsense"}}
	if status, body := send(first); status != 403 || !strings.Contains(body, "Tries left: 4.") ||
		strings.Contains(body, "nonsense") {
		t.Errorf("a wrong PIN: %d %s", status, body)
	}
	first.Set("pin", strings.ToLower(b.Unit(7).PIN))
	status, body := send(first)
	found := hiddenOwner.FindStringSubmatch(body)
	if status != 200 || found == nil || !strings.Contains(body, `href="/owner#`) || len(l.Asked) != 0 {
		t.Fatalf("the first step: %d %s; the ledger was asked %d times", status, body, len(l.Asked))
	}
	second := url.Values{"uri": {site + b.Path(7)}, "pin": {b.Unit(7).PIN}, "owner": {found[1]}}
	if status, body := send(second); status != 200 || !strings.Contains(body, "not answered yet") ||
		hiddenOwner.FindStringSubmatch(body)[1] != found[1] {
		t.Errorf("the outcome is unknown: %d %s", status, body)
	}
	l.Answer.Known = true
	if status, body := send(second); status != 200 || !strings.Contains(body, "Done: you are") ||
		l.Asked[1].Owner != found[1] {
		t.Errorf("the second step: %d %s", status, body)
	}
	if rec := c.Form("/api/v1/activations", url.Values{"uri": {site + "/01/x"}}); rec.Code != http.StatusSeeOther {
		t.Errorf("no code: %d", rec.Code)
	}
}

// What another site makes a browser send is refused, before it costs a try.
func TestOtherSitesDoNotAct(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	values := url.Values{"uri": {site + b.Path(7)}, "pin": {"WRONG"}}
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site", "Origin", "https://blog.example.com"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		if rec := c.Form(
			"/api/v1/activations",
			values,
			headers...); rec.Code != 403 ||
			webtest.Decode[webtest.Problem](t, rec).Code != problem.CrossOrigin {
			t.Errorf("%v: %d %s", headers, rec.Code, rec.Body)
		}
		if rec := c.Post(
			"/api/v1/ownership",
			"{}",
			headers...); webtest.Decode[webtest.Problem](
			t,
			rec,
		).Code != problem.CrossOrigin {
			t.Errorf("%v: %d %s", headers, rec.Code, rec.Body)
		}
	}
	for _, headers := range [][]string{nil, {"Sec-Fetch-Site", "same-origin"}, {"Origin", site}, {"Origin", "http://example.com"}} {
		if rec := c.Form(
			"/api/v1/activations",
			values,
			headers...); strings.Contains(
			rec.Body.String(),
			string(problem.CrossOrigin),
		) {
			t.Errorf("%v: %d %s", headers, rec.Code, rec.Body)
		}
	}
}

// The ledger is handed what the unit's present owner signed, and nothing else.
// Whatever else is sent is answered alike.
func TestOwnership(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	key, secret := owner.NewOwnerKey()
	next, stranger := owner.NewOwnerKey()
	u := b.Claimed(7, key)
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9", Block: 1, Known: true}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	post := func(r owner.OwnerRequest) *httptest.ResponseRecorder {
		return c.Post("/api/v1/ownership", jsonOf(t, r))
	}
	pass := owner.OwnerRequest{
		URI:       site + b.Path(7),
		Act:       "pass_on",
		Owner:     next,
		Signature: signed(t, secret, trace.PassOnUnit, u, next),
	}
	if got := webtest.Decode[owner.ActivationAnswer](
		t, post(pass),
	); got.Status != "written" || got.TxID != "tx9" || len(l.Acts) != 1 ||
		l.Acts[0] != trace.PassOnUnit {
		t.Fatalf("%+v %v", got, l.Acts)
	}
	later := u
	later.Acts++
	refused := map[string]owner.OwnerRequest{
		"a stranger": {
			URI:       pass.URI,
			Act:       "pass_on",
			Owner:     next,
			Signature: signed(t, stranger, trace.PassOnUnit, u, next),
		},
		"another act": {URI: pass.URI, Act: "renew_key", Owner: next, Signature: pass.Signature},
		"another key": {URI: pass.URI, Act: "pass_on", Owner: key, Signature: pass.Signature},
		"out of turn": {
			URI:       pass.URI,
			Act:       "report_stolen",
			Signature: signed(t, secret, trace.ReportUnitStolen, later, ""),
		},
		"another unit":       {URI: site + b.Path(8), Act: "pass_on", Owner: next, Signature: pass.Signature},
		"a unit of no owner": {URI: site + b.Path(9), Act: "report_stolen", Signature: strings.Repeat("0", 128)},
	}
	answered := ""
	for name, r := range refused {
		rec := post(r)
		if answered == "" {
			answered = rec.Body.String()
		}
		if rec.Code != 403 || webtest.Decode[webtest.Problem](t, rec).Code != trace.OwnerUnproved ||
			rec.Body.String() != answered {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	for name, x := range map[string]struct {
		request owner.OwnerRequest
		code    trace.Code
	}{
		"no such act":  {owner.OwnerRequest{URI: pass.URI, Act: "burn", Signature: pass.Signature}, trace.FieldInvalid},
		"no signature": {owner.OwnerRequest{URI: pass.URI, Act: "report_stolen"}, trace.FieldInvalid},
		"forged code":  {owner.OwnerRequest{URI: pass.URI[:len(pass.URI)-4] + "0000", Act: "pass_on", Signature: pass.Signature}, problem.NotIssued},
		"half a code":  {owner.OwnerRequest{URI: site + "/01/x", Act: "pass_on", Signature: pass.Signature}, problem.CodeIncomplete},
		"not stolen": {owner.OwnerRequest{URI: pass.URI, Act: "withdraw_report", Signature: signed(t, secret, trace.WithdrawStolenReport, u, "")},
			trace.UnitNotStolen},
	} {
		if rec := post(x.request); webtest.Decode[webtest.Problem](t, rec).Code != x.code {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if len(l.Acts) != 1 {
		t.Errorf("the ledger was asked for %v", l.Acts)
	}
	l.Answer.Known = false
	if rec := post(pass); rec.Code != http.StatusAccepted ||
		webtest.Decode[owner.ActivationAnswer](t, rec).Status != "unknown" {
		t.Errorf("unknown: %d %s", rec.Code, rec.Body)
	}
}

// The owner's page is the same for everybody, and carries no secret anywhere.
func TestOwnerPage(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, lang := range webtest.Languages {
		rec := c.Get("/owner", "Accept-Language", lang)
		webtest.CheckDocument(t, "owner", lang, rec.Body.Bytes())
		webtest.CheckHeaders(t, "owner", rec.Header())
		if rec.Code != 200 {
			t.Error(rec.Code)
		}
	}
	if got, plain := c.Get("/owner?x=%3Cscript%3E&lang=en").Body.String(), c.Get(
		"/owner?lang=en",
	).Body.String(); got != plain {
		t.Error("what is asked comes back in the page")
	}
	for _, s := range []page.Script{owner.ClaimScript, owner.PageScript, owner.QRScript} {
		if rec := c.Get(s.Path); rec.Code != 200 || rec.Body.Len() == 0 {
			t.Errorf("%s: %d", s.Path, rec.Code)
		}
	}
}

// The page offers a claim where nothing speaks against it, tells of an owner
// where there is one, and does neither on a warning to stop.
func TestOwnerSection(t *testing.T) {
	w := verifiertest.New(t)
	b, made := w.Batch(trace.Batch{Lot: "L1"}).OnSale(), w.Batch(trace.Batch{Lot: "L2"})
	b.Claimed(1, "")
	owned := b.Claimed(2, "")
	owned.PassedOn = 3
	b.Acted(trace.EventUnitPassedOn, trace.PassedOn, owned)
	stolen := b.Claimed(3, "")
	stolen.StolenAt = b.Day(9)
	b.Acted(trace.EventUnitStolen, trace.ReportedStolen, stolen)
	const form, facts = `action="/api/v1/activations?lang=en"`, "If you are the owner"
	c := webtest.New(t, w)
	for name, x := range map[string]struct {
		path        string
		form, facts bool
		says        string
	}{
		"on sale":     {b.Path(0), true, false, "8 characters"},
		"not shipped": {made.Path(0), false, false, ""},
		"claimed":     {b.Path(1), false, true, "not passed on since"},
		"passed on":   {b.Path(2), false, true, "Passed on since then: 3"},
		"stolen":      {b.Path(3), false, false, "reported this item stolen"},
		"forged":      {"/01/x", false, false, ""},
	} {
		body := c.Get(x.path + "?lang=en").Body.String()
		if strings.Contains(body, form) != x.form || strings.Contains(body, facts) != x.facts ||
			!strings.Contains(body, x.says) ||
			strings.Contains(body, `id="owner"`) != (x.form || x.facts) {
			t.Errorf("%s: %s", name, body)
		}
	}
	body := webtest.New(t, w, func(o *web.Options) { o.Activator = nil }).Get(b.Path(0) + "?lang=en").Body.String()
	if strings.Contains(body, form) {
		t.Error("a verifier without a ledger offers a claim")
	}
	if a := c.Verdict(b.Path(3)); fmt.Sprint(a.Verdict) != "stop" || a.Owner == nil || a.Owner.StolenAt.IsZero() {
		t.Errorf("%+v", a.Owner)
	}
}

// A browser that is told no reads it as a page; a program as a problem.
func TestProblemPage(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t), func(o *web.Options) { o.Limits.Activations = 0.01 })
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	c.Form("/api/v1/activations", nil)
	rec := c.Form("/api/v1/activations?lang=en", nil, "Accept", browser)
	webtest.CheckDocument(t, "problem", wording.English, rec.Body.Bytes())
	if rec.Code != http.StatusTooManyRequests || rec.Header().Get("Retry-After") == "" ||
		!strings.Contains(rec.Body.String(), "Too many requests") {
		t.Errorf("%d %v %s", rec.Code, rec.Header(), rec.Body)
	}
	if rec := c.Form("/api/v1/activations", nil); webtest.Decode[webtest.Problem](t, rec).Code != problem.TooMany {
		t.Error(rec.Body)
	}
	if rec := c.Get("/nowhere/%3Cscript", "Accept", browser); rec.Code != http.StatusNotFound ||
		strings.Contains(rec.Body.String(), "nowhere") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

package proofs_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// peerOf keeps one block, as a peer does, and counts how often it is asked.
type peerOf struct {
	block []byte
	err   error
	asked int
}

func (p *peerOf) BlockOf(context.Context, string) ([]byte, error) {
	p.asked++
	return p.block, p.err
}

// provable is a client of a verifier whose first batch is on a ledger of
// throwaway authorities.
func provable(
	t *testing.T, change func(*prooftest.Network), options ...func(*web.Options),
) (webtest.Client, verifiertest.Batch, *peerOf, *prooftest.Network) {
	t.Helper()
	w := verifiertest.New(t)
	batch := w.Batch(trace.Batch{Lot: "202610A", ExpiresOn: "2030-01-01"}).OnSale()
	n := prooftest.New(t)
	if change != nil {
		change(n)
	}
	block, txID := n.Block(batch.Batch)
	w.Exec(`set session_replication_role = replica; update ledger.batch set tx_id = '` + txID + `'`)
	peer := &peerOf{block: block}
	return webtest.New(
		t,
		w,
		append(options, func(o *web.Options) { o.Blocks, o.Trust = peer, &n.Trust })...), batch, peer, n
}

func bundleOf(batch verifiertest.Batch, index int64) string {
	return "/api/v1/proofs?uri=" + url.QueryEscape("https://anywhere.example"+batch.Path(index))
}

// Every unit of a batch gets its own proof, which checks; the peer is asked once.
func TestProofs(t *testing.T) {
	c, batch, peer, n := provable(t, nil)
	for _, i := range []int64{0, 7, 99} {
		rec := c.Get(bundleOf(batch, i))
		if rec.Code != http.StatusOK {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
		unit := proof.UnitID{GTIN: batch.GTIN, Lot: batch.Lot, Serial: batch.Unit(i).Serial}
		if _, err := proof.Verify(rec.Body.Bytes(), n.Trust, unit, 0); err != nil {
			t.Errorf("unit %d: %v", i, err)
		}
		if pin := batch.Unit(i).PIN; strings.Contains(rec.Body.String(), pin) {
			t.Errorf("unit %d: its PIN is in the proof", i)
		}
	}
	if peer.asked != 1 {
		t.Errorf("the peer was asked %d times", peer.asked)
	}
	rec := c.Get("/api/v1/trust")
	got, err := proof.ReadTrust(rec.Body.Bytes())
	if err != nil || len(got.Organizations) != 4 {
		t.Errorf("%v: %s", err, rec.Body)
	}
}

// A code that was not issued is answered without asking anybody, whatever is wrong with it.
func TestProofsOfForgedCodes(t *testing.T) {
	c, batch, peer, _ := provable(t, nil)
	good := batch.Path(7)
	for status, uris := range map[int][]string{
		http.StatusNotFound:            {"https://h" + good[:len(good)-20] + "00000000000000000000", "https://h" + strings.Replace(good, "202610A", "202610B", 1)},
		http.StatusUnprocessableEntity: {"", "x", strings.Repeat("9", 9000), "https://h/01/%FF%0d%0a", "javascript:alert(1)", "https://h" + good[:len(good)-1]},
	} {
		first := c.Get("/api/v1/proofs?uri=" + url.QueryEscape(uris[0]))
		for _, uri := range uris {
			rec := c.Get("/api/v1/proofs?uri=" + url.QueryEscape(uri))
			if rec.Code != status || rec.Body.String() != first.Body.String() {
				t.Errorf("%.60q: %d %s", uri, rec.Code, rec.Body)
			}
		}
	}
	if peer.asked != 0 {
		t.Error("the peer was asked about a forged code")
	}
}

// What does not check is not given out, and neither is the reason why.
func TestProofsThatFail(t *testing.T) {
	for name, change := range map[string]func(*prooftest.Network){
		"one endorser":    func(n *prooftest.Network) { n.Endorsers = n.Endorsers[:1] },
		"another channel": func(n *prooftest.Network) { n.Channel = "other" },
		"another root":    func(n *prooftest.Network) { n.Written = func(b *trace.Batch) { b.UnitsRoot = strings.Repeat("0", 64) } },
	} {
		c, batch, _, _ := provable(t, change)
		if rec := c.Get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable ||
			rec.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	c, batch, peer, _ := provable(t, nil)
	peer.err = errors.New("no peer answers")
	if rec := c.Get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if peer.err = nil; c.Get(bundleOf(batch, 7)).Code != http.StatusOK {
		t.Error("it stays unavailable after the peer is back")
	}
}

// Without a ledger the page has no proof to check, and says so to nobody.
func TestNoProofs(t *testing.T) {
	w := verifiertest.New(t)
	batch := w.Batch(trace.Batch{Lot: "202610A"}).OnSale()
	c := webtest.New(t, w)
	if rec := c.Get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if rec := c.Get("/api/v1/trust"); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if strings.Contains(c.Get(batch.Path(7)).Body.String(), `id="proof"`) {
		t.Error("the page offers a proof")
	}
}

// signing has facts signed by the network's organisations, after they have looked at them.
type signing struct {
	*prooftest.Network
	look func(*trace.Facts)
	ago  time.Duration
	err  error
	kept bool // what was signed before is given again
	last proof.Signed
	many int // signatures
}

func (s *signing) Recent(trace.Facts) (proof.Signed, bool) { return s.last, s.kept && s.many > 0 }

func (s *signing) Countersign(_ context.Context, f trace.Facts) (proof.Signed, error) {
	s.many++
	if s.look != nil {
		s.look(&f)
	}
	s.At = time.Now().Add(-s.ago)
	s.last = s.State([]trace.Facts{f}, nil)[0]
	return s.last, s.err
}

// countersigned is as provable, with facts.
func countersigned(t *testing.T, how *signing) (webtest.Client, verifiertest.Batch, *prooftest.Network) {
	t.Helper()
	c, batch, _, n := provable(
		t, func(n *prooftest.Network) { how.Network = n }, func(o *web.Options) { o.Countersigner = how },
	)
	return c, batch, n
}

// With signatures to be had, the bundle carries what was signed of its unit; without, it proves the registration.
func TestProofsWithFacts(t *testing.T) {
	for name, how := range map[string]*signing{"signed": {}, "nobody signs": {err: errors.New("no peer answers")}} {
		c, batch, n := countersigned(t, how)
		rec := c.Get(bundleOf(batch, 7))
		got, err := proof.Verify(
			rec.Body.Bytes(),
			n.Trust,
			proof.UnitID{GTIN: batch.GTIN, Lot: batch.Lot, Serial: batch.Unit(7).Serial},
			time.Minute,
		)
		if err != nil || (got.Statement == nil) != (how.err != nil) {
			t.Errorf("%s: %v %+v", name, err, got)
		}
		if got.Statement != nil && (got.Statement.Facts.Index != 7 || len(got.Statement.Signers) != 2) {
			t.Errorf("%s: %+v", name, got.Statement)
		}
		if rec.Body.Len() > 20_000 {
			t.Errorf("%s: %d bytes", name, rec.Body.Len())
		}
	}
}

// The page's own question comes a moment after its verdict, and costs no second signature.
func TestProofsTakeWhatWasSignedJustNow(t *testing.T) {
	how := &signing{kept: true}
	c, batch, _ := countersigned(t, how)
	for range 3 {
		if rec := c.Get(bundleOf(batch, 7)); !strings.Contains(rec.Body.String(), `"facts":{"answer"`) {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
	if how.many != 1 {
		t.Errorf("%d signatures", how.many)
	}
}

const tick = "M7.5 12.4l3 3 6-6.6"

// In a real browser, under the real policy, the page checks the proof and says what it found. Where
// what is signed does not check, or speaks against the unit, no tick is left.
func TestBrowserChecksTheProof(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	plain, batch, _, _ := provable(t, nil)
	signed, signedBatch, _ := countersigned(t, &signing{})
	recalled, recalledBatch, _ := countersigned(
		t, &signing{look: func(f *trace.Facts) { f.Recalls = []trace.Recall{{ID: "R-1", Class: trace.ClassI}} }},
	)
	unsigned, unsignedBatch, _ := countersigned(t, &signing{err: errors.New("no peer answers")})
	old, oldBatch, _ := countersigned(t, &signing{ago: time.Hour})
	visits := int64(0)
	for name, want := range map[string]struct {
		handler http.Handler
		batch   verifiertest.Batch
		class   string
		ticks   bool
		words   map[string]string
	}{
		"registered": {plain.H, batch, "pass", true, map[string]string{"zh-CN": "您的手机已验证账本签名", "en": "Your phone has verified the ledger"}},
		"signed": {signed.H, signedBatch, "stated", true, map[string]string{"zh-CN": "已在您的手机上核对：试金石平台和品牌方机构于 ",
			"en": "Checked on your phone: what the Touchstone platform and the brands' organisation signed about this item at "}},
		"forged": {alter(plain.H, `"pinCommitment":"`), batch, "fail", false, map[string]string{"zh-CN": "这枚编码与路径推不出批次的根", "en": "do not lead to the batch"}},
		"changed on the way": {alter(signed.H, `"unitsRoot":"`), signedBatch, "fail", false,
			map[string]string{"zh-CN": "关于这件商品的说法与各机构所签的不符", "en": "is not what the organisations signed"}},
		"not signed": {unsigned.H, unsignedBatch, "missing", false,
			map[string]string{"zh-CN": "您的手机没有取到各机构就这件商品签署的记录", "en": "Your phone did not get what the organisations signed"}},
		"recalled":           {recalled.H, recalledBatch, "fail", false, map[string]string{"zh-CN": "各机构签署的记录与此页原先的结论不符", "en": "does not bear out what this page said"}},
		"signed an hour ago": {old.H, oldBatch, "fail", false, map[string]string{"zh-CN": "各机构签名的时间太久了", "en": "signed too long ago"}},
		"not to be had": {hide(signed.H), signedBatch, "missing", false,
			map[string]string{"zh-CN": "您的手机没有取到各机构就这件商品签署的记录", "en": "Your phone did not get what the organisations signed"}},
		"no registration to be had": {hide(plain.H), batch, "unknown", true, map[string]string{"zh-CN": "您的手机暂时无法验证账本签名", "en": "cannot check the ledger"}},
	} {
		server := httptest.NewServer(want.handler)
		for lang, text := range want.words {
			visits++ // each to a unit of its own, or it would be scanned often
			page := server.URL + want.batch.Path(visits) + "?lang=" + lang
			dom := browse(t, chromium, "--dump-dom", page)
			if !strings.Contains(dom, `class="card proof `+want.class+`"`) || !strings.Contains(dom, text) {
				t.Errorf("%s in %s: %s", name, lang, dom[strings.Index(dom, `id="proof"`)-80:][:600])
			}
			shown := regexp.MustCompile(`(?s)<template.*?</template>`).ReplaceAllString(dom, "")
			vouches := strings.Contains(shown, tick) || strings.Contains(shown, "nothing unusual") ||
				strings.Contains(shown, "记录没有异常")
			if vouches != want.ticks || strings.Contains(shown, `<body class="genuine">`) != want.ticks {
				t.Errorf("%s in %s: a tick: %v", name, lang, !want.ticks)
			}
			if folder := os.Getenv("SCREENSHOTS"); folder != "" {
				browse(
					t,
					chromium,
					"--screenshot="+filepath.Join(
						folder, fmt.Sprintf("proof-%s-%s.png", strings.ReplaceAll(name, " ", "-"), lang),
					),
					page,
				)
			}
		}
		server.Close()
	}
}

// alter serves proofs with one digit changed, behind the last place of a text.
func alter(h http.Handler, behind string) http.Handler {
	return changed(h, func(body string) string {
		at := strings.LastIndex(body, behind) + len(behind)
		return body[:at] + strings.Map(otherDigit, body[at:at+1]) + body[at+1:]
	})
}

// changed serves proofs that were changed on the way.
func changed(h http.Handler, change func(string) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1/proofs" {
			h.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		h.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(rec.Code)
		fmt.Fprint(w, change(rec.Body.String()))
	})
}

func otherDigit(digit rune) rune {
	if digit == '0' {
		return '1'
	}
	return '0'
}

// hide serves no proofs.
func hide(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v1/proofs" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func browse(t *testing.T, chromium string, arguments ...string) string {
	t.Helper()
	command := exec.Command(
		chromium,
		append([]string{
			"--headless=new",
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--user-data-dir=" + t.TempDir(),
			"--virtual-time-budget=10000",
			"--window-size=360,2200",
			"--hide-scrollbars",
		}, arguments...)...)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

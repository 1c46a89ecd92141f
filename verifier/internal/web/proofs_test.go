package web

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
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
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
func provable(t *testing.T, change func(*prooftest.Network)) (client, verifiertest.Batch, *peerOf, *prooftest.Network) {
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
	return newClient(t, w, func(o *Options) { o.Blocks, o.Trust = peer, &n.Trust }), batch, peer, n
}

func bundleOf(batch verifiertest.Batch, index int64) string {
	return "/api/v1/proofs?uri=" + url.QueryEscape("https://anywhere.example"+batch.Path(index))
}

// Every unit of a batch gets its own proof, which checks; the peer is asked once.
func TestProofs(t *testing.T) {
	c, batch, peer, n := provable(t, nil)
	for _, i := range []int64{0, 7, 99} {
		rec := c.get(bundleOf(batch, i))
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
	rec := c.get("/api/v1/trust")
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
		first := c.get("/api/v1/proofs?uri=" + url.QueryEscape(uris[0]))
		for _, uri := range uris {
			rec := c.get("/api/v1/proofs?uri=" + url.QueryEscape(uri))
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
		if rec := c.get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	c, batch, peer, _ := provable(t, nil)
	peer.err = errors.New("no peer answers")
	if rec := c.get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if peer.err = nil; c.get(bundleOf(batch, 7)).Code != http.StatusOK {
		t.Error("it stays unavailable after the peer is back")
	}
}

// Without a ledger the page has no proof to check, and says so to nobody.
func TestNoProofs(t *testing.T) {
	w := verifiertest.New(t)
	batch := w.Batch(trace.Batch{Lot: "202610A"}).OnSale()
	c := newClient(t, w)
	if rec := c.get(bundleOf(batch, 7)); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if rec := c.get("/api/v1/trust"); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if strings.Contains(c.get(batch.Path(7)).Body.String(), `id="proof"`) {
		t.Error("the page offers a proof")
	}
}

// In a real browser, under the real policy, the page checks the proof and says what it found.
func TestBrowserChecksTheProof(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	c, batch, _, _ := provable(t, nil)
	for name, want := range map[string]struct {
		handler http.Handler
		class   string
		words   map[string]string
	}{
		"proved":        {c.h, "pass", map[string]string{"zh-CN": "您的手机已验证账本签名", "en": "Your phone has verified the ledger"}},
		"forged":        {alter(c.h), "fail", map[string]string{"zh-CN": "这枚编码与路径推不出批次的根", "en": "do not lead to the batch"}},
		"not to be had": {hide(c.h), "unknown", map[string]string{"zh-CN": "您的手机暂时无法验证账本签名", "en": "cannot check the ledger"}},
	} {
		server := httptest.NewServer(want.handler)
		for lang, text := range want.words {
			page := server.URL + batch.Path(7) + "?lang=" + lang
			dom := browse(t, chromium, "--dump-dom", page)
			if !strings.Contains(dom, `class="card proof `+want.class+`"`) || !strings.Contains(dom, text) {
				t.Errorf("%s in %s: %s", name, lang, dom[strings.Index(dom, `id="proof"`)-80:][:400])
			}
			if folder := os.Getenv("SCREENSHOTS"); folder != "" {
				browse(t, chromium, "--screenshot="+filepath.Join(folder, fmt.Sprintf("proof-%s-%s.png", want.class, lang)), page)
			}
		}
		server.Close()
	}
}

// alter serves proofs with one digit of the PIN commitment changed.
func alter(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		h.ServeHTTP(rec, r)
		body := rec.Body.String()
		if r.URL.Path == "/api/v1/proofs" {
			before, after, _ := strings.Cut(body, `"pinCommitment":"`)
			body = before + `"pinCommitment":"` + strings.Map(otherDigit, after[:1]) + after[1:]
		}
		for name := range rec.Header() {
			w.Header().Set(name, rec.Header().Get(name))
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(rec.Code)
		fmt.Fprint(w, body)
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
	command := exec.Command(chromium, append([]string{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(),
		"--virtual-time-budget=10000", "--window-size=360,2200", "--hide-scrollbars"}, arguments...)...)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

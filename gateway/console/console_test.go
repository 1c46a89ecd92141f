package console

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const page = `<meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/a-1.js" nonce="__CSP_NONCE__"></script>`

// built is a folder as `vite build` leaves it.
func built(t *testing.T) string {
	t.Helper()
	outer := t.TempDir()
	folder := filepath.Join(outer, "console")
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte("packed"))
	_ = w.Close()
	for name, content := range map[string]string{
		"console/index.html": page, "console/mark.svg": "<svg/>", "console/assets/a-1.js": "plain", "console/assets/a-1.js.gz": packed.String(), "secret": "secret",
	} {
		name = filepath.Join(outer, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func ask(t *testing.T, h http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = target
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, a *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const browser = "text/html,application/xhtml+xml,*/*;q=0.8"

func TestWhatIsServed(t *testing.T) {
	h := Handler(built(t), pages)
	for _, c := range []struct {
		name, path, accept string
		status             int
		cache, kind        string
	}{
		{"the page", "/", browser, 200, "no-cache", "text/html; charset=utf-8"},
		{"the page to whoever says nothing", "/", "", 200, "no-cache", "text/html; charset=utf-8"},
		{"an address of the console", "/goods/6998801000012", browser, 200, "no-cache", "text/html; charset=utf-8"},
		{"the page by its name, with its nonce", "/index.html", browser, 200, "no-cache", "text/html; charset=utf-8"},
		{"an asset", "/assets/a-1.js", "*/*", 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		{"a file of the top", "/mark.svg", "image/*", 200, "public, max-age=3600", "image/svg+xml"},
		{"an asset that is no more", "/assets/old.js", browser, 404, "", "text/plain; charset=utf-8"},
		{"a file that never was", "/robots.txt", "*/*", 404, "", "text/plain; charset=utf-8"},
		{"a folder", "/assets", "*/*", 404, "", "text/plain; charset=utf-8"},
		{"above the folder", "/../secret", "*/*", 404, "", "text/plain; charset=utf-8"},
		{"above the folder, within a name", "/assets/../../secret", "*/*", 404, "", "text/plain; charset=utf-8"},
		{"a name that no file can have", "/a\x00b", "*/*", 404, "", "text/plain; charset=utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, h, http.MethodGet, c.path, "Accept", c.accept)
			if a.StatusCode != c.status || a.Header.Get("Cache-Control") != c.cache ||
				a.Header.Get("Content-Type") != c.kind {
				t.Errorf("%d, %q, %q", a.StatusCode, a.Header.Get("Cache-Control"), a.Header.Get("Content-Type"))
			}
			if text := body(t, a); strings.Contains(text, "secret") || strings.Contains(text, nonceMark) {
				t.Errorf("shows %q", text)
			}
			if a.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Error("types may be guessed")
			}
		})
	}
}

// pages is where shoppers' pages are.
const pages = "https://trace.example"

var nonce = regexp.MustCompile(`'nonce-([A-Z0-9]{26})'`)

func TestThePagesPolicyLetsNothingInlineRun(t *testing.T) {
	h := Handler(built(t), pages)
	first, second := ask(t, h, http.MethodGet, "/"), ask(t, h, http.MethodGet, "/")
	csp := first.Header.Get("Content-Security-Policy")
	found := nonce.FindStringSubmatch(csp)
	if found == nil || strings.Count(body(t, first), found[1]) != 2 {
		t.Fatalf("the page and its policy %q have no nonce in common", csp)
	}
	if !strings.Contains(csp, "img-src 'self' data: blob: "+pages+";") ||
		!strings.Contains(csp, "frame-src 'self' blob: "+pages+";") ||
		strings.Count(csp, pages) != 2 {
		t.Errorf("what shoppers see is not shown, or more than that: %s", csp)
	}
	if second.Header.Get("Content-Security-Policy") == csp {
		t.Error("two answers have the same nonce")
	}
	if scripts := regexp.MustCompile(`script-src [^;]*`).
		FindString(csp); strings.Contains(scripts, "unsafe-inline") ||
		strings.Contains(scripts, "'unsafe-eval'") {
		t.Errorf("%s", scripts)
	}
}

func TestAssetsComePacked(t *testing.T) {
	h := Handler(built(t), pages)
	a := ask(t, h, http.MethodGet, "/assets/a-1.js", "Accept-Encoding", "br, gzip")
	if a.Header.Get("Content-Encoding") != "gzip" || a.Header.Get("Vary") != "Accept-Encoding" {
		t.Fatalf("%v", a.Header)
	}
	unpacked, err := gzip.NewReader(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(unpacked); string(text) != "packed" {
		t.Errorf("%q", text)
	}
	if a := ask(t, h, http.MethodGet, "/assets/a-1.js"); body(t, a) != "plain" ||
		a.Header.Get("Vary") != "Accept-Encoding" {
		t.Error("to whoever cannot unpack it")
	}
}

func TestOnlyReading(t *testing.T) {
	h := Handler(built(t), pages)
	if a := ask(t, h, http.MethodPost, "/"); a.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", a.StatusCode)
	}
	if a := ask(t, h, http.MethodHead, "/"); a.StatusCode != http.StatusOK || body(t, a) != "" {
		t.Errorf("HEAD: %d", a.StatusCode)
	}
}

func TestWithoutABuildThePageSaysHowToGetOne(t *testing.T) {
	for name, folder := range map[string]string{"not set": "", "not there": filepath.Join(t.TempDir(), "none"), "empty": t.TempDir()} {
		t.Run(name, func(t *testing.T) {
			a := ask(t, Handler(folder, pages), http.MethodGet, "/", "Accept", browser)
			text := body(t, a)
			if a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "make console") ||
				!strings.Contains(text, "还没有构建") {
				t.Errorf("%d %s", a.StatusCode, text)
			}
		})
	}
}

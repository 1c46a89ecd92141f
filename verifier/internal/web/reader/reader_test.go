package reader_test

import (
	"bytes"
	"compress/gzip"
	"html/template"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/reader"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// The reader's page is as light and closed as the others, but for the camera
// and WebAssembly, and its files come compressed, to be kept.
func TestReaderPage(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, lang := range webtest.Languages {
		rec := c.Get("/scan", "Accept-Language", lang)
		header, body := rec.Header(), rec.Body.Bytes()
		if rec.Code != http.StatusOK || header.Get("Content-Security-Policy") != reader.Policy ||
			!strings.Contains(reader.Policy, "script-src 'self' 'wasm-unsafe-eval';") ||
			strings.Count(reader.Policy, "unsafe") != 1 ||
			!strings.HasPrefix(header.Get("Permissions-Policy"), "camera=(self),") {
			t.Errorf("%d %v", rec.Code, header)
		}
		webtest.CheckDocument(t, "scan", lang, body)
		if page, script := webtest.Zipped(t, body), c.Get(
			reader.Script.Path, "Accept-Encoding", "gzip",
		).Body.Len(); page+script > webtest.MaxPage {
			t.Errorf("%d bytes of page and %d of script", page, script)
		}
	}
	if rec := c.Get("/"); strings.Contains(rec.Header().Get("Content-Security-Policy"), "unsafe") ||
		!strings.HasPrefix(rec.Header().Get("Permissions-Policy"), "camera=(),") {
		t.Errorf("another page may open the camera: %v", rec.Header())
	}
	for _, f := range []struct {
		page.Script
		kind string
	}{{reader.Script, "text/javascript; charset=utf-8"}, {reader.DecoderScript, "text/javascript; charset=utf-8"}, {reader.DecoderWASM, "application/wasm"}} {
		plain, packed := c.Get(f.Path), c.Get(f.Path, "Accept-Encoding", "gzip, br")
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(z)
		if err != nil || len(content) == 0 || !bytes.Equal(plain.Body.Bytes(), content) {
			t.Errorf("%s: %v, %d and %d bytes", f.Path, err, len(content), plain.Body.Len())
		}
		h := packed.Header()
		if h.Get("Content-Type") != f.kind || !strings.Contains(h.Get("Cache-Control"), "immutable") ||
			h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", f.Path, h)
		}
	}
}

// Every text that the script asks for is there, in both languages, and no other.
func TestReaderTexts(t *testing.T) {
	code := reader.Asset("reader.js") + reader.Asset("reader-decode.js")
	for name, text := range reader.Says {
		if text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", name, text)
		}
		if !strings.Contains(code, "'"+name+"'") {
			t.Errorf("%s is never said", name)
		}
	}
	for _, said := range regexp.MustCompile(`(?:say|fall)\('(\w+)'\)`).FindAllStringSubmatch(code, -1) {
		if reader.Says[said[1]] == (trace.Text{}) && reader.Faults[said[1]] == (trace.Text{}) {
			t.Errorf("there is no text %s", said[1])
		}
	}
}

// What is typed leads to a unit's page, or is blamed by field, in the reader's
// language and without being repeated.
func TestLanding(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	const unit = "/01/06998801000036/10/202610A/21/0123456789ABCDEFGHJK"
	for query, want := range map[string]string{
		"uri=HTTPS://TRACE.EXAMPLE.COM" + unit:                                               unit,
		"uri=trace.example.com" + unit:                                                       unit,
		"uri=+https://trace.example.com" + unit + "+&lang=en":                                unit + "?lang=en",
		"uri=https://trace.example.com/01/06998801000036/10/202610A/21/o123456789abcdefghjk": unit,
		"uri=(01)06998801000036(10)202610A(21)0123456789ABCDEFGHJK":                          unit,
		"uri=010699880100003610202610A%1D210123456789ABCDEFGHJK":                             unit,
		"gtin=6998801000036&lot=202610A&serial=O123-4567-89ab-cdef-ghjk":                     unit,
		"gtin=69988%2001000036&lot=202610A&serial=0I23456789ABCDEFGHJK":                      unit,
		"gtin=6998801000036&lot=a%2Fb&serial=0123456789ABCDEFGHJK":                           "/01/06998801000036/10/a%2Fb/21/0123456789ABCDEFGHJK",
	} {
		rec := c.Get("/?" + query)
		if got := rec.Header().Get("Location"); got != want || (want != "") != (rec.Code == http.StatusSeeOther) {
			t.Errorf("%s: %d %q", query, rec.Code, got)
		}
	}
	for query, fault := range map[string]string{
		"uri=nonsense":                                         "other",
		"uri=example.com" + unit:                               "foreign", // the host that the page was asked of, which anybody can name
		"uri=%3Cscript%3E":                                     "other",
		"uri=//evil.example":                                   "foreign",
		"uri=https://elsewhere.example" + unit:                 "foreign",
		"uri=https://trace.example.com@evil" + unit:            "foreign",
		"uri=6998801000036":                                    "product",
		"uri=0123456789ABCDEFGHJK":                             "gtinMissing",
		"uri=https://trace.example.com/":                       "addressShort",
		"gtin=6998801000037&lot=1&serial=0123456789ABCDEFGHJK": "gtinCheck",
		"gtin=6998801000036&lot=1&serial=1":                    "serialLength",
		"gtin=6998801000036":                                   "serialMissing",
		"lot=":                                                 "gtinMissing",
	} {
		for _, lang := range webtest.Languages {
			rec := c.Get("/?"+query, "Accept-Language", lang)
			body := rec.Body.String()
			if !strings.Contains(body, `>`+template.HTMLEscapeString(reader.Faults[fault].In(lang))+`</p>`) ||
				strings.Contains(body, "evil") ||
				strings.Contains(body, "elsewhere") {
				t.Errorf("%s in %s: not %q", query, lang, reader.Faults[fault].In(lang))
			}
			webtest.CheckDocument(t, query, lang, rec.Body.Bytes())
		}
	}
	if body := c.Get("/").Body.String(); strings.Contains(body, `aria-invalid="`) {
		t.Error("nothing was typed, and it is found wrong")
	}
}

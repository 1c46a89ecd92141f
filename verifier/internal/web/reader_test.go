package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
)

// What stands in assets/vendor is what its packages hold, and the WebAssembly
// is the one that the library was made for.
func TestVendoredFiles(t *testing.T) {
	sums := strings.Fields(string(asset("vendor/SHA256SUMS")))
	for i := 0; i < len(sums); i += 2 {
		sum := sha256.Sum256(asset("vendor/" + sums[i+1]))
		if got := hex.EncodeToString(sum[:]); got != sums[i] {
			t.Errorf("%s: %s, not %s; see assets/vendor/README.md", sums[i+1], got, sums[i])
		}
		if strings.HasSuffix(sums[i+1], ".wasm") && !bytes.Contains(decoderScript.content, []byte(sums[i])) {
			t.Errorf("the library wants another %s", sums[i+1])
		}
	}
	if len(sums) != 6 {
		t.Errorf("%d sums", len(sums)/2)
	}
}

// The reader's page is as light and closed as the others, but for the camera
// and WebAssembly, and its files come compressed, to be kept.
func TestReaderPage(t *testing.T) {
	c := newClient(t, verifiertest.New(t))
	for _, lang := range languages {
		rec := c.get("/scan", "Accept-Language", lang)
		header, body := rec.Header(), rec.Body.Bytes()
		if rec.Code != http.StatusOK || header.Get("Content-Security-Policy") != readerPolicy || !strings.Contains(readerPolicy, "script-src 'self' 'wasm-unsafe-eval';") ||
			strings.Count(readerPolicy, "unsafe") != 1 || !strings.HasPrefix(header.Get("Permissions-Policy"), "camera=(self),") {
			t.Errorf("%d %v", rec.Code, header)
		}
		checkDocument(t, "scan", lang, body)
		if page, script := zipped(t, body), len(readerScript.zipped()); page+script > maxPage {
			t.Errorf("%d bytes of page and %d of script", page, script)
		} else if lang == chinese {
			t.Logf("%d bytes of page, %d of script, %d and %d of decoder", page, script, len(decoderScript.zipped()), len(decoderWASM.zipped()))
		}
	}
	if rec := c.get("/"); strings.Contains(rec.Header().Get("Content-Security-Policy"), "unsafe") || !strings.HasPrefix(rec.Header().Get("Permissions-Policy"), "camera=(),") {
		t.Errorf("another page may open the camera: %v", rec.Header())
	}
	for _, f := range []struct {
		script
		kind string
	}{{readerScript, "text/javascript; charset=utf-8"}, {decoderScript, "text/javascript; charset=utf-8"}, {decoderWASM, "application/wasm"}} {
		plain, packed := c.get(f.path), c.get(f.path, "Accept-Encoding", "gzip, br")
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(content, f.content) || !bytes.Equal(plain.Body.Bytes(), f.content) {
			t.Errorf("%s: %v, %d and %d bytes", f.path, err, len(content), plain.Body.Len())
		}
		h := packed.Header()
		if h.Get("Content-Type") != f.kind || !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", f.path, h)
		}
	}
}

// Every text that the script asks for is there, in both languages, and no other.
func TestReaderTexts(t *testing.T) {
	code := string(asset("reader.js")) + string(asset("reader-decode.js"))
	for name, text := range readerTexts {
		if text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", name, text)
		}
		if !strings.Contains(code, "'"+name+"'") {
			t.Errorf("%s is never said", name)
		}
	}
	for _, said := range regexp.MustCompile(`(?:say|fall)\('(\w+)'\)`).FindAllStringSubmatch(code, -1) {
		if readerTexts[said[1]] == (trace.Text{}) && faultTexts[said[1]] == (trace.Text{}) {
			t.Errorf("there is no text %s", said[1])
		}
	}
}

// What is typed leads to a unit's page, or is blamed by field, in the reader's
// language and without being repeated.
func TestLanding(t *testing.T) {
	c := newClient(t, verifiertest.New(t))
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
		rec := c.get("/?" + query)
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
		for _, lang := range languages {
			rec := c.get("/?"+query, "Accept-Language", lang)
			body := rec.Body.String()
			if !strings.Contains(body, `>`+template.HTMLEscapeString(faultTexts[fault].In(lang))+`</p>`) || strings.Contains(body, "evil") || strings.Contains(body, "elsewhere") {
				t.Errorf("%s in %s: not %q", query, lang, faultTexts[fault].In(lang))
			}
			checkDocument(t, query, lang, rec.Body.Bytes())
		}
	}
	if body := c.get("/").Body.String(); strings.Contains(body, `aria-invalid="`) {
		t.Error("nothing was typed, and it is found wrong")
	}
}

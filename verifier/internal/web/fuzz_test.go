package web

import (
	"bytes"
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// bareHandler reads requests and has no database.
func bareHandler(f *testing.F) *handler {
	epochs, err := seal.ParseEpochs(verifiertest.MasterKeys)
	if err != nil {
		f.Fatal(err)
	}
	codes, err := seal.NewKeyring(epochs...)
	if err != nil {
		f.Fatal(err)
	}
	return &handler{Options: Options{Codes: codes, Secret: bytes.Repeat([]byte{7}, 32), Now: time.Now, Base: "trace.example.com", Log: slog.New(slog.DiscardHandler)}}
}

// issued gives a unit of the bare handler's keys and its serial.
func issued(f *testing.F, h *handler) (verdict.Unit, string) {
	keys, err := h.Codes.Batch(h.Codes.Current(), verifiertest.GTIN, "L1")
	if err != nil {
		f.Fatal(err)
	}
	u, err := keys.Unit(7)
	if err != nil {
		f.Fatal(err)
	}
	return verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}, u.Serial
}

// Whatever path and URI are read, a code that is taken is one that was issued,
// and its canonical path says the same.
func FuzzReadCode(f *testing.F) {
	h := bareHandler(f)
	unit, serial := issued(f, h)
	good := label.UnitPath(gs1.GTIN(unit.GTIN), unit.Lot, serial)
	for _, seed := range []string{good, strings.ToLower(good), good + "/", good + "?x", "https://x" + good, "/01/%", "/01/1/10/%2F/21/%00", strings.Replace(good, "L1", "%4C1", 1), "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []code{h.readPath(text), h.readURI(text)} {
			if c.state == verdict.CodeNotIssued || c.state == verdict.CodeIncomplete {
				if c.serial != "" || c.unit != (verdict.Unit{}) {
					t.Errorf("%q: %+v of a code that was not issued", text, c)
				}
				continue
			}
			if again := h.readPath(label.UnitPath(gs1.GTIN(c.unit.GTIN), c.unit.Lot, c.serial)); again != c {
				t.Errorf("%q is %+v, and its own path is %+v", text, c, again)
			}
		}
	})
}

// However a reported path is written, it is the same code, and writing it again
// changes nothing of a unit's.
func FuzzReportedPath(f *testing.F) {
	h := bareHandler(f)
	unit, serial := issued(f, h)
	good := label.UnitPath(gs1.GTIN(unit.GTIN), unit.Lot, serial)
	for _, seed := range []string{good, strings.ToLower(good), strings.Replace(good, "L1", "%4C1", 1), good + "/22/A", "/01/%ff%0d%0a", "/01/%", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		text := spelt(path)
		if before, after := h.readPath(path), h.readPath(text); before.state == verdict.CodeIssued && before != after {
			t.Errorf("%q is written %q, which is another code", path, text)
		}
		if _, _, _, err := gs1.ParseUnitPath(path); err == nil && spelt(text) != text {
			t.Errorf("%q is written %q, and that %q", path, text, spelt(text))
		}
		if _, _, err := feedback.NewReport(text, "here", "", ""); err != nil && trace.CodeOf(err) != trace.FieldInvalid {
			t.Errorf("%q: %v", path, err)
		}
	})
}

// No text but the one that was given out opens as a nonce or a review token.
func FuzzTokens(f *testing.F) {
	h := bareHandler(f)
	unit, _ := issued(f, h)
	nonce, token := h.newNonce(unit), h.newReviewToken(unit)
	f.Add(nonce)
	f.Add(token)
	f.Add(base64.RawURLEncoding.EncodeToString(make([]byte, nonceSize)))
	f.Add(nonce + "=")
	f.Add(nonce[:len(nonce)-1] + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		// The fuzzer's processes have made nonces of their own, of which the corpus may hold one.
		if _, ok := h.openNonce(text, unit); ok && len(text) != len(nonce) {
			t.Errorf("%q is taken for a nonce", text)
		}
		if _, ok := h.openReviewToken(text, unit); ok && len(text) != len(token) {
			t.Errorf("%q is taken for a token", text)
		}
		other := verdict.Unit{GTIN: unit.GTIN, Lot: unit.Lot, Index: unit.Index + 1}
		if _, ok := h.openNonce(text, other); ok {
			t.Errorf("%q opens another unit", text)
		}
	})
}

// Headers that say what an answer should be like lead to one of those there are.
func FuzzNegotiation(f *testing.F) {
	for _, seed := range []string{"", "*/*", "text/html, application/json;q=0.9", "application/linkset+json;q=1e9", `a/b;c="\"`, "zh-Hans-CN-x-private, en;q=0.1", ";;;,,,", "\xff"} {
		f.Add(seed, seed, seed)
	}
	f.Fuzz(func(t *testing.T, accept, languages, query string) {
		switch got := negotiate(accept); got {
		case typeHTML, typeJSON, typeLinkset:
		default:
			t.Errorf("Accept %q: %q", accept, got)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.RawQuery, r.Header = query, http.Header{"Accept-Language": {languages}, "User-Agent": {languages}, "Sec-Purpose": {accept}}
		if got := languageOf(r); got != chinese && got != english {
			t.Errorf("Accept-Language %q: %q", languages, got)
		}
		if city := verdict.CityName(accept); !utf8.ValidString(city) || utf8.RuneCountInString(city) > 40 {
			t.Errorf("city %q", city)
		}
		_, _ = isProgram(r), isAhead(r)
	})
}

// A complaint's form is read within its bounds or refused with a reason.
func FuzzComplaintForm(f *testing.F) {
	contentType, body := formOf("text", "x")
	f.Add(contentType, []byte(body))
	f.Add(typeForm, []byte("uri=x&text=%zz"))
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=photo; filename=a\r\n\r\n\xff\xd8\r\n--x--"))
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"photo\r\n\r\n\r\n--x"))
	e, h := echo.New(), &handler{decoding: share.NewMemory()}
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/complaints", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		form, err := h.readComplaint(e.NewContext(r, httptest.NewRecorder()))
		if err != nil && trace.CodeOf(err) == "" {
			t.Errorf("%v", err)
		}
		if err == nil && (len(form.photos) > feedback.MaxPhotos || len(form.uri) > maxField+1 || len(form.text) > maxField+1) {
			t.Errorf("%d photos, %d and %d bytes", len(form.photos), len(form.uri), len(form.text))
		}
		for _, p := range form.photos {
			if len(p) > 2*photo.MaxBytes {
				t.Errorf("a photo of %d bytes", len(p))
			}
		}
	})
}

// A JSON body is read or refused in words that are not its own.
func FuzzJSONBody(f *testing.F) {
	for _, seed := range []string{`{"uri":"x","nonce":"y"}`, `{"uri":7}`, `{"zqmarkerqz":1}`, `[]`, `{}{}`, `{"uri":"\ud800"}`, strings.Repeat("[", 1000), "\xef\xbb\xbf{}", ""} {
		f.Add(seed)
	}
	e := echo.New()
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", typeJSON)
		var request scanRequest
		err := readJSON(e.NewContext(r, httptest.NewRecorder()), &request)
		if err != nil && trace.CodeOf(err) != trace.RequestMalformed {
			t.Errorf("%q: %v", body, err)
		}
		if err != nil && strings.Contains(err.Error(), marker) {
			t.Errorf("%q comes back: %v", body, err)
		}
	})
}

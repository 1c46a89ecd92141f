package complaints

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// bareBook reads codes and has no database.
func bareBook(f *testing.F) *codes.Book {
	keys, err := seal.ReadKeyring(verifiertest.MasterKeys)
	if err != nil {
		f.Fatal(err)
	}
	return &codes.Book{Keys: keys, Base: "trace.example.com", Log: slog.New(slog.DiscardHandler), Now: time.Now}
}

// issued gives a code of the bare book.
func issued(f *testing.F, b *codes.Book) codes.Code {
	keys, err := b.Keys.Batch(b.Keys.Current(), verifiertest.GTIN, "L1")
	if err != nil {
		f.Fatal(err)
	}
	u, err := keys.Unit(7)
	if err != nil {
		f.Fatal(err)
	}
	return codes.Code{Unit: verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}, Serial: u.Serial}
}

// However a reported path is written, it is the same code, and writing it again
// changes nothing of a unit's.
func FuzzReportedPath(f *testing.F) {
	b := bareBook(f)
	good := issued(f, b).Path()
	for _, seed := range []string{good, strings.ToLower(good), strings.Replace(good, "L1", "%4C1", 1), good + "/22/A", "/01/%ff%0d%0a", "/01/%", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		text := spelt(path)
		if before, after := b.ReadPath(path), b.ReadPath(text); before.State == verdict.CodeIssued && before != after {
			t.Errorf("%q is written %q, which is another code", path, text)
		}
		if _, _, _, err := gs1.ParseUnitPath(path); err == nil && spelt(text) != text {
			t.Errorf("%q is written %q, and that %q", path, text, spelt(text))
		}
		if _, _, err := feedback.NewReport(text, "here", "", ""); err != nil &&
			trace.CodeOf(err) != trace.FieldInvalid {
			t.Errorf("%q: %v", path, err)
		}
	})
}

// A complaint's form is read within its bounds or refused with a reason.
func FuzzComplaintForm(f *testing.F) {
	contentType, body := formOf("text", "x")
	f.Add(contentType, []byte(body))
	f.Add(page.TypeForm, []byte("uri=x&text=%zz"))
	f.Add(
		"multipart/form-data; boundary=x",
		[]byte("--x\r\nContent-Disposition: form-data; name=photo; filename=a\r\n\r\n\xff\xd8\r\n--x--"),
	)
	f.Add(
		"multipart/form-data; boundary=x",
		[]byte("--x\r\nContent-Disposition: form-data; name=\"photo\r\n\r\n\r\n--x"),
	)
	e, h := echo.New(), &Handler{decoding: share.NewMemory()}
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/complaints", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		form, err := h.readComplaint(e.NewContext(r, httptest.NewRecorder()))
		if err != nil && trace.CodeOf(err) == "" {
			t.Errorf("%v", err)
		}
		if err == nil &&
			(len(form.photos) > feedback.MaxPhotos || len(form.uri) > page.MaxField+1 || len(form.text) > page.MaxField+1) {
			t.Errorf("%d photos, %d and %d bytes", len(form.photos), len(form.uri), len(form.text))
		}
		for _, p := range form.photos {
			if len(p) > 2*photo.MaxBytes {
				t.Errorf("a photo of %d bytes", len(p))
			}
		}
	})
}

func formOf(name, value string) (contentType, body string) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	_ = form.WriteField(name, value)
	_ = form.Close()
	return form.FormDataContentType(), b.String()
}

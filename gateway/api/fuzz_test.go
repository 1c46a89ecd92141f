package api

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// Whatever body is sent to whichever operation, it fits the document or is
// refused with a reason, in words that are not its own.
func FuzzBodies(f *testing.F) {
	doc, err := loadDocument()
	if err != nil {
		f.Fatal(err)
	}
	var operations []*routers.Route
	for _, r := range doc.routes() {
		if r.Operation.RequestBody != nil && !isForm(r.Operation) {
			operations = append(operations, r)
		}
	}
	slices.SortFunc(operations, func(a, b *routers.Route) int {
		return strings.Compare(a.Operation.OperationID, b.Operation.OperationID)
	})
	for i := range operations {
		f.Add(i, `{}`, "x")
		f.Add(i, `{"gtin":"06998801000036","lot":"A","quantity":1e309}`, "%2F")
	}
	f.Add(0, strings.Repeat("[", 5000)+strings.Repeat("]", 5000), "")
	f.Add(1, `{"lines":[{"gtin":null,"from":-1,"count":1.5}]}`, "..")
	f.Add(2, "{\"a\":\"\xff\"}", "\x00")
	e := echo.New()
	f.Fuzz(func(t *testing.T, n int, body, parameter string) {
		if n < 0 {
			return
		}
		route := operations[n%len(operations)]
		r := httptest.NewRequest(route.Method, "/", nil)
		r.Header.Set("Content-Type", "application/json")
		setBody(r, []byte(body))
		c := e.NewContext(r, httptest.NewRecorder())
		c.SetParamNames("id", "gtin", "lot", "serial", "tx", "party", "job", "file")
		c.SetParamValues(parameter, parameter, parameter, parameter, parameter, parameter, parameter, parameter)
		err := validator(route, false)(func(echo.Context) error { return nil })(c)
		if err == nil {
			return
		}
		if code := classify(err).Code; problem.Status(code) >= http.StatusInternalServerError {
			t.Errorf("%s: %q: %v", route.Operation.OperationID, body, err)
		}
		if text := err.Error(); len(text) > 1000 {
			t.Errorf("%s: %d characters: %.200s", route.Operation.OperationID, len(text), text)
		}
	})
}

// Forms are read to their end or refused; a file is what was in its part.
func FuzzForms(f *testing.F) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	_ = form.WriteField("kind", "products")
	part, _ := form.CreateFormFile("file", "a.csv")
	_, _ = io.WriteString(part, "gtin\n")
	_ = form.Close()
	f.Add(b.Bytes(), form.Boundary())
	f.Add(b.Bytes()[:60], form.Boundary())
	f.Add(
		[]byte(
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=\r\n--x--",
		),
		"x",
	)
	f.Fuzz(func(t *testing.T, body []byte, boundary string) {
		if f, err := readForm(
			multipart.NewReader(bytes.NewReader(body), boundary),
		); err != nil && trace.CodeOf(err) == "" ||
			len(f.file) > len(body) {
			t.Errorf("%d bytes, %v", len(f.file), err)
		}
		u, err := readUpload(multipart.NewReader(bytes.NewReader(body), boundary))
		if err != nil && trace.CodeOf(err) == "" || len(u.Content) > len(body) || strings.ContainsAny(u.Name, "/\x00") {
			t.Errorf("%q, %d bytes, %v", u.Name, len(u.Content), err)
		}
	})
}

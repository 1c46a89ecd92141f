package api

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// What is no text is refused with its field, by every operation, in the path, in
// the query and in the key.
func TestWhatIsNoTextIsRefused(t *testing.T) {
	w := newWorld(t)
	for id, r := range w.routes {
		for _, bad := range []string{"\x00", "a\x00b", "\xff\xfe", "\xc3("} {
			escaped := url.PathEscape(bad)
			plain := parameter.ReplaceAllLiteralString(r.Path, "x")
			asks := map[string]string{
				plain + "?q=" + url.QueryEscape(bad):      "q",
				plain + "?" + url.QueryEscape(bad) + "=x": "query",
			}
			if plain != r.Path {
				first := strings.Trim(parameter.FindString(r.Path), "{}")
				asks[parameter.ReplaceAllLiteralString(r.Path, escaped)] = first
			}
			for target, field := range asks {
				a := w.ask("maker", r.Method, target, nil)
				if a.status != 400 || a.body["code"] != string(trace.RequestMalformed) || a.body["field"] != field {
					t.Errorf("%s: %s %s: %d %s, want the field %s", id, r.Method, target, a.status, a.raw, field)
				}
			}
			if r.Method == http.MethodPost && bad[0] != 0 &&
				!strings.Contains(bad, "\x00") { // net/http itself refuses a NUL there
				if a := w.ask("maker", r.Method, plain, nil, "Idempotency-Key", bad); a.status != 400 ||
					a.body["field"] != "Idempotency-Key" {
					t.Errorf("%s: a key of %q: %d %s", id, bad, a.status, a.raw)
				}
			}
		}
	}
}

// A body's strings are text too: of every operation that takes JSON, the first
// string of its body.
func TestABodyIsText(t *testing.T) {
	w := newWorld(t)
	for id, r := range w.routes {
		body := r.Operation.RequestBody
		if body == nil || body.Value.Content["application/json"] == nil {
			continue
		}
		name := firstString(body.Value.Content["application/json"].Schema.Value)
		for _, sent := range []string{`{"` + name + `": "a\u0000b"}`, `{"x": "` + "\xff" + `"}`, `{"\u0000": 1}`} {
			allowed := "maker"
			if roles := policies[id].roles; len(roles) > 0 && roles[0] == trace.RolePlatform {
				allowed = "platform"
			}
			if a := w.ask(allowed, r.Method, parameter.ReplaceAllLiteralString(r.Path, "x"), sent); a.status >= 500 ||
				a.status < 400 {
				t.Errorf("%s: %q: %d %s", id, sent, a.status, a.raw)
			}
		}
	}
	w.refused(
		"maker",
		400,
		string(trace.RequestMalformed),
		"POST",
		"/api/v1/products",
		`{"gtin": "6998801000012", "name": {"zh-CN": "a\u0000"}, "brand": "b"}`,
	)
}

func firstString(s *openapi3.Schema) string {
	for name, p := range s.Properties {
		if p.Value.Type.Is("string") {
			return name
		}
	}
	return "x"
}

// A body that does not arrive whole is the sender's fault: one whose chunks have
// endless extensions, one that ends early.
func TestBrokenBodies(t *testing.T) {
	w := newWorld(t)
	for name, body := range map[string]string{
		"an extension of 8 kB": "2;" + strings.Repeat("x", 8<<10) + "\r\n{}\r\n0\r\n\r\n",
		"no number of a chunk": "zz\r\n{}\r\n0\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(
			c,
			"POST /api/v1/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%s",
			w.keys["shop"],
			body,
		)
		response, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || response.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %v %v", name, response, err)
		}
		c.Close()
	}
}

// The largest numbers are out of range, and nothing else.
func TestTheLargestIndex(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	for _, order := range []string{`{"format":"zpl","from":9223372036854775807,"count":1}`, `{"format":"zpl","from":9223372036854775807}`,
		`{"format":"zpl","from":1,"count":9223372036854775807}`, `{"format":"zpl","from":10}`} {
		if a := w.ask(
			"maker", "POST", path("/batches/%s/%s/labels", gtin, lot), order,
		); a.status != 400 && a.status != 409 &&
			a.status != 422 {
			t.Errorf("%s: %d %.200s", order, a.status, a.raw)
		}
	}
}

package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"
)

// client follows no redirects and waits as long as a slow machine may need.
var client = &http.Client{
	Timeout:       2 * time.Minute,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// object is a JSON object as it came.
type object = map[string]any

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   object
}

// request sends one request; a body that is not a string is sent as JSON.
func request(t testing.TB, method, url, key string, body any, headers ...string) answer {
	t.Helper()
	a, err := try(method, url, key, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return a
}

func try(method, url, key string, body any, headers ...string) (answer, error) {
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		content = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, url, content)
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(r)
}

func send(r *http.Request) (answer, error) { return sendBy(client, r) }

func sendBy(c *http.Client, r *http.Request) (answer, error) {
	response, err := c.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: response.StatusCode, header: response.Header, raw: raw}
	if kind := response.Header.Get("Content-Type"); bytes.HasPrefix(raw, []byte("{")) &&
		strings.Contains(kind, "json") && !strings.Contains(kind, "jsonl") {
		err = json.Unmarshal(raw, &a.body)
	}
	return a, err
}

// as speaks to the gateway with a demo account's key.
func (s *system) as(role string) caller {
	return caller{s.gateway, s.env["TOUCHSTONE_KEY_"+strings.ToUpper(role)]}
}

// caller is somebody with a key.
type caller struct{ base, key string }

func (c caller) get(t testing.TB, path string) answer {
	t.Helper()
	return request(t, http.MethodGet, c.base+path, c.key, nil)
}

func (c caller) post(t testing.TB, path string, body any, headers ...string) answer {
	t.Helper()
	return request(t, http.MethodPost, c.base+path, c.key, body, headers...)
}

// must posts and requires a status.
func (c caller) must(t testing.TB, status int, path string, body any) object {
	t.Helper()
	a := c.post(t, path, body)
	if a.status != status {
		t.Fatalf("POST %s: %d, want %d: %s", path, a.status, status, a.raw)
	}
	return a.body
}

// upload posts a file as an import does.
func (c caller) upload(t testing.TB, path, name string, content []byte, fields ...string) answer {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	r, err := http.NewRequest(http.MethodPost, c.base+path, &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+c.key)
	a, err := send(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func contains(text []byte, part string) bool { return bytes.Contains(text, []byte(part)) }

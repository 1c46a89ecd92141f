package api

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func TestBadRequestsNameTheField(t *testing.T) {
	w := newWorld(t)
	good := product("6998801000012")
	with := func(field string, value any) object {
		o := object{}
		for k, v := range good {
			o[k] = v
		}
		if o[field] = value; value == nil {
			delete(o, field)
		}
		return o
	}
	for name, c := range map[string]struct {
		body        any
		status      int
		code, field string
	}{
		"not JSON":             {"{", 400, "REQUEST_MALFORMED", ""},
		"two values":           {`{"gtin":"1"} {}`, 400, "REQUEST_MALFORMED", ""},
		"a list":               {"[]", 422, "FIELD_INVALID", ""},
		"missing":              {with("gtin", nil), 422, "FIELD_INVALID", "gtin"},
		"unknown field":        {with("gtinn", "1"), 422, "FIELD_INVALID", "gtinn"},
		"somebody else's name": {with("owner", "rival"), 422, "FIELD_INVALID", "owner"},
		"number for text":      {with("gtin", 6998801000012), 422, "FIELD_INVALID", "gtin"},
		"deep":                 {with("name", object{"zh-CN": 5}), 422, "FIELD_INVALID", "name.zh-CN"},
		"check digit":          {with("gtin", "6998801000013"), 422, "GTIN_CHECK_DIGIT", "gtin"},
		"too few digits":       {with("gtin", "69"), 422, "GTIN_INVALID", "gtin"},
		"empty":                {with("gtin", ""), 422, "GTIN_MISSING", "gtin"},
		"foreign prefix":       {with("gtin", "4006381333931"), 403, "PREFIX_NOT_OWNED", "gtin"},
		"shelf life":           {with("shelfLifeDays", -1), 422, "SHELF_LIFE_INVALID", "shelfLifeDays"},
		"no name":              {with("name", object{"zh-CN": " "}), 422, "NAME_MISSING", "name.zh-CN"},
		"too large":            {with("brand", strings.Repeat("x", 2<<20)), 413, "TOO_LARGE", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.refused("maker", c.status, c.code, "POST", "/api/v1/products", c.body)
			if field, _ := a.body["field"].(string); field != c.field {
				t.Errorf("field %q, want %q: %s", field, c.field, a.raw)
			}
			if a.header.Get("Content-Type") != "application/problem+json" || a.body["requestId"] != a.header.Get("X-Request-Id") {
				t.Errorf("%s %v", a.raw, a.header)
			}
		})
	}
	t.Run("not JSON by its type", func(t *testing.T) {
		w.refused("maker", 400, "REQUEST_MALFORMED", "POST", "/api/v1/products", "gtin=1", "Content-Type", "application/x-www-form-urlencoded")
	})
	t.Run("a parameter", func(t *testing.T) {
		a := w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/batches?limit=0", nil)
		if a.body["field"] != "limit" || strings.Contains(string(a.raw), "schema") {
			t.Errorf("%s", a.raw)
		}
		w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/batches?limit=many", nil)
		w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/transactions/nonsense", nil)
	})
	t.Run("no such route", func(t *testing.T) {
		w.refused("maker", 404, "ROUTE_UNKNOWN", "GET", "/api/v1/nothing", nil)
		w.refused("maker", 405, "METHOD_NOT_ALLOWED", "DELETE", "/api/v1/me", nil)
	})
}

func TestTitlesFollowTheCaller(t *testing.T) {
	w := newWorld(t)
	for language, want := range map[string]string{
		"": "缺少密钥，或密钥无效", "zh": "缺少密钥，或密钥无效", "en-US,en;q=0.8,zh;q=0.2": "The API key is missing or not valid", "fr": "The API key is missing or not valid",
	} {
		a := w.refused("stranger", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil, "Accept-Language", language)
		if a.body["title"] != want || len(a.body["titles"].(object)) != 2 || a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q: %s", language, a.raw)
		}
	}
}

func TestWhoAsksTooOftenWaits(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.RatePerSecond, o.Burst = 1, 30 })
	var limited answer
	for range 40 {
		limited = w.ask("maker", "GET", "/api/v1/me", nil)
	}
	if limited.status != http.StatusTooManyRequests || limited.body["code"] != "TOO_OFTEN" || limited.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", limited.status, limited.raw)
	}
	if a := w.ask("shop", "GET", "/api/v1/me", nil); a.status != 200 {
		t.Errorf("another account is held back too: %s", a.raw)
	}
	for range 30 {
		limited = w.ask("stranger", "GET", "/api/v1/me", nil, "X-Forwarded-For", "10.0.0.1")
	}
	if limited.status != http.StatusTooManyRequests {
		t.Errorf("a stranger may guess on: %d", limited.status)
	}
}

// Every reason has a status and titles in both languages; none is internal but INTERNAL.
func TestEveryReasonHasItsAnswer(t *testing.T) {
	for code := range trace.Codes() {
		if _, ok := statusByCode[code]; !ok {
			t.Errorf("%s has no HTTP status", code)
		}
	}
	for _, code := range allCodes() {
		if title := titleOf(code); title.ZhCN == "" || title.En == "" {
			t.Errorf("%s has no title in both languages", code)
		}
	}
	if e := classify(errors.New("password=secret")); e.Code != Internal || strings.Contains(e.Message, "secret") {
		t.Errorf("%v", e)
	}
	if e := classify(context.DeadlineExceeded); e.Code != Unavailable {
		t.Errorf("%v", e)
	}
}

func TestPublicPages(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready", "/metrics": "touchstone_gateway_request_seconds",
		"/api/openapi.json": `"openapi":"3.1.0"`, "/api/docs": "/api/v1/provenance/{gtin}/{lot}",
	} {
		a := w.must("nobody", 200, "GET", path, nil)
		if !strings.Contains(string(a.raw), want) || strings.Contains(string(a.raw), "https://cdn") {
			t.Errorf("%s: no %q in it", path, want)
		}
	}
	if a := w.must("nobody", 200, "GET", "/metrics", nil); strings.Contains(string(a.raw), "nobody/") || !strings.Contains(string(a.raw), `route="/api/v1/parties/:id/status"`) {
		t.Error("metrics are not by route")
	}
	w.ask("nobody", "GET", "/secret/path/4711", nil)
	if a := w.must("nobody", 200, "GET", "/metrics", nil); strings.Contains(string(a.raw), "4711") {
		t.Error("metrics hold a path that somebody made up")
	}
}

// What is generated is what the document and the pinned generator give.
func TestGeneratedCodeIsFresh(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator")
	}
	for folder, file := range map[string]string{".": "server.gen.go", "../../merchant-portal/client": "client.gen.go"} {
		committed, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		fresh := filepath.Join(t.TempDir(), file)
		document, err := filepath.Abs("openapi.yaml")
		if err != nil {
			t.Fatal(err)
		}
		generate := exec.Command("go", "run", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2",
			"-config", "generate.yaml", "-o", fresh, document)
		generate.Dir = folder
		if out, err := generate.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if now, err := os.ReadFile(fresh); err != nil || string(now) != string(committed) {
			t.Errorf("%s is not fresh: run go generate in %s (%v)", file, folder, err)
		}
	}
}

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

	"github.com/touchstone-trace/touchstone/verifier/program/problem"
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
			if a.header.Get("Content-Type") != "application/problem+json" ||
				a.body["requestId"] != a.header.Get("X-Request-Id") {
				t.Errorf("%s %v", a.raw, a.header)
			}
		})
	}
	t.Run("not JSON by its type", func(t *testing.T) {
		w.refused(
			"maker", 400, "REQUEST_MALFORMED", "POST", "/api/v1/products", "gtin=1", "Content-Type",
			"application/x-www-form-urlencoded",
		)
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
		"": "请先登录", "zh": "请先登录", "en-US,en;q=0.8,zh;q=0.2": "Sign in first", "fr": "Sign in first", "ja": "Sign in first", "ko-KR": "Sign in first",
	} {
		a := w.refused("stranger", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil, "Accept-Language", language)
		if a.body["title"] != want || len(a.body["titles"].(object)) != 2 ||
			a.header.Get("WWW-Authenticate") != "Bearer" {
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
	if limited.status != http.StatusTooManyRequests || limited.body["code"] != "TOO_OFTEN" ||
		limited.header.Get("Retry-After") == "" {
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

// What has no reason is internal, and says nothing of what it is.
func TestWhatHasNoReason(t *testing.T) {
	if e := classify(errors.New("password=secret")); e.Code != problem.Internal ||
		strings.Contains(e.Error(), "secret") {
		t.Errorf("%v", e)
	}
	if e := classify(context.DeadlineExceeded); e.Code != problem.Unavailable {
		t.Errorf("%v", e)
	}
}

func TestPublicPages(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready",
		"/api/openapi.json": `"openapi":"3.1.0"`, "/api/docs": "/api/v1/provenance/{gtin}/{lot}",
	} {
		a := w.must("nobody", 200, "GET", path, nil)
		if !strings.Contains(string(a.raw), want) || strings.Contains(string(a.raw), "https://cdn") {
			t.Errorf("%s: no %q in it", path, want)
		}
	}
	w.refused("nobody", 404, string(problem.RouteUnknown), "GET", "/metrics", nil)
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

// What a merchant has to mend is said in the language asked for, whether the
// validator, the gateway or the contract says it.
func TestDetailsInBothLanguages(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	product := func(change object) object {
		p := object{"gtin": gtin, "name": object{"zh-CN": "茶"}, "brand": "山", "category": "食品"}
		for k, v := range change {
			p[k] = v
		}
		return p
	}
	for _, c := range []struct {
		method, path string
		body         any
		chinese, en  string
	}{
		{"POST", "/api/v1/products", object{}, "缺少这一项", "this property is missing"},
		{"POST", "/api/v1/products", product(object{"zz": 1}), "没有这一项，请删去或核对拼写", "no such property; leave it out, or check its spelling"},
		{"POST", "/api/v1/products", product(object{"brand": 1}), "应为文本", "value must be a string"},
		{"POST", "/api/v1/sales", object{"lines": []any{}}, "至少 1 项", "at least 1 entry"},
		{"POST", "/api/v1/sales", object{"lines": object{}}, "应为列表", "value must be an array"},
		{"POST", "/api/v1/sales", []any{}, "应为对象", "value must be an object"},
		{"POST", "/api/v1/batches", `{"gtin":"` + gtin + `","lot":"NEW","quantity":1e3,"producedOn":"2026-01-02"}`, "请只用数字书写，例如 1000", "write the number in digits only, such as 1000"},
		{"POST", "/api/v1/sales", "x", "请求内容应为一个 JSON 对象（Content-Type: application/json）", "the body must be one JSON object (Content-Type: application/json)"},
		{"GET", "/api/v1/batches?limit=1000", nil, "不能大于 200", "at most 200"},
		{"GET", "/api/v1/transactions/zz", nil, "格式不对，应符合 ^[0-9a-f]{64}$", "not of the form ^[0-9a-f]{64}$"},
		{"GET", "/api/v1/batches/" + gtin + "/NONE", nil, "没有 " + gtin + " NONE，或者您无权查看", "there is no " + gtin + " NONE that you may see"},
		{"POST", "/api/v1/batches", object{"gtin": gtin, "lot": "NEW", "quantity": 1, "producedOn": "2150-01-01"}, "2150-01-01 还没有到", "2150-01-01 lies in the future"},
	} {
		for language, want := range map[string]string{"": c.chinese, "en-GB": c.en} {
			var headers []string
			if language != "" {
				headers = []string{"Accept-Language", language}
			}
			if a := w.ask("maker", c.method, c.path, c.body, headers...); a.body["detail"] != want {
				t.Errorf("%s %s in %q: %s", c.method, c.path, language, a.raw)
			}
		}
	}
}

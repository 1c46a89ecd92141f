package api

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/service/notices"
)

// photo is a small picture, as a scanner makes them.
func photo(t testing.TB) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 8, 8))
	picture.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// form is the upload of a document.
func (w *world) form(name, declared string, content []byte) *http.Request {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	head := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, name)}}
	if declared != "" {
		head.Set("Content-Type", declared)
	}
	part, _ := form.CreatePart(head)
	part.Write(content)
	form.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/api/v1/documents", &b)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

// newcomer begins an application and keeps its key.
func (w *world) newcomer(id string) {
	w.t.Helper()
	a := w.must(
		"nobody",
		201,
		"POST",
		"/api/v1/applications",
		object{"id": id, "name": object{"zh-CN": "新店"}, "roles": []any{"seller"}},
	)
	w.keys[id] = a.body["apiKey"].(string)
}

// TestFromApplicationToQualification: a stranger applies with a document, is
// asked for more, and is accepted; each step with a reason that it reads.
func TestFromApplicationToQualification(t *testing.T) {
	w := newWorld(t)
	w.newcomer("newshop")
	w.refused("newshop", 403, "NOT_ALLOWED", "GET", "/api/v1/products", nil)
	w.refused(
		"nobody",
		409,
		"PARTY_EXISTS",
		"POST",
		"/api/v1/applications",
		object{"id": "newshop", "name": object{"zh-CN": "新店"}, "roles": []any{"seller"}},
	)
	licence := object{
		"kind":         "food",
		"issuer":       "SAMR",
		"number":       "JY1",
		"validTo":      trace.DayOf(time.Now().AddDate(0, 0, 20)),
		"documentHash": strings.Repeat("0", 64),
	}
	request := object{"licences": []any{licence}}
	w.refused("newshop", 422, "FIELD_INVALID", "POST", "/api/v1/me/application", request)
	kept := w.send("newshop", w.form("licence.png", "image/png", photo(t)))
	licence["documentHash"] = kept.body["sha256"]
	w.must("newshop", 201, "POST", "/api/v1/me/application", request)
	if list := w.must("auditor", 200, "GET", "/api/v1/applications", nil).body["items"].([]any); len(list) != 1 {
		t.Errorf("%d applications wait", len(list))
	}
	review := func(outcome, reason string) {
		w.must(
			"platform",
			201,
			"POST",
			"/api/v1/parties/newshop/review",
			object{"outcome": outcome, "reason": object{"zh-CN": reason}},
		)
	}
	review("more_needed", "执照照片不清楚")
	standing := func() object { return w.must("newshop", 200, "GET", "/api/v1/me/standing", nil).body }
	if s := standing(); s["standing"] != "applied" || s["reason"] != "执照照片不清楚" ||
		s["application"].(object)["status"] != "more_needed" {
		t.Errorf("%v", s)
	}
	w.refused(
		"platform", 409, "APPLICATION_MISSING", "POST", "/api/v1/parties/newshop/review",
		object{"outcome": "accepted", "reason": object{"en": "x"}},
	)
	w.must("newshop", 201, "POST", "/api/v1/me/application", request)
	review("accepted", "材料齐全")
	s := standing()
	if s["standing"] != "qualified" || len(s["history"].([]any)) != 2 || s["score"].(object)["points"] != 100.0 ||
		len(s["warnings"].([]any)) != 1 {
		t.Errorf("%v", s)
	}
	w.must("newshop", 200, "GET", "/api/v1/products", nil) // the account has become a seller's
	if role := w.must("newshop", 200, "GET", "/api/v1/me", nil).body["role"]; role != "seller" {
		t.Errorf("role %v", role)
	}
	w.must(
		"platform",
		201,
		"POST",
		"/api/v1/parties/newshop/status",
		object{"status": "suspended", "reason": "抽检不合格", "reasonEn": "A sample failed"},
	)
	if s := standing(); s["standing"] != "suspended" ||
		s["history"].([]any)[2].(object)["reason"].(object)["en"] != "A sample failed" {
		t.Errorf("%v", s)
	}
}

func TestNewcomersAreFew(t *testing.T) {
	w := newWorld(t)
	for n, want := range []int{201, 422, 201, 429} {
		id := []string{"new-a", "Bad Id", "new-b", "new-c"}[n]
		if a := w.ask(
			"nobody",
			"POST",
			"/api/v1/applications",
			object{"id": id, "name": object{"zh-CN": "新"}, "roles": []any{"producer"}},
		); a.status != want {
			t.Errorf("%s: %d %s", id, a.status, a.raw)
		}
	}
}

func TestNobodyAppliesToSupervise(t *testing.T) {
	w := newWorld(t)
	for _, role := range []string{"platform", "auditor"} {
		w.refused(
			"nobody",
			422,
			"FIELD_INVALID",
			"POST",
			"/api/v1/applications",
			object{"id": "boss", "name": object{"zh-CN": "新"}, "roles": []any{role}},
		)
	}
}

// TestDocuments: what is not what it claims is refused and leaves nothing; what
// is kept goes to its owner and supervisors only, as a download.
func TestDocuments(t *testing.T) {
	w := newWorld(t)
	for name, content := range map[string][]byte{"a.pdf": photo(t), "b.png": []byte("<script>"), "c.html": []byte("<html>"), "d.png": photo(t)[:40]} {
		if a := w.send("shop", w.form(name, "", content)); a.status != 422 || a.body["code"] != "DOCUMENT_TYPE" ||
			a.body["field"] != "file" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	if a := w.send("shop", w.form("big.pdf", "", make([]byte, 11<<20))); a.status != 413 {
		t.Errorf("too large: %d %s", a.status, a.raw)
	}
	if kept, err := w.db.DocumentsOf(t.Context(), "shop", nil); len(kept) != 0 || err != nil {
		t.Errorf("%d documents left behind, %v", len(kept), err)
	}
	first := w.send("shop", w.form(`../etc/执照;x.png`, "image/png", photo(t)))
	again := w.send("shop", w.form("again.png", "image/png", photo(t)))
	sum := sha256.Sum256(photo(t))
	if first.status != 201 || first.body["id"] != again.body["id"] ||
		first.body["sha256"] != hex.EncodeToString(sum[:]) {
		t.Fatalf("%s %s", first.raw, again.raw)
	}
	where := "/api/v1/documents/" + first.body["id"].(string)
	for party, want := range map[string]int{"shop": 200, "platform": 200, "auditor": 200, "corner": 404, "maker": 404} {
		a := w.must(party, want, "GET", where, nil)
		if want == 200 && (!bytes.Equal(a.raw, photo(t)) || a.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") || strings.Contains(a.header.Get("Content-Disposition"), "..")) {
			t.Errorf("%s: %v", party, a.header)
		}
	}
	d, _, err := w.db.Document(t.Context(), first.body["id"].(string))
	if err != nil || bytes.Contains(d.Content, []byte("PNG")) {
		t.Errorf("kept in the clear, or %v", err)
	}
}

// TestComplianceByInterface: schedule, check, lapse by an action, closing.
func TestComplianceByInterface(t *testing.T) {
	w := newWorld(t)
	w.must("platform", 200, "PUT", "/api/v1/parties/shop/schedule", object{"riskClass": "high"})
	w.refused(
		"platform", 422, "DATE_INVALID", "PUT", "/api/v1/parties/shop/schedule",
		object{"riskClass": "high", "nextCheckDue": "2036-01-01"},
	)
	check := object{
		"items":   []any{object{"item": object{"zh-CN": "冷柜"}, "result": "failed", "critical": true, "finding": "9 ℃"}},
		"actions": []any{object{"item": 1, "action": "更换", "due": trace.DayOf(time.Now())}},
	}
	id := w.must("platform", 201, "POST", "/api/v1/parties/shop/checks", check).body["id"].(string)
	s := w.must("shop", 200, "GET", "/api/v1/me/standing", nil).body
	if s["riskClass"] != "high" || s["lastCheck"].(object)["result"] != "failed" ||
		s["score"].(object)["points"] != 80.0 ||
		len(s["openActions"].([]any)) != 1 {
		t.Errorf("%v", s)
	}
	w.now = func() time.Time { return time.Now().AddDate(0, 0, 1) }
	if s := w.must("auditor", 200, "GET", "/api/v1/parties/shop/standing", nil).body; s["standing"] != "lapsed" ||
		s["score"].(object)["points"] != 70.0 {
		t.Errorf("with an overdue action: %v", s)
	}
	closing := "/api/v1/checks/" + id + "/actions/1/closing"
	w.must("platform", 201, "POST", closing, object{"note": "已更换"})
	w.refused("platform", 409, "ACTION_CLOSED", "POST", closing, object{"note": "已更换"})
	w.refused("platform", 404, "ACTION_UNKNOWN", "POST", "/api/v1/checks/"+id+"/actions/2/closing", object{"note": "x"})
	list := w.must("shop", 200, "GET", "/api/v1/parties/shop/checks", nil).body["items"].([]any)
	if len(list) != 1 || list[0].(object)["result"] != "failed" {
		t.Errorf("%v", list)
	}
}

func (w *world) inbox(party, query string) (kinds []string, items []any) {
	w.t.Helper()
	items = w.must(party, 200, "GET", "/api/v1/inbox"+query, nil).body["items"].([]any)
	for _, x := range items {
		kinds = append(kinds, x.(object)["kind"].(string))
	}
	return kinds, items
}

// TestInbox: everybody hears what concerns them, once, though blocks are read twice.
func TestInbox(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "corner", "lines": []any{line(10, 10)}})
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{"gtin": gtin, "lots": []any{lot}, "class": "II", "reason": object{"zh-CN": "测试", "en": "test"}},
	)
	for party, want := range map[string]string{"shop": "[recall shipment standing]", "corner": "[recall shipment standing]", "maker": "[recall receipt standing]", "carrier": "[standing]"} {
		if kinds, _ := w.inbox(party, ""); fmt.Sprint(kinds) != want {
			t.Errorf("%s: %v, want %s", party, kinds, want)
		}
	}
	_, items := w.inbox("shop", "?limit=1")
	w.must("shop", 204, "POST", fmt.Sprintf("/api/v1/inbox/%v/read", items[0].(object)["id"]), nil)
	w.refused(
		"corner", 404, "NOTICE_UNKNOWN", "POST", fmt.Sprintf("/api/v1/inbox/%v/read", items[0].(object)["id"]), nil,
	)
	if kinds, _ := w.inbox("shop", ""); fmt.Sprint(kinds) != "[shipment standing recall]" {
		t.Errorf("the read one is not last: %v", kinds)
	}
	if kinds, _ := w.inbox("shop", "?unread=true"); fmt.Sprint(kinds) != "[shipment standing]" {
		t.Errorf("unread: %v", kinds)
	}
	var paged []string
	for after := ""; ; {
		page := w.must("shop", 200, "GET", "/api/v1/inbox?limit=1&after="+urlQuery(after), nil).body
		paged = append(paged, page["items"].([]any)[0].(object)["kind"].(string))
		next, more := page["next"].(string)
		if !more {
			break
		}
		after = next
	}
	if fmt.Sprint(paged) != "[shipment standing recall]" {
		t.Errorf("page by page: %v", paged)
	}
	w.refused("shop", 422, "FIELD_INVALID", "GET", "/api/v1/inbox?after=x", nil)
}

// TestExpiryIsToldOnce: each threshold has one entry, however often one looks.
func TestExpiryIsToldOnce(t *testing.T) {
	w := newWorld(t)
	ends := time.Now().AddDate(0, 0, 100)
	w.must("platform", 200, "PUT", "/api/v1/parties/shop", object{"name": object{"zh-CN": "店"},
		"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "JY1", "validTo": trace.DayOf(ends)}}})
	told := map[string]int{}
	for _, before := range []int{90, 60, 59, 30, 8, 7, 0, -1, -2} {
		w.now = func() time.Time { return ends.AddDate(0, 0, -before) }
		for range 2 {
			told = map[string]int{}
			kinds, _ := w.inbox("shop", "")
			for _, k := range kinds {
				told[k]++
			}
		}
	}
	if told["licence_expiring"] != 3 || told["alert"] != 1 {
		t.Errorf("%v", told)
	}
}

// receiver is a merchant's server that fails at first.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	fails  int
	bodies []string
	heads  []http.Header
}

func newReceiver(t *testing.T, fails int) *receiver {
	r := &receiver{fails: fails}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.fails--; r.fails >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		r.bodies, r.heads = append(r.bodies, string(body)), append(r.heads, request.Header)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) count() int { r.mu.Lock(); defer r.mu.Unlock(); return len(r.bodies) }

// TestWebhook: an entry that is wanted is sent, signed, tried again, and sent
// again when asked for; one that is not wanted is not; another party's is not seen.
func TestWebhook(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, 1)
	made := w.must(
		"shop", 201, "POST", "/api/v1/webhooks", object{"url": r.URL, "events": []any{"shipment"}},
		"Idempotency-Key", "hook",
	).body
	again := w.must(
		"shop", 201, "POST", "/api/v1/webhooks", object{"url": r.URL, "events": []any{"shipment"}},
		"Idempotency-Key", "hook",
	).body
	if again["secret"] != nil || again["id"] != made["id"] {
		t.Errorf("the secret is shown twice: %v", again)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	courier := &notices.Courier{
		Deliveries: w.db,
		Sender:     w.s.Notices.Sender,
		Box:        w.s.Notices.Box,
		Now:        time.Now,
		Log:        slog.New(slog.DiscardHandler),
	}
	go func() { courier.Run(ctx); close(done) }()
	defer func() { stop(); <-done }()
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{"gtin": gtin, "lots": []any{lot}, "class": "II", "reason": object{"zh-CN": "测试", "en": "test"}},
	)
	where := "/api/v1/webhooks/" + made["id"].(string) + "/deliveries"
	deliveries := func() []any { return w.must("shop", 200, "GET", where, nil).body["items"].([]any) }
	eventually(
		t,
		"the first attempt",
		func() bool { return len(deliveries()) == 1 && len(deliveries()[0].(object)["attempts"].([]any)) == 1 },
	)
	if d := deliveries()[0].(object); d["status"] != "pending" || d["attempts"].([]any)[0].(object)["answer"] != 503.0 {
		t.Errorf("%v", d)
	}
	if err := w.exec(`update app.delivery set next_try = now()`); err != nil { // the wait is over
		t.Fatal(err)
	}
	eventually(t, "the second attempt", func() bool { return r.count() == 1 })
	stamp, sum, _ := strings.Cut(strings.TrimPrefix(r.heads[0].Get("Touchstone-Signature"), "t="), ",v1=")
	mac := hmac.New(sha256.New, []byte(made["secret"].(string)))
	mac.Write([]byte(stamp + "." + r.bodies[0]))
	if sum != hex.EncodeToString(mac.Sum(nil)) || !strings.Contains(r.bodies[0], `"kind":"shipment"`) {
		t.Errorf("%v %s", r.heads[0], r.bodies[0])
	}
	eventually(t, "the end", func() bool { return deliveries()[0].(object)["status"] == "delivered" })
	replay := fmt.Sprintf("/api/v1/deliveries/%v/replay", deliveries()[0].(object)["id"])
	w.refused("corner", 404, "DELIVERY_UNKNOWN", "POST", replay, nil)
	w.must("shop", 204, "POST", replay, nil)
	eventually(t, "the replay", func() bool { return r.count() == 2 })
	if r.heads[0].Get("Touchstone-Delivery") != r.heads[1].Get("Touchstone-Delivery") {
		t.Error("a replay has another id")
	}
	trial := "/api/v1/webhooks/" + made["id"].(string) + "/trial"
	w.refused("corner", 404, "WEBHOOK_UNKNOWN", "POST", trial, nil)
	if came := w.must("shop", 200, "POST", trial, nil).body; came["arrived"] != true || r.count() != 3 ||
		!strings.Contains(r.bodies[2], `"kind":"trial"`) {
		t.Errorf("%v %s", came, r.bodies[len(r.bodies)-1])
	}
	if len(deliveries()) != 1 {
		t.Error("a trial is kept among the deliveries")
	}
	w.must("shop", 204, "DELETE", "/api/v1/webhooks/"+made["id"].(string), nil)
	w.refused("shop", 404, "WEBHOOK_UNKNOWN", "GET", where, nil)
}

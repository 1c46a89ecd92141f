package api

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/gateway/service/rooms"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/gateway/webhook"
	"github.com/touchstone-trace/touchstone/network/trust"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

func TestMain(m *testing.M) { os.Exit(databasetest.Main(m)) }

// world is a gateway over the real contract and a real database, with a
// platform, two producers and the other parties of a supply chain.
type world struct {
	t      testing.TB
	db     *store.Store
	ledger *oneProcess
	s      *rooms.Rooms
	access *access.Desk
	now    func() time.Time // the rooms' clock
	url    string
	served http.Handler

	database string
	keys     map[string]string         // by party
	jars     map[string]http.CookieJar // of those who come by browser
	routes   map[string]*routers.Route
}

// people are the parties of the tests with their roles; rival is a second producer.
var people = []struct {
	id       string
	role     trace.Role
	prefixes []string
}{
	{"maker", trace.RoleProducer, []string{"6998801"}},
	{"rival", trace.RoleProducer, []string{"4006381"}},
	{"carrier", trace.RoleDistributor, nil},
	{"shop", trace.RoleSeller, nil},
	{"corner", trace.RoleSeller, nil},
	{"lab", trace.RoleInspector, nil},
	{"auditor", trace.RoleAuditor, nil},
}

type options func(*Options)

func newWorld(t testing.TB, change ...options) *world {
	t.Helper()
	databaseURL := databasetest.URL(t)
	db := storetest.As(t, databaseURL, database.Gateway)
	w := &world{
		t:        t,
		db:       db,
		database: databaseURL,
		ledger:   newOneProcess(t, db, storetest.As(t, databaseURL, database.Projector)),
		now:      time.Now,
		keys:     map[string]string{},
		jars:     map[string]http.CookieJar{},
	}
	master := seal.Epoch{Number: 1, MasterKey: [32]byte{1, 2, 3}}
	keys, err := seal.NewKeyring(master)
	if err != nil {
		t.Fatal(err)
	}
	box, err := enrol.NewBox(bytes.Repeat([]byte{7}, enrol.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	if testing.Verbose() {
		log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	w.s = rooms.Join(
		rooms.Parts{
			Store:    db,
			Ledger:   w.ledger,
			Horizon:  w.ledger,
			Enroller: w.ledger,
			Blocks:   w.ledger,
			Numbered: w.ledger,
			Endorser: w.ledger,
			Peers:    w.ledger,
			Sender:   webhook.NewSender(true),
			Box:      box,
			Keys:     keys,
			Trust:    &proof.Trust{Version: trust.Version},
			Platform: "platform",
			URIBase:  "https://trace.example",
			Now:      func() time.Time { return w.now() },
			Log:      log,
		},
	)
	w.access = &access.Desk{
		People:     db,
		Team:       db,
		Keys:       db,
		Factors:    db,
		Passkeys:   db,
		Links:      db,
		Sessions:   db,
		Tries:      db,
		Ceremonies: db,
		Log:        db,
		Applicants: w.s.Parties,
		Parties:    db,
		Box:        box,
		Trouble:    log,
	}
	o := Options{
		Rooms:         w.s,
		Access:        w.access,
		Accounts:      db,
		Answers:       db,
		Trails:        db,
		Ready:         func(context.Context) error { return nil },
		Log:           log,
		Metrics:       prometheus.NewRegistry(),
		RatePerSecond: 10_000,
		Burst:         10_000,
	}
	for _, c := range change {
		c(&o)
	}
	handler, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	w.url, w.served = server.URL, handler
	doc, err := loadDocument()
	if err != nil {
		t.Fatal(err)
	}
	w.routes = doc.routes()
	w.settle()
	return w
}

// settle registers and qualifies everybody, through the interface.
func (w *world) settle() {
	w.t.Helper()
	ctx := context.Background()
	if err := w.ledger.Enrol(ctx, trace.PlatformMSP, "platform"); err != nil {
		w.t.Fatal(err)
	}
	_, err := w.ledger.Submit(
		ctx,
		record.Call{Party: "platform", Transaction: trace.RegisterParty, Request: trace.Party{
			ID: "platform",
			Name: trace.Text{
				ZhCN: "平台",
			},
			MSP:      trace.PlatformMSP,
			Identity: "platform",
			Roles:    []trace.Role{trace.RolePlatform},
		}},
	)
	if err != nil {
		w.t.Fatal(err)
	}
	w.keys["platform"] = service.NewKey()
	if _, err := w.db.CreateAccount(
		ctx,
		record.Account{Name: "platform", Party: "platform", Role: trace.RolePlatform},
		service.HashKey(w.keys["platform"]),
	); err != nil {
		w.t.Fatal(err)
	}
	for _, p := range people {
		w.must(
			"platform",
			201,
			"POST",
			"/api/v1/parties",
			object{
				"id":       p.id,
				"name":     object{"zh-CN": "甲 " + p.id},
				"roles":    []any{p.role},
				"prefixes": append([]string{}, p.prefixes...),
			},
		)
		w.must(
			"platform", 201, "POST", "/api/v1/parties/"+p.id+"/status",
			object{"status": "qualified", "reason": "documents seen"},
		)
		a := w.must(
			"platform", 201, "POST", "/api/v1/parties/"+p.id+"/accounts", object{"account": p.id, "role": p.role},
		)
		w.keys[p.id] = a.body["apiKey"].(string)
	}
}

// runJobs starts a worker until the test ends.
func (w *world) runJobs() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	worker := &jobs.Worker{Kinds: w.s.Kinds(), Log: w.s.Writer.Log, Queue: w.db, Wake: w.db.JobNotices(ctx)}
	go func() { worker.Run(ctx); close(done) }()
	w.t.Cleanup(func() { stop(); <-done })
}

type object = map[string]any

// answer is what came back. Body is set where it is a JSON object.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   object
}

// ask sends a request as a party's account and holds the answer to the document.
func (w *world) ask(party, method, path string, body any, headers ...string) answer {
	w.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			w.t.Fatal(err)
		}
		content = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, w.url+path, content)
	if err != nil {
		w.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.send(party, r)
}

func (w *world) send(party string, r *http.Request) answer {
	w.t.Helper()
	if w.keys[party] != "" {
		r.Header.Set("Authorization", "Bearer "+w.keys[party])
	}
	response, err := (&http.Client{Jar: w.jars[party]}).Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	a := answer{status: response.StatusCode, header: response.Header, raw: raw}
	if bytes.HasPrefix(raw, []byte("{")) && a.isJSON() {
		if err := json.Unmarshal(raw, &a.body); err != nil {
			w.t.Fatal(err)
		}
	}
	w.holdToDocument(r, a)
	return a
}

// isJSON tells one document from a file of lines, each of which is one.
func (a answer) isJSON() bool {
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	return strings.HasSuffix(kind, "json")
}

// holdToDocument checks every answer that any test gets against openapi.yaml.
func (w *world) holdToDocument(r *http.Request, a answer) {
	w.t.Helper()
	route := w.routeOf(r)
	if route == nil || !a.isJSON() {
		return
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: route},
		Status:                 a.status,
		Header:                 a.header,
		Options:                &openapi3filter.Options{IncludeResponseStatus: true},
	}
	input.SetBodyBytes(a.raw)
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		w.t.Errorf(
			"%s %s answered %d %s, which the document does not allow: %v",
			r.Method,
			r.URL.Path,
			a.status,
			a.raw,
			err,
		)
	}
}

// routeOf finds a request's operation: the one of the same shape with the most literal parts.
func (w *world) routeOf(r *http.Request) (best *routers.Route) {
	parts, most := strings.Split(r.URL.Path, "/"), -1
	for _, route := range w.routes {
		pattern := strings.Split(route.Path, "/")
		if route.Method != r.Method || len(pattern) != len(parts) {
			continue
		}
		literal := 0
		for i, p := range pattern {
			if p == parts[i] {
				literal++
			} else if !strings.HasPrefix(p, "{") {
				literal = -1
				break
			}
		}
		if literal > most {
			best, most = route, literal
		}
	}
	return best
}

// must asks and requires a status.
func (w *world) must(party string, status int, method, path string, body any, headers ...string) answer {
	w.t.Helper()
	a := w.ask(party, method, path, body, headers...)
	if a.status != status {
		w.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, party, a.status, status, a.raw)
	}
	return a
}

// refused asks and requires a problem with a code.
func (w *world) refused(
	party string, status int, code string, method, path string, body any, headers ...string,
) answer {
	w.t.Helper()
	a := w.ask(party, method, path, body, headers...)
	if a.status != status || a.body["code"] != code {
		w.t.Errorf("%s %s as %s: %d %s, want %d %s", method, path, party, a.status, a.raw, status, code)
	}
	return a
}

func (w *world) upload(party, kind string, file []byte, query string, headers ...string) answer {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.WriteField("kind", kind)
	part, _ := form.CreateFormFile("file", "goods.csv")
	part.Write(file)
	form.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/api/v1/imports"+query, &b)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.send(party, r)
}

const (
	gtin = "06998801000012"
	lot  = "202610A01"
)

func product(gtin string) object {
	return object{
		"gtin":          gtin,
		"name":          object{"zh-CN": "烟酰胺精华液 30ml", "en": "Niacinamide serum"},
		"brand":         "澄岩",
		"shelfLifeDays": 730,
	}
}

func batch(gtin, lot string, quantity int) object {
	return object{"gtin": gtin, "lot": lot, "quantity": quantity, "producedOn": "2026-01-02", "origin": "浙江杭州"}
}

func line(from, count int) object {
	return object{"gtin": gtin, "lot": lot, "from": from, "count": count}
}

// stock registers the product and a batch of it, held by its maker.
func (w *world) stock(quantity int) {
	w.t.Helper()
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, quantity))
}

// deliver ships units and has them received; it answers the shipment's id.
func (w *world) deliver(from, to string, lines ...any) string {
	w.t.Helper()
	id := w.must(from, 201, "POST", "/api/v1/shipments", object{"to": to, "lines": lines}).body["id"].(string)
	w.must(to, 201, "POST", "/api/v1/shipments/"+id+"/receipt", object{})
	return id
}

// exec changes the database behind everybody's back, as time and crashes do.
func (w *world) exec(statement string, args ...any) error {
	db, err := sql.Open("postgres", w.database)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement, args...)
	return err
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("not in time:", what)
}

func urlQuery(s string) string { return url.QueryEscape(s) }

func path(format string, args ...any) string { return "/api/v1" + fmt.Sprintf(format, args...) }

package api

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/gateway/service/notices"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// Whoever sends slowly holds no place: an import of another party, and of the
// same one, goes on beside twenty bodies that never end.
func TestSlowBodiesBlockNobody(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	for range 20 {
		c, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(
			c,
			"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 20000000\r\n\r\n--b\r\n%s",
			w.keys["maker"],
			strings.Repeat("x", 100_000),
		)
	}
	for _, party := range []string{"rival", "maker"} {
		a := w.upload(party, "products", []byte("GTIN,名称,品牌\n4006381333931,笔,施德楼\n"), "?dryRun=true")
		if a.status >= 400 {
			t.Errorf("%s: %d %s", party, a.status, a.raw)
		}
	}
}

// A party that has its part of the places leaves the others to the others.
func TestPlacesAreShared(t *testing.T) {
	e, middle, wait := echo.New(), few(8), make(chan struct{})
	ask := func(party string) error {
		c := e.NewContext(httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder())
		setCaller(c, service.Caller{Party: party})
		return middle(func(echo.Context) error { <-wait; return nil })(c)
	}
	var running sync.WaitGroup
	answers := make(chan error, 12)
	for range 12 { // of one party, which reads slowly
		running.Go(func() { answers <- ask("slow") })
	}
	for range 10 {
		select {
		case err := <-answers:
			if code := classify(err).Code; code != problem.TooOften {
				t.Errorf("answered %s", code)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("more than two run")
		}
	}
	close(wait)
	if err := ask("other"); err != nil {
		t.Errorf("another party: %v", err)
	}
	running.Wait()
}

// hanging is a party's server that never answers.
type hanging struct {
	notices.Sender
	dead string
}

func (h hanging) Send(ctx context.Context, target, id string, secret, body []byte, at time.Time) (int, error) {
	if strings.Contains(target, h.dead) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	return h.Sender.Send(ctx, target, id, secret, body, at)
}

// A party whose servers are dead, with fifty notices to ten of them, holds up
// nobody else's.
func TestDeadWebhooksBlockNobody(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, 0)
	for i := range 10 {
		w.must(
			"corner",
			201,
			"POST",
			"/api/v1/webhooks",
			object{"url": fmt.Sprintf("http://dead.example/%d", i), "events": []any{"shipment"}},
		)
	}
	w.must("shop", 201, "POST", "/api/v1/webhooks", object{"url": r.URL, "events": []any{"shipment"}})
	w.stock(100)
	for i := range 5 {
		w.deliver("maker", "corner", line(i, 1))
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	courier := &notices.Courier{
		Deliveries: w.db,
		Sender:     hanging{w.s.Notices.Sender, "dead.example"},
		Box:        w.s.Notices.Box,
		Now:        time.Now,
		Log:        slog.New(slog.DiscardHandler),
	}
	go func() { courier.Run(ctx); close(done) }()
	defer func() { stop(); <-done }()
	w.deliver("maker", "shop", line(50, 1))
	eventually(t, "the notice of the party whose server lives", func() bool { return r.count() > 0 })
}

// A batch that the ledger refuses leaves neither its tree nor its serials; one
// that is registered already is refused before its units are made.
func TestARefusedBatchLeavesNoRows(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	rows := func() (n int) {
		if err := w.ask1(
			`select (select count(*) from app.unit_tree) + (select count(*) from app.listed_serial)`,
			&n,
		); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := rows()
	w.refused("maker", 409, string(trace.BatchExists), "POST", "/api/v1/batches", batch(gtin, lot, 1_000_000))
	made := making(lot, "MIX")
	made["inputs"] = []any{input(lot, 7, 5, 100)} // there are ten in all
	if a := w.ask("maker", "POST", "/api/v1/transformations", made); a.status != 409 && a.status != 422 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if after := rows(); after != before {
		t.Errorf("%d rows, %d before", after, before)
	}
	w.must("maker", 201, "POST", "/api/v1/transformations", making(lot, "MIX"))
	if after := rows(); after != before+1 {
		t.Errorf("%d rows after a batch that was made, %d before", after, before)
	}
}

// treesKept counts the trees that are kept, each of which was computed before.
type treesKept struct {
	goods.Store
	n int
}

func (k *treesKept) SaveUnitTree(ctx context.Context, root [32]byte, quantity int64, row []byte) error {
	k.n++
	return k.Store.SaveUnitTree(ctx, root, quantity, row)
}

// No tree of a million units is computed for a batch that the ledger refuses,
// whatever it refuses it for.
func TestARefusedBatchCostsNoTree(t *testing.T) {
	w := newWorld(t)
	w.stock(20)
	w.deliver("maker", "shop", line(0, 5))
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "BAD", 10))
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{
			"gtin":   gtin,
			"lots":   []any{"BAD"},
			"class":  "I",
			"reason": object{"zh-CN": "异物", "en": "Foreign matter"},
		},
	)
	trees := &treesKept{Store: w.db}
	w.s.Goods = goods.New(w.s.Writer, trees, w.s.Sight, w.s.Units, w.s.Codes, w.s.Units.Keys.Current)
	million := func(from string, first int) object {
		return object{
			"inputs":  []any{input(from, first, 5, 200_000)},
			"measure": "GRM",
			"content": 1,
			"output":  batch(gtin, "MIX", 1_000_000),
		}
	}
	unknown := million(lot, 10)
	unknown["output"] = batch("06998801000999", "MIX", 1_000_000)
	for what, c := range map[string]struct {
		path string
		body object
		code trace.Code
	}{
		"units that one sees and does not hold": {"transformations", million(lot, 0), trace.NotHolder},
		"units that are recalled":               {"transformations", million("BAD", 0), trace.UnitsRecalled},
		"units that there are not":              {"transformations", million(lot, 18), trace.LineOutOfRange},
		"a product that there is not":           {"transformations", unknown, trace.ProductUnknown},
		"a lot that there is":                   {"batches", batch(gtin, lot, 1_000_000), trace.BatchExists},
	} {
		a := w.ask("maker", "POST", "/api/v1/"+c.path, c.body)
		if a.status < 400 || a.body["code"] != string(c.code) || trees.n != 0 {
			t.Errorf("%s: %d trees; %d %s", what, trees.n, a.status, a.raw)
		}
		trees.n = 0
	}
	if w.must("maker", 201, "POST", "/api/v1/transformations", million(lot, 10)); trees.n == 0 {
		t.Error("what the ledger takes has no tree")
	}
}

// A body of many small values is refused before they are unpacked, which takes
// fifty times its size; a text of what such bodies are made of is one value.
func TestABodyOfManyValues(t *testing.T) {
	w := newWorld(t)
	large := func(value string) string {
		return `{"gtin":"6998801000012","lot":"X","quantity":1,"producedOn":"2026-01-02","serials":[` + strings.Repeat(
			value+",", 7<<20/(len(value)+1),
		) + value + `]}`
	}
	for _, value := range []string{`0`, `"a"`, `{}`, `[]`} {
		body := large(value)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.refused("maker", 400, string(trace.RequestMalformed), "POST", "/api/v1/batches", body)
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 100 {
			t.Errorf("7 MB of %s took %d MB", value, took)
		}
	}
	w.refused(
		"maker",
		422,
		string(trace.FieldInvalid),
		"POST",
		"/api/v1/batches",
		large(`"`+strings.Repeat(`[{\",`, 1000)+`"`),
	)
}

// Large pictures are decoded one after the other, whoever sends them.
func TestPicturesShareTheMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes large pictures")
	}
	w := newWorld(t)
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewNRGBA64(image.Rect(0, 0, 3000, 3000))); err != nil {
		t.Fatal(err)
	}
	t.Logf("a file of %d kB is 72 MB in memory", file.Len()>>10)
	runtime.GC()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			_, err := w.s.Parties.Upload(
				context.Background(),
				service.Caller{Account: "maker", Party: people[i].id, Role: trace.RoleProducer,
					Trail: &service.Trail{}},
				parties.Upload{Name: "a.png", Content: file.Bytes()},
			)
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	close(stop)
	if most := <-peak; most > 300<<20 {
		t.Errorf("%d MB of heap at most", most>>20)
	} else {
		t.Logf("%d MB of heap at most", most>>20)
	}
}

// ask1 reads one value of the database.
func (w *world) ask1(query string, into any) error {
	db, err := sql.Open("postgres", w.database)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.QueryRow(query).Scan(into)
}

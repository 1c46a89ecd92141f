package web_test

import (
	"bytes"
	"context"
	"database/sql"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// The environment in which this test program is the rival of BenchmarkScanLoad.
const (
	rivalListen   = "RIVAL_LISTEN"
	rivalDatabase = "RIVAL_DATABASE_URL"
	rivalSecret   = "RIVAL_SECRET"
)

// oneInsert is how scans are often kept: a statement and a commit for each, over
// as many connections as the verifier has.
type oneInsert struct{ insert *sql.Stmt }

func newOneInsert(databaseURL string) (oneInsert, error) {
	db, err := sql.Open("postgres", databaseURL)
	if err != nil {
		return oneInsert{}, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	insert, err := db.Prepare(`
		with scan as (
			insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place) values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (nonce) do nothing
			returning gtin, lot, unit_index, at, place)
		insert into scan.unit as u (gtin, lot, unit_index, count, first_at, last_at, last_place)
		select gtin, lot, unit_index, 1, at, at, place from scan
		on conflict (gtin, lot, unit_index) do update set count = u.count + 1, last_at = excluded.last_at, last_place = excluded.last_place
		returning count, first_at, last_at, last_place`)
	return oneInsert{insert}, err
}

func (o oneInsert) Confirm(ctx context.Context, s verdict.Scan) (a verdict.Scans, err error) {
	if o.insert == nil {
		return verdict.Scans{Count: 1}, nil
	}
	return a, o.insert.QueryRowContext(ctx, s.Nonce, s.Unit.GTIN, s.Unit.Lot, s.Unit.Index, s.At, s.Device, s.Place).
		Scan(&a.Count, &a.First, &a.Last, &a.LastPlace)
}

func (oneInsert) Seen(verdict.Unit, time.Time) {}

// serveRival serves until it is killed, where the environment asks for it.
func serveRival() error {
	listen := os.Getenv(rivalListen)
	if listen == "" {
		return nil
	}
	s, err := store.Open(os.Getenv(rivalDatabase))
	if err != nil {
		return err
	}
	scans, err := newOneInsert(os.Getenv(rivalDatabase))
	if err != nil {
		return err
	}
	codes, err := seal.ReadKeyring(verifiertest.MasterKeys)
	if err != nil {
		return err
	}
	_, loopback, _ := net.ParseCIDR("127.0.0.0/8")
	o := webtest.Options(&verifiertest.World{Codes: codes, Store: s})
	o.Scans, o.Secret, o.Proxies, o.PlaceHeader = scans, bytes.Clone([]byte(os.Getenv(rivalSecret))), []*net.IPNet{
		loopback,
	}, "X-City"
	o.Limits, o.Metrics = web.Limits{Reads: 20, Scans: 10, Activations: 1, Complaints: 1}, prometheus.NewRegistry()
	return http.ListenAndServe(listen, web.New(o))
}

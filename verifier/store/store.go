// Package store is the verifier's way to Postgres: it reads the records about a
// unit (schemas ledger and app, which the gateway writes) and keeps scans and
// PIN tries (schema scan, its own).
//
// It judges nothing: what the records mean is for verifier/verdict. Nothing in
// it waits longer than it is told to, whatever state Postgres is in.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"time"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/touchstone-trace/touchstone/verifier/once"
)

// Pool bounds. Postgres' default of 100 connections serves several verifiers.
// Scans are written over connections of their own, which no flood of readers takes.
const (
	maxConns     = 20
	maxIdleConns = 10
	maxWriters   = 4
	maxConnLife  = 30 * time.Minute
)

// Store is a pool of connections and the writer of scans. It is safe for
// concurrent use by any number of verifiers on one database.
type Store struct {
	db     *sql.DB
	read   onceStatement
	writes *sql.DB
	record onceStatement
	scans  *writer[scanRequest]
	seen   *writer[seenUnit]
}

// Open prepares a pool for a postgres:// URL, which must say its sslmode. It
// does not connect: a verifier starts, and says "unavailable", without Postgres.
func Open(databaseURL string) (*Store, error) {
	dsn, err := withSettings(databaseURL)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, errors.New("the database URL is not a valid postgres:// URL")
	}
	s := &Store{db: openPool(connector, maxConns, maxIdleConns), writes: openPool(connector, maxWriters, maxWriters)}
	s.read.db, s.read.query = s.db, recordsQuery
	s.record.db, s.record.query = s.writes, scansQuery
	s.scans = newWriter(s.writeScans)
	s.seen = newWriter(s.writeSeen)
	return s, nil
}

func openPool(c driver.Connector, open, idle int) *sql.DB {
	db := sql.OpenDB(once.Connector(c))
	db.SetMaxOpenConns(open)
	db.SetMaxIdleConns(idle)
	db.SetConnMaxLifetime(maxConnLife)
	return db
}

// withSettings adds the session settings that the code relies on. Errors never
// quote the URL: it holds a password.
func withSettings(databaseURL string) (string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return "", errors.New("the database URL must have the form postgres://USER@HOST:PORT/NAME?sslmode=MODE")
	}
	q := u.Query()
	if q.Get("sslmode") == "" {
		return "", errors.New("the database URL does not say sslmode: add ?sslmode=verify-full, or ?sslmode=disable for a server on this machine")
	}
	settings := map[string]string{
		"timezone": "UTC", "connect_timeout": "2", "statement_timeout": "5000", "lock_timeout": "3000",
		"synchronous_commit": "on",  // a scan is durable before it is answered
		"jit":                "off", // compiling these short statements takes longer than running them
	}
	for key, value := range settings {
		if !q.Has(key) {
			q.Set(key, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Close writes what is still waiting and ends all connections.
func (s *Store) Close() error {
	s.scans.close()
	s.seen.close()
	return errors.Join(s.db.Close(), s.writes.Close())
}

// Ready reports whether Postgres answers and holds the tables that verdicts
// are read from.
func (s *Store) Ready(ctx context.Context) error {
	_, err := bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(ctx, `select 1 from ledger.unit_flag, app.unit_tree, app.label_print, app.alert, scan.unit, scan.unit_risk limit 0`)
	})
	return err
}

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings schema scan up to date. Verifiers that start together take
// turns by an advisory lock.
func (s *Store) Migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, createSchema); err != nil {
		return fmt.Errorf("create schema scan: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(migrationLock))
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, s.db, files,
		goose.WithSessionLocker(locker), goose.WithTableName("scan.goose_db_version"))
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate schema scan: %w", err)
	}
	return nil
}

// createSchema is run before goose, whose table stands in the schema. The lock
// keeps two verifiers from creating it at once, which "if not exists" does not.
const createSchema = `do $$ begin
	perform pg_advisory_xact_lock(7230165114);
	create schema if not exists scan;
end $$`

// migrationLock differs from the gateway's, so that each migrates its own schema at its own time.
const migrationLock = 7230165115

// bounded returns when f does or the context ends, whichever comes first. A
// server that is stopped in mid-answer keeps f, and its connection, until the
// server goes on or the connection breaks; the caller is not kept.
func bounded[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

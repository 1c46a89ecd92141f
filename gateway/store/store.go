// Package store keeps what the gateway keeps in Postgres: the read model (schema
// ledger, written by the projector only), and accounts, identities and
// submissions (schema app). It is the gateway's only user of a database driver.
//
// It applies what it is told and decides nothing: rules of the supply chain are
// in chaincode/trace and on the ledger.
package store

import (
	"context"
	"database/sql"
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

// Store is a pool of connections. It is safe for concurrent use.
type Store struct {
	db  *sql.DB
	url string // for connections of their own: listening, the leader's lock
}

// Pool bounds. Postgres' default of 100 connections serves several gateways.
const (
	maxConns       = 20
	maxIdleConns   = 10
	maxConnLife    = 30 * time.Minute
	defaultTimeout = 30 * time.Second // of one statement
)

// Open prepares a pool for a postgres:// URL, which must say its sslmode. It
// does not connect.
func Open(databaseURL string) (*Store, error) {
	dsn, err := withSettings(databaseURL)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, errors.New("the database URL is not a valid postgres:// URL")
	}
	db := sql.OpenDB(once.Connector(connector))
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxIdleConns)
	db.SetConnMaxLifetime(maxConnLife)
	return &Store{db: db, url: dsn}, nil
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
		"timezone":          "UTC",
		"connect_timeout":   "5",
		"statement_timeout": fmt.Sprint(defaultTimeout.Milliseconds()),
		"lock_timeout":      "10000",
		// A gateway that hangs in the middle of a transaction must not hold its locks for long.
		"idle_in_transaction_session_timeout": "10000",
		// A gateway whose machine is gone must not hold the projector's lock for hours.
		"tcp_keepalives_idle":     "15",
		"tcp_keepalives_interval": "5",
		"tcp_keepalives_count":    "3",
	}
	for key, value := range settings {
		if !q.Has(key) {
			q.Set(key, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Close ends all connections.
func (s *Store) Close() error { return s.db.Close() }

// pingTime is how long a database that works takes at most to say so.
const pingTime = 2 * time.Second

// Ping reports whether the database answers. It comes back in time from one that
// hangs too, for which the driver would wait.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	answered := make(chan error, 1)
	go func() { answered <- s.db.PingContext(ctx) }()
	select {
	case err := <-answered:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schemas up to date. Gateways that start together take
// turns by an advisory lock.
func (s *Store) Migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, s.db, files, goose.WithSessionLocker(locker),
		goose.WithAllowOutofOrder(true)) // areas number theirs in ranges of their own, so that a lower one may come later
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

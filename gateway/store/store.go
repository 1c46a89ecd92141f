// Package store keeps what the gateway keeps in Postgres: the read model (schema
// ledger, written over the projector's connections only), and accounts, identities
// and submissions (schema app). It is the gateway's only user of a database driver.
//
// It applies what it is told and decides nothing: rules of the supply chain are
// in chaincode/trace and on the ledger.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
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
	defaultTimeout = 30 * time.Second // of one statement
)

// settings are those of a session that the code relies on.
var settings = map[string]string{
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

// Open prepares a pool for a postgres:// URL, which must say its sslmode. It
// does not connect.
func Open(databaseURL string) (*Store, error) {
	address, err := database.Address(databaseURL, settings)
	if err != nil {
		return nil, err
	}
	db, err := database.Pool(address, maxConns, maxIdleConns)
	if err != nil {
		return nil, err
	}
	return &Store{db: db, url: address}, nil
}

// InTx runs fn in a transaction and commits it (see database.InTx).
func (s *Store) InTx(ctx context.Context, fn func(*sql.Tx) error) error {
	return database.InTx(ctx, s.db, fn)
}

// Migrate brings all schemas up to date, which only their owner may.
func (s *Store) Migrate(ctx context.Context) error { return database.Migrate(ctx, s.db) }

// Migrated reports by its error what keeps the schemas from being up to date.
func (s *Store) Migrated(ctx context.Context) error { return database.Migrated(ctx, s.db) }

// Close ends all connections.
func (s *Store) Close() error { return s.db.Close() }

// pingTime is how long a database that works takes at most to say so.
const pingTime = 2 * time.Second

// Ping reports whether the database answers. It comes back in time from one that
// hangs too, for which the driver would wait.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	_, err := database.Bounded(ctx, func() (struct{}, error) { return struct{}{}, s.db.PingContext(ctx) })
	return err
}

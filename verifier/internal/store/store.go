// Package store is the verifier's way to Postgres: it reads the records about a
// unit (schemas ledger and app, which the gateway writes) and keeps what shoppers
// do and give (schema scan, its own). What the gateway must learn of it goes
// through functions of schema app (see verifier/program/database).
//
// It judges nothing: what the records mean is for verifier/rules/verdict. Nothing in
// it waits longer than it is told to, whatever state Postgres is in.
package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

// Pool bounds. Postgres' default of 100 connections serves several verifiers.
// Scans are written over connections of their own, which no flood of readers takes.
const (
	maxConns     = 20
	maxIdleConns = 10
	maxWriters   = 4
)

// settings are those of a session that the code relies on.
var settings = map[string]string{
	"timezone": "UTC", "connect_timeout": "2", "statement_timeout": "5000", "lock_timeout": "3000",
	"synchronous_commit": "on",  // a scan is durable before it is answered
	"jit":                "off", // compiling these short statements takes longer than running them
}

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
	address, err := database.Address(databaseURL, settings)
	if err != nil {
		return nil, err
	}
	s := &Store{}
	if s.db, err = database.Pool(address, maxConns, maxIdleConns); err != nil {
		return nil, err
	}
	if s.writes, err = database.Pool(address, maxWriters, maxWriters); err != nil {
		return nil, err
	}
	s.read.db, s.read.query = s.db, recordsQuery
	s.record.db, s.record.query = s.writes, scansQuery
	s.scans = newWriter(s.writeScans)
	s.seen = newWriter(s.writeSeen)
	return s, nil
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
	_, err := database.Bounded(ctx, func() (struct{}, error) { return struct{}{}, database.Migrated(ctx, s.db) })
	return err
}

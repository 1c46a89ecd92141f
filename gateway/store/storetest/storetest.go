// Package storetest gives tests a gateway's store over a database of their own.
package storetest

import (
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// New gives a store over a migrated database of the test's own.
func New(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, databasetest.URL(t))
}

// Open gives another store over a database that databasetest created, as a
// second gateway would have.
func Open(t testing.TB, databaseURL string) *store.Store {
	t.Helper()
	s, err := store.Open(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

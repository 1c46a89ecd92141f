// Package storetest gives tests a gateway's store over a database of their own.
package storetest

import (
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// New gives a gateway's store over a migrated database of the test's own.
func New(t testing.TB) *store.Store {
	t.Helper()
	return As(t, databasetest.URL(t), database.Gateway)
}

// Projecting gives a projector's store over a migrated database of the test's own.
func Projecting(t testing.TB) *store.Store {
	t.Helper()
	return As(t, databasetest.URL(t), database.Projector)
}

// As gives another store over a database that databasetest created, as a second
// program would have, with the rights of one role.
func As(t testing.TB, databaseURL, role string) *store.Store {
	t.Helper()
	return Open(t, databasetest.As(databaseURL, role))
}

// Open gives a store with the rights of the address's user.
func Open(t testing.TB, databaseURL string) *store.Store {
	t.Helper()
	s, err := store.Open(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

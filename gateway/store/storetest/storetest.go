// Package storetest gives tests a real Postgres: a database of their own for
// each test, cloned from one that was migrated once. The server is the one that
// TOUCHSTONE_TEST_DATABASE_URL names (its user must be able to create
// databases), or a private one that lives as long as the test process.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/store"
)

// server is what Main started or found; empty outside Main.
var server struct {
	url      string
	template string
	next     atomic.Int64
}

// Main runs a package's tests with a server behind them and answers the exit
// code: func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }.
func Main(m *testing.M) int {
	stop, err := start()
	if err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		return 1
	}
	defer stop()
	return m.Run()
}

func start() (stop func(), err error) {
	stopServer := func() {}
	server.url = os.Getenv("TOUCHSTONE_TEST_DATABASE_URL")
	if server.url == "" {
		if server.url, stopServer, err = startPrivate(); err != nil {
			return nil, err
		}
	}
	server.template = fmt.Sprintf("touchstone_test_%d_%d", os.Getpid(), time.Now().UnixNano())
	if err := migrateTemplate(); err != nil {
		stopServer()
		return nil, err
	}
	return func() { _ = admin("drop database " + server.template); stopServer() }, nil
}

func migrateTemplate() error {
	if err := admin("create database " + server.template); err != nil {
		return err
	}
	s, err := store.Open(databaseURL(server.template))
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Migrate(context.Background())
}

// New gives a store over a migrated database of the test's own.
func New(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, URL(t))
}

// Open gives another store over a database that URL created, as a second
// gateway would have.
func Open(t testing.TB, databaseURL string) *store.Store {
	t.Helper()
	s, err := store.Open(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// URL creates a migrated database for the test and gives its address.
func URL(t testing.TB) string {
	t.Helper()
	if server.url == "" {
		t.Fatal("storetest: call storetest.Main in TestMain")
	}
	name := fmt.Sprintf("%s_%d", server.template, server.next.Add(1))
	if err := admin("create database " + name + " template " + server.template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin("drop database " + name + " with (force)") })
	return databaseURL(name)
}

func databaseURL(name string) string {
	u, err := url.Parse(server.url)
	if err != nil {
		panic(err) // start has connected with it
	}
	u.Path = "/" + name
	return u.String()
}

// admin runs a statement that cannot run in a transaction. Names in it are
// made by this package.
func admin(statement string) error {
	db, err := sql.Open("postgres", server.url)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

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
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/store"
)

// server is what the first test that needs one started or found.
var server struct {
	once     sync.Once
	err      error
	url      string
	template string
	stop     func()
	next     atomic.Int64
}

// Main runs a package's tests, stops the server that they needed, if any, and
// answers the exit code: func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }.
func Main(m *testing.M) int {
	server.stop = func() {}
	defer func() { server.stop() }()
	return m.Run()
}

func start() error {
	server.url = os.Getenv("TOUCHSTONE_TEST_DATABASE_URL")
	if server.url == "" {
		url, stop, err := startPrivate()
		if err != nil {
			return err
		}
		server.url, server.stop = url, stop
	}
	server.template = fmt.Sprintf("touchstone_test_%d_%d", os.Getpid(), time.Now().UnixNano())
	stopServer := server.stop
	server.stop = func() { _ = admin("drop database " + server.template); stopServer() }
	return migrateTemplate()
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
	if server.stop == nil {
		t.Fatal("storetest: call storetest.Main in TestMain")
	}
	if server.once.Do(func() { server.err = start() }); server.err != nil {
		t.Fatalf("storetest: %v", server.err)
	}
	name := fmt.Sprintf("%s_%d", server.template, server.next.Add(1))
	if err := admin("create database " + name + " template " + server.template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin("drop database " + name + " with (force)") })
	if os.Getenv(cutVariable) != "" {
		return cutting(t, databaseURL(name))
	}
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

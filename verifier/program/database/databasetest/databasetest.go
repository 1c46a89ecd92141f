// Package databasetest gives tests a real Postgres: a database of their own for
// each test, cloned from one that was migrated once. The server is the one that
// TOUCHSTONE_TEST_DATABASE_URL names (its user must be able to create databases
// and roles, and to be them), or a private one that lives as long as the test process.
package databasetest

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

	"github.com/touchstone-trace/touchstone/verifier/program/database"
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
// answers the exit code: func TestMain(m *testing.M) { os.Exit(databasetest.Main(m)) }.
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
	if err := makeRoles(server.url); err != nil {
		return err
	}
	if err := admin("create database " + server.template + " owner " + database.Owner); err != nil {
		return err
	}
	return migrate(As(databaseURL(server.template), database.Owner))
}

// makeRoles makes those that are not there, or that another process makes first.
func makeRoles(serverURL string) error {
	for _, role := range append([]string{database.Owner}, database.Programs...) {
		err := run(
			serverURL,
			"do $$ begin create role "+role+"; exception when duplicate_object or unique_violation then null; end $$",
		)
		if err != nil {
			return err
		}
	}
	return nil
}

func migrate(databaseURL string) error {
	db, err := database.Pool(databaseURL, 2, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	return database.Migrate(context.Background(), db)
}

// As gives the address at which one is a role of a program, with its rights and no others.
func As(databaseURL, role string) string {
	u, err := url.Parse(databaseURL)
	if err != nil {
		panic(err) // this package has made it
	}
	q := u.Query()
	q.Set("role", role)
	u.RawQuery = q.Encode()
	return u.String()
}

// URL creates a migrated database for the test and gives its address, for an administrator (see As).
func URL(t testing.TB) string {
	t.Helper()
	return create(t, func(name string) string { return "create database " + name + " template " + server.template })
}

// Empty creates a database that was never migrated.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, func(name string) string { return "create database " + name })
}

func create(t testing.TB, statement func(name string) string) string {
	t.Helper()
	if server.stop == nil {
		t.Fatal("databasetest: call databasetest.Main in TestMain")
	}
	if server.once.Do(func() { server.err = start() }); server.err != nil {
		t.Fatalf("databasetest: %v", server.err)
	}
	name := fmt.Sprintf("%s_%d", server.template, server.next.Add(1))
	if err := admin(statement(name)); err != nil {
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
func admin(statement string) error { return run(server.url, statement) }

func run(serverURL, statement string) error {
	db, err := sql.Open("postgres", serverURL)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// Package database opens Postgres for both programs, keeps its schemas up to
// date, and runs transactions. It is the only one beside the two stores that
// knows a database driver; it knows no table.
package database

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/lifeline"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
)

// maxConnLife bounds for how long a connection is used.
const maxConnLife = 30 * time.Minute

// Address adds session settings, where the URL has none of the name, to a
// postgres:// URL, which must say its sslmode. Errors never quote the URL: it
// holds a password.
func Address(databaseURL string, settings map[string]string) (string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return "", errors.New("the database URL must have the form postgres://USER@HOST:PORT/NAME?sslmode=MODE")
	}
	q := u.Query()
	if q.Get("sslmode") == "" {
		return "", errors.New(
			"the database URL does not say sslmode: add ?sslmode=verify-full, or ?sslmode=disable for a server on this machine",
		)
	}
	for key, value := range settings {
		if !q.Has(key) {
			q.Set(key, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Pool prepares connections whose writes take effect once (see package once) and
// whose calls end where the server hangs (see package lifeline). It does not connect.
func Pool(address string, open, idle int) (*sql.DB, error) {
	connector, err := pq.NewConnector(address)
	if err != nil {
		return nil, errors.New("the database URL is not a valid postgres:// URL")
	}
	connector.Dialer(lifeline.New())
	db := sql.OpenDB(once.Connector(connector))
	db.SetMaxOpenConns(open)
	db.SetMaxIdleConns(idle)
	db.SetConnMaxLifetime(maxConnLife)
	return db, nil
}

// Bounded returns when f does or the context ends, whichever comes first. A
// server that is stopped in mid-answer keeps f, and its connection, until the
// server goes on or the connection breaks; the caller is not kept.
func Bounded[T any](ctx context.Context, f func() (T, error)) (T, error) {
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

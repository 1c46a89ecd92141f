// Package once makes a write of its own take effect once. database/sql runs a statement again where the connection
// breaks while its answer is awaited, so an INSERT outside a transaction can be there twice, or fail because it is
// there already. Under this driver every such write runs in a transaction of its own, and where the answer to a commit
// is lost Postgres is asked, on a new connection, what became of it (pg_xact_status). Only what was certainly rolled
// back is run again. The same holds for the commits of transactions that the caller has begun.
//
// It wraps any Postgres driver and imports none.
package once

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"regexp"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Errors of a commit whose answer was lost.
var (
	// ErrRolledBack: nothing was written; the transaction may be run again.
	ErrRolledBack = errors.New("the connection broke and the transaction was rolled back")
	// ErrUnknown: Postgres could not be asked in time what became of the transaction.
	ErrUnknown = errors.New("the connection broke in the commit, and what became of it is not known")
)

// Again runs a transaction again, a few times, where it was certainly rolled
// back because its connection broke.
func Again[T any](run func() (T, error)) (T, error) {
	for attempt := 1; ; attempt++ {
		if v, err := run(); attempt == attempts || !errors.Is(err, ErrRolledBack) {
			return v, err
		}
	}
}

const attempts = 4

// asking bounds how long Postgres is asked for the outcome, which also has to outlast a restart.
const asking = 20 * time.Second

// Connector wraps a driver's connector.
func Connector(inner driver.Connector) driver.Connector { return connector{inner} }

type connector struct{ inner driver.Connector }

func (c connector) Driver() driver.Driver { return c.inner.Driver() }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.inner.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: inner, connector: c.inner}, nil
}

// conn is one connection; busy says that the caller's own transaction is open on it.
type conn struct {
	driver.Conn
	connector driver.Connector
	busy      bool
}

// writing tells statements that change something. Databases are made outside of transactions.
var (
	writing = regexp.MustCompile(`(?i)\b(insert|update|delete|truncate|create|alter|drop|do)\b`)
	outside = regexp.MustCompile(`(?i)^\s*(create|drop)\s+database\b`)
)

func (c *conn) alone(query string) bool {
	return !c.busy && writing.MatchString(query) && !outside.MatchString(query)
}

// ExecContext runs a statement, a write outside a transaction in one of its own.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	execer, ok := c.Conn.(driver.ExecerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	return c.exec(ctx, query, func() (driver.Result, error) { return execer.ExecContext(ctx, query, args) })
}

func (c *conn) exec(
	ctx context.Context, query string, run func() (driver.Result, error),
) (result driver.Result, err error) {
	if !c.alone(query) {
		return run()
	}
	err = c.write(ctx, func() error {
		result, err = run()
		return err
	})
	return result, err
}

// QueryContext runs a query. The rows that a write returns are read before it is committed.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	queryer, ok := c.Conn.(driver.QueryerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	return c.ask(ctx, query, func() (driver.Rows, error) { return queryer.QueryContext(ctx, query, args) })
}

func (c *conn) ask(ctx context.Context, query string, run func() (driver.Rows, error)) (driver.Rows, error) {
	if !c.alone(query) {
		return run()
	}
	var all *rows
	err := c.write(ctx, func() error {
		answer, err := run()
		if err != nil {
			return err
		}
		all, err = readAll(answer)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// write runs a statement in a transaction of its own. What was certainly rolled
// back for a lost connection is ErrBadConn, which database/sql runs again.
func (c *conn) write(ctx context.Context, statement func() error) error {
	tx, err := c.BeginTx(ctx, driver.TxOptions{})
	if err != nil {
		return err
	}
	if err := statement(); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); errors.Is(err, ErrRolledBack) {
		return driver.ErrBadConn
	} else {
		return err
	}
}

// BeginTx begins a transaction whose commit is resolved.
func (c *conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	beginner, ok := c.Conn.(driver.ConnBeginTx)
	if !ok {
		return nil, errors.New("the driver begins no transactions with a context")
	}
	inner, err := beginner.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	c.busy = true
	return &tx{inner, c}, nil
}

type tx struct {
	inner driver.Tx
	conn  *conn
}

func (t *tx) Rollback() error {
	t.conn.busy = false
	return t.inner.Rollback()
}

// Commit commits. Where the answer is lost it finds out what became of it.
func (t *tx) Commit() error {
	t.conn.busy = false
	ctx, cancel := context.WithTimeout(context.Background(), asking)
	defer cancel()
	id, err := text(ctx, t.conn.Conn, `select coalesce(pg_current_xact_id_if_assigned()::text, '')`)
	if err != nil {
		_ = t.inner.Rollback()
		if lost(err) {
			return ErrRolledBack // it was never asked to commit
		}
		return err
	}
	err = t.inner.Commit()
	switch {
	case err == nil || !lost(err):
		return err
	case id == "":
		return nil // nothing was written
	}
	return t.conn.outcome(ctx, id)
}

// outcome asks what became of a transaction, until that is decided.
func (c *conn) outcome(ctx context.Context, id string) error {
	for {
		status := ""
		if other, err := c.connector.Connect(ctx); err == nil {
			status, _ = text(ctx, other, `select coalesce(pg_xact_status($1::xid8), '')`, id)
			_ = other.Close()
		}
		switch status {
		case "committed":
			return nil
		case "aborted":
			return ErrRolledBack
		}
		if !wait.For(ctx, 50*time.Millisecond) {
			return ErrUnknown
		}
	}
}

// lost tells a broken connection from an answer of the server.
func lost(err error) bool {
	var answer interface{ SQLState() string }
	if !errors.As(err, &answer) {
		return true
	}
	state := answer.SQLState()
	return state[:min(2, len(state))] == "08" || state == "57P01" || state == "57P02"
}

// text reads one text from a connection.
func text(ctx context.Context, c driver.Conn, query string, args ...string) (string, error) {
	values := make([]driver.NamedValue, len(args))
	for i, a := range args {
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	answer, err := c.(driver.QueryerContext).QueryContext(ctx, query, values)
	if err != nil {
		return "", err
	}
	all, err := readAll(answer)
	if err != nil || len(all.values) == 0 {
		return "", errors.Join(err, io.ErrUnexpectedEOF)
	}
	switch v := all.values[0][0].(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", errors.New("not a text")
}

// rows are rows that have been read.
type rows struct {
	columns []string
	values  [][]driver.Value
}

func readAll(answer driver.Rows) (*rows, error) {
	defer func() { _ = answer.Close() }()
	all := &rows{columns: answer.Columns()}
	for {
		row := make([]driver.Value, len(all.columns))
		switch err := answer.Next(row); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = append([]byte{}, b...)
			}
		}
		all.values = append(all.values, row)
	}
}

func (r *rows) Columns() []string { return r.columns }
func (r *rows) Close() error      { return nil }

func (r *rows) Next(into []driver.Value) error {
	if len(r.values) == 0 {
		return io.EOF
	}
	copy(into, r.values[0])
	r.values = r.values[1:]
	return nil
}

// PrepareContext prepares a statement; each of its runs is like that of a statement that was not.
func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	p, ok := c.Conn.(driver.ConnPrepareContext)
	if !ok {
		return c.Prepare(query)
	}
	inner, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if full, ok := inner.(statement); ok {
		return &prepared{full, c, query}, nil
	}
	return inner, nil
}

// statement is what the drivers' prepared statements can do; those of COPY cannot.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type prepared struct {
	statement
	conn  *conn
	query string
}

// ExecContext runs the statement, a write outside a transaction in one of its own.
func (p *prepared) ExecContext(ctx context.Context, args []driver.NamedValue) (result driver.Result, err error) {
	return p.conn.exec(ctx, p.query, func() (driver.Result, error) { return p.statement.ExecContext(ctx, args) })
}

// QueryContext runs the statement likewise.
func (p *prepared) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return p.conn.ask(ctx, p.query, func() (driver.Rows, error) { return p.statement.QueryContext(ctx, args) })
}

// CheckNamedValue lets the driver convert arguments.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// Ping asks whether the server answers.
func (c *conn) Ping(ctx context.Context) error {
	if p, ok := c.Conn.(driver.Pinger); ok {
		return p.Ping(ctx)
	}
	return nil
}

// ResetSession and IsValid keep broken connections out of the pool.
func (c *conn) ResetSession(ctx context.Context) error {
	c.busy = false
	if r, ok := c.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid tells whether the connection may be used again.
func (c *conn) IsValid() bool {
	v, ok := c.Conn.(driver.Validator)
	return !ok || v.IsValid()
}

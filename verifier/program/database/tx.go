package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// txAttempts bounds how often InTx runs a transaction that the database
// rolled back for reasons that pass.
const txAttempts = 5

// txPauses are those between its attempts.
var txPauses = wait.BackOff{First: 30 * time.Millisecond, Longest: 100 * time.Millisecond}

// InTx runs fn in a transaction and commits it. Where the database certainly
// rolled back for a reason that passes (a serialization failure, a deadlock, a
// connection lost before the commit was sent), fn runs again, so it must have no
// effect outside the transaction. Where the answer to the commit is lost the
// driver asks what became of it (see package once); only what nobody can tell is
// an error.
func InTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	for attempt := 1; ; attempt++ {
		retry, err := tryTx(ctx, db, fn)
		if err == nil || !retry || attempt == txAttempts {
			return err
		}
		if !wait.For(ctx, wait.Spread(txPauses.After(attempt), 0.5)) {
			return err
		}
	}
}

func tryTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) (retry bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return lostConnection(err), fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // does nothing after a commit
	if err := fn(tx); err != nil {
		return rolledBack(err) || lostConnection(err), err
	}
	if err := tx.Commit(); err != nil {
		return rolledBack(err) || errors.Is(err, once.ErrRolledBack), fmt.Errorf("commit: %w", err)
	}
	return false, nil
}

// SQLSTATE codes that somebody asks for.
const (
	uniqueViolation      = "23505"
	foreignKeyViolation  = "23503"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
)

// sqlState gives the five-character code of a database error, or "".
func sqlState(err error) string {
	var e *pq.Error
	if errors.As(err, &e) {
		return string(e.Code)
	}
	return ""
}

// IsUnique reports whether err is the violation of a unique constraint.
func IsUnique(err error) bool { return sqlState(err) == uniqueViolation }

// IsForeignKey reports whether err is the violation of a foreign key.
func IsForeignKey(err error) bool { return sqlState(err) == foreignKeyViolation }

func rolledBack(err error) bool {
	s := sqlState(err)
	return s == serializationFailure || s == deadlockDetected
}

func lostConnection(err error) bool {
	switch s := sqlState(err); {
	case s == adminShutdown, s == crashShutdown, s == cannotConnectNow, len(s) == 5 && s[:2] == "08":
		return true
	}
	var network *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &network)
}

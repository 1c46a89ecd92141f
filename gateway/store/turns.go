package store

import (
	"context"
	"database/sql"
)

// takeTurns lets one transaction at a time go on for a party, until it ends.
// What counts before it adds needs this: statements that run beside each other
// do not see each other's rows, and a statement counts what was there when it
// began, so the lock is taken by one of its own.
func takeTurns(ctx context.Context, tx *sql.Tx, party string) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended('count ' || $1, 0))`, party)
	return err
}

// addCounted runs a statement that adds one to what a party has, unless it has
// as many as it may have; false where it has.
func (s *Store) addCounted(ctx context.Context, party, statement string, args ...any) (added bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, party); err != nil {
			return err
		}
		added, err = one(tx.ExecContext(ctx, statement, args...))
		return err
	})
	return added, err
}

package database_test

import (
	"database/sql"
	"errors"
	"sync"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// Writers that the database sets against each other all come through.
func TestInTxRetriesSerializationFailures(t *testing.T) {
	db := pool(t, databasetest.URL(t))
	exec := func(statement string) {
		t.Helper()
		if err := database.InTx(
			t.Context(), db, func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err },
		); err != nil {
			t.Fatal(err)
		}
	}
	exec(`create table counter (n integer)`)
	exec(`insert into counter values (0)`)
	const writers = 3
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			err := database.InTx(t.Context(), db, func(tx *sql.Tx) error {
				var n int
				_, err := tx.Exec(`set transaction isolation level serializable`)
				return errors.Join(err, tx.QueryRow(`select n from counter`).Scan(&n), func() error {
					_, err := tx.Exec(`update counter set n = $1`, n+1)
					return err
				}())
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	err := database.InTx(t.Context(), db, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRow(`select n from counter`).Scan(&n)
		if n != writers {
			t.Errorf("counted %d, want %d", n, writers)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestInTxRollsBack(t *testing.T) {
	db := pool(t, databasetest.URL(t))
	refused := errors.New("refused")
	err := database.InTx(t.Context(), db, func(tx *sql.Tx) error {
		if _, err := tx.Exec(
			`insert into ledger.product (gtin, owner, doc, tx_id) values ('1', 'o', '{"name": {"zh-CN": "x"}, "brand": "b"}', 't')`,
		); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if err := database.InTx(t.Context(), db, func(tx *sql.Tx) error {
		return tx.QueryRow(`select from ledger.product`).Scan()
	}); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("something was written: %v", err)
	}
}

package store

import (
	"context"
	"database/sql"
	"fmt"
)

// maxAnchored bounds what one anchor covers, and so the size of a proof's work.
const maxAnchored = 10_000

// SealLog gives the next entries of a log their place in it, and answers the
// digests that the next anchor covers, beginning with entry from. It answers
// none where everything is anchored. What it has sealed once stays as it is, so
// that an anchor whose outcome was not seen is tried with the same entries.
func (s *Store) SealLog(ctx context.Context, log string) (from int64, digests [][]byte, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		from, digests = 0, nil
		if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1, hashtext($2))`, sealLock, log); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sealEntries, log, maxAnchored); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `select coalesce(max(to_seq), 0) from ledger.anchor where log = $1`, log).Scan(&from); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `select digest from app.log_entry where log = $1 and seq >= $2 and seq < $2 + $3 order by seq`,
			log, from, maxAnchored)
		if err != nil {
			return err
		}
		digests, err = collect(rows, func(row scanner) (d []byte, err error) { return d, row.Scan(&d) })
		return err
	})
	if err != nil {
		err = fmt.Errorf("seal log %s: %w", log, err)
	}
	return from, digests, err
}

// sealLock keeps two from numbering the entries of one log at once.
const sealLock = 0x6c6f67 // "log"

const sealEntries = `with next as (select coalesce(max(seq) + 1, 0) as seq from app.log_entry where log = $1),
	fresh as (select ref, row_number() over (order by id) - 1 as n from app.log_entry where log = $1 and seq is null order by id limit $2)
	update app.log_entry e set seq = next.seq + fresh.n from next, fresh where e.ref = fresh.ref`

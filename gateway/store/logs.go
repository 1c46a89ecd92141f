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
		if _, err := tx.ExecContext(ctx, `select app.seal_log($1, $2)`, log, maxAnchored); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `select coalesce(max(to_seq), 0) from ledger.anchor where log = $1`, log).
			Scan(&from); err != nil {
			return err
		}
		rows, err := tx.QueryContext(
			ctx,
			`select digest from app.log_entry where log = $1 and seq >= $2 and seq < $2 + $3 order by seq`,
			log,
			from,
			maxAnchored,
		)
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

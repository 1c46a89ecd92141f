package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Reconciled keeps what a comparison of the read model with a rebuild gave.
func (s *Store) Reconciled(ctx context.Context, r record.Reconciliation) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(
			ctx,
			`insert into app.reconciliation (blocks, fingerprint, equal) values ($1, $2, $3)`,
			r.Blocks,
			r.Fingerprint,
			r.Equal,
		)
		return err
	})
}

// LastReconciliation gives the newest comparison; false where there was none.
func (s *Store) LastReconciliation(ctx context.Context) (r record.Reconciliation, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `select at, blocks, fingerprint, equal from app.reconciliation order by id desc limit 1`).
		Scan(&r.At, &r.Blocks, &r.Fingerprint, &r.Equal)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	return r, err == nil, err
}

// PartiesOfBlock gives who sent a block's transactions, each once; "" stands for
// what no party sent.
func (s *Store) PartiesOfBlock(ctx context.Context, block uint64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select distinct coalesce(party, '') from ledger.tx where block = $1`, block)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (party string, err error) { return party, row.Scan(&party) })
}

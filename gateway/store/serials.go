package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// SaveSerials keeps the serials of a batch whose factory brought them, in the
// order of its units, all or none. The same root always has the same serials.
func (s *Store) SaveSerials(ctx context.Context, root [32]byte, serials []string) error {
	read := make([]string, len(serials))
	for i, x := range serials {
		read[i] = seal.Normalise(x)
	}
	_, err := s.db.ExecContext(ctx, `insert into app.listed_serial (units_root, unit_index, serial, read)
		select $1, n - 1, serial, read from unnest($2::text[], $3::text[]) with ordinality as u (serial, read, n)
		on conflict (units_root, unit_index) do nothing`, root[:], pq.Array(serials), pq.Array(read))
	return err
}

const unusedRoot = `not exists (select from ledger.batch b where b.units_root = $1)`

// ForgetUnits removes the tree, the commitments and the serials under a root that no batch has.
func (s *Store) ForgetUnits(ctx context.Context, root [32]byte) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		for _, remove := range []string{
			`delete from app.listed_serial where units_root = $1 and ` + unusedRoot,
			`delete from app.unit_commitment where units_root = $1 and ` + unusedRoot,
			`delete from app.unit_tree where units_root = $1 and ` + unusedRoot,
		} {
			if _, err := tx.ExecContext(ctx, remove, root[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Serials gives the listed serials of count units from one on, fewer where the
// batch ends or lists none.
func (s *Store) Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select serial from app.listed_serial
		where units_root = $1 and unit_index >= $2 and unit_index < $3 order by unit_index`, root[:], from, from+count)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (serial string, err error) { return serial, row.Scan(&serial) })
}

// SerialIndex finds a unit by its listed serial, however it was typed.
func (s *Store) SerialIndex(ctx context.Context, root [32]byte, serial string) (index int64, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `select unit_index from app.listed_serial where units_root = $1 and read = $2`,
		root[:], seal.Normalise(serial)).Scan(&index)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return index, err == nil, err
}

// SerialsTaken gives, of serials as people read them, those that units of a
// product's other batches have, with their lots.
func (s *Store) SerialsTaken(ctx context.Context, gtin, but string, read []string) (map[string]string, error) {
	rows, err := s.db.QueryContext(ctx, `select l.read, b.lot from ledger.batch b
		join app.listed_serial l on l.units_root = decode(b.doc ->> 'unitsRoot', 'hex') and l.read = any($3)
		where b.gtin = $1 and b.lot <> $2 and b.doc ? 'listed'`, gtin, but, pq.Array(read))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lots := map[string]string{}
	for rows.Next() {
		var serial, lot string
		if err := rows.Scan(&serial, &lot); err != nil {
			return nil, err
		}
		lots[serial] = lot
	}
	return lots, rows.Err()
}

// SerialsEnding finds the units from one on whose listed serials end so.
func (s *Store) SerialsEnding(ctx context.Context, root [32]byte, ending string, from, count int64) ([]int64, error) {
	rows, err := s.db.QueryContext(ctx, `select unit_index from app.listed_serial
		where units_root = $1 and right(read, 6) = $2 and unit_index >= $3 and unit_index < $4 order by unit_index limit 100`,
		root[:], ending, from, from+count)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (index int64, err error) { return index, row.Scan(&index) })
}

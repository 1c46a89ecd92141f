package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// ListedBatches gives the batches whose factories brought their serials.
func (s *Store) ListedBatches(ctx context.Context) ([]trace.Batch, error) {
	rows, err := s.db.QueryContext(ctx, `select doc from ledger.batch where doc ? 'listed'`)
	if err != nil {
		return nil, fmt.Errorf("read the batches with listed serials: %w", err)
	}
	defer rows.Close()
	var all []trace.Batch
	for rows.Next() {
		var doc []byte
		var b trace.Batch
		if err := errors.Join(rows.Scan(&doc), json.Unmarshal(doc, &b)); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// Serial finds a listed serial, however it was typed, and gives it as printed.
func (s *Store) Serial(
	ctx context.Context, root [32]byte, typed string,
) (index int64, serial string, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `select unit_index, serial from app.listed_serial where units_root = $1 and read = $2`,
		root[:], seal.Normalise(typed)).
		Scan(&index, &serial)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", false, nil
	}
	return index, serial, err == nil, err
}

// ListedUnit finds a unit by a serial that its batch lists, however it was typed.
func (s *Store) ListedUnit(ctx context.Context, gtin, lot, typed string) (index int64, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `select l.unit_index from ledger.batch b
		join app.listed_serial l on l.units_root = decode(b.doc ->> 'unitsRoot', 'hex') and l.read = $3
		where b.gtin = $1 and b.lot = $2 and b.doc ? 'listed'`, gtin, lot, seal.Normalise(typed)).Scan(&index)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return index, err == nil, err
}

// Serials gives the listed serials of count units from one on.
func (s *Store) Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select serial from app.listed_serial
		where units_root = $1 and unit_index >= $2 and unit_index < $3 order by unit_index`, root[:], from, from+count)
	if err != nil {
		return nil, fmt.Errorf("read listed serials: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var serial string
		if err := rows.Scan(&serial); err != nil {
			return nil, err
		}
		all = append(all, serial)
	}
	return all, rows.Err()
}

// oddLotsAtOnce bounds one read of lots; no block has as many transactions.
const oddLotsAtOnce = 20_000

// OddLots walks the lots that are not plain: see web.SerialSource.
func (s *Store) OddLots(
	ctx context.Context, from int64, walk func(gtin, lot string),
) (next int64, level time.Time, err error) {
	err = s.db.QueryRowContext(ctx, `select coalesce(max(checked_at), 'epoch') from ledger.checkpoint`).Scan(&level)
	if err != nil {
		return from, level, fmt.Errorf("read when the read model was level: %w", err)
	}
	rows, err := s.db.QueryContext(ctx, `select gtin, lot, block from ledger.batch
		where translate(upper(lot), 'O', '0') <> lot and block >= $1 order by block limit $2`, from, oddLotsAtOnce)
	if err != nil {
		return from, level, fmt.Errorf("read the lots that are not plain: %w", err)
	}
	defer rows.Close()
	for next = from; rows.Next(); {
		var gtin, lot string
		if err := rows.Scan(&gtin, &lot, &next); err != nil {
			return from, level, err
		}
		walk(gtin, lot)
	}
	return next, level, rows.Err()
}

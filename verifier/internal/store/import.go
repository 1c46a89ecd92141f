package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/internal/scanimport"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// Quantity implements scanimport.Log.
func (s *Store) Quantity(ctx context.Context, gtin, lot string) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, `select quantity from ledger.batch where gtin = $1 and lot = $2`, gtin, lot).
		Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read a batch: %w", err)
	}
	return n, nil
}

// Import implements scanimport.Log.
func (s *Store) Import(ctx context.Context, entries []scanimport.Entry) (added int, err error) {
	return once.Again(func() (int, error) { return s.importOnce(ctx, entries) })
}

func (s *Store) importOnce(ctx context.Context, entries []scanimport.Entry) (added int, err error) {
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("import scans: %w", err)
	}
	defer tx.Rollback()
	var scans pq.ByteaArray
	for len(entries) > 0 {
		n := sameTable(entries)
		ids, err := importRun(ctx, tx, entries[:n])
		if err != nil {
			return 0, fmt.Errorf("import scans: %w", err)
		}
		if added += len(ids); entries[0].Kind == scanrisk.Scan {
			scans = append(scans, ids...)
		}
		entries = entries[n:]
	}
	if _, err := tx.ExecContext(ctx, countImported, scans); err != nil {
		return 0, fmt.Errorf("count imported scans: %w", err)
	}
	return added, tx.Commit()
}

// sameTable says how many entries from the first on go into the same table: the
// log numbers rows by statement, and must have them in their order.
func sameTable(entries []scanimport.Entry) int {
	for i, e := range entries {
		if (e.Kind == scanrisk.Scan) != (entries[0].Kind == scanrisk.Scan) {
			return i
		}
	}
	return len(entries)
}

// importRun gives the names of those that were not there yet.
func importRun(ctx context.Context, tx *sql.Tx, entries []scanimport.Entry) (added pq.ByteaArray, err error) {
	n := len(entries)
	ids, devices := make(pq.ByteaArray, n), make(pq.ByteaArray, n)
	gtins, lots, ats, places := make(pq.StringArray, n), make(pq.StringArray, n), make(pq.StringArray, n), make(
		pq.StringArray, n,
	)
	indexes, accepted := make(pq.Int64Array, n), make(pq.BoolArray, n)
	lats, lons := make([]sql.NullFloat64, n), make([]sql.NullFloat64, n)
	for i, e := range entries {
		ids[i], devices[i], gtins[i], lots[i], indexes[i] = e.ID[:], known(
			e.Device,
		), e.Unit.GTIN, e.Unit.Lot, e.Unit.Index
		ats[i], places[i], accepted[i] = e.At.UTC().Format(time.RFC3339Nano), e.City, e.Kind == scanrisk.Activate
		lats[i], lons[i] = coordinates(e.Point)
	}
	args := []any{ids, gtins, lots, indexes, ats, devices, places, pq.Array(lats), pq.Array(lons)}
	statement := importEntries
	if entries[0].Kind != scanrisk.Scan {
		statement, args = importPINs, append(args, accepted)
	}
	err = each(ctx, tx, func(row *sql.Rows) error {
		var id []byte
		err := row.Scan(&id)
		added = append(added, id)
		return err
	}, statement, args...)
	return added, err
}

const importEntries = `insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon, imported_at)
	select id, gtin, lot, unit_index, at, device, place, lat, lon, now()
	from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bytea[], $7::text[], $8::numeric[], $9::numeric[])
		with ordinality as t (id, gtin, lot, unit_index, at, device, place, lat, lon, position)
	order by position
	on conflict (nonce) do nothing
	returning nonce`

const importPINs = `insert into scan.pin_entry (id, gtin, lot, unit_index, at, device, place, lat, lon, accepted, imported_at)
	select encode(id, 'hex')::uuid, gtin, lot, unit_index, at, device, place, lat, lon, accepted, now()
	from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bytea[], $7::text[], $8::numeric[], $9::numeric[], $10::boolean[])
		with ordinality as t (id, gtin, lot, unit_index, at, device, place, lat, lon, accepted, position)
	order by position
	on conflict (id) do nothing
	returning uuid_send(id)`

// countImported adds to the units' sums, last and in order, as verifiers do that
// write at once (scans.sql), so that nobody waits for each other in a circle.
const countImported = `insert into scan.unit as u (gtin, lot, unit_index, count, first_at, last_at, last_place)
	select gtin, lot, unit_index, count(*), min(at), max(at), (array_agg(place order by at desc))[1]
	from scan.scan where nonce = any($1)
	group by gtin, lot, unit_index
	order by gtin, lot, unit_index
	on conflict (gtin, lot, unit_index) do update set
		count = u.count + excluded.count,
		first_at = least(u.first_at, excluded.first_at),
		last_place = case when excluded.last_at >= u.last_at then excluded.last_place else u.last_place end,
		last_at = greatest(u.last_at, excluded.last_at)`

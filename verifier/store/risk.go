package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/verdict"
	"github.com/touchstone-trace/touchstone/verifier/watch"
)

// followLock is held, for one transaction, by the verifier that scores.
const followLock = 0x7761746368 // "watch"

// generation is the states that are being built or kept up.
type generation struct {
	id      int64
	version int
	next    int64
	level   bool
}

// ScoreNext implements watch.Log: it numbers the log's next entries, reads them
// with their states, has them scored, and writes the states, the alerts and the
// place in the log, all in one transaction.
func (s *Store) ScoreNext(ctx context.Context, most int, score func(*watch.Work)) (int, error) {
	n, err := s.scoreNext(ctx, most, score)
	if err != nil {
		err = fmt.Errorf("score scans: %w", err)
	}
	return n, err
}

func (s *Store) scoreNext(ctx context.Context, most int, score func(*watch.Work)) (int, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	var mine bool
	if err := tx.QueryRowContext(ctx, `select pg_try_advisory_xact_lock($1)`, int64(followLock)).Scan(&mine); err != nil || !mine {
		return 0, err
	}
	g, err := currentGeneration(ctx, tx)
	if err != nil || g.version > scanrisk.Version {
		return 0, err // a newer verifier has begun with states of its own
	}
	w, err := readWork(ctx, tx, g, most)
	if err != nil {
		return 0, err
	}
	n := len(w.Entries)
	if n > 0 {
		score(w)
		if err := writeWork(ctx, tx, g, w); err != nil {
			return 0, err
		}
	}
	if err := moveOn(ctx, tx, g, w, n < most); err != nil {
		return 0, err
	}
	return n, tx.Commit()
}

// currentGeneration gives the newest generation, and begins one where there is
// none or the states of the newest mean something else by now.
func currentGeneration(ctx context.Context, tx *sql.Tx) (g generation, err error) {
	const columns = `id, version, next_seq, level_at is not null`
	err = tx.QueryRowContext(ctx, `select `+columns+` from scan.generation order by id desc limit 1`).Scan(&g.id, &g.version, &g.next, &g.level)
	if errors.Is(err, sql.ErrNoRows) || err == nil && g.version < scanrisk.Version {
		err = tx.QueryRowContext(ctx, `insert into scan.generation (version) values ($1) returning `+columns, scanrisk.Version).
			Scan(&g.id, &g.version, &g.next, &g.level)
	}
	return g, err
}

// Rescore begins a new generation of states: the next verifier that scores
// makes them from the log's first entry on.
func (s *Store) Rescore(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `insert into scan.generation (version) values ($1)`, scanrisk.Version)
	return err
}

// moveOn notes the place in the log. A generation that has come level is read
// from then on, and those before it are removed, some rows at a time.
func moveOn(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work, level bool) error {
	if n := len(w.Entries); n > 0 || level && !g.level {
		next := g.next
		if n > 0 {
			next = w.Entries[n-1].Seq + 1
		}
		if _, err := tx.ExecContext(ctx, `update scan.generation set next_seq = $2, level_at = case when $3 then coalesce(level_at, now()) else level_at end
			where id = $1`, g.id, next, level); err != nil {
			return err
		}
	}
	if !level {
		return nil
	}
	return removeOld(ctx, tx, g.id)
}

// removable bounds how many rows of each table one transaction removes.
const removable = 2000

func removeOld(ctx context.Context, tx *sql.Tx, current int64) error {
	var old bool
	if err := tx.QueryRowContext(ctx, `select exists (select 1 from scan.generation where id < $1)`, current).Scan(&old); err != nil || !old {
		return err
	}
	left := int64(0)
	for _, table := range []string{"unit_risk", "batch_usual", "device_habit"} {
		result, err := tx.ExecContext(ctx, fmt.Sprintf(`delete from scan.%[1]s where ctid in
			(select ctid from scan.%[1]s where generation < $1 limit $2)`, table), current, removable)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		left += n
	}
	if left > 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `delete from scan.generation where id < $1`, current)
	return err
}

// Lag implements watch.Log.
func (s *Store) Lag(ctx context.Context) (time.Duration, error) {
	seconds, err := bounded(ctx, func() (seconds float64, err error) {
		err = s.db.QueryRowContext(ctx, `select coalesce(extract(epoch from now() - min((app.log_source(ref)::jsonb ->> 'at')::timestamptz)), 0) from (
			(select ref from app.log_entry where log = 'scans' and seq >= coalesce((select next_seq from scan.generation order by id desc limit 1), 0)
				order by seq limit 1)
			union all (select ref from app.log_entry where log = 'scans' and seq is null order by id limit 1)) waiting`).Scan(&seconds)
		return seconds, err
	})
	return max(0, time.Duration(seconds*float64(time.Second))), err
}

//go:embed entries.sql
var entriesQuery string

//go:embed units.sql
var unitsQuery string

// readWork reads the next entries and all states they are about.
func readWork(ctx context.Context, tx *sql.Tx, g generation, most int) (*watch.Work, error) {
	w := &watch.Work{Units: map[verdict.Unit]*watch.Unit{}, Batches: map[watch.BatchKey]*scanrisk.Batch{},
		All: new(scanrisk.Batch), Devices: map[uint64]*scanrisk.Device{}}
	err := readEntries(ctx, tx, g, w, most)
	if err != nil || len(w.Entries) == 0 {
		return w, err
	}
	for _, read := range []func(context.Context, *sql.Tx, generation, *watch.Work) error{readUnits, readBatches, readDevices} {
		if err := read(ctx, tx, g, w); err != nil {
			return w, err
		}
	}
	return w, nil
}

// numbered is how many stretches are numbered ahead where many entries wait.
const numbered = 10

// readEntries reads the next entries; where they run out, it numbers more first.
func readEntries(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work, most int) error {
	if err := readNumbered(ctx, tx, g, w, most); err != nil || len(w.Entries) == most {
		return err
	}
	if _, err := tx.ExecContext(ctx, `select app.seal_log('scans', $1)`, numbered*most); err != nil {
		return err
	}
	w.Entries = nil
	return readNumbered(ctx, tx, g, w, most)
}

func readNumbered(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work, most int) error {
	return each(ctx, tx, func(row *sql.Rows) error {
		var e watch.Entry
		var kind string
		err := row.Scan(&e.Seq, &kind, &e.Unit.GTIN, &e.Unit.Lot, &e.Unit.Index, &e.At, &e.Device, &e.City, &e.Point.Lat, &e.Point.Lon)
		e.Kind, _ = scanrisk.ParseKind(kind)
		w.Entries = append(w.Entries, e)
		return err
	}, entriesQuery, g.next, most)
}

// readUnits also locks the units' alerts, so that a dismissal comes either
// before all of this stretch or after it.
func readUnits(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	var gtins, lots pq.StringArray
	var indexes pq.Int64Array
	for _, e := range w.Entries {
		gtins, lots, indexes = append(gtins, e.Unit.GTIN), append(lots, e.Unit.Lot), append(indexes, e.Unit.Index)
	}
	if _, err := tx.ExecContext(ctx, `select 1 from app.alert where (gtin, lot, unit_index) in
		(select * from unnest($1::text[], $2::text[], $3::bigint[])) order by id for update`, gtins, lots, indexes); err != nil {
		return err
	}
	return each(ctx, tx, func(row *sql.Rows) error {
		var key verdict.Unit
		u := new(watch.Unit)
		var state, since []byte
		var scanned, shipped, sold sql.NullTime
		err := row.Scan(&key.GTIN, &key.Lot, &key.Index, &state, &since, &u.SinceSeq, &u.Seq, &scanned, &u.Alerted, &u.Dismissed, &shipped, &sold)
		u.ScannedAt, u.Custody = scanned.Time, watch.Custody{Shipped: shipped.Time, Sold: sold.Time}
		w.Units[key] = u
		return errors.Join(err, decode(state, &u.Whole), decode(since, &u.Since))
	}, unitsQuery, g.id, gtins, lots, indexes)
}

// decode reads a stored state; what is not stored stays as it is.
func decode(stored []byte, v any) error {
	if stored == nil {
		return nil
	}
	return json.Unmarshal(stored, v)
}

func readBatches(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	gtins, lots := pq.StringArray{""}, pq.StringArray{""}
	for u := range w.Units {
		gtins, lots = append(gtins, u.GTIN), append(lots, u.Lot)
	}
	return each(ctx, tx, func(row *sql.Rows) error {
		var k watch.BatchKey
		var state []byte
		if err := row.Scan(&k.GTIN, &k.Lot, &state); err != nil {
			return err
		}
		if k == (watch.BatchKey{}) {
			return decode(state, w.All)
		}
		w.Batches[k] = new(scanrisk.Batch)
		return decode(state, w.Batches[k])
	}, `select gtin, lot, state from scan.batch_usual where generation = $1 and (gtin, lot) in
		(select * from unnest($2::text[], $3::text[]))`, g.id, gtins, lots)
}

// readDevices reads those of the entries and all others that have asked about
// the same units.
func readDevices(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	var ids pq.Int64Array
	for _, e := range w.Entries {
		ids = append(ids, int64(watch.DeviceKey(e.Device)))
	}
	for _, u := range w.Units {
		for _, v := range u.Whole.Unit.Visitors {
			ids = append(ids, int64(v.Device))
		}
	}
	return each(ctx, tx, func(row *sql.Rows) error {
		var id int64
		var state []byte
		if err := row.Scan(&id, &state); err != nil {
			return err
		}
		w.Devices[uint64(id)] = new(scanrisk.Device)
		return decode(state, w.Devices[uint64(id)])
	}, `select device, state from scan.device_habit where generation = $1 and device = any($2)`, g.id, ids)
}

func each(ctx context.Context, tx *sql.Tx, read func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

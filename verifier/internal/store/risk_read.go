package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

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
		err := row.Scan(
			&e.Seq, &kind, &e.Unit.GTIN, &e.Unit.Lot, &e.Unit.Index, &e.At, &e.Device, &e.City, &e.Point.Lat,
			&e.Point.Lon,
		)
		e.Kind, _ = scanrisk.ParseKind(kind)
		w.Entries = append(w.Entries, e)
		return err
	}, entriesQuery, g.next, most)
}

// readUnits also takes the alerts' turn, so that a dismissal comes either
// before all of this stretch or after it.
func readUnits(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	var gtins, lots pq.StringArray
	var indexes pq.Int64Array
	for _, e := range w.Entries {
		gtins, lots, indexes = append(gtins, e.Unit.GTIN), append(lots, e.Unit.Lot), append(indexes, e.Unit.Index)
	}
	if _, err := tx.ExecContext(ctx, `select scan.alert_turn()`); err != nil {
		return err
	}
	return each(ctx, tx, func(row *sql.Rows) error {
		var key verdict.Unit
		u := new(watch.Unit)
		var state, since []byte
		var scanned, shipped, sold sql.NullTime
		err := row.Scan(
			&key.GTIN, &key.Lot, &key.Index, &state, &since, &u.SinceSeq, &u.Seq, &scanned, &u.Alerted,
			&u.Dismissed, &shipped, &sold, &u.Custody.Corrected,
		)
		u.ScannedAt, u.Custody = scanned.Time, watch.Custody{
			Shipped:   shipped.Time,
			Sold:      sold.Time,
			Corrected: u.Custody.Corrected,
		}
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
		visitors := u.Whole.Unit.Visitors
		if u.Since != nil {
			visitors = append(visitors[:len(visitors):len(visitors)], u.Since.Unit.Visitors...)
		}
		for _, v := range visitors {
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

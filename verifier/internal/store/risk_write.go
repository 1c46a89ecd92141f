package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// unitRow is a unit's state on its way into its table.
type unitRow struct {
	GTIN      string         `json:"gtin"`
	Lot       string         `json:"lot"`
	Index     int64          `json:"unit_index"`
	State     watch.History  `json:"state"`
	Since     *watch.History `json:"since,omitempty"`
	SinceSeq  int64          `json:"since_seq"`
	Seq       int64          `json:"seq"`
	ScannedAt time.Time      `json:"scanned_at,omitzero"`
	Settled   bool           `json:"settled"`
}

type stateRow struct {
	GTIN  string `json:"gtin"`
	Lot   string `json:"lot"`
	State any    `json:"state"`
}

type deviceRow struct {
	Device  int64            `json:"device"`
	State   *scanrisk.Device `json:"state"`
	FirstAt time.Time        `json:"first_at"`
	Telling bool             `json:"telling"`
}

type alertRow struct {
	GTIN  string    `json:"gtin"`
	Lot   string    `json:"lot"`
	Index int64     `json:"unit_index"`
	Seq   int64     `json:"seq"`
	At    time.Time `json:"at"`
}

// writeWork writes what became of a stretch of the log. Units whose entries are
// all gone from the database have no state to write.
func writeWork(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	var units, alerted []unitRow
	for key, u := range w.Units {
		if key == (verdict.Unit{}) {
			continue
		}
		units = append(units, unitRow{key.GTIN, key.Lot, key.Index, u.Whole, u.Since, u.SinceSeq, u.Seq, u.ScannedAt,
			u.Whole.Unit.ShippedAt != 0 && u.Whole.Unit.SoldAt != 0})
		if u.Alerted {
			alerted = append(alerted, units[len(units)-1])
		}
	}
	batches := []stateRow{{State: w.All}}
	for key, b := range w.Batches {
		batches = append(batches, stateRow{GTIN: key.GTIN, Lot: key.Lot, State: b})
	}
	for _, write := range []func() error{
		func() error { return writeRows(ctx, tx, units, upsertUnits, g.id) },
		func() error { return writeRows(ctx, tx, batches, upsertBatches, g.id) },
		func() error { return writeRows(ctx, tx, deviceRows(w), upsertDevices, g.id) },
		func() error { return writeRows(ctx, tx, alertRows(w.Opened), openAlerts) },
		func() error { return writeRows(ctx, tx, alerted, updateAlerts) },
		func() error { return writeRows(ctx, tx, alertRows(w.Reopened), reopenAlerts) },
		func() error { return forgetDevices(ctx, tx, g, w) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// deviceRows are the devices that the entries come from: those that only asked
// about the same units before have not changed.
func deviceRows(w *watch.Work) (rows []deviceRow) {
	done := map[uint64]bool{}
	for _, e := range w.Entries {
		id := watch.DeviceKey(e.Device)
		if d := w.Devices[id]; d != nil && !done[id] {
			done[id] = true
			rows = append(rows, deviceRow{int64(id), d, e.At, d.Telling()})
		}
	}
	return rows
}

// forgetDevices removes devices whose names, which last for a month, the log has
// left behind, and of which no score depends. They are gone by the log's time, so
// that states which are built anew forget them at the same place.
func forgetDevices(ctx context.Context, tx *sql.Tx, g generation, w *watch.Work) error {
	_, err := tx.ExecContext(ctx, `delete from scan.device_habit where ctid in (select ctid from scan.device_habit
		where generation = $1 and not telling and first_at < least($2, now()) - interval '40 days' limit $3)`,
		g.id, w.Entries[len(w.Entries)-1].At, removable)
	return err
}

func alertRows(alerts []watch.Alert) []alertRow {
	rows := make([]alertRow, len(alerts))
	for i, a := range alerts {
		rows[i] = alertRow{a.Unit.GTIN, a.Unit.Lot, a.Unit.Index, a.Seq, a.At}
	}
	return rows
}

// writeRows runs a statement over rows, its first parameter, if there are any.
func writeRows[T any](ctx context.Context, tx *sql.Tx, rows []T, statement string, args ...any) error {
	if len(rows) == 0 {
		return nil
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, statement, append([]any{data}, args...)...)
	return err
}

const upsertUnits = `insert into scan.unit_risk (generation, gtin, lot, unit_index, state, since, since_seq, seq, scanned_at, settled)
	select $2, gtin, lot, unit_index, state, since, since_seq, seq, scanned_at, settled
	from json_to_recordset($1) as t(gtin text, lot text, unit_index bigint, state jsonb, since jsonb, since_seq bigint, seq bigint,
		scanned_at timestamptz, settled boolean)
	on conflict (generation, gtin, lot, unit_index) do update set state = excluded.state, since = excluded.since,
		since_seq = excluded.since_seq, seq = excluded.seq, scanned_at = excluded.scanned_at, settled = excluded.settled`

const upsertBatches = `insert into scan.batch_usual (generation, gtin, lot, state)
	select $2, gtin, lot, state from json_to_recordset($1) as t(gtin text, lot text, state jsonb)
	on conflict (generation, gtin, lot) do update set state = excluded.state`

const upsertDevices = `insert into scan.device_habit (generation, device, state, first_at, telling)
	select $2, device, state, first_at, telling from json_to_recordset($1) as t(device bigint, state jsonb, first_at timestamptz, telling boolean)
	on conflict (generation, device) do update set state = excluded.state, telling = excluded.telling`

// openAlerts opens one alert for a unit, ever. The gateway tells of it.
const openAlerts = `with opened as (insert into scan.alert (id, gtin, lot, unit_index, seq, scored_at, risk, code, reasons)
	select 'ALERT-' || upper(left(encode(sha256(convert_to(t.gtin || '/' || t.lot || '/' || t.unit_index, 'UTF8')), 'hex'), 16)),
		t.gtin, t.lot, t.unit_index, -1, t.at, 0, '', '[]'
	from json_to_recordset($1) as t(gtin text, lot text, unit_index bigint, seq bigint, at timestamptz)
	on conflict do nothing
	returning id) select app.tell('alert', id) from opened`

// updateAlerts keeps what alerts say level with the units' states; states that
// are being built anew change nothing until they have come further.
const updateAlerts = `update scan.alert a set seq = t.seq, scored_at = coalesce(t.scanned_at, a.scored_at),
		risk = (t.state ->> 'risk')::double precision,
		code = coalesce(t.state #>> '{reasons,0,code}', a.code), reasons = coalesce(t.state -> 'reasons', '[]')
	from json_to_recordset($1) as t(gtin text, lot text, unit_index bigint, state jsonb, seq bigint, scanned_at timestamptz)
	where a.gtin = t.gtin and a.lot = t.lot and a.unit_index = t.unit_index and a.seq <= t.seq`

// reopenAlerts undoes a dismissal for which new scans leave no room, and has
// the parties told again.
const reopenAlerts = `select app.reopen_alert(a.id, r.seq)
	from json_to_recordset($1) as r(gtin text, lot text, unit_index bigint, seq bigint) join scan.alert a using (gtin, lot, unit_index)`

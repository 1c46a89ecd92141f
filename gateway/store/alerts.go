package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// alertStatus follows from what was ruled and decided of an alert's unit.
const alertStatus = `case
	when exists (select 1 from ledger.unit_flag f where f.gtin = a.gtin and f.lot = a.lot and f.unit_index = a.unit_index and f.copied) then 'confirmed'
	when (select d.outcome from app.alert_decision d where d.alert_id = a.id order by d.number desc limit 1) = 'dismissed' then 'dismissed'
	else 'open' end`

// alerts are listed by their risk, the highest first.
var alerts = list{
	from: "scan.alert a",
	doc: `jsonb_build_object('id', a.id, 'gtin', a.gtin, 'lot', a.lot, 'index', a.unit_index,
		'product', (select p.doc -> 'name' from ledger.product p where p.gtin = a.gtin),
		'producer', (select b.producer from ledger.batch b where b.gtin = a.gtin and b.lot = a.lot),
		'status', ` + alertStatus + `, 'risk', a.risk, 'code', a.code, 'reasons', a.reasons, 'openedAt', a.opened_at, 'scoredAt', a.scored_at)`,
	key:   []column{{"a.id", "text"}},
	order: "-risk",
	sorts: map[string]column{
		"risk":     {"a.risk", "double precision"},
		"openedAt": {"a.opened_at", "timestamptz"},
		"lot":      {"a.lot", "text"},
	},
	match: found("a.words", "a.gtin"),
}

// alertsOf are the conditions on alerts that a party, where one is named, may
// see: it made the unit or has it.
func alertsOf(party string) (w where) {
	w.add("a.code <> ''")
	if party != "" {
		w.add("(a.gtin, a.lot) in (select gtin, lot from ledger.handled where party = ?)", party)
		w.add(
			`exists (select 1 from ledger.batch b where b.gtin = a.gtin and b.lot = a.lot and b.producer = ?) or exists (select 1 from ledger.holding h
			where h.gtin = a.gtin and h.lot = a.lot and h.start <= a.unit_index and h.stop > a.unit_index and h.holder = ?)`,
			party,
			party,
		)
	}
	return w
}

// Alerts lists alerts.
func (s *Store) Alerts(ctx context.Context, f record.AlertFilter, p record.Paging) (record.Page[record.Alert], error) {
	w := alertsOf(f.SeenBy)
	w.given(string(f.Status), alertStatus+" = ?")
	return listPage[record.Alert](ctx, s, alerts, w, p)
}

// Alert gives an alert that a party may see; false where there is none.
func (s *Store) Alert(ctx context.Context, seenBy, id string) (record.Alert, bool, error) {
	w := alertsOf(seenBy)
	w.add("a.id = ?", id)
	return readDoc[record.Alert](ctx, s, `select `+alerts.doc+` from `+alerts.from+` where `+w.String(), w.args...)
}

// maxAlertScans bounds what is told of one unit: the newest.
const maxAlertScans = 1000

// AlertScans gives the newest entries of the log about a unit, in the order of
// their times. What a device is called never leaves here, only its number.
func (s *Store) AlertScans(ctx context.Context, u trace.Line) ([]record.AlertScan, error) {
	rows, err := s.db.QueryContext(ctx, `with seen as (
			select at, 'scan' as kind, place, lat, lon, device from scan.scan where gtin = $1 and lot = $2 and unit_index = $3
			union all
			select at, case when accepted then 'pin' else 'pin_failed' end, place, lat, lon, device from scan.pin_entry
			where gtin = $1 and lot = $2 and unit_index = $3
		), newest as (
			select * from seen order by at desc limit $4
		), device as (
			select device, row_number() over (order by min(at), device) - 1 as number from newest group by device
		)
		select at, kind, place, coalesce(lat, 0), coalesce(lon, 0), number from newest join device using (device) order by at, number`,
		u.GTIN, u.Lot, u.From, maxAlertScans)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (a record.AlertScan, err error) {
		return a, row.Scan(&a.At, &a.Kind, &a.City, &a.Lat, &a.Lon, &a.Device)
	})
}

// UnitFlag gives what was ruled on a unit's code; false where nothing ever was.
func (s *Store) UnitFlag(ctx context.Context, gtin, lot string, index int64) (trace.UnitFlag, bool, error) {
	return readDoc[trace.UnitFlag](
		ctx,
		s,
		`select doc from ledger.unit_flag where gtin = $1 and lot = $2 and unit_index = $3`,
		gtin,
		lot,
		index,
	)
}

// AlertDecisions gives what was decided of an alert beside the ledger's rulings, in order.
func (s *Store) AlertDecisions(ctx context.Context, id string) ([]record.AlertDecision, error) {
	return readDocs[record.AlertDecision](
		ctx,
		s,
		`select jsonb_build_object('outcome', outcome, 'note', note, 'party', party, 'account', account, 'at', at)
		from app.alert_decision where alert_id = $1 order by number`,
		id,
	)
}

// DecideAlert keeps a dismissal or a reopening, once for each ref. A dismissal
// explains what is scored by now; the turn keeps the verifier from scoring in between.
func (s *Store) DecideAlert(ctx context.Context, id, ref string, d record.AlertDecision) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `select scan.alert_turn()`); err != nil {
			return err
		}
		var seq int64
		if err := tx.QueryRowContext(ctx, `select seq from scan.alert where id = $1`, id).Scan(&seq); err != nil {
			return err
		}
		_, err := tx.ExecContext(
			ctx,
			`insert into app.alert_decision (alert_id, outcome, seq, note, party, account, ref)
			values ($1, $2, $3, $4, $5, $6, $7) on conflict (alert_id, ref) do nothing`,
			id,
			d.Outcome,
			seq,
			d.Note,
			d.Party,
			d.Account,
			ref,
		)
		return err
	})
}

// TellAlerts puts alerts that nobody was told of into the inboxes of their
// producers and of the platform, each once.
func (s *Store) TellAlerts(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `with due as (
			select a.*, b.producer from app.untold u join scan.alert a on a.id = u.subject join ledger.batch b using (gtin, lot)
			where u.kind = 'alert' and a.code <> '' order by a.opened_at limit 100 for update of u skip locked
		), told as (
			select row_number() over (order by opened_at, id, whom) as nth, whom, 'clone' as kind, id as subject, scored_at as at,
				'alert/' || id || '/' || (select count(*) from app.alert_decision d where d.alert_id = t.id) as ref,
				jsonb_build_object('alert', id, 'gtin', gtin, 'lot', lot, 'index', unit_index, 'risk', risk, 'code', code) as detail
			from (
				select due.*, producer as whom from due
				union
				select due.*, p.id from due join ledger.party p on p.doc -> 'roles' @> '["platform"]'
			) t
		), marked as (
			delete from app.untold u using due where u.kind = 'alert' and u.subject = due.id
		)`+deliverNew)
	return err
}

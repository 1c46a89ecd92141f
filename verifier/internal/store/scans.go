package store

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

type scanRequest struct {
	scan   verdict.Scan
	answer chan scanAnswer // of size 1: the writer never waits for the asker
}

type scanAnswer struct {
	scans verdict.Scans
	err   error
}

// Confirm records a scan and gives the unit's scans with it. When it returns
// without an error, the scan is committed. A nonce that is known changes
// nothing, and nor does a visit that has counted (verdict.SameVisit) or a crowd
// in one network (verdict.NetworkDevices). After an error the scan may or may
// not be recorded; the same nonce may be sent again.
func (s *Store) Confirm(ctx context.Context, scan verdict.Scan) (verdict.Scans, error) {
	answer := make(chan scanAnswer, 1)
	if err := s.scans.add(scanRequest{scan, answer}); err != nil {
		return verdict.Scans{}, err
	}
	select {
	case a := <-answer:
		return a.scans, a.err
	case <-ctx.Done():
		return verdict.Scans{}, ctx.Err()
	}
}

//go:embed scans.sql
var scansQuery string

func (s *Store) writeScans(ctx context.Context, batch []scanRequest) {
	answers, err := database.Bounded(ctx, func() ([]verdict.Scans, error) { return s.insertScans(ctx, batch) })
	for i, r := range batch {
		if err != nil {
			r.answer <- scanAnswer{err: fmt.Errorf("record a scan: %w", err)}
		} else {
			r.answer <- scanAnswer{scans: answers[i]}
		}
	}
}

// insertScans runs the one statement that records a batch and answers it.
func (s *Store) insertScans(ctx context.Context, batch []scanRequest) ([]verdict.Scans, error) {
	n := len(batch)
	nonces, networks, devices := make(pq.ByteaArray, n), make(pq.ByteaArray, n), make(pq.ByteaArray, n)
	networksBefore, devicesBefore := make(pq.ByteaArray, n), make(pq.ByteaArray, n)
	gtins, lots, places := make(pq.StringArray, n), make(pq.StringArray, n), make(pq.StringArray, n)
	indexes, ats := make(pq.Int64Array, n), make(pq.StringArray, n)
	lats, lons := make([]sql.NullFloat64, n), make([]sql.NullFloat64, n)
	for i, r := range batch {
		sc := r.scan
		lats[i], lons[i] = coordinates(sc.Point)
		nonces[i], gtins[i], lots[i], indexes[i] = sc.Nonce, sc.Unit.GTIN, sc.Unit.Lot, sc.Unit.Index
		ats[i], places[i] = sc.At.UTC().Format(time.RFC3339Nano), sc.Place
		networks[i], devices[i] = known(sc.Network), known(sc.Device)
		networksBefore[i], devicesBefore[i] = known(sc.Before.Network), known(sc.Before.Device)
	}
	answers, err := once.Again(func() ([]verdict.Scans, error) {
		return s.recordInTurn(
			ctx,
			n,
			[]any{gtins, lots, indexes, networks},
			[]any{
				nonces,
				gtins,
				lots,
				indexes,
				ats,
				places,
				networks,
				devices,
				networksBefore,
				devicesBefore,
				pq.Array(lats),
				pq.Array(lons),
				verdict.SameVisit.String(),
				verdict.NetworkDevices,
				verdict.VisitRemembered.String(),
			},
		)
	})
	if err != nil {
		return nil, err
	}
	return answers, s.readMissed(ctx, batch, answers)
}

// networkTurns lets one verifier at a time count the devices of a network that
// ask about a unit: the statement that counts them does not see those that others
// write beside it. The locks are few enough for Postgres however many verifiers
// there are, and taken in order.
const networkTurns = `select pg_advisory_xact_lock(7230165, turn) from (
	select distinct hashtext(concat_ws('/', gtin, lot, unit_index, encode(network, 'hex'))) & 2047 as turn
	from unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) as t (gtin, lot, unit_index, network)
	where length(network) > 0 order by turn) turns`

// recordInTurn runs the statement that records n scans when it is its turn.
func (s *Store) recordInTurn(ctx context.Context, n int, turns, scans []any) ([]verdict.Scans, error) {
	record, err := s.record.get(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, networkTurns, turns...); err != nil {
		return nil, err
	}
	own := tx.StmtContext(ctx, record) //nolint:sqlclosecheck // the transaction closes its copy of the statement
	rows, err := own.QueryContext(ctx, scans...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	answers := make([]verdict.Scans, n)
	for rows.Next() {
		var i int
		var a verdict.Scans
		if err := rows.Scan(&i, &a.Count, &a.First, &a.Last, &a.LastPlace); err != nil {
			return nil, err
		}
		answers[i-1] = a
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return answers, tx.Commit()
}

// coordinates gives a point as its two columns, null where it is not known.
func coordinates(p verdict.Point) (lat, lon sql.NullFloat64) {
	known := p != verdict.Point{}
	return sql.NullFloat64{Float64: p.Lat, Valid: known}, sql.NullFloat64{Float64: p.Lon, Valid: known}
}

// known keeps what is not there from becoming null, which equals nothing.
func known(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// readMissed fills in the sums that the statement could not see: those of
// units whose first scan another verifier recorded while it ran.
func (s *Store) readMissed(ctx context.Context, batch []scanRequest, answers []verdict.Scans) error {
	for i, a := range answers {
		if a.Count > 0 {
			continue
		}
		u := batch[i].scan.Unit
		err := s.writes.QueryRowContext(ctx, `select count, first_at, last_at, last_place from scan.unit
			where gtin = $1 and lot = $2 and unit_index = $3`, u.GTIN, u.Lot, u.Index).
			Scan(&answers[i].Count, &answers[i].First, &answers[i].Last, &answers[i].LastPlace)
		if err != nil {
			return err
		}
	}
	return nil
}

type seenUnit struct {
	unit verdict.Unit
	at   time.Time
}

// Seen notes that a page was shown, which is not a scan. It is written soon,
// and is lost where Postgres is away or too much is waiting.
func (s *Store) Seen(u verdict.Unit, at time.Time) { _ = s.seen.add(seenUnit{u, at}) }

func (s *Store) writeSeen(ctx context.Context, batch []seenUnit) {
	n := len(batch)
	gtins, lots := make(pq.StringArray, n), make(pq.StringArray, n)
	indexes, days := make(pq.Int64Array, n), make(pq.StringArray, n)
	for i, r := range batch {
		gtins[i], lots[i], indexes[i] = r.unit.GTIN, r.unit.Lot, r.unit.Index
		days[i] = r.at.UTC().Format(time.DateOnly)
	}
	_, _ = database.Bounded(ctx, func() (sql.Result, error) {
		return s.writes.ExecContext(ctx, `
			insert into scan.seen as s (gtin, lot, unit_index, day, count)
			select gtin, lot, unit_index, day, count(*)
			from unnest($1::text[], $2::text[], $3::bigint[], $4::date[]) as t (gtin, lot, unit_index, day)
			group by gtin, lot, unit_index, day
			order by gtin, lot, unit_index, day
			on conflict (gtin, lot, unit_index, day) do update set count = s.count + excluded.count`,
			gtins, lots, indexes, days)
	})
}

// ForgetVisits removes the visits that are no longer needed to tell whether a
// scan counts.
func (s *Store) ForgetVisits(ctx context.Context, now time.Time) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.writes.ExecContext(ctx, `delete from scan.visit where at < $1`, now.Add(-verdict.VisitRemembered))
	})
	if err != nil {
		return fmt.Errorf("forget visits: %w", err)
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// unjournalled is how long a voiding counts as under way before it is in the
// journal: longer than a request waits for its turn and for its endorsements.
const unjournalled = 5 * time.Minute

//go:embed voided.sql
var voidedQuery string

//go:embed label_counts.sql
var labelCountsQuery string

var (
	unvoidedQuery    = `select lower(r), upper(r) - lower(r) from unnest($3::int8multirange - (` + voidedQuery + `)) r` //nolint:gosec // of constants
	firstVoidedQuery = `select lower(v), upper(v) from (select unnest((` + voidedQuery + `)) as v) x order by v limit 1`
)

// LabelsMade notes how labels of units, all of one batch, are made. Where some of
// them are voided, or about to be, it notes nothing and gives one of those.
// Labels and voidings of a batch take turns, so that none slips past the other.
func (s *Store) LabelsMade(
	ctx context.Context, units []trace.Line, how record.LabelsMade,
) (voided *trace.Line, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		voided, err = labelsMade(ctx, tx, units, how)
		return err
	})
	return voided, err
}

func labelsMade(
	ctx context.Context, tx *sql.Tx, units []trace.Line, how record.LabelsMade,
) (voided *trace.Line, err error) {
	if len(units) == 0 {
		return nil, nil
	}
	of, ranges := units[0], multirange(units)
	if err := printTurn(ctx, tx, of.GTIN, of.Lot); err != nil {
		return nil, err
	}
	if how != record.PINsRead {
		if voided, err = firstVoided(ctx, tx, of.GTIN, of.Lot, ranges); err != nil || voided != nil {
			return voided, err
		}
	}
	_, err = tx.ExecContext(ctx, `insert into app.label_print as p (gtin, lot, made, units) values ($1, $2, $3, $4)
		on conflict (gtin, lot, made) do update set units = p.units + excluded.units where not p.units @> excluded.units`,
		of.GTIN, of.Lot, string(how), ranges)
	return nil, err
}

// AddLabelsJob queues a job that makes labels and notes them as made, both or
// neither: a job that its party has no room for, or of voided units, leaves no
// note, and none runs without its note.
func (s *Store) AddLabelsJob(
	ctx context.Context, j record.Job, most record.JobLimits, units []trace.Line, how record.LabelsMade,
) (added bool, voided *trace.Line, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if added, err = mayWork(ctx, tx, j.Party, j.ID, most); err != nil || !added {
			return err
		}
		if voided, err = labelsMade(ctx, tx, units, how); err != nil || voided != nil {
			return err
		}
		return addJob(ctx, tx, j)
	})
	return added, voided, err
}

// LabelCounts counts the units of a batch by what is known of their labels.
func (s *Store) LabelCounts(ctx context.Context, gtin, lot string, quantity int64) (c record.LabelCounts, err error) {
	return c, s.db.QueryRowContext(ctx, labelCountsQuery, gtin, lot, quantity).
		Scan(&c.With, &c.Without, &c.Unclear, &c.Unmade)
}

// BeginVoiding keeps labels of the units from being made until EndVoiding, or
// until the fate of the transaction that is sent with ref is known; false where
// labels were made of some.
func (s *Store) BeginVoiding(ctx context.Context, ref string, units trace.Line) (begun bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := printTurn(ctx, tx, units.GTIN, units.Lot); err != nil {
			return err
		}
		begun, err = one(tx.ExecContext(ctx, `insert into app.voiding (ref, gtin, lot, units)
			select $1, $2, $3, int8range($4, $5) where not exists (
				select from app.label_print where gtin = $2 and lot = $3 and made <> 'read' and units && int8range($4, $5))
			on conflict (ref) do update set begun_at = now()`, ref, units.GTIN, units.Lot, units.From, units.To()))
		return err
	})
	return begun, err
}

// EndVoiding forgets a voiding: it certainly failed, or is in the read model.
func (s *Store) EndVoiding(ctx context.Context, ref string) error {
	_, err := s.db.ExecContext(ctx, `delete from app.voiding where ref = $1`, ref)
	return err
}

// Unvoided gives those of the units that are not voided, in order.
func (s *Store) Unvoided(ctx context.Context, units trace.Line) (left []trace.Line, err error) {
	rows, err := s.db.QueryContext(
		ctx, unvoidedQuery, units.GTIN, units.Lot, multirange([]trace.Line{units}), unjournalled.String(),
	)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		l := trace.Line{GTIN: units.GTIN, Lot: units.Lot}
		if err := rows.Scan(&l.From, &l.Count); err != nil {
			return nil, err
		}
		left = append(left, l)
	}
	return left, rows.Err()
}

// printTurn lets one transaction at a time go on with a batch's labels.
func printTurn(ctx context.Context, tx *sql.Tx, gtin, lot string) error {
	_, err := tx.ExecContext(
		ctx,
		`select pg_advisory_xact_lock(hashtextextended('labels ' || $1 || ' ' || $2, 0))`,
		gtin,
		lot,
	)
	return err
}

func firstVoided(ctx context.Context, tx *sql.Tx, gtin, lot, ranges string) (*trace.Line, error) {
	var from, to int64
	err := tx.QueryRowContext(ctx, firstVoidedQuery, gtin, lot, ranges, unjournalled.String()).Scan(&from, &to)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &trace.Line{GTIN: gtin, Lot: lot, From: from, Count: to - from}, err
}

// multirange writes the indexes of units as Postgres reads them.
func multirange(units []trace.Line) string {
	ranges := make([]string, len(units))
	for i, l := range units {
		ranges[i] = fmt.Sprintf("[%d,%d)", l.From, l.To())
	}
	return "{" + strings.Join(ranges, ",") + "}"
}

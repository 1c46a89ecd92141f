package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
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
	n, err := once.Again(func() (int, error) { return s.scoreNext(ctx, most, score) })
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
	if err := tx.QueryRowContext(ctx, `select pg_try_advisory_xact_lock($1)`, int64(followLock)).
		Scan(&mine); err != nil ||
		!mine {
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
	err = tx.QueryRowContext(ctx, `select `+columns+` from scan.generation order by id desc limit 1`).
		Scan(&g.id, &g.version, &g.next, &g.level)
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
		if _, err := tx.ExecContext(
			ctx,
			`update scan.generation set next_seq = $2, level_at = case when $3 then coalesce(level_at, now()) else level_at end
			where id = $1`,
			g.id,
			next,
			level,
		); err != nil {
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
	if err := tx.QueryRowContext(ctx, `select exists (select 1 from scan.generation where id < $1)`, current).
		Scan(&old); err != nil ||
		!old {
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
	seconds, err := database.Bounded(ctx, func() (seconds float64, err error) {
		err = s.db.QueryRowContext(ctx, `select coalesce(extract(epoch from now() - min(coalesce(entry ->> 'imported_at', entry ->> 'at')::timestamptz)), 0) from (
			(select ref from app.log_entry where log = 'scans' and seq >= coalesce((select next_seq from scan.generation order by id desc limit 1), 0)
				order by seq limit 1)
			union all (select ref from app.log_entry where log = 'scans' and seq is null order by id limit 1)) waiting, lateral (select app.log_source(ref)::jsonb) source (entry)`).
			Scan(&seconds)
		return seconds, err
	})
	return max(0, time.Duration(seconds*float64(time.Second))), err
}

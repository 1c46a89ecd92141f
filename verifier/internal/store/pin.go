package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// TryPIN takes one of the tries that a device and its network have at a unit and
// says how many are left. It is called before the PIN is compared, so that not
// even guesses made at once get more than their number. Where no try was left, it
// answers how long that lasts, else 0.
func (s *Store) TryPIN(
	ctx context.Context, u verdict.Unit, device, network []byte,
) (left int, locked time.Duration, err error) {
	type answer struct {
		left   int
		locked time.Duration
	}
	a, err := database.Bounded(ctx, func() (answer, error) {
		return once.Again(func() (answer, error) {
			left, locked, err := s.takeTries(ctx, u, device, network)
			return answer{left, locked}, err
		})
	})
	if err != nil {
		return 0, 0, fmt.Errorf("take a PIN try: %w", err)
	}
	return a.left, a.locked, nil
}

// takeTries takes a try of each, or of neither: devices first, so that two of
// one network wait for each other and not in a circle.
func (s *Store) takeTries(
	ctx context.Context, u verdict.Unit, device, network []byte,
) (left int, locked time.Duration, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = tx.Rollback() }()
	left = verdict.DeviceTries
	for _, bound := range []struct {
		who  []byte
		most int
	}{{device, verdict.DeviceTries}, {network, verdict.NetworkTries}} {
		taken, locked, err := takeTry(ctx, tx, u, bound.who, bound.most)
		if err != nil || locked > 0 {
			return 0, locked, err
		}
		left = min(left, bound.most-taken)
	}
	return left, 0, tx.Commit()
}

// takeTry counts a try unless it would be one too many. What a refusal means it
// reads by a statement of its own, which sees the row that the first one waited
// for; the same statement would not, for its snapshot is older than that row.
func takeTry(
	ctx context.Context, tx *sql.Tx, u verdict.Unit, who []byte, most int,
) (taken int, locked time.Duration, err error) {
	err = tx.QueryRowContext(ctx, `insert into scan.pin_tries as t (gtin, lot, unit_index, who, tries, last_at)
		values ($1, $2, $3, $4, 1, now())
		on conflict (gtin, lot, unit_index, who) do update set
			tries = case when t.last_at < now() - $6::interval then 1 else t.tries + 1 end, last_at = now()
		where t.tries < $5 or t.last_at < now() - $6::interval
		returning tries`, u.GTIN, u.Lot, u.Index, who, most, verdict.TryCounted.String()).Scan(&taken)
	if !errors.Is(err, sql.ErrNoRows) {
		return taken, 0, err
	}
	var seconds float64 // none where the row is gone again
	err = tx.QueryRowContext(ctx, `select extract(epoch from now() - last_at)
		from scan.pin_tries where gtin = $1 and lot = $2 and unit_index = $3 and who = $4`, u.GTIN, u.Lot, u.Index, who).Scan(&seconds)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return 0, verdict.LockedFor(time.Duration(seconds * float64(time.Second))), err
}

// PINUntried gives a device and its network back the try that they took, because the PIN could not be compared.
func (s *Store) PINUntried(ctx context.Context, u verdict.Unit, device, network []byte) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(ctx, `update scan.pin_tries set tries = tries - 1
			where gtin = $1 and lot = $2 and unit_index = $3 and who in ($4, $5) and tries > 0`,
			u.GTIN, u.Lot, u.Index, device, network)
	})
	if err != nil {
		return fmt.Errorf("give a PIN try back: %w", err)
	}
	return nil
}

// ForgetTries removes the tries that no longer count.
func (s *Store) ForgetTries(ctx context.Context, now time.Time) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.writes.ExecContext(ctx, `delete from scan.pin_tries where last_at < $1`, now.Add(-verdict.TryCounted))
	})
	if err != nil {
		return fmt.Errorf("forget PIN tries: %w", err)
	}
	return nil
}

// PINRight gives the unit all its tries back.
func (s *Store) PINRight(ctx context.Context, u verdict.Unit) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(
			ctx,
			`delete from scan.pin_tries where gtin = $1 and lot = $2 and unit_index = $3`,
			u.GTIN,
			u.Lot,
			u.Index,
		)
	})
	if err != nil {
		return fmt.Errorf("give PIN tries back: %w", err)
	}
	return nil
}

// PINEntered keeps that a PIN was entered, for the log that clones are looked for in.
func (s *Store) PINEntered(ctx context.Context, e verdict.PINEntry) error {
	lat, lon := coordinates(e.Point)
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(
			ctx,
			`insert into scan.pin_entry (gtin, lot, unit_index, at, device, place, lat, lon, accepted)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			e.Unit.GTIN,
			e.Unit.Lot,
			e.Unit.Index,
			e.At,
			e.Device,
			e.Place,
			lat,
			lon,
			e.Accepted,
		)
	})
	if err != nil {
		return fmt.Errorf("keep a PIN entry: %w", err)
	}
	return nil
}

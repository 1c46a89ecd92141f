package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/verdict"
)

// maxTries is how often a PIN may be tried before none is taken for a day.
const maxTries = 5

// TryPIN takes one of the unit's tries and says how many are left. It is called
// before the PIN is compared, so that not even guesses made at once get more than
// their number. Where no try was left, it answers how long that lasts, else 0.
func (s *Store) TryPIN(ctx context.Context, u verdict.Unit) (left int, locked time.Duration, err error) {
	type try struct {
		taken   sql.NullInt64
		seconds sql.NullFloat64
	}
	t, err := bounded(ctx, func() (t try, err error) {
		err = s.db.QueryRowContext(ctx, takeTry, u.GTIN, u.Lot, u.Index, maxTries).Scan(&t.taken, &t.seconds)
		return t, err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("take a PIN try: %w", err)
	}
	if !t.taken.Valid {
		return 0, time.Duration(t.seconds.Float64 * float64(time.Second)), nil
	}
	return maxTries - int(t.taken.Int64), 0, nil
}

// takeTry counts a try unless the unit is locked. It answers the try's number,
// else null and the seconds until the lock ends.
const takeTry = `
	with taken as (
		insert into scan.pin_tries as t (gtin, lot, unit_index, tries, last_at)
		values ($1, $2, $3, 1, now())
		on conflict (gtin, lot, unit_index) do update set
			tries = case when t.last_at < now() - interval '1 day' then 1 else t.tries + 1 end,
			last_at = now()
		where t.tries < $4 or t.last_at < now() - interval '1 day'
		returning tries
	)
	select (select tries from taken), case when not exists (select 1 from taken) then (
		select least(86400, greatest(1, extract(epoch from last_at + interval '1 day' - now())))
		from scan.pin_tries where gtin = $1 and lot = $2 and unit_index = $3) end`

// PINRight gives the unit all its tries back.
func (s *Store) PINRight(ctx context.Context, u verdict.Unit) error {
	_, err := bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(ctx, `delete from scan.pin_tries where gtin = $1 and lot = $2 and unit_index = $3`, u.GTIN, u.Lot, u.Index)
	})
	if err != nil {
		return fmt.Errorf("give PIN tries back: %w", err)
	}
	return nil
}

// PINEntered keeps that a PIN was entered, for the log that clones are looked for in.
func (s *Store) PINEntered(ctx context.Context, e verdict.PINEntry) error {
	lat, lon := coordinates(e.Point)
	_, err := bounded(ctx, func() (sql.Result, error) {
		return s.db.ExecContext(ctx, `insert into scan.pin_entry (gtin, lot, unit_index, at, device, place, lat, lon, accepted)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			e.Unit.GTIN, e.Unit.Lot, e.Unit.Index, e.At, e.Device, e.Place, lat, lon, e.Accepted)
	})
	if err != nil {
		return fmt.Errorf("keep a PIN entry: %w", err)
	}
	return nil
}

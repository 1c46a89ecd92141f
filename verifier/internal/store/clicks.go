package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// SaveClick counts that a device opened a link of a unit's page, where it has scanned the unit within a day. A network
// counts for as many devices as with scans: of others no visit is kept.
func (s *Store) SaveClick(
	ctx context.Context, u verdict.Unit, l content.CountedLink, device []byte, at time.Time,
) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.writes.ExecContext(
			ctx,
			`insert into scan.click (gtin, link, day, device, kind, by, url)
			select $1, decode($4, 'hex'), $5, $6, $7, $8, $9 where exists (select from scan.visit
				where gtin = $1 and lot = $2 and unit_index = $3 and device = $6 and at > $10) on conflict do nothing`,
			u.GTIN,
			u.Lot,
			u.Index,
			content.LinkID(l.URL),
			string(trace.DayOf(at)),
			device,
			l.Kind,
			l.By,
			l.URL,
			at.Add(-verdict.VisitRemembered),
		)
	})
	if err != nil {
		return fmt.Errorf("count a click: %w", err)
	}
	return nil
}

// ForgetClicks removes clicks that have been kept as long as they may be.
func (s *Store) ForgetClicks(ctx context.Context, now time.Time) error {
	_, err := database.Bounded(ctx, func() (sql.Result, error) {
		return s.writes.ExecContext(
			ctx,
			`delete from scan.click where day < $1`,
			string(trace.DayOf(now.Add(-content.ClickKept))),
		)
	})
	if err != nil {
		return fmt.Errorf("forget clicks: %w", err)
	}
	return nil
}

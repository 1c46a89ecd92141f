package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// LabelsMade notes how labels of units, all of one batch, were made. Sets of
// units are added up by the database, so callers at once lose nothing.
func (s *Store) LabelsMade(ctx context.Context, units []trace.Line, how record.LabelsMade) error {
	if len(units) == 0 {
		return nil
	}
	ranges := make([]string, len(units))
	for i, l := range units {
		ranges[i] = fmt.Sprintf("[%d,%d)", l.From, l.To())
	}
	_, err := s.db.ExecContext(ctx, `insert into app.label_print as p (gtin, lot, made, units) values ($1, $2, $3, $4)
		on conflict (gtin, lot, made) do update set units = p.units + excluded.units where not p.units @> excluded.units`,
		units[0].GTIN, units[0].Lot, string(how), "{"+strings.Join(ranges, ",")+"}")
	return err
}

// Printed says whether labels were made of any of the units.
func (s *Store) Printed(ctx context.Context, units trace.Line) (printed bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (select 1 from app.label_print
		where gtin = $1 and lot = $2 and made <> 'read' and units && int8range($3, $4))`,
		units.GTIN, units.Lot, units.From, units.To()).Scan(&printed)
	return printed, err
}

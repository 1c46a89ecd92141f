package store

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Printed says whether a party had labels made of any of the units, by the log
// of what was printed.
func (s *Store) Printed(ctx context.Context, party string, units trace.Line) (printed bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (
		select 1 from app.audit a, lateral (select coalesce((a.detail #>> '{order,from}')::bigint, 0) as start,
			coalesce((a.detail #>> '{order,count}')::bigint, 0) as count) o
		where a.party = $1 and a.action = 'labels_print' and lpad(a.detail ->> 'gtin', 14, '0') = $2 and a.detail ->> 'lot' = $3
		and o.start < $5 and (o.count = 0 or o.start + o.count > $4))`,
		party, units.GTIN, units.Lot, units.From, units.To()).Scan(&printed)
	return printed, err
}

package store

import (
	"context"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// scansOf are the scans of some products, of all where none is named, between two days in China.
const scansOf = `with scans as (select gtin, lot, unit_index, device, place, (at at time zone 'Asia/Shanghai')::date as day from scan.scan
	where (cardinality($1::text[]) = 0 or gtin = any($1))
	and at >= $2::date::timestamp at time zone 'Asia/Shanghai' and at < $3::date::timestamp at time zone 'Asia/Shanghai') `

// Insight adds up what the log of scans says, with the size of each group.
func (s *Store) Insight(ctx context.Context, f record.InsightFilter) (in record.Insight, err error) {
	var scanned bool // the verifier makes its tables, perhaps later
	if err := s.db.QueryRowContext(ctx, `select to_regclass('scan.scan') is not null`).Scan(&scanned); err != nil || !scanned {
		return in, err
	}
	for _, part := range []struct {
		by   string
		into *[]record.Crowd
	}{{"day::text", &in.Days}, {"place", &in.Places}, {"gtin", &in.Goods}} {
		rows, err := s.db.QueryContext(ctx, scansOf+`select `+part.by+`, count(*), count(distinct device) from scans
			group by 1 order by count(*) desc, 1 limit 400`, pq.Array(f.GTINs), f.From, f.To)
		if err != nil {
			return in, err
		}
		*part.into, err = collect(rows, func(row scanner) (c record.Crowd, err error) { return c, row.Scan(&c.Key, &c.Count, &c.Devices) })
		if err != nil {
			return in, err
		}
	}
	rows, err := s.db.QueryContext(ctx, scansOf+`, mine as (select $2::date::timestamp at time zone 'Asia/Shanghai' as since, $3::date::timestamp at time zone 'Asia/Shanghai' as before)
		select * from (
		select 1 as nth, 'issued', coalesce(sum(quantity), 0)::bigint, coalesce(sum(quantity), 0)::bigint from ledger.batch where cardinality($1::text[]) = 0 or gtin = any($1)
		union all select 2, 'scanned', count(distinct (gtin, lot, unit_index)), count(distinct device) from scans
		union all select 3, 'activated', count(*), count(*) from ledger.unit_event, mine
			where type = 'activated' and (cardinality($1::text[]) = 0 or gtin = any($1)) and at >= since and at < before
		union all select 4, 'reviewed', count(*), count(*) from app.review, mine
			where (cardinality($1::text[]) = 0 or gtin = any($1)) and created_at >= since and created_at < before
		union all select 5, 'complained', count(*), count(*) from ledger.complaint, mine
			where (cardinality($1::text[]) = 0 or gtin = any($1)) and opened_at >= since and opened_at < before
		) steps order by nth`, pq.Array(f.GTINs), f.From, f.To)
	if err != nil {
		return in, err
	}
	in.Steps, err = collect(rows, func(row scanner) (x record.Step, err error) {
		var nth int
		return x, row.Scan(&nth, &x.Name, &x.Count, &x.Devices)
	})
	return in, err
}

// OwnGTINs gives a party's products, the first so many.
func (s *Store) OwnGTINs(ctx context.Context, party string, most int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select gtin from ledger.product where owner = $1 order by gtin limit $2`, party, most)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (gtin string, err error) { return gtin, row.Scan(&gtin) })
}

// ShownPictures gives the large pictures that a product's page shows now, JPEG, the first so many.
func (s *Store) ShownPictures(ctx context.Context, gtin string, most int) ([][]byte, error) {
	rows, err := s.db.QueryContext(ctx, `select i.data from app.presentation p
		join (select version from app.publication where gtin = $1 order by id desc limit 1) u on u.version = p.version
		cross join lateral jsonb_array_elements(p.doc -> 'pictures') with ordinality x (picture, nth)
		join app.picture i on i.id = decode(x.picture ->> 'id', 'hex') where p.gtin = $1 order by x.nth limit $2`, gtin, most)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (data []byte, err error) { return data, row.Scan(&data) })
}

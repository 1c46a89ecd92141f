package store

import (
	"context"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// insightScans are the scans of some products, of all where none is named, between two days in
// China; with a seller those of units that he sold.
const insightScans = `with span as (select $2::date::timestamp at time zone 'Asia/Shanghai' as since, $3::date::timestamp at time zone 'Asia/Shanghai' as before),
	sold as (select gtin, lot, start, stop from ledger.holding where holder = $4 and state = 'sold' and (cardinality($1::text[]) = 0 or gtin = any($1))),
	scans as (select s.gtin, lot, unit_index, device, place, (at at time zone 'Asia/Shanghai')::date as day from scan.scan s, span
		where (cardinality($1::text[]) = 0 or gtin = any($1)) and at >= since and at < before
		and ($4 = '' or exists (select from sold h where h.gtin = s.gtin and h.lot = s.lot and h.start <= unit_index and h.stop > unit_index))) `

// Insight adds up what the log of scans says, with the size of each group.
func (s *Store) Insight(ctx context.Context, f record.InsightFilter) (in record.Insight, err error) {
	var counted bool // the verifier makes its tables, perhaps later
	if err := s.db.QueryRowContext(ctx, `select to_regclass('scan.click') is not null`).
		Scan(&counted); err != nil ||
		!counted {
		return in, err
	}
	if in.Links, err = s.insightLinks(ctx, f); err != nil || f.Creator != "" {
		return in, err
	}
	before := f
	before.From, before.To = f.Before, f.From
	for _, part := range []struct {
		by   string
		of   record.InsightFilter
		into *[]record.Crowd
	}{{"day::text", f, &in.Days}, {"place", f, &in.Places}, {"gtin", f, &in.Goods}, {"place", before, &in.Before}} {
		rows, err := s.db.QueryContext(
			ctx,
			insightScans+`select `+part.by+`, count(*), count(distinct device) from scans
			group by 1 order by count(*) desc, 1 limit 400`,
			pq.Array(part.of.GTINs),
			part.of.From,
			part.of.To,
			f.Seller,
		)
		if err != nil {
			return in, err
		}
		*part.into, err = collect(
			rows,
			func(row scanner) (c record.Crowd, err error) { return c, row.Scan(&c.Key, &c.Count, &c.Devices) },
		)
		if err != nil {
			return in, err
		}
	}
	in.Steps, err = s.insightSteps(ctx, f)
	return in, err
}

// insightSteps gives the way from a code to its owner: of a brand from its issuing, of a seller from the sale.
func (s *Store) insightSteps(ctx context.Context, f record.InsightFilter) ([]record.Step, error) {
	rows, err := s.db.QueryContext(
		ctx,
		insightScans+`, batches as (select gtin, lot, quantity from ledger.batch where $4 = '' and (cardinality($1::text[]) = 0 or gtin = any($1))),
		printed as (select sum(upper(r) - lower(r))::bigint as n from (select range_agg(run * int8range(0, b.quantity)) as units
			from app.label_print p join batches b using (gtin, lot), unnest(p.units) run where made <> 'read' group by gtin, lot) x, unnest(units) r)
		select * from (
		select 1 as nth, 'issued', coalesce(sum(quantity), 0)::bigint, 0::bigint, true from batches having $4 = ''
		union all select 2, 'printed', coalesce(n, 0), 0, true from printed where $4 = ''
		union all select 2, 'sold', coalesce(sum(stop - start), 0)::bigint, 0, true from sold having $4 <> ''
		union all select 3, 'scanned', count(distinct (gtin, lot, unit_index)), count(distinct device), false from scans
		union all select 4, 'activated', count(*), count(*), false from ledger.unit_event e, span
			where type = 'activated' and (cardinality($1::text[]) = 0 or gtin = any($1)) and at >= since and at < before
			and ($4 = '' or exists (select from sold h where h.gtin = e.gtin and h.lot = e.lot and h.start <= unit_index and h.stop > unit_index))
		union all select 5, 'reviewed', count(*), count(*), false from scan.review, span
			where (cardinality($1::text[]) = 0 or gtin = any($1)) and created_at >= since and created_at < before and ($4 = '' or seller = $4)
		union all select 6, 'opened', count(*), count(distinct device), false from scan.click
			where kind = 'buy' and (cardinality($1::text[]) = 0 or gtin = any($1)) and day >= $2 and day < $3 and ($4 = '' or by = $4)
		union all select 7, 'complained', count(*), count(*), false from ledger.complaint, span
			where (cardinality($1::text[]) = 0 or gtin = any($1)) and opened_at >= since and opened_at < before and ($4 = '' or respondent = $4)
		) steps order by nth`,
		pq.Array(f.GTINs),
		f.From,
		f.To,
		f.Seller,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (x record.Step, err error) {
		var nth int
		return x, row.Scan(&nth, &x.Name, &x.Count, &x.Devices, &x.Own)
	})
}

// OwnGTINs gives a party's products, the first so many.
func (s *Store) OwnGTINs(ctx context.Context, party string, most int) ([]string, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select gtin from ledger.product where owner = $1 order by gtin limit $2`,
		party,
		most,
	)
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

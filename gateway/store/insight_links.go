package store

import (
	"context"
	"encoding/json"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// insightLinks adds up the links of products' pages: whose they are, which campaign their address
// names (utm_campaign), and from when until when each was shown. A creator's stand until he or the
// platform ends them, others until the next version.
const insightLinks = `with given as (
	select 'creator' as kind, e.creator as by, e.gtin, e.url, e.created_at as since, x.created_at as until
		from scan.endorsement e left join app.endorsement_end x on x.endorsement_id = e.id
	union all select 'buy', coalesce(nullif(b ->> 'seller', ''), p.party), u.gtin, b ->> 'url', u.created_at, u.until
		from (select gtin, version, created_at, lead(created_at) over (partition by gtin order by id) as until from app.publication) u
		join app.presentation p using (gtin, version) cross join lateral jsonb_path_query(p.doc, '$.buy[*]') b
	union all select 'buy', l.party, l.gtin, b ->> 'url', l.created_at, l.until
		from (select *, lead(created_at) over (partition by gtin, party order by id) as until from app.buy_link) l
		cross join lateral jsonb_path_query(l.links, '$[*]') b
), named as (
	select kind, by, gtin, coalesce(substring(url from '[?&]utm_campaign=([^&#]+)'), '') as campaign,
		greatest(since, $2::date::timestamp at time zone 'Asia/Shanghai') as since,
		least(until, $3::date::timestamp at time zone 'Asia/Shanghai') as until
	from given where (cardinality($1::text[]) = 0 or gtin = any($1)) and ($4 = '' or kind = 'buy' and by = $4) and ($5 = '' or kind = 'creator' and by = $5)
), links as (
	select case kind when 'creator' then 'creator' else 'seller' end as what, by as key, gtin, since, until from named
	union all select 'campaign', campaign, gtin, since, until from named where campaign <> ''
), shown as (
	select what, key, count(distinct nonce) as count, count(distinct device) as devices
	from links l join scan.scan s on s.gtin = l.gtin and s.at >= l.since and s.at < l.until group by what, key
), clicks as (
	select *, coalesce(substring(url from '[?&]utm_campaign=([^&#]+)'), '') as campaign from scan.click
	where (cardinality($1::text[]) = 0 or gtin = any($1)) and day >= $2 and day < $3
), clicked as (
	select case kind when 'creator' then 'creator' else 'seller' end as what, by as key, gtin, day, device from clicks
		where ($4 = '' or kind = 'buy' and by = $4) and ($5 = '' or kind = 'creator' and by = $5)
	union all select 'campaign', campaign, gtin, day, device from clicks
		where campaign <> '' and ($4 = '' or kind = 'buy' and by = $4) and ($5 = '' or kind = 'creator' and by = $5)
), opened as (
	select what, key, count(*) as count, count(distinct device) as devices,
		count(*) filter (where bought) as sales, count(distinct device) filter (where bought) as buyers
	from (select c.*, exists (select from clicks b where b.kind = 'buy' and b.gtin = c.gtin and b.device = c.device and b.day >= c.day) as bought from clicked c) x
	group by what, key
)
select what, key, coalesce(s.count, 0), coalesce(s.devices, 0), coalesce(o.count, 0), coalesce(o.devices, 0), coalesce(sales, 0), coalesce(buyers, 0),
	coalesce(case what when 'creator' then (select name from app.creator where handle = key) when 'seller' then (select doc -> 'name' from ledger.party where id = key) end, '{}')
from shown s full join opened o using (what, key) order by what, coalesce(o.count, 0) desc, key limit 600`

func (s *Store) insightLinks(ctx context.Context, f record.InsightFilter) ([]record.LinkCrowds, error) {
	rows, err := s.db.QueryContext(ctx, insightLinks, pq.Array(f.GTINs), f.From, f.To, f.Seller, f.Creator)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (l record.LinkCrowds, err error) {
		var name []byte
		if err := row.Scan(
			&l.By, &l.Key, &l.Shown.Count, &l.Shown.Devices, &l.Opened.Count, &l.Opened.Devices,
			&l.Bought.Count, &l.Bought.Devices, &name,
		); err != nil {
			return l, err
		}
		return l, json.Unmarshal(name, &l.Name)
	})
}

// Sold reports whether a party has sold units of a product.
func (s *Store) Sold(ctx context.Context, party, gtin string) (sold bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (select from ledger.holding where holder = $1 and gtin = $2 and state = 'sold')`, party, gtin).
		Scan(&sold)
	return sold, err
}

-- Of how many of the $3 units of a batch labels were made with their PINs, without,
-- in a way that leaves it open, and not at all. A unit's PIN is known to be on its
-- label, or not, by the rule that its shopper's page follows (verifier's records.sql).
with made as (
    select coalesce(range_agg(p.units) filter (where made = 'with'), '{}') * batch.whole as with_pins,
        coalesce(range_agg(p.units) filter (where made = 'without'), '{}') * batch.whole as without_pins,
        coalesce(range_agg(p.units) filter (where made = 'read'), '{}') * batch.whole as read_pins
    from app.label_print p, (select int8multirange(int8range(0, $3)) as whole) batch
    where gtin = $1 and lot = $2
    group by batch.whole
), parts as (
    select 'with' as part, with_pins - without_pins as units from made
    union all select 'without', without_pins - with_pins - read_pins from made
    union all select 'any', with_pins + without_pins + read_pins from made
), counts as (
    select part, sum(upper(run) - lower(run))::bigint as n from parts, unnest(units) run group by part
), figures as (
    select coalesce(sum(n) filter (where part = 'with'), 0)::bigint as with_pins, coalesce(sum(n) filter (where part = 'without'), 0)::bigint as without_pins,
        coalesce(sum(n) filter (where part = 'any'), 0)::bigint as known
    from counts
)
select with_pins, without_pins, known - with_pins - without_pins, $3 - known from figures

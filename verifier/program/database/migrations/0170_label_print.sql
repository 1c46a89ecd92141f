-- Of which units labels were made, or lists of codes, with their PINs and without;
-- and of which the PINs were read by somebody who may print labels himself. What a
-- shopper is told of a scratch field hangs on it.

-- +goose Up

create table app.label_print (
    gtin  text not null,
    lot   text not null,
    made  text not null check (made in ('with', 'without', 'read')),
    units int8multirange not null,
    primary key (gtin, lot, made)
);

-- Until now the audit log knew. Of units named by their codes, and of layouts of
-- a party's own, it does not say which or whether: those count as either.
with printed as (
    select lpad(detail ->> 'gtin', 14, '0') as gtin, detail ->> 'lot' as lot, coalesce((detail #>> '{order,pin}')::boolean, false) as pin,
        detail -> 'order' ?| '{codes,design}' or coalesce(detail #>> '{order,template}', '')
            not in ('', 'a4-3x8', 'a4-4x10', 'a4-5x13', 'roll-60x40', 'roll-50x30', 'roll-40x30', 'roll-30x20') as unsure,
        coalesce((detail #>> '{order,from}')::bigint, 0) as start, coalesce((detail #>> '{order,count}')::bigint, 0) as count
    from app.audit where action = 'labels_print'
), made as (
    select gtin, lot, 'with' as made, start, count from printed where pin or unsure
    union all select gtin, lot, 'without', start, count from printed where not pin or unsure
    union all select lpad(detail ->> 'gtin', 14, '0'), detail ->> 'lot', 'read', coalesce((detail ->> 'from')::bigint, 0), coalesce((detail ->> 'count')::bigint, 0)
        from app.audit where action = 'units_read'
)
insert into app.label_print
select gtin, lot, made, range_agg(int8range(start, case when count = 0 then null else start + count end))
from made where gtin is not null and lot is not null
group by gtin, lot, made;

-- +goose Down

drop table app.label_print;

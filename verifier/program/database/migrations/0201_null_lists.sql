-- A list that a document gives as null is an empty one.

-- +goose Up
create or replace function ledger.units_of(lines jsonb) returns bigint language sql immutable
    as $$ select coalesce(sum((l ->> 'count')::bigint), 0)::bigint from jsonb_array_elements(coalesce(nullif(lines, 'null'), '[]')) l $$;
create or replace function ledger.goods_of(doc jsonb) returns text language sql immutable as $$
    select coalesce(string_agg(distinct named.word, ' '), '') from (
        select l ->> 'gtin' as word from jsonb_array_elements(coalesce(nullif(doc -> 'lines', 'null'), '[]')) l
        union all select l ->> 'lot' from jsonb_array_elements(coalesce(nullif(doc -> 'lines', 'null'), '[]')) l
        union all select jsonb_array_elements_text(coalesce(nullif(doc -> 'lots', 'null'), '[]'))
        union all select jsonb_array_elements_text(coalesce(nullif(doc -> 'containers', 'null'), '[]'))) named
$$;

-- +goose Down
select 1; -- the functions are as good before as after

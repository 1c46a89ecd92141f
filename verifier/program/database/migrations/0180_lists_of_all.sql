-- Every other list is searched and sorted as those of goods are: by words folded
-- as searches are, which are scanned, and by columns that are never null.

-- +goose Up

-- An instant as our documents write it, which names its offset: no setting of the
-- session has a say in it.
create function ledger.instant(text) returns timestamptz language sql immutable strict as $$ select $1::timestamptz $$;
create function ledger.folded(text) returns text language sql immutable strict as $$ select lower(normalize($1, nfkc)) $$;
create function ledger.units_of(lines jsonb) returns bigint language sql immutable
    as $$ select coalesce(sum((l ->> 'count')::bigint), 0)::bigint from jsonb_array_elements(coalesce(lines, '[]')) l $$;
-- Which goods and containers a document names.
create function ledger.goods_of(doc jsonb) returns text language sql immutable as $$
    select coalesce(string_agg(distinct named.word, ' '), '') from (
        select l ->> 'gtin' as word from jsonb_array_elements(coalesce(doc -> 'lines', '[]')) l
        union all select l ->> 'lot' from jsonb_array_elements(coalesce(doc -> 'lines', '[]')) l
        union all select jsonb_array_elements_text(coalesce(doc -> 'lots', '[]'))
        union all select jsonb_array_elements_text(coalesce(doc -> 'containers', '[]'))) named
$$;

alter table ledger.party
    add name  text collate "zh-x-icu" not null generated always as (left(coalesce(doc #>> '{name,zh-CN}', doc #>> '{name,en}', id), 40)) stored,
    add words text not null generated always as (ledger.folded(id || ' ' || coalesce(doc #>> '{name,zh-CN}', '') || ' ' || coalesce(doc #>> '{name,en}', ''))) stored;
create index party_named on ledger.party (name, id);

alter table ledger.shipment
    add units bigint not null generated always as (ledger.units_of(doc -> 'lines')) stored,
    add words text not null generated always as (ledger.folded(id || ' ' || coalesce(doc ->> 'reference', '') || ' ' || ledger.goods_of(doc))) stored;
create index shipment_sent on ledger.shipment (dispatched_at, id);
create index shipment_units on ledger.shipment (units, id);

alter table ledger.container
    add packed_at timestamptz not null generated always as (coalesce(ledger.instant(doc ->> 'packedAt'), '-infinity')) stored,
    add words text not null generated always as (ledger.folded(sscc || ' ' || ledger.goods_of(doc))) stored;
create index on ledger.container (packed_at, sscc);

alter table ledger.recall
    add at    timestamptz not null generated always as (coalesce(ledger.instant(doc ->> 'at'), '-infinity')) stored,
    add words text not null generated always as (ledger.folded(id || ' ' || gtin || ' ' || coalesce(doc #>> '{reason,zh-CN}', '') || ' ' ||
        coalesce(doc #>> '{reason,en}', '') || ' ' || ledger.goods_of(doc))) stored;
create index on ledger.recall (at, id);

alter table ledger.complaint
    add due   timestamptz not null generated always as (coalesce(next_due, 'infinity')) stored,
    add words text not null generated always as (ledger.folded(id || ' ' || gtin || ' ' || lot)) stored;
create index complaint_due on ledger.complaint (due, id);
create index complaint_opened on ledger.complaint (opened_at, id);
drop index ledger.complaint_coalesce_id_idx;

alter table ledger.exception
    add words text not null generated always as (ledger.folded(id || ' ' || shipment || ' ' || ledger.goods_of(doc))) stored;
create index exception_opened on ledger.exception (opened_at, id);

alter table ledger.inspection
    add words text not null generated always as (ledger.folded(id || ' ' || gtin || ' ' || lot || ' ' || coalesce(doc ->> 'standard', ''))) stored;
create index inspection_made on ledger.inspection (at, id);

-- Not app.review and the like: their rows are hashed whole for the anchored logs.
alter table app.alert
    add words text not null generated always as (ledger.folded(id || ' ' || gtin || ' ' || lot)) stored;
alter table app.notice
    add words text not null generated always as (ledger.folded(subject || ' ' || detail::text)) stored;
alter table app.job
    add words text not null generated always as (ledger.folded(id || ' ' || request::text)) stored;
alter table app.audit
    add words text not null generated always as (ledger.folded(account || ' ' || operation || ' ' || action || ' ' || target::text || ' ' || tx_id)) stored;
create index alert_risk_first on app.alert (risk, id);
create index alert_opened on app.alert (opened_at, id);
create index review_rated on app.review (rating, id);
create index notice_unread on app.notice (party, (read_at is not null), (-id));
create index notice_at on app.notice (party, at, (-id));
create index job_of on app.job (party, created_at, id);

-- +goose Down
drop index app.job_of, app.notice_at, app.notice_unread, app.review_rated, app.alert_opened, app.alert_risk_first,
    ledger.inspection_made, ledger.exception_opened, ledger.complaint_opened, ledger.shipment_sent;
create index on ledger.complaint ((coalesce(next_due, 'infinity')), id);
alter table app.alert drop words;
alter table app.notice drop words;
alter table app.job drop words;
alter table app.audit drop words;
alter table ledger.complaint drop due, drop words;
alter table ledger.exception drop words;
alter table ledger.inspection drop words;
alter table ledger.recall drop at, drop words;
alter table ledger.container drop packed_at, drop words;
alter table ledger.shipment drop units, drop words;
alter table ledger.party drop name, drop words;
drop function ledger.goods_of, ledger.units_of, ledger.folded, ledger.instant;

-- What two more lists are ordered by and narrowed by: when each party applied, and
-- the words of standards.

-- +goose Up
alter table ledger.party
    add applied_at timestamptz not null generated always as (coalesce(ledger.instant(doc #>> '{application,submittedAt}'), '-infinity')) stored;
create index party_applied on ledger.party (applied_at, id);
alter table ledger.standard
    add words text not null generated always as (ledger.folded(
        id || ' ' || category || ' ' || coalesce(doc #>> '{name,zh-CN}', '') || ' ' || coalesce(doc #>> '{name,en}', ''))) stored;

-- +goose Down
alter table ledger.party drop applied_at;
alter table ledger.standard drop words;

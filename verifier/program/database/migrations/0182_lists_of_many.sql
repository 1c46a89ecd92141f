-- What the longest lists of parties and of reported codes are narrowed by.

-- +goose Up
alter table ledger.party
    add lapses_on text not null generated always as (coalesce(ledger.lapses_on(doc), '9999-12-31')) stored;
create index party_lapsing on ledger.party (lapses_on, id);
alter table app.reported_code
    add words text not null generated always as (ledger.folded(code)) stored;

-- +goose Down
alter table ledger.party drop lapses_on;
alter table app.reported_code drop words;

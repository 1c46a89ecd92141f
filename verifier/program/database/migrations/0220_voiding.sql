-- Which codes are being voided: a row is there from before the ledger is asked
-- until its answer is known, so that no label of them is made meanwhile. It
-- outlives a gateway that dies; what became of its transaction tells the journal.

-- +goose Up

create table app.voiding (
    ref      text primary key, -- the request's, as in app.submission
    gtin     text not null,
    lot      text not null,
    units    int8range not null,
    begun_at timestamptz not null default now()
);
create index on app.voiding (gtin, lot);

-- +goose Down

drop table app.voiding;

-- What the gateway keeps to sign and to find out: the parties' identities, keys
-- sealed, and the journal of transactions that were sent.

-- +goose Up
create schema if not exists app;

-- sealed_key can be read only with the wallet's key, which is never stored here.
create table app.identity (
    party       text primary key,
    msp         text not null,
    name        text not null,
    certificate bytea not null,
    sealed_key  bytea not null,
    expires_at  timestamptz not null,
    updated_at  timestamptz not null default now(),
    unique (msp, name)
);

-- Every signed transaction, written down before it was sent. block and code are
-- null as long as its outcome is not known; they are given together.
create table app.submission (
    tx_id       text primary key,
    party       text not null,
    transaction text not null,
    envelope    bytea not null,
    ref         text not null default '',
    note        jsonb,
    prepared_at timestamptz not null,
    block       bigint,
    code        text,
    settled_at  timestamptz,
    check ((block is null) = (code is null))
);
create index on app.submission (ref, prepared_at desc) where ref <> '';
create index on app.submission (prepared_at) where code is null;

-- +goose Down
drop table app.submission;
drop table app.identity;

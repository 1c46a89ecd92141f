-- Compliance checks, documents, the parties' inboxes and their webhooks.

-- +goose Up

create table ledger.compliance_check (
    id    text primary key,
    party text not null,
    at    timestamptz not null,
    doc   jsonb not null,
    tx_id text not null
);
create index on ledger.compliance_check (party, at desc);

-- content is sealed with the wallet's key (see gateway/enrol, Box). The same
-- file of the same party is kept once.
create table app.document (
    id           text primary key,
    party        text not null,
    sha256       bytea not null check (length(sha256) = 32),
    content_type text not null,
    name         text not null,
    size         bigint not null,
    content      bytea not null,
    account      text not null,
    created_at   timestamptz not null default now(),
    unique (party, sha256)
);

-- What parties are told. ref is the transaction that is the cause or, for what
-- follows from a date, what ends and the threshold: one notice for each ref,
-- party and kind, whoever writes it and however often.
create table app.notice (
    id         bigint generated always as identity primary key,
    party      text not null,
    kind       text not null,
    ref        text not null,
    subject    text not null,
    detail     jsonb not null,
    at         timestamptz not null,
    read_at    timestamptz,
    unique (ref, party, kind)
);
create index on app.notice (party, (read_at is not null), id desc);

-- The first block whose notices are not written yet. It only grows, also when
-- the read model is rebuilt from block 0: so nothing is sent a second time.
create table app.notice_mark (
    only_one   boolean primary key default true check (only_one),
    next_block bigint not null
);
insert into app.notice_mark (next_block) select coalesce((select next_block from ledger.checkpoint), 0);

-- secret is sealed as documents are. No events means every event.
create table app.webhook (
    id         text primary key,
    party      text not null,
    url        text not null,
    events     text[] not null,
    secret     bytea not null,
    account    text not null,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index on app.webhook (party) where deleted_at is null;

-- A notice on its way to a webhook, and each attempt at it.
create table app.delivery (
    id         bigint generated always as identity primary key,
    webhook_id text not null references app.webhook,
    notice_id  bigint not null references app.notice,
    status     text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
    tries      integer not null default 0,
    next_try   timestamptz not null default now(),
    give_up    timestamptz not null default now() + interval '24 hours',
    created_at timestamptz not null default now()
);
create index on app.delivery (next_try) where status = 'pending';
create index on app.delivery (webhook_id, id desc);

create table app.delivery_attempt (
    delivery_id bigint not null references app.delivery,
    number      integer not null,
    at          timestamptz not null default now(),
    answer      integer,
    error       text not null,
    primary key (delivery_id, number)
);

-- +goose Down
drop table app.delivery_attempt;
drop table app.delivery;
drop table app.webhook;
drop table app.notice_mark;
drop table app.notice;
drop table app.document;
drop table ledger.compliance_check;

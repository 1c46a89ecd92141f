-- What shoppers report about codes that we do not know. It concerns no unit and
-- no party, so it is in no anchored log, and is removed when it has had its time.

-- +goose Up

-- code is what the label says, bounded and neutralised (see verifier/rules/feedback);
-- id is made of it, so that reports of the same code come together.
create table app.reported_code (
    id   text primary key,
    code text not null
);

-- The token of the secret link is never stored: token_hash is its SHA-256. place,
-- text and contact are the shopper's, '' where left out. device and network are
-- keyed hashes, which bound how much one may report, null once they have done so.
-- told_at is null while the platform is still to be told.
create table app.report (
    id         text primary key,
    token_hash bytea not null unique check (length(token_hash) = 32),
    code_id    text not null references app.reported_code,
    place      text not null,
    text       text not null,
    contact    text not null,
    device     bytea,
    network    bytea,
    created_at timestamptz not null default now(),
    closed_at  timestamptz,
    told_at    timestamptz
);
create index on app.report (code_id, created_at);
create index on app.report (created_at);
create index on app.report (network, created_at) where network is not null;
create index on app.report (created_at) where told_at is null;

-- What the platform found out about a code, each time it closed what was open.
create table app.report_closing (
    code_id text not null references app.reported_code on delete cascade,
    number  bigint generated always as identity,
    note    text not null,
    party   text not null,
    account text not null,
    ref     text not null,
    at      timestamptz not null default now(),
    primary key (code_id, number),
    unique (code_id, ref)
);

-- +goose Down
drop table app.report_closing, app.report, app.reported_code;

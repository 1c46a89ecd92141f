-- What the gateway keeps for its callers: accounts, answers to repeat, jobs,
-- the stored half of every batch's Merkle tree, and who looked at secrets.

-- +goose Up

-- A key is never stored: key_hash is its SHA-256.
create table app.account (
    name       text primary key,
    party      text not null,
    role       text not null,
    key_hash   bytea not null unique check (length(key_hash) = 32),
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
create index on app.account (party);

-- One row for each Idempotency-Key. answer is null while the request runs and,
-- after a crash, until a repeat finishes it; lease_until says which of the two.
create table app.idempotency (
    account      text not null references app.account,
    key          text not null,
    request_hash bytea not null,
    lease_until  timestamptz not null,
    holder       text not null,
    status       integer,
    headers      jsonb,
    answer       bytea,
    created_at   timestamptz not null default now(),
    primary key (account, key)
);
create index on app.idempotency (created_at);

-- The stored row of a batch's Merkle tree (see verifier/rules/seal, Tree.Row), found
-- by the root that the ledger has. A row whose batch was refused is harmless.
create table app.unit_tree (
    units_root bytea primary key check (length(units_root) = 32),
    quantity   bigint not null check (quantity > 0),
    tree_row   bytea not null,
    created_at timestamptz not null default now()
);

-- Long work. attempt fences off a worker that lost its lease.
create table app.job (
    id           text primary key,
    kind         text not null,
    account      text not null,
    party        text not null,
    status       text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
    request      jsonb not null,
    input        bytea,
    done         bigint not null default 0,
    total        bigint not null default 0,
    content_type text,
    error        text,
    attempt      integer not null default 0,
    lease_until  timestamptz,
    created_at   timestamptz not null default now(),
    finished_at  timestamptz
);
create index on app.job (created_at) where status in ('queued', 'running');

-- What a job made, in pieces, so that nobody holds all of it in memory.
create table app.job_piece (
    job_id text not null references app.job on delete cascade,
    number integer not null,
    data   bytea not null,
    primary key (job_id, number)
);

-- The decided rows of an import. A decided row stays decided.
create table app.import_row (
    job_id text not null references app.job on delete cascade,
    number integer not null,
    doc    jsonb not null,
    primary key (job_id, number)
);

-- Who read or made something secret. Never holds the secret.
create table app.audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    account text not null,
    party   text not null,
    action  text not null,
    detail  jsonb not null
);
create index on app.audit (party, at desc);

-- +goose Down
drop table app.audit;
drop table app.import_row;
drop table app.job_piece;
drop table app.job;
drop table app.unit_tree;
drop table app.idempotency;
drop table app.account;

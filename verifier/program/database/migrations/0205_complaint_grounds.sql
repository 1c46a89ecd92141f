-- Why a pending complaint counts in its unit's verdict: its sender had entered
-- the unit's right PIN, or the platform has looked at it. Without a ground it
-- waits (decision 72). complaint is an id of ledger.complaint, which may come later.

-- +goose Up
create table app.complaint_ground (
    complaint  text primary key,
    ground     text not null check (ground in ('pin', 'platform')),
    account    text not null default '',
    created_at timestamptz not null default now()
);

-- From which network a complaint came, as a keyed hash, for a day: no more is
-- needed to count by it. A complaint's own row is logged and never changes.
create table app.complaint_network (
    complaint_id text primary key references app.complaint,
    network      bytea not null,
    created_at   timestamptz not null default now()
);
create index on app.complaint_network (network, created_at);
create index on app.complaint_network (created_at);

-- +goose Down
drop table app.complaint_network;
drop table app.complaint_ground;

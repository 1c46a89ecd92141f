-- Units whose code is confirmed as copied, and the alerts that come before that.

-- +goose Up
create table ledger.unit_flag (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    copied     boolean not null,
    doc        jsonb not null,
    tx_id      text not null,
    primary key (gtin, lot, unit_index)
);

-- A unit that the scans speak against: one alert for a unit, opened by the
-- verifier that scores the log of scans, which also keeps risk, code and reasons
-- as they were after entry seq of the log. Whether the alert is confirmed stands
-- on the ledger (ledger.unit_flag); told_at is null while its parties are still
-- to be told.
create table app.alert (
    id         text primary key,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    opened_at  timestamptz not null default now(),
    seq        bigint not null,
    scored_at  timestamptz not null,
    risk       double precision not null,
    code       text not null,
    reasons    jsonb not null,
    told_at    timestamptz,
    unique (gtin, lot, unit_index)
);
create index on app.alert (risk desc, id);
create index on app.alert (opened_at desc, id);
create index on app.alert (id) where told_at is null;

-- What analysts decided of an alert, besides the ledger's confirmations. The last
-- decision counts. A dismissal explains the log up to entry seq; later entries
-- that speak against the unit by themselves reopen it, without an account.
create table app.alert_decision (
    alert_id text not null references app.alert,
    number   bigint generated always as identity,
    outcome  text not null check (outcome in ('dismissed', 'reopened')),
    seq      bigint not null,
    note     text not null,
    party    text,
    account  text,
    ref      text not null,
    at       timestamptz not null default now(),
    primary key (alert_id, number),
    unique (alert_id, ref)
);

-- +goose Down
drop table app.alert_decision, app.alert, ledger.unit_flag;

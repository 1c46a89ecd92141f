-- People who sign in: their sessions, what shows who they are, invitations, and
-- the audit log of all that anyone does.

-- +goose Up

-- An account is whoever acts: a key, or a person, who has none. Role 'applicant'
-- means the roles that the ledger has for the party, once it has qualified it.
alter table app.account alter column key_hash drop not null;
alter table app.account add column duty text not null default 'owner' check (duty in ('owner', 'goods', 'warehouse', 'read_only'));
alter table app.account add column label text not null default '';
alter table app.account add column made_by text not null default '';
alter table app.account add column last_used_at timestamptz;

-- login_key is the login as it is compared. A removed person has none, so that
-- it is free again. password_hash is argon2id in PHC form; totp_secret is sealed;
-- totp_step is the last one that was accepted, so that a code counts once.
create table app.person (
    account       text primary key references app.account,
    login         text not null,
    login_key     text unique,
    name          text not null,
    password_hash text,
    totp_secret   bytea,
    totp_step     bigint not null default 0,
    pending       boolean not null default false,
    created_at    timestamptz not null default now()
);

-- A token is kept as its SHA-256 only.
create table app.session (
    token_hash   bytea primary key check (length(token_hash) = 32),
    id           text not null unique,
    account      text not null references app.account,
    device       text not null,
    created_at   timestamptz not null default now(),
    seen_at      timestamptz not null default now(),
    confirmed_at timestamptz not null default now(),
    expires_at   timestamptz not null
);
create index on app.session (account);

-- Browsers in which somebody has signed in before: tries there are counted apart.
create table app.device (
    token_hash bytea primary key check (length(token_hash) = 32),
    account    text not null references app.account,
    seen_at    timestamptz not null default now()
);
create index on app.device (account);

-- How full each bucket of sign-in tries was at a time; it leaks.
create table app.sign_in_tries (
    bucket text primary key,
    level  double precision not null,
    at     timestamptz not null
);

-- What has begun and waits for its next step, once.
create table app.ceremony (
    token_hash bytea primary key check (length(token_hash) = 32),
    kind       text not null,
    account    text not null,
    data       bytea not null,
    expires_at timestamptz not null
);

create table app.invitation (
    id          text primary key,
    secret_hash bytea not null unique check (length(secret_hash) = 32),
    party       text not null,
    duty        text not null check (duty in ('owner', 'goods', 'warehouse', 'read_only')),
    name        text not null,
    account     text references app.account,
    made_by     text not null,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);
create index on app.invitation (party);

create table app.passkey (
    id           text primary key,
    account      text not null references app.account,
    name         text not null,
    credential   jsonb not null,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz
);
create index on app.passkey (account);

create table app.recovery_code (
    account   text not null references app.account,
    code_hash bytea not null check (length(code_hash) = 32),
    primary key (account, code_hash)
);

create table app.sso_link (
    issuer     text not null,
    subject    text not null,
    account    text not null references app.account,
    created_at timestamptz not null default now(),
    primary key (issuer, subject)
);
create index on app.sso_link (account);

-- One line for each request; status is what came of it.
alter table app.audit add column request text unique;
alter table app.audit add column operation text not null default '';
alter table app.audit add column target jsonb not null default '{}';
alter table app.audit add column tx_id text not null default '';
alter table app.audit add column status integer not null default 0;
create index on app.audit (party, id desc);
create index on app.audit (account, id desc);

-- +goose Down
drop index app.audit_account_id_idx;
drop index app.audit_party_id_idx;
alter table app.audit drop column status, drop column tx_id, drop column target, drop column operation, drop column request;
drop table app.sso_link;
drop table app.recovery_code;
drop table app.passkey;
drop table app.invitation;
drop table app.ceremony;
drop table app.sign_in_tries;
drop table app.device;
drop table app.session;
drop table app.person;
alter table app.account drop column last_used_at, drop column made_by, drop column label, drop column duty;
delete from app.account where key_hash is null;
alter table app.account alter column key_hash set not null;

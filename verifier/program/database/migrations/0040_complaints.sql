-- Complaints, reviews and the logs that are anchored on the ledger.

-- +goose Up

-- next_due is the deadline that the complaint waits for, null for none.
create table ledger.complaint (
    id         text primary key,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    respondent text not null,
    status     text not null,
    outcome    text,
    next_due   timestamptz,
    opened_at  timestamptz not null,
    doc        jsonb not null,
    tx_id      text not null
);
create index on ledger.complaint (gtin, lot, unit_index);
create index on ledger.complaint (respondent, id);
create index on ledger.complaint ((coalesce(next_due, 'infinity')), id);

create table ledger.complaint_terms (
    only_one boolean primary key default true check (only_one),
    doc      jsonb not null,
    tx_id    text not null
);

create table ledger.anchor (
    log      text not null,
    from_seq bigint not null,
    to_seq   bigint not null check (to_seq > from_seq),
    root     bytea not null,
    doc      jsonb not null,
    tx_id    text not null,
    block    bigint not null,
    primary key (log, from_seq)
);

-- What a shopper sent. The token of the secret link is never stored: token_hash
-- is its SHA-256. evidence_hash is over salt, text and the photos' hashes, and
-- is what the ledger holds. device is a keyed hash that changes monthly.
create table app.complaint (
    id            text primary key,
    token_hash    bytea not null unique check (length(token_hash) = 32),
    gtin          text not null,
    lot           text not null,
    unit_index    bigint not null,
    text          text not null,
    salt          bytea not null,
    evidence_hash bytea not null check (length(evidence_hash) = 32),
    device        bytea not null,
    created_at    timestamptz not null default now()
);
create index on app.complaint (device, created_at);

create table app.complaint_photo (
    complaint_id text not null references app.complaint,
    number       integer not null check (number between 1 and 5),
    sha256       bytea not null,
    data         bytea not null,
    primary key (complaint_id, number)
);

-- What is still to be done on the ledger for a shopper; written together with
-- the shopper's wish, so that none is lost.
create table app.complaint_task (
    complaint_id text not null references app.complaint,
    kind         text not null check (kind in ('open', 'withdraw')),
    tries        integer not null default 0,
    next_try     timestamptz not null default now(),
    error        text,
    done_at      timestamptz,
    primary key (complaint_id, kind)
);
create index on app.complaint_task (next_try) where done_at is null;

-- What respondents said, written before the ledger holds its hash. One that the
-- ledger never took does not count.
create table app.complaint_statement (
    complaint_id  text not null references app.complaint,
    evidence_hash bytea not null check (length(evidence_hash) = 32),
    party         text not null,
    account       text not null,
    salt          bytea not null,
    text          text not null,
    created_at    timestamptz not null default now(),
    primary key (complaint_id, evidence_hash)
);

-- One review for a unit. same_as is the review whose words it repeats.
create table app.review (
    id         text primary key,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    seller     text not null,
    rating     integer not null check (rating between 1 and 5),
    text       text not null,
    same_as    text references app.review,
    created_at timestamptz not null default now(),
    unique (gtin, lot, unit_index)
);
create index on app.review (gtin, created_at desc);
create index on app.review (created_at desc);
create index on app.review (seller, created_at desc);

create table app.review_answer (
    review_id  text primary key references app.review,
    party      text not null,
    account    text not null,
    text       text not null,
    created_at timestamptz not null default now()
);

-- The logs whose entries are anchored on the ledger. An entry is a row of
-- another table, named by ref; digest is over a salt and the row, so that it
-- gives nothing of the row away. seq is given, without gaps, when the entry's
-- turn to be anchored comes, and never changes.
create table app.log_entry (
    log    text not null,
    ref    text not null,
    id     bigint generated always as identity,
    seq    bigint,
    salt   bytea not null check (length(salt) = 32),
    digest bytea not null check (length(digest) = 32),
    primary key (ref),
    unique (log, seq)
);
create index on app.log_entry (log, id) where seq is null;

-- The text of a row that its digest is over. Columns that hold nothing are left
-- out, so that a column added later, empty in old rows, changes no digest. For
-- the same reason the rows of logged tables never change: what can change is in
-- a table of its own.
-- +goose StatementBegin
create function app.log_text(doc jsonb) returns text language sql immutable
    as $$ select jsonb_strip_nulls(doc)::text $$;
-- +goose StatementEnd

-- +goose StatementBegin
create function app.log_digest(salt bytea, entry text) returns bytea language sql immutable
    as $$ select sha256(convert_to('touchstone/log/v1', 'UTF8') || salt || convert_to(entry, 'UTF8')) $$;
-- +goose StatementEnd

-- log_row enters a new row into a log: its arguments are the log, what the
-- row's ref begins with, and the columns of its key.
-- +goose StatementBegin
create function app.log_row() returns trigger language plpgsql set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
    doc jsonb := to_jsonb(new);
    ref text := tg_argv[1];
    salt bytea := decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
begin
    for i in 2 .. tg_nargs - 1 loop
        ref := ref || '/' || (doc ->> tg_argv[i]);
    end loop;
    insert into app.log_entry (log, ref, salt, digest) values (tg_argv[0], ref, salt, app.log_digest(salt, app.log_text(doc)));
    return null;
end $$;
-- +goose StatementEnd

-- log_source reads the row that an entry names, as it is now; null where it is gone.
-- +goose StatementBegin
create function app.log_source(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
    kind text := split_part(ref, '/', 1);
    key text := split_part(ref, '/', 2);
    doc jsonb;
begin
    case kind
        when 'scan' then execute 'select to_jsonb(s) from scan.scan s where s.nonce = $1::bytea' into doc using key;
        when 'review' then select to_jsonb(r) into doc from app.review r where r.id = key;
        when 'review_answer' then select to_jsonb(r) into doc from app.review_answer r where r.review_id = key;
        when 'complaint' then select to_jsonb(c) into doc from app.complaint c where c.id = key;
        when 'statement' then select to_jsonb(s) into doc from app.complaint_statement s
            where s.complaint_id = key and s.evidence_hash = split_part(ref, '/', 3)::bytea;
    end case;
    return app.log_text(doc);
end $$;
-- +goose StatementEnd

create trigger logged after insert on app.complaint for each row execute function app.log_row('complaints', 'complaint', 'id');
create trigger logged after insert on app.complaint_statement for each row
    execute function app.log_row('complaints', 'statement', 'complaint_id', 'evidence_hash');
create trigger logged after insert on app.review for each row execute function app.log_row('reviews', 'review', 'id');
create trigger logged after insert on app.review_answer for each row execute function app.log_row('reviews', 'review_answer', 'review_id');

-- +goose Down
drop table app.review_answer, app.review, app.complaint_statement, app.complaint_task, app.complaint_photo, app.complaint;
drop table app.log_entry;
drop function app.log_row, app.log_source, app.log_digest, app.log_text;
drop table ledger.anchor, ledger.complaint_terms, ledger.complaint;

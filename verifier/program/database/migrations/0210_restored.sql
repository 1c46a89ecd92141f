-- A database that was restored from a backup does not know the last entries of its
-- logs, whose numbers are anchored on the ledger: they are not given again.

-- +goose Up

-- Entries that are anchored on the ledger and were lost here, with those anchored
-- together with them, which can be proved no more. Written by gateway restore-check.
create table app.log_gap (
    log      text not null,
    from_seq bigint not null,
    to_seq   bigint not null check (to_seq > from_seq),
    found_at timestamptz not null default now(),
    primary key (log, from_seq)
);

-- Which database this is, of which server since when: a restored one is another.
create function app.home() returns text language sql stable
    as $$ select oid || '/' || extract(epoch from pg_postmaster_start_time()) from pg_database where datname = current_database() $$;

-- Where the read model was last found level with the ledger.
alter table ledger.checkpoint add column level_home text;

-- app.seal_log numbers a log's next entries, at most so many. Numbers go on behind
-- what is here and behind what the ledger has; so none is given before the read
-- model was level at this home, for it may be that of a backup. The lock, which the transaction
-- keeps to its end, keeps two from numbering the same.
-- +goose StatementBegin
create or replace function app.seal_log(which text, most bigint) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7106407, hashtext(which)); -- "log"
    if not exists (select from ledger.checkpoint where halted is null and level_home = app.home() and checked_at > now() - interval '5 minutes') then
        return;
    end if;
    with next as (select greatest((select coalesce(max(seq) + 1, 0) from app.log_entry where log = which),
            (select coalesce(max(to_seq), 0) from ledger.anchor where log = which)) as seq),
        fresh as (select ref, row_number() over (order by id) - 1 as n
            from (select ref, id from app.log_entry where log = which and seq is null order by id limit most) unsealed)
    update app.log_entry e set seq = next.seq + fresh.n from next, fresh where e.ref = fresh.ref;
end $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
create or replace function app.seal_log(which text, most bigint) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7106407, hashtext(which)); -- "log"
    with next as (select coalesce(max(seq) + 1, 0) as seq from app.log_entry where log = which),
        fresh as (select ref, row_number() over (order by id) - 1 as n
            from (select ref, id from app.log_entry where log = which and seq is null order by id limit most) unsealed)
    update app.log_entry e set seq = next.seq + fresh.n from next, fresh where e.ref = fresh.ref;
end $$;
-- +goose StatementEnd
alter table ledger.checkpoint drop column level_home;
drop function app.home;
drop table app.log_gap;

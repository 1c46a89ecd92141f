-- Each table has one program that writes it, and its schema says which: ledger the
-- projector, app the gateway, scan the verifier. What one of them must tell the other
-- goes through a function that does this one thing with the rights of the owner.
-- Who may do what is in rights.go, and granted whenever the schemas are brought up to date.

-- +goose Up

alter table app.complaint set schema scan;
alter table app.complaint_photo set schema scan;
alter table app.complaint_network set schema scan;
alter table app.review set schema scan;
alter table app.endorsement set schema scan;
alter table app.alert set schema scan;
alter table app.reported_code set schema scan;
alter table app.report set schema scan;

-- A pending complaint counts in its unit's verdict where its sender had entered the
-- unit's right PIN, which the verifier notes, or where the platform has looked at it.
create table scan.complaint_pin (
    complaint  text primary key,
    created_at timestamptz not null default now()
);
insert into scan.complaint_pin select complaint, created_at from app.complaint_ground where ground = 'pin';
delete from app.complaint_ground where ground = 'pin';
alter table app.complaint_ground drop column ground;

-- What the gateway has still to tell those whom it concerns.
create table app.untold (
    kind    text not null check (kind in ('alert', 'report')),
    subject text not null, -- the alert's or the report's id
    primary key (kind, subject)
);
insert into app.untold select 'alert', id from scan.alert where told_at is null
    union all select 'report', id from scan.report where told_at is null;
alter table scan.alert drop column told_at;
alter table scan.report drop column told_at;

-- The verifier's calls.

create function app.tell(what text, subject text) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ insert into app.untold (kind, subject) values (what, subject) on conflict do nothing $$;

-- app.ask_ledger has something done on the ledger for a shopper who complained.
create function app.ask_ledger(complaint text, what text) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ insert into app.complaint_task (complaint_id, kind) values (complaint, what) on conflict do nothing $$;

-- app.reopen_alert undoes a dismissal by what entry seq of the log says, and has the parties told again.
create function app.reopen_alert(alert text, seq bigint) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    with decided as (
        insert into app.alert_decision (alert_id, outcome, seq, note, ref) values (alert, 'reopened', seq, '', 'seq ' || seq)
        on conflict (alert_id, ref) do nothing
        returning alert_id)
    insert into app.untold (kind, subject) select 'alert', alert_id from decided on conflict do nothing
$$;

-- app.creator_with_key names the creator whose account has a key with this SHA-256; null where there is none.
create function app.creator_with_key(hash bytea) returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select c.handle from app.creator c join app.account a on a.name = c.account where a.key_hash = hash and a.revoked_at is null $$;

-- Creators whose account is not revoked; the accounts themselves are nobody's business.
create view app.acting_creator as
    select c.handle, c.name, c.url from app.creator c join app.account a on a.name = c.account where a.revoked_at is null;

-- The gateway's call: a code's open reports are closed, and how to reach their senders is forgotten.
create function scan.close_reports(code text) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    with closed as (
        update scan.report set closed_at = now(), contact = '' where code_id = code and closed_at is null returning id)
    select count(*) from closed
$$;

-- scan.alert_turn lets one transaction at a time score alerts or decide on one: a dismissal explains what is scored by then.
create function scan.alert_turn() returns void language sql as $$ select pg_advisory_xact_lock(7230165117) $$;

-- Entries of the logs are made by the triggers of the logged tables and numbered by app.seal_log.
alter function app.log_row() security definer set search_path = pg_catalog, pg_temp;
alter function app.log_rows() security definer set search_path = pg_catalog, pg_temp;
alter function app.seal_log(text, bigint) security definer set search_path = pg_catalog, pg_temp;

-- log_source reads the row that an entry names, as it is now; null where it is gone.
drop function app.log_source(text);
drop function app.log_source_before_0070(text);
-- +goose StatementBegin
create function app.log_source(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
    key text := split_part(ref, '/', 2);
    doc jsonb;
begin
    case split_part(ref, '/', 1)
        when 'scan' then select to_jsonb(s) into doc from scan.scan s where s.nonce = key::bytea;
        when 'pin' then select to_jsonb(p) into doc from scan.pin_entry p where p.id = key::uuid;
        when 'review' then select to_jsonb(r) into doc from scan.review r where r.id = key;
        when 'review_answer' then select to_jsonb(r) into doc from app.review_answer r where r.review_id = key;
        when 'complaint' then select to_jsonb(c) into doc from scan.complaint c where c.id = key;
        when 'statement' then select to_jsonb(s) into doc from app.complaint_statement s
            where s.complaint_id = key and s.evidence_hash = split_part(ref, '/', 3)::bytea;
        when 'endorsement' then select to_jsonb(e) into doc from scan.endorsement e where e.id = key;
        when 'endorsement_end' then select to_jsonb(e) into doc from app.endorsement_end e where e.endorsement_id = key;
    end case;
    return app.log_text(doc);
end $$;
-- +goose StatementEnd

-- A line of the audit log gains what came of it once, and never changes again.
-- +goose StatementBegin
create function app.audit_settled() returns trigger language plpgsql as $$
begin
    raise exception 'line % of the audit log is complete', old.id using errcode = 'insufficient_privilege';
end $$;
-- +goose StatementEnd
create trigger settled before update on app.audit for each row when (old.status <> 0) execute function app.audit_settled();

-- +goose Down
drop trigger settled on app.audit;
drop function app.audit_settled;
alter function app.seal_log(text, bigint) security invoker reset search_path;
alter function app.log_rows() security invoker reset search_path;
alter function app.log_row() security invoker reset search_path;
drop function app.log_source(text), scan.alert_turn, scan.close_reports, app.creator_with_key, app.reopen_alert, app.ask_ledger, app.tell;
drop view app.acting_creator;
alter table scan.report add column told_at timestamptz;
alter table scan.alert add column told_at timestamptz;
update scan.report r set told_at = now() where not exists (select from app.untold where kind = 'report' and subject = r.id);
update scan.alert a set told_at = now() where not exists (select from app.untold where kind = 'alert' and subject = a.id);
create index on scan.report (created_at) where told_at is null;
create index on scan.alert (id) where told_at is null;
drop table app.untold;
alter table app.complaint_ground add column ground text not null default 'platform' check (ground in ('pin', 'platform'));
insert into app.complaint_ground (complaint, ground, created_at) select complaint, 'pin', created_at from scan.complaint_pin on conflict do nothing;
drop table scan.complaint_pin;
alter table scan.report set schema app;
alter table scan.reported_code set schema app;
alter table scan.alert set schema app;
alter table scan.endorsement set schema app;
alter table scan.review set schema app;
alter table scan.complaint_network set schema app;
alter table scan.complaint_photo set schema app;
alter table scan.complaint set schema app;
-- +goose StatementBegin
create function app.log_source_before_0070(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
    kind text := split_part(ref, '/', 1);
    key text := split_part(ref, '/', 2);
    doc jsonb;
begin
    case kind
        when 'scan' then execute 'select to_jsonb(s) from scan.scan s where s.nonce = $1::bytea' into doc using key;
        when 'pin' then execute 'select to_jsonb(p) from scan.pin_entry p where p.id = $1::uuid' into doc using key;
        when 'review' then select to_jsonb(r) into doc from app.review r where r.id = key;
        when 'review_answer' then select to_jsonb(r) into doc from app.review_answer r where r.review_id = key;
        when 'complaint' then select to_jsonb(c) into doc from app.complaint c where c.id = key;
        when 'statement' then select to_jsonb(s) into doc from app.complaint_statement s
            where s.complaint_id = key and s.evidence_hash = split_part(ref, '/', 3)::bytea;
    end case;
    return app.log_text(doc);
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.log_source(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
    key text := split_part(ref, '/', 2);
    doc jsonb;
begin
    case split_part(ref, '/', 1)
        when 'endorsement' then select to_jsonb(e) into doc from app.endorsement e where e.id = key;
        when 'endorsement_end' then select to_jsonb(e) into doc from app.endorsement_end e where e.endorsement_id = key;
        else return app.log_source_before_0070(ref);
    end case;
    return app.log_text(doc);
end $$;
-- +goose StatementEnd

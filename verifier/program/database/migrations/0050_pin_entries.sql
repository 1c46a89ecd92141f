-- The log of scans also holds the PINs that were entered.

-- +goose Up
-- +goose StatementBegin
create or replace function app.log_source(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
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

-- +goose Down
-- +goose StatementBegin
create or replace function app.log_source(ref text) returns text language plpgsql stable set timezone = 'UTC' set bytea_output = 'hex' as $$
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

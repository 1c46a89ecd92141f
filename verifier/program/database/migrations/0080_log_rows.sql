-- What log_row does for one row, log_rows does for all rows of a statement, for
-- tables that are written in batches. Its trigger names the new rows "added".

-- +goose Up
-- +goose StatementBegin
create function app.log_rows() returns trigger language plpgsql set timezone = 'UTC' set bytea_output = 'hex' as $$
begin
    insert into app.log_entry (log, ref, salt, digest)
    select tg_argv[0], tg_argv[1] || '/' || (doc ->> tg_argv[2]), salt, app.log_digest(salt, app.log_text(doc))
    from (
        select to_jsonb(a) as doc, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
        from added a
        offset 0 -- one salt for each row, used twice
    ) entry;
    return null;
end $$;
-- +goose StatementEnd

-- An entry that has no number yet needs no place in the index of numbers.
alter table app.log_entry drop constraint log_entry_log_seq_key;
create unique index log_entry_seq on app.log_entry (log, seq) where seq is not null;

-- +goose Down
drop index app.log_entry_seq;
alter table app.log_entry add unique (log, seq);
drop function app.log_rows;

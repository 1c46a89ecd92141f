-- Whoever follows a log gives its next entries their place in it, as anchoring does.

-- +goose Up
-- app.seal_log numbers a log's next entries, at most so many. The lock, which the
-- transaction keeps to its end, keeps two from numbering the same.
-- +goose StatementBegin
create function app.seal_log(which text, most bigint) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7106407, hashtext(which)); -- "log"
    with next as (select coalesce(max(seq) + 1, 0) as seq from app.log_entry where log = which),
        fresh as (select ref, row_number() over (order by id) - 1 as n
            from (select ref, id from app.log_entry where log = which and seq is null order by id limit most) unsealed)
    update app.log_entry e set seq = next.seq + fresh.n from next, fresh where e.ref = fresh.ref;
end $$;
-- +goose StatementEnd

-- +goose Down
drop function app.seal_log;

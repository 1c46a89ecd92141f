-- How large a job's file is, so that one that lacks a part is never taken for whole.

-- +goose Up

alter table app.job add column size bigint;
update app.job set size = (select sum(octet_length(data)) from app.job_piece where job_id = job.id) where status = 'done';

-- +goose Down

alter table app.job drop column size;

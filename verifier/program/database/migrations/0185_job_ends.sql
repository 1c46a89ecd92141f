-- A job can be cancelled. Files of jobs are compressed in themselves: what tries to make them smaller only takes time.

-- +goose Up
alter table app.job drop constraint job_status_check;
alter table app.job add constraint job_status_check check (status in ('queued', 'running', 'done', 'failed', 'cancelled'));
alter table app.job_piece alter column data set storage external;

-- +goose Down
update app.job set status = 'failed' where status = 'cancelled';
alter table app.job drop constraint job_status_check;
alter table app.job add constraint job_status_check check (status in ('queued', 'running', 'done', 'failed'));
alter table app.job_piece alter column data set storage extended;

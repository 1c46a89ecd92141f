-- Devices whose name has changed since, and whose habits change no score.

-- +goose Up

-- first_at is the time of the device's first entry, telling whether a score would
-- be another one if it were not known (see scanrisk.Device).
alter table scan.device_habit
    add column first_at timestamptz not null default now(),
    add column telling boolean not null default true;
update scan.device_habit set telling = false where (state ->> 'Units')::integer <= 2;
alter table scan.device_habit alter column first_at drop default, alter column telling drop default;
create index on scan.device_habit (generation, first_at) where not telling;

-- +goose Down
alter table scan.device_habit drop column first_at, drop column telling;

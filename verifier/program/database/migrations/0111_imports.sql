-- Imports that are looked at a page at a time, mended, and taken up again; what
-- a party has said of its own headings.

-- +goose Up
alter table app.import_row add ok boolean not null generated always as (coalesce((doc ->> 'ok')::boolean, false)) stored;
create index on app.import_row (job_id, ok, number);

-- Attempts before this one belong to what the job did before it was taken up again.
alter table app.job add attempts_before integer not null default 0;

-- heading is without case, width, blanks and signs (see imports.Fold); field is
-- empty where the column means nothing.
create table app.import_heading (
    party   text not null,
    kind    text not null,
    heading text not null,
    field   text not null,
    primary key (party, kind, heading)
);

-- +goose Down
drop table app.import_heading;
alter table app.job drop attempts_before;
alter table app.import_row drop ok;

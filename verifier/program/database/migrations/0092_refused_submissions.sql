-- A transaction that the orderers refuse is not sent again, and may end in no block.

-- +goose Up

-- refusal is the orderers' reason, refused_at when they first gave it: nothing is
-- sent from then on. Such a row may be settled without a block.
alter table app.submission
    add column refused_at timestamptz,
    add column refusal text,
    drop constraint submission_check,
    add check ((refused_at is null) = (refusal is null)),
    add check (code is not null or block is null),
    add check (code is null or block is not null or refused_at is not null);
create index on app.submission (refused_at) where code is null and refused_at is not null;

-- +goose Down
delete from app.submission where code is not null and block is null;
alter table app.submission drop column refused_at, drop column refusal, add check ((block is null) = (code is null));

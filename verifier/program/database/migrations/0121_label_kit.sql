-- What a party keeps for printing labels: designs, printers, logos.

-- +goose Up

create table app.label_kit (
    party      text not null,
    kind       text not null check (kind in ('design', 'printer')),
    id         text not null,
    name       text not null,
    doc        jsonb not null,
    updated_at timestamptz not null default now(),
    primary key (party, kind, id)
);

-- A logo as it was drawn anew; its id is the SHA-256 of the file.
create table app.label_logo (
    party      text not null,
    id         text not null,
    png        bytea not null,
    created_at timestamptz not null default now(),
    primary key (party, id)
);

create index job_by_party on app.job (party, created_at desc, id desc);

-- +goose Down

drop index app.job_by_party;
drop table app.label_logo;
drop table app.label_kit;

-- What merchants and creators say about goods. None of it touches a verdict.

-- +goose Up

-- Pictures, drawn anew without metadata, in two sizes; an id is the SHA-256 of
-- the large one. Several parties may have given the same picture.
create table app.picture (
    id         bytea primary key check (length(id) = 32),
    width      integer not null,
    height     integer not null,
    data       bytea not null,
    small      bytea not null,
    created_at timestamptz not null default now()
);
create table app.picture_owner (
    party      text not null,
    picture_id bytea not null references app.picture,
    account    text not null,
    created_at timestamptz not null default now(),
    primary key (party, picture_id)
);

-- Every version of how a brand presents a product. preview is the name of the
-- link under which a version can be looked at before it is published.
create table app.presentation (
    gtin       text not null,
    version    integer not null,
    party      text not null,
    account    text not null,
    doc        jsonb not null,
    preview    text not null unique,
    created_at timestamptz not null default now(),
    primary key (gtin, version)
);

-- Which version is shown: the last row of a product says so. Where the platform
-- has taken it down, version is null and reason says why; hidden_to is then the
-- newest version that there was, and none up to it may be shown again.
create table app.publication (
    id         bigint generated always as identity primary key,
    gtin       text not null,
    version    integer,
    reason     text,
    hidden_to  integer,
    account    text not null,
    created_at timestamptz not null default now(),
    foreign key (gtin, version) references app.presentation,
    check ((version is null) = (reason is not null and hidden_to is not null))
);
create index on app.publication (gtin, id desc);

-- Where a seller sells a product. The last row of a product and party counts.
create table app.buy_link (
    id         bigint generated always as identity primary key,
    gtin       text not null,
    party      text not null,
    account    text not null,
    links      jsonb not null,
    created_at timestamptz not null default now()
);
create index on app.buy_link (gtin, party, id desc);

-- A badge that a shop puts on the pages of one host.
create table app.badge (
    id          text primary key,
    gtin        text not null,
    lot         text not null default '',
    host        text not null,
    seller      text not null,
    issuer      text not null,
    account     text not null,
    issued_at   timestamptz not null default now(),
    expires_at  timestamptz not null,
    revoked_at  timestamptz,
    revoked_by  text
);
create index on app.badge (issuer, issued_at desc);
create index on app.badge (seller, issued_at desc);

-- Creators. The account has the role creator and acts for no party.
create table app.creator (
    handle     text primary key,
    name       jsonb not null,
    url        text not null,
    account    text not null unique references app.account,
    created_at timestamptz not null default now()
);

-- What creators say about a product after scanning one unit of it. proof is the
-- SHA-256 of the token that the scan gave: one scan carries one endorsement.
create table app.endorsement (
    id         text primary key,
    creator    text not null references app.creator,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    scanned_at timestamptz not null,
    proof      bytea not null unique check (length(proof) = 32),
    text_zh    text not null,
    text_en    text not null,
    url        text not null,
    sponsored  boolean not null,
    sponsor    text not null check ((sponsor <> '') = sponsored),
    created_at timestamptz not null default now()
);
create index on app.endorsement (gtin, created_at desc);
create index on app.endorsement (creator, created_at desc);

-- How an endorsement ended: taken back by its creator, or hidden by the platform,
-- whose reason stays to be seen.
create table app.endorsement_end (
    endorsement_id text primary key references app.endorsement,
    kind           text not null check (kind in ('withdrawn', 'hidden')),
    reason         jsonb,
    account        text not null,
    created_at     timestamptz not null default now(),
    check ((kind = 'hidden') = (reason is not null))
);

-- Both are entries of the log of reviews, and so anchored on the ledger.
create trigger logged after insert on app.endorsement for each row execute function app.log_row('reviews', 'endorsement', 'id');
create trigger logged after insert on app.endorsement_end for each row
    execute function app.log_row('reviews', 'endorsement_end', 'endorsement_id');

-- log_source learns two kinds more; the others it asks its former self for.
alter function app.log_source(text) rename to log_source_before_0070;
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

-- +goose Down
drop function app.log_source;
alter function app.log_source_before_0070(text) rename to log_source;
drop table app.endorsement_end, app.endorsement, app.creator, app.badge, app.buy_link, app.publication, app.presentation, app.picture_owner, app.picture;

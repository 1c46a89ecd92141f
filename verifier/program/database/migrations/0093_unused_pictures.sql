-- Pictures that no presentation shows are removed after a while.

-- +goose Up

-- Which pictures a version of a presentation shows. While a row is here, its
-- picture cannot be removed.
create table app.presentation_picture (
    gtin       text not null,
    version    integer not null,
    party      text not null,
    picture_id bytea not null,
    primary key (gtin, version, picture_id),
    foreign key (gtin, version) references app.presentation on delete cascade,
    foreign key (party, picture_id) references app.picture_owner
);
create index on app.presentation_picture (party, picture_id);
insert into app.presentation_picture (gtin, version, party, picture_id)
select distinct p.gtin, p.version, o.party, o.picture_id
from app.presentation p cross join lateral jsonb_path_query(p.doc, '$.pictures[*].id') id
join app.picture_owner o on o.party = p.party and o.picture_id = decode(id #>> '{}', 'hex');

-- created_at is from now on when a picture was uploaded last.
create index on app.picture_owner (created_at);
create index on app.picture_owner (picture_id);
create index on app.picture (created_at);

-- +goose Down
drop index app.picture_created_at_idx, app.picture_owner_picture_id_idx, app.picture_owner_created_at_idx;
drop table app.presentation_picture;

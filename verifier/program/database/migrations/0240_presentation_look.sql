-- What somebody has typed of a presentation and not saved yet, so that he sees it as
-- shoppers would, and finds it again. It is no version and is shown to nobody else.

-- +goose Up

create table app.presentation_look (
    gtin    text not null,
    account text not null,
    party   text not null,
    doc     jsonb not null,
    preview text not null unique,
    made_at timestamptz not null default now(),
    primary key (gtin, account)
);
create index on app.presentation_look (made_at);

-- +goose Down

drop table app.presentation_look;

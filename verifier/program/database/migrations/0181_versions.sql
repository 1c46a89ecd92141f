-- What two people of a party can change at once says which version it is and whose.

-- +goose Up
alter table app.label_kit add version integer not null default 1, add account text not null default '';

-- +goose Down
alter table app.label_kit drop version, drop account;

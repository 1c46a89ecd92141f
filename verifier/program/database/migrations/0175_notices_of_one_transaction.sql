-- One transaction may open several cases: each is told of.

-- +goose Up
alter table app.notice drop constraint notice_ref_party_kind_key, add unique (ref, party, kind, subject);

-- +goose Down
alter table app.notice drop constraint notice_ref_party_kind_subject_key, add unique (ref, party, kind);

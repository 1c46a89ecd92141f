-- What a unit's page counts and picks from, where a seller has tens of thousands
-- of complaints and a product as many reviews; and what a party was when.

-- +goose Up
create index on ledger.complaint (respondent, outcome) where status in ('decided', 'appealed');
create index on ledger.complaint (gtin, lot, (outcome = 'counterfeit_confirmed') desc, opened_at desc) where status in ('decided', 'appealed');
create index on app.review (gtin) include (rating, same_as);
create index tx_party on ledger.tx ((event #>> '{party,id}'), block, position) where event ? 'party';

-- +goose Down
drop index ledger.tx_party, app.review_gtin_rating_same_as_idx, ledger.complaint_gtin_lot_expr_opened_at_idx, ledger.complaint_respondent_outcome_idx;

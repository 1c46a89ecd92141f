-- Whether a root is a batch's is asked when a refused batch's units are forgotten;
-- what is due is looked for webhook by webhook, so that one with many in arrears
-- holds nobody up.

-- +goose Up
create index batch_units_root on ledger.batch (units_root);
create index delivery_due on app.delivery (webhook_id, next_try) where status = 'pending';

-- +goose Down
drop index app.delivery_due;
drop index ledger.batch_units_root;

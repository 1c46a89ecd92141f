package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// maxWebhooks is how many webhooks a party may have.
const maxWebhooks = 10

// AddWebhook keeps a webhook; false where the party has as many as it may have.
func (s *Store) AddWebhook(ctx context.Context, w record.Webhook, account string) (bool, error) {
	return s.addCounted(ctx, w.Party, `insert into app.webhook (id, party, url, events, secret, account)
		select $1, $2, $3, $4, $5, $6 where (select count(*) from app.webhook where party = $2 and deleted_at is null) < $7`,
		w.ID, w.Party, w.URL, pq.Array(w.Events), w.Secret, account, maxWebhooks)
}

// Webhooks lists a party's webhooks, the oldest first.
func (s *Store) Webhooks(ctx context.Context, party string) ([]record.Webhook, error) {
	rows, err := s.db.QueryContext(ctx, `select id, url, events, created_at from app.webhook
		where party = $1 and deleted_at is null order by created_at, id`, party)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (record.Webhook, error) {
		w := record.Webhook{Party: party, Events: []record.NoticeKind{}}
		var events []string
		err := row.Scan(&w.ID, &w.URL, pq.Array(&events), &w.CreatedAt)
		for _, e := range events {
			w.Events = append(w.Events, record.NoticeKind(e))
		}
		return w, err
	})
}

// Webhook gives a webhook of a party with its sealed secret; false where there is none.
func (s *Store) Webhook(ctx context.Context, party, id string) (record.Webhook, bool, error) {
	w := record.Webhook{ID: id, Party: party}
	err := s.db.QueryRowContext(ctx, `select url, secret, created_at from app.webhook where party = $1 and id = $2 and deleted_at is null`,
		party, id).
		Scan(&w.URL, &w.Secret, &w.CreatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	return w, err == nil, err
}

// DeleteWebhook ends a webhook and what is on its way to it; false where the
// party has no such webhook.
func (s *Store) DeleteWebhook(ctx context.Context, party, id string) (deleted bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		deleted, err = one(tx.ExecContext(ctx, `update app.webhook set deleted_at = now()
			where party = $1 and id = $2 and deleted_at is null`, party, id))
		if err != nil || !deleted {
			return err
		}
		_, err = tx.ExecContext(
			ctx,
			`update app.delivery set status = 'failed' where webhook_id = $1 and status = 'pending'`,
			id,
		)
		return err
	})
	return deleted, err
}

var deliveries = list{
	from: "app.delivery d join app.notice n on n.id = d.notice_id",
	doc: `jsonb_build_object('id', d.id, 'notice', d.notice_id, 'kind', n.kind, 'subject', n.subject, 'status', d.status,
		'nextTry', d.next_try, 'createdAt', d.created_at, 'attempts', coalesce((select jsonb_agg(jsonb_strip_nulls(
			jsonb_build_object('number', a.number, 'at', a.at, 'answer', a.answer, 'error', nullif(a.error, ''))) order by a.number)
			from app.delivery_attempt a where a.delivery_id = d.id), '[]'))`,
	key:   []column{{"d.id", "bigint"}},
	order: "-at",
	sorts: map[string]column{"at": {"d.id", "bigint"}},
	match: found("n.words", ""),
}

// Deliveries lists what was sent to a webhook of a party, the newest first where
// nothing else is asked for.
func (s *Store) Deliveries(
	ctx context.Context, f record.DeliveryFilter, p record.Paging,
) (record.Page[record.Delivery], error) {
	var w where
	w.add("d.webhook_id = (select id from app.webhook where party = ? and id = ?)", f.Party, f.Webhook)
	w.given(f.Status, "d.status = ?")
	return listPage[record.Delivery](ctx, s, deliveries, w, p)
}

// Replay puts a delivery of a party on its way again, with a day to arrive;
// false where there is none, or its webhook is gone.
func (s *Store) Replay(ctx context.Context, party string, delivery int64) (bool, error) {
	return one(
		s.db.ExecContext(
			ctx,
			`update app.delivery d set status = 'pending', next_try = now(), give_up = now() + interval '24 hours'
		from app.webhook w where w.id = d.webhook_id and w.party = $1 and w.deleted_at is null and d.id = $2`,
			party,
			delivery,
		),
	)
}

// deliveryLease is how long a claimed delivery is nobody else's.
const deliveryLease = time.Minute

// ClaimDeliveries takes deliveries that are due, at most limit and of one party
// at most each, and keeps other gateways from them for the lease. Parties that
// are busy, having as many on their way, get none.
func (s *Store) ClaimDeliveries(ctx context.Context, limit, each int, busy []string) ([]record.DueDelivery, error) {
	rows, err := s.db.QueryContext(ctx, `with ranked as (
			select d.id, row_number() over (partition by w.party order by d.next_try) as turn, d.next_try
			from app.webhook w cross join lateral (
				select id, next_try from app.delivery where webhook_id = w.id and status = 'pending' and next_try <= now()
				order by next_try limit $3) d
			where w.deleted_at is null and not w.party = any(coalesce($4::text[], '{}'))
		), due as (
			select id from app.delivery where status = 'pending' and next_try <= now()
				and id in (select id from ranked where turn <= $3 order by turn, next_try limit $1)
			for update skip locked
		), claimed as (
			update app.delivery d set next_try = now() + $2::interval, tries = tries + 1 from due where d.id = due.id
			returning d.*
		)
		select c.id, c.tries, w.id, w.party, w.url, w.secret, `+noticeDoc+`
		from claimed c join app.webhook w on w.id = c.webhook_id join app.notice n on n.id = c.notice_id`,
		limit, deliveryLease.String(), each, pq.Array(busy))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (record.DueDelivery, error) {
		var d record.DueDelivery
		var notice []byte
		if err := row.Scan(
			&d.ID, &d.Tries, &d.Webhook.ID, &d.Webhook.Party, &d.Webhook.URL, &d.Webhook.Secret, &notice,
		); err != nil {
			return d, err
		}
		return d, json.Unmarshal(notice, &d.Notice)
	})
}

// Attempted keeps an attempt at a delivery: it arrived, or is tried again after
// wait unless its day is over.
func (s *Store) Attempted(
	ctx context.Context, delivery int64, a record.Attempt, arrived bool, wait time.Duration,
) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `insert into app.delivery_attempt (delivery_id, number, answer, error)
			select $1, coalesce(max(number), 0) + 1, $2, $3 from app.delivery_attempt where delivery_id = $1`,
			delivery, a.Answer, a.Error); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `update app.delivery set next_try = now() + $3::interval,
			status = case when $2 then 'delivered' when now() + $3::interval > give_up then 'failed' else status end
			where id = $1 and status = 'pending'`, delivery, arrived, wait.String())
		return err
	})
}

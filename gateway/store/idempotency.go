package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// idempotencyLease is how long a running request may be silent before a repeat
// may take it over; a live one renews its lease well before that. It may be
// short, because one that was only slow writes nothing any more (see Prepare).
const idempotencyLease = 2 * time.Second

// ClaimKey decides what a request with an Idempotency-Key may do, in one
// statement order that two gateways cannot both win: holder names this attempt.
func (s *Store) ClaimKey(
	ctx context.Context, account, key, holder string, requestHash [32]byte,
) (record.Claim, record.Answer, error) {
	claim, answer := record.ClaimNew, record.Answer{}
	err := s.InTx(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(
			ctx,
			`insert into app.idempotency (account, key, request_hash, holder, lease_until)
			values ($1, $2, $3, $4, now() + $5::interval) on conflict (account, key) do nothing`,
			account,
			key,
			requestHash[:],
			holder,
			idempotencyLease.String(),
		)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); n == 1 || err != nil {
			claim = record.ClaimNew
			return err
		}
		claim, answer, err = takeOver(ctx, tx, account, key, holder, requestHash)
		return err
	})
	return claim, answer, err
}

func takeOver(
	ctx context.Context, tx *sql.Tx, account, key, holder string, requestHash [32]byte,
) (record.Claim, record.Answer, error) {
	var hash, headers, body []byte
	var expired bool
	var status sql.NullInt64
	err := tx.QueryRowContext(ctx, `select request_hash, lease_until < now(), status, headers, answer
		from app.idempotency where account = $1 and key = $2 for update`, account, key).
		Scan(&hash, &expired, &status, &headers, &body)
	switch {
	case errors.Is(err, sql.ErrNoRows): // released a moment ago: the caller repeats soon
		return record.ClaimInProgress, record.Answer{}, nil
	case err != nil:
		return 0, record.Answer{}, err
	case [32]byte(hash) != requestHash:
		return record.ClaimOtherRequest, record.Answer{}, nil
	case status.Valid:
		a := record.Answer{Status: int(status.Int64), Body: body}
		return record.ClaimAnswered, a, json.Unmarshal(headers, &a.Headers)
	case !expired:
		return record.ClaimInProgress, record.Answer{}, nil
	}
	_, err = tx.ExecContext(ctx, `update app.idempotency set holder = $3, lease_until = now() + $4::interval
		where account = $1 and key = $2`, account, key, holder, idempotencyLease.String())
	return record.ClaimResumed, record.Answer{}, err
}

// RenewKey keeps a running request's claim.
func (s *Store) RenewKey(ctx context.Context, account, key, holder string) error {
	_, err := s.db.ExecContext(ctx, `update app.idempotency set lease_until = now() + $4::interval
		where account = $1 and key = $2 and holder = $3 and status is null`, account, key, holder, idempotencyLease.String())
	return err
}

// AnswerKey keeps the answer for repeats.
func (s *Store) AnswerKey(ctx context.Context, account, key, holder string, a record.Answer) error {
	headers, err := json.Marshal(a.Headers)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `update app.idempotency set status = $4, headers = $5, answer = $6
		where account = $1 and key = $2 and holder = $3`, account, key, holder, a.Status, string(headers), a.Body)
	return err
}

// ReleaseKey forgets a request that certainly changed nothing.
func (s *Store) ReleaseKey(ctx context.Context, account, key, holder string) error {
	_, err := s.db.ExecContext(ctx, `delete from app.idempotency
		where account = $1 and key = $2 and holder = $3 and status is null`, account, key, holder)
	return err
}

// SuspendKey lets the next repeat take over at once, because this attempt ended
// without knowing its outcome.
func (s *Store) SuspendKey(ctx context.Context, account, key, holder string) error {
	_, err := s.db.ExecContext(ctx, `update app.idempotency set lease_until = now() - interval '1 second'
		where account = $1 and key = $2 and holder = $3 and status is null`, account, key, holder)
	return err
}

// ForgetKeys deletes answers older than a day's count of days, the time for
// which a repeat is recognised.
func (s *Store) ForgetKeys(ctx context.Context, days int) error {
	_, err := s.db.ExecContext(
		ctx,
		`delete from app.idempotency where created_at < now() - make_interval(days => $1)`,
		days,
	)
	return err
}

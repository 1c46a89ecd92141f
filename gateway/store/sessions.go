package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// AddSession begins a session of a browser, which is known from now on by the
// device's token.
func (s *Store) AddSession(ctx context.Context, n record.Session, token, device [32]byte) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`insert into app.session (token_hash, id, account, device, expires_at) values ($1, $2, $3, $4, $5)`,
			token[:],
			n.ID,
			n.Account,
			n.Device,
			n.ExpiresAt,
		); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `insert into app.device (token_hash, account) values ($1, $2)
			on conflict (token_hash) do update set seen_at = now(), account = excluded.account`, device[:], n.Account)
		return err
	})
}

const sessionColumns = `s.id, s.account, s.device, s.created_at, s.seen_at, s.expires_at, s.confirmed_at`

func sessionFields(n *record.Session) []any {
	return []any{&n.ID, &n.Account, &n.Device, &n.CreatedAt, &n.SeenAt, &n.ExpiresAt, &n.ConfirmedAt}
}

// SessionByToken finds the running session of a token and whose it is, and notes
// that it was used; false where there is none, or it was silent for longer than idle.
func (s *Store) SessionByToken(
	ctx context.Context, token [32]byte, idle time.Duration,
) (record.Account, record.Session, bool, error) {
	var n record.Session
	var unnoted bool
	a, err := scanAccount(
		s.db.QueryRowContext(
			ctx,
			`select `+accountColumns+`, s.seen_at < now() - interval '1 minute', `+sessionColumns+`
		from app.session s join app.account account on account.name = s.account
		where s.token_hash = $1 and revoked_at is null and s.expires_at > now() and s.seen_at > now() - $2::interval`,
			token[:],
			idle.String(),
		),
		append([]any{&unnoted}, sessionFields(&n)...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return a, n, false, nil
	}
	if err == nil && unnoted {
		_, err = s.db.ExecContext(ctx, `update app.session set seen_at = now() where token_hash = $1`, token[:])
	}
	return a, n, err == nil, err
}

// Sessions lists an account's running sessions, the one used last first.
func (s *Store) Sessions(ctx context.Context, account string, idle time.Duration) ([]record.Session, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select `+sessionColumns+` from app.session s where s.account = $1 and s.expires_at > now()
		and s.seen_at > now() - $2::interval order by s.seen_at desc, s.id`,
		account,
		idle.String(),
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (n record.Session, err error) { return n, row.Scan(sessionFields(&n)...) })
}

// EndSession ends one session of an account; false where it has none such.
func (s *Store) EndSession(ctx context.Context, account, id string) (bool, error) {
	return one(s.db.ExecContext(ctx, `delete from app.session where account = $1 and id = $2`, account, id))
}

// EndSessions ends all of an account's sessions but the one to keep.
func (s *Store) EndSessions(ctx context.Context, account, keep string) error {
	_, err := s.db.ExecContext(ctx, `delete from app.session where account = $1 and id <> $2`, account, keep)
	return err
}

// ConfirmSession gives a session a new token and notes that its owner has just
// shown who he is.
func (s *Store) ConfirmSession(ctx context.Context, id string, token [32]byte) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.session set token_hash = $2, confirmed_at = now(), seen_at = now() where id = $1`,
		id,
		token[:],
	)
	return err
}

// KnowsDevice reports whether somebody signed in with a device before.
func (s *Store) KnowsDevice(ctx context.Context, account string, device [32]byte) (known bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (select from app.device where token_hash = $1 and account = $2)`, device[:], account).
		Scan(&known)
	return known, err
}

// SignInTry pours one try into a bucket that leaks perSecond, and answers how
// full it is with it.
func (s *Store) SignInTry(ctx context.Context, bucket string, perSecond float64) (level float64, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `insert into app.sign_in_tries as t (bucket, level, at) values ($1, 1, now())
			on conflict (bucket) do update set at = now(),
			level = greatest(0, t.level - $2 * extract(epoch from now() - t.at)) + 1 returning level`, bucket, perSecond).Scan(&level)
	})
	return level, err
}

// ForgiveTries takes tries back that were no guesses.
func (s *Store) ForgiveTries(ctx context.Context, bucket string) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.sign_in_tries set level = greatest(0, level - 1) where bucket = $1`,
		bucket,
	)
	return err
}

// Begin keeps a ceremony until it expires.
func (s *Store) Begin(ctx context.Context, token [32]byte, c record.Ceremony, lasts time.Duration) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into app.ceremony (token_hash, kind, account, data, expires_at)
			values ($1, $2, $3, $4, now() + $5::interval)`, token[:], c.Kind, c.Account, c.Data, lasts.String())
		return err
	})
}

// Ceremony finds a ceremony of a kind that has not expired.
func (s *Store) Ceremony(ctx context.Context, token [32]byte, kind string) (record.Ceremony, bool, error) {
	c := record.Ceremony{Kind: kind}
	err := s.db.QueryRowContext(ctx, `select account, data from app.ceremony where token_hash = $1 and kind = $2 and expires_at > now()`,
		token[:], kind).
		Scan(&c.Account, &c.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// End uses a ceremony up; false where somebody has done so before.
func (s *Store) End(ctx context.Context, token [32]byte) (bool, error) {
	return one(s.db.ExecContext(ctx, `delete from app.ceremony where token_hash = $1`, token[:]))
}

// ForgetSessions removes what has had its time.
func (s *Store) ForgetSessions(ctx context.Context, idle time.Duration) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`delete from app.session where expires_at < now() or seen_at < now() - $1::interval`,
			`delete from app.device where seen_at < now() - interval '180 days' and $1 <> ''`,
			`delete from app.ceremony where expires_at < now() and $1 <> ''`,
			`delete from app.sign_in_tries where at < now() - interval '2 days' and $1 <> ''`,
			`delete from app.invitation where expires_at < now() - interval '30 days' and $1 <> ''`,
		} {
			if _, err := tx.ExecContext(ctx, statement, idle.String()); err != nil {
				return err
			}
		}
		return nil
	})
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// SetTOTP keeps a sealed secret, the step of the code that proved it, and the
// recovery codes' hashes.
func (s *Store) SetTOTP(ctx context.Context, account string, sealed []byte, step int64, codes [][32]byte) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`update app.person set totp_secret = $2, totp_step = $3 where account = $1`,
			account,
			sealed,
			step,
		); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `delete from app.recovery_code where account = $1`, account); err != nil {
			return err
		}
		for _, code := range codes {
			if _, err := tx.ExecContext(
				ctx,
				`insert into app.recovery_code (account, code_hash) values ($1, $2)`,
				account,
				code[:],
			); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveTOTP forgets the secret and the recovery codes.
func (s *Store) RemoveTOTP(ctx context.Context, account string) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`update app.person set totp_secret = null where account = $1`,
			account,
		); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `delete from app.recovery_code where account = $1`, account)
		return err
	})
}

// UseTOTPStep takes a step once, and none before it.
func (s *Store) UseTOTPStep(ctx context.Context, account string, step int64) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		ok, err = one(
			tx.ExecContext(
				ctx,
				`update app.person set totp_step = $2 where account = $1 and totp_step < $2`,
				account,
				step,
			),
		)
		return err
	})
	return ok, err
}

// UseRecoveryCode takes a code once.
func (s *Store) UseRecoveryCode(ctx context.Context, account string, code [32]byte) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		ok, err = one(
			tx.ExecContext(
				ctx,
				`delete from app.recovery_code where account = $1 and code_hash = $2`,
				account,
				code[:],
			),
		)
		return err
	})
	return ok, err
}

// RecoveryCodesLeft counts the codes that are not used.
func (s *Store) RecoveryCodesLeft(ctx context.Context, account string) (n int, err error) {
	return n, s.db.QueryRowContext(ctx, `select count(*) from app.recovery_code where account = $1`, account).Scan(&n)
}

// Passkeys lists somebody's passkeys by age.
func (s *Store) Passkeys(ctx context.Context, account string) ([]record.Passkey, error) {
	rows, err := s.db.QueryContext(ctx, `select id, account, name, created_at, last_used_at, credential from app.passkey
		where account = $1 order by created_at, id`, account)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (k record.Passkey, err error) {
		var used sql.Null[time.Time]
		err = row.Scan(&k.ID, &k.Account, &k.Name, &k.CreatedAt, &used, &k.Credential)
		k.LastUsedAt = used.V
		return k, err
	})
}

// AddPasskey keeps a passkey.
func (s *Store) AddPasskey(ctx context.Context, k record.Passkey) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into app.passkey (id, account, name, credential) values ($1, $2, $3, $4)`,
			k.ID, k.Account, k.Name, string(k.Credential))
		return err
	})
}

// UsePasskey keeps what the authenticator says of itself now, its counter above all.
func (s *Store) UsePasskey(ctx context.Context, id string, credential []byte) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.passkey set credential = $2, last_used_at = now() where id = $1`,
		id,
		string(credential),
	)
	return err
}

// RemovePasskey forgets a passkey; false where he has none such.
func (s *Store) RemovePasskey(ctx context.Context, account, id string) (bool, error) {
	return one(s.db.ExecContext(ctx, `delete from app.passkey where account = $1 and id = $2`, account, id))
}

// LinkedTo finds whose an identity provider's account is.
func (s *Store) LinkedTo(ctx context.Context, issuer, subject string) (account string, ok bool, err error) {
	err = s.db.QueryRowContext(ctx, `select account from app.sso_link where issuer = $1 and subject = $2`, issuer, subject).
		Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return account, err == nil, err
}

// Link keeps whose an identity provider's account is; false where it is another's.
func (s *Store) Link(ctx context.Context, issuer, subject, account string) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		var whose string
		err := tx.QueryRowContext(ctx, `insert into app.sso_link (issuer, subject, account) values ($1, $2, $3)
			on conflict (issuer, subject) do update set created_at = app.sso_link.created_at returning account`, issuer, subject, account).Scan(&whose)
		ok = whose == account
		return err
	})
	return ok, err
}

// IsLinked reports whether somebody has linked himself.
func (s *Store) IsLinked(ctx context.Context, account string) (ok bool, err error) {
	return ok, s.db.QueryRowContext(ctx, `select exists (select from app.sso_link where account = $1)`, account).
		Scan(&ok)
}

// Unlink ends somebody's links.
func (s *Store) Unlink(ctx context.Context, account string) error {
	_, err := s.db.ExecContext(ctx, `delete from app.sso_link where account = $1`, account)
	return err
}

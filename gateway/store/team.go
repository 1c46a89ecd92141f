package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

const invitationColumns = `id, party, duty, name, coalesce(account, ''), made_by, created_at, expires_at from app.invitation
	where used_at is null and expires_at > now()`

func scanInvitation(row scanner) (n record.Invitation, err error) {
	return n, row.Scan(&n.ID, &n.Party, &n.Duty, &n.Name, &n.Account, &n.MadeBy, &n.CreatedAt, &n.ExpiresAt)
}

// Invite keeps an invitation; false where the party has as many open ones as it may.
func (s *Store) Invite(ctx context.Context, n record.Invitation, secret [32]byte, most int) (bool, error) {
	return s.addCounted(
		ctx,
		n.Party,
		`insert into app.invitation (id, secret_hash, party, duty, name, account, made_by, expires_at)
			select $1, $2, $3, $4, $5, nullif($6, ''), $7, $8
			where (select count(*) from app.invitation where party = $3 and used_at is null and expires_at > now()) < $9`,
		n.ID,
		secret[:],
		n.Party,
		n.Duty,
		n.Name,
		n.Account,
		n.MadeBy,
		n.ExpiresAt,
		most,
	)
}

// Invitations lists a party's open invitations, the newest first.
func (s *Store) Invitations(ctx context.Context, party string) ([]record.Invitation, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select `+invitationColumns+` and party = $1 order by created_at desc, id`,
		party,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanInvitation)
}

// Invitation finds an open invitation by its secret.
func (s *Store) Invitation(ctx context.Context, secret [32]byte) (record.Invitation, bool, error) {
	n, err := scanInvitation(s.db.QueryRowContext(ctx, `select `+invitationColumns+` and secret_hash = $1`, secret[:]))
	if errors.Is(err, sql.ErrNoRows) {
		return n, false, nil
	}
	return n, err == nil, err
}

// Withdraw ends a party's open invitation; false where it has none such.
func (s *Store) Withdraw(ctx context.Context, party, id string) (bool, error) {
	return one(s.db.ExecContext(ctx, `update app.invitation set expires_at = now() where party = $1 and id = $2
		and used_at is null and expires_at > now()`, party, id))
}

// Accept uses an invitation up and adds its person or, where it lets somebody
// back in, sets his password and takes what he lost away. It answers false where
// the login is taken or the invitation was used just now.
func (s *Store) Accept(
	ctx context.Context, n record.Invitation, p record.Person, loginKey string,
) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		ok, err = one(
			tx.ExecContext(
				ctx,
				`update app.invitation set used_at = now() where id = $1 and used_at is null and expires_at > now()`,
				n.ID,
			),
		)
		if !ok || err != nil {
			return err
		}
		if n.Account == "" {
			return addPerson(ctx, tx, p, loginKey)
		}
		if _, err := tx.ExecContext(
			ctx,
			`update app.person set password_hash = nullif($2, '') where account = $1`,
			p.Account,
			p.PasswordHash,
		); err != nil {
			return err
		}
		if err := clearSecondFactors(ctx, tx, p.Account); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `delete from app.session where account = $1`, p.Account)
		return err
	})
	if database.IsUnique(err) {
		return false, nil
	}
	return ok && err == nil, err
}

// AddKey adds an API key with an account of its own; false where the party has
// as many as it may.
func (s *Store) AddKey(ctx context.Context, party string, k record.Key, hash [32]byte, most int) (bool, error) {
	return s.addCounted(ctx, party, `insert into app.account (name, party, role, duty, label, made_by, key_hash)
			select $1, $2, 'applicant', $3, $4, $5, $6
			where (select count(*) from app.account where party = $2 and key_hash is not null and revoked_at is null) < $7`,
		k.Account, party, k.Duty, k.Label, k.MadeBy, hash[:], most)
}

// Keys lists a party's API keys, those that count first, then the newest.
func (s *Store) Keys(ctx context.Context, party string) ([]record.Key, error) {
	return readDocs[record.Key](
		ctx,
		s,
		`select jsonb_strip_nulls(jsonb_build_object('account', name, 'label', coalesce(nullif(label, ''), name),
			'duty', duty, 'madeBy', coalesce((select p.name from app.person p where p.account = made_by), made_by), 'createdAt', created_at,
			'lastUsedAt', last_used_at, 'revokedAt', revoked_at))
		from app.account where party = $1 and key_hash is not null order by revoked_at is not null, created_at desc, name`,
		party,
	)
}

// RevokeKey ends an API key; false where the party has no such key that counts.
func (s *Store) RevokeKey(ctx context.Context, party, account string) (bool, error) {
	return one(s.db.ExecContext(ctx, `update app.account set revoked_at = now() where party = $1 and name = $2
		and key_hash is not null and revoked_at is null`, party, account))
}

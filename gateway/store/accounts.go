package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

// accountColumns: an account whose role is 'applicant' has its party's roles from
// the moment on that the ledger has the party as qualified.
const accountColumns = `account.name, case when role <> 'applicant' then array[role] else coalesce(
	(select array(select jsonb_array_elements_text(p.doc -> 'roles')) from ledger.party p
	where p.id = account.party and p.doc ->> 'status' <> 'applied'), array[role]) end,
	party, duty, account.created_at, revoked_at`

// CreateAccount adds an account with the SHA-256 of its key. It answers false
// where the name is taken.
func (s *Store) CreateAccount(ctx context.Context, a record.Account, keyHash [32]byte) (bool, error) {
	if a.Duty == "" {
		a.Duty = record.DutyOwner
	}
	_, err := s.db.ExecContext(
		ctx,
		`insert into app.account (name, party, role, duty, made_by, key_hash) values ($1, $2, $3, $4, $5, $6)`,
		a.Name,
		a.Party,
		a.Role,
		a.Duty,
		a.MadeBy,
		keyHash[:],
	)
	if database.IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}

// AccountByKey finds the account of a key that is not revoked, and the hash it
// is stored under; false where there is none.
func (s *Store) AccountByKey(ctx context.Context, keyHash [32]byte) (record.Account, [32]byte, bool, error) {
	var stored []byte
	var unnoted bool
	a, err := scanAccount(s.db.QueryRowContext(ctx, `select `+accountColumns+`, key_hash,
		last_used_at is null or last_used_at < now() - interval '1 minute' from app.account
		where key_hash = $1 and revoked_at is null`, keyHash[:]), &stored, &unnoted)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Account{}, [32]byte{}, false, nil
	}
	if err != nil {
		return record.Account{}, [32]byte{}, false, err
	}
	if unnoted {
		_, err = s.db.ExecContext(ctx, `update app.account set last_used_at = now() where name = $1`, a.Name)
	}
	return a, [32]byte(stored), true, err
}

// Accounts lists a party's accounts by name, revoked ones and people too.
func (s *Store) Accounts(ctx context.Context, party string) ([]record.Account, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select `+accountColumns+` from app.account where party = $1 order by name`,
		party,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (record.Account, error) { return scanAccount(row) })
}

// Behind finds who acts through an account: the person who made its key, or made
// the key that made it. A key that no person has made acts for itself.
func (s *Store) Behind(ctx context.Context, account string) (who string, err error) {
	return who, s.db.QueryRowContext(ctx, `with recursive line(name, made_by) as (
			select name, made_by from app.account where name = $1
			union select a.name, a.made_by from app.account a join line l on a.name = l.made_by)
		select coalesce((select account from app.person where account in (select name from line) limit 1), $1)`, account).Scan(&who)
}

// RevokeAccount ends an account and, if it is a person's, the keys that he made
// for the party; false where the party has no such account.
func (s *Store) RevokeAccount(ctx context.Context, party, name string) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		ok, err = one(tx.ExecContext(ctx, `update app.account set revoked_at = coalesce(revoked_at, now())
			where party = $1 and name = $2`, party, name))
		if !ok || err != nil {
			return err
		}
		return endKeysOf(ctx, tx, name)
	})
	return ok, err
}

// endKeysOf ends the keys of his party that a person made, and that those made:
// he knows their secrets.
func endKeysOf(ctx context.Context, tx *sql.Tx, person string) error {
	_, err := tx.ExecContext(ctx, `with recursive made(name) as (
			select account from app.person where account = $1
			union select a.name from app.account a join made m on a.made_by = m.name
				where a.party = (select party from app.account where name = $1))
		update app.account set revoked_at = now() where name in (select name from made) and key_hash is not null and revoked_at is null`, person)
	return err
}

func scanAccount(row scanner, more ...any) (record.Account, error) {
	var a record.Account
	var revoked sql.Null[time.Time]
	var roles pq.StringArray
	err := row.Scan(append([]any{&a.Name, &roles, &a.Party, &a.Duty, &a.CreatedAt, &revoked}, more...)...)
	a.RevokedAt = revoked.V
	for _, r := range roles {
		a.Roles = append(a.Roles, trace.Role(r))
	}
	if len(a.Roles) > 0 {
		a.Role = a.Roles[0]
	}
	return a, err
}

// SaveUnitTree keeps the stored row of a batch's Merkle tree under its root.
// The same root always has the same row.
func (s *Store) SaveUnitTree(ctx context.Context, root [32]byte, quantity int64, row []byte) error {
	_, err := s.db.ExecContext(ctx, `insert into app.unit_tree (units_root, quantity, tree_row) values ($1, $2, $3)
		on conflict (units_root) do nothing`, root[:], quantity, row)
	return err
}

// SaveCommitments keeps the PIN commitments of a run of units (see seal.Batch.Commitments) under their tree's root.
func (s *Store) SaveCommitments(ctx context.Context, root [32]byte, first int64, run []byte) error {
	_, err := s.db.ExecContext(
		ctx,
		`insert into app.unit_commitment (units_root, first, commitments) values ($1, $2, $3)
		on conflict (units_root, first) do nothing`,
		root[:],
		first,
		run,
	)
	return err
}

// collect reads all rows and closes them. It never answers nil for no rows.
func collect[T any](rows *sql.Rows, scan func(scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

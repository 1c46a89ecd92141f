package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

const personColumns = `a.name, p.login, p.name, a.party, a.duty, p.created_at, (select max(seen_at) from app.session s where s.account = a.name),
	p.totp_secret is not null or exists (select from app.passkey k where k.account = a.name), coalesce(p.password_hash, ''), p.totp_secret, p.pending
	from app.person p join app.account a on a.name = p.account and a.revoked_at is null`

func scanPerson(row scanner) (record.Person, error) {
	var p record.Person
	var seen sql.Null[time.Time]
	err := row.Scan(
		&p.Account, &p.Login, &p.Name, &p.Party, &p.Duty, &p.CreatedAt, &seen, &p.SecondFactor, &p.PasswordHash,
		&p.TOTPSecret, &p.Pending,
	)
	p.SeenAt = seen.V
	return p, err
}

func (s *Store) person(ctx context.Context, where, value string) (record.Person, bool, error) {
	p, err := scanPerson(s.db.QueryRowContext(ctx, `select `+personColumns+` where `+where+` = $1`, value))
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	return p, err == nil, err
}

// PersonByLogin finds somebody by his login in the form in which logins are compared.
func (s *Store) PersonByLogin(ctx context.Context, loginKey string) (record.Person, bool, error) {
	return s.person(ctx, "p.login_key", loginKey)
}

// Person finds somebody by his account.
func (s *Store) Person(ctx context.Context, account string) (record.Person, bool, error) {
	return s.person(ctx, "a.name", account)
}

// People lists a party's people by name; removed ones are not among them.
func (s *Store) People(ctx context.Context, party string) ([]record.Person, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select `+personColumns+` where a.party = $1 and not p.pending order by p.name, a.name`,
		party,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanPerson)
}

// AddPerson adds somebody with an account of his own; false where the login or
// the account is taken.
func (s *Store) AddPerson(ctx context.Context, p record.Person, loginKey string) (bool, error) {
	err := s.InTx(ctx, func(tx *sql.Tx) error { return addPerson(ctx, tx, p, loginKey) })
	if database.IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}

func addPerson(ctx context.Context, tx *sql.Tx, p record.Person, loginKey string) error {
	if _, err := tx.ExecContext(
		ctx,
		`insert into app.account (name, party, role, duty) values ($1, $2, 'applicant', $3)`,
		p.Account,
		p.Party,
		p.Duty,
	); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into app.person (account, login, login_key, name, password_hash, pending)
		values ($1, $2, nullif($3, ''), $4, nullif($5, ''), $6)`, p.Account, p.Login, loginKey, p.Name, p.PasswordHash, p.Pending)
	return err
}

// ConfirmPerson ends the wait for his party.
func (s *Store) ConfirmPerson(ctx context.Context, account string) error {
	_, err := s.db.ExecContext(ctx, `update app.person set pending = false where account = $1`, account)
	return err
}

// ForgetPending removes somebody who never came in, or with no account all who
// have waited for a day.
func (s *Store) ForgetPending(ctx context.Context, account string) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `with gone as (delete from app.person where pending
			and (account = $1 or $1 = '' and created_at < now() - interval '1 day') returning account)
			update app.account set revoked_at = now() where name in (select account from gone)`, account)
		return err
	})
}

// SetPassword replaces a password and, where asked, takes away second factors.
// All his sessions end but the one named.
func (s *Store) SetPassword(ctx context.Context, account, hash string, clearFactors bool, keep string) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`update app.person set password_hash = $2 where account = $1`,
			account,
			hash,
		); err != nil {
			return err
		}
		if clearFactors {
			if err := clearSecondFactors(ctx, tx, account); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `delete from app.session where account = $1 and id <> $2`, account, keep)
		return err
	})
}

func clearSecondFactors(ctx context.Context, tx *sql.Tx, account string) error {
	for _, statement := range []string{`update app.person set totp_secret = null where account = $1`,
		`delete from app.passkey where account = $1`, `delete from app.recovery_code where account = $1`,
		`delete from app.sso_link where account = $1`, `delete from app.device where account = $1`} {
		if _, err := tx.ExecContext(ctx, statement, account); err != nil {
			return err
		}
	}
	return nil
}

// SetDuty changes what a person of a party does and ends his sessions, and the
// keys that he made where he may make none any more. kept is false, and nothing
// happens, where the party would be left without an owner.
func (s *Store) SetDuty(
	ctx context.Context, party, account string, was, duty record.Duty,
) (known, kept bool, err error) {
	return s.changeMember(ctx, party, account, duty == record.DutyOwner, func(tx *sql.Tx) error {
		if err := stillDuty(ctx, tx, account, was); err != nil {
			return err
		}
		if _, err := tx.ExecContext(
			ctx,
			`update app.account set duty = $2 where name = $1`,
			account,
			duty,
		); err != nil ||
			duty == record.DutyOwner {
			return err
		}
		return endKeysOf(ctx, tx, account)
	})
}

// stillDuty refuses where somebody else has changed a duty since it was seen; the
// log knows who. Whoever has seen none is not asked.
func stillDuty(ctx context.Context, tx *sql.Tx, account string, was record.Duty) error {
	var now record.Duty
	if err := tx.QueryRowContext(ctx, `select duty from app.account where name = $1`, account).
		Scan(&now); err != nil || was == "" ||
		now == was {
		return err
	}
	changed := &record.Changed{}
	err := tx.QueryRowContext(ctx, `select `+nameOfAccount("a.account")+`, a.at from app.audit a
		where a.operation = 'setDuty' and a.target ->> 'account' = $1 and a.status between 200 and 299 order by a.id desc limit 1`, account).Scan(&changed.By, &changed.At)
	return errors.Join(ignoreNone(err), changed)
}

// RemovePerson ends a person's account and the keys that he made, and frees his login; see SetDuty.
func (s *Store) RemovePerson(ctx context.Context, party, account string) (known, kept bool, err error) {
	return s.changeMember(ctx, party, account, false, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`update app.account set revoked_at = now() where name = $1`,
			account,
		); err != nil {
			return err
		}
		if err := clearSecondFactors(ctx, tx, account); err != nil {
			return err
		}
		if _, err := tx.ExecContext(
			ctx,
			`update app.person set login_key = null, password_hash = null where account = $1`,
			account,
		); err != nil {
			return err
		}
		return endKeysOf(ctx, tx, account)
	})
}

// changeMember locks the party's people, so that two owners cannot remove each other.
func (s *Store) changeMember(
	ctx context.Context, party, account string, staysOwner bool, change func(*sql.Tx) error,
) (known, kept bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		known, kept = false, true
		owners := 0
		rows, err := tx.QueryContext(
			ctx,
			`select a.name, a.duty from app.account a join app.person p on p.account = a.name and not p.pending
			where a.party = $1 and a.revoked_at is null order by a.name for update of a`,
			party,
		)
		if err != nil {
			return err
		}
		others, err := collect(rows, func(row scanner) (d record.Duty, err error) {
			var name string
			err = row.Scan(&name, &d)
			if name == account {
				known, d = true, ""
			}
			return d, err
		})
		if err != nil {
			return err
		}
		for _, d := range others {
			if d == record.DutyOwner {
				owners++
			}
		}
		if kept = owners > 0 || staysOwner; !known || !kept {
			return nil
		}
		if err := change(tx); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `delete from app.session where account = $1`, account)
		return err
	})
	return known, kept, err
}

package access

import (
	"context"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// SetPerson is what an operator does at the machine itself: it adds somebody to a
// party or, where the login is known there, gives him a new password, takes his
// second factors away and ends his sessions.
func (d *Desk) SetPerson(ctx context.Context, login, password, name, party string, duty record.Duty) error {
	if err := checkLogin(login); err != nil {
		return err
	}
	if err := checkPassword(password, login, name, party); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	p, known, err := d.People.PersonByLogin(ctx, loginKey(login))
	switch {
	case err != nil:
		return err
	case known && p.Party != party:
		return refuse(LoginTaken, "login", "login_of_party", "login", login, "party", p.Party)
	case known:
		if err := d.note(ctx, p, "resetPassword", 200, map[string]string{"by": "operator"}); err != nil {
			return err
		}
		return d.People.SetPassword(ctx, p.Account, hash, true, "")
	}
	if err := checkName(name); err != nil {
		return err
	}
	p = record.Person{
		Account:      newAccount(party),
		Login:        strings.TrimSpace(login),
		Name:         strings.TrimSpace(name),
		Party:        party,
		Duty:         duty,
		PasswordHash: hash,
	}
	if err := d.note(ctx, p, "addPerson", 201, map[string]string{"by": "operator"}); err != nil {
		return err
	}
	ok, err := d.People.AddPerson(ctx, p, loginKey(login))
	if err == nil && !ok {
		err = fmt.Errorf("%s was added by somebody else just now", login)
	}
	return err
}

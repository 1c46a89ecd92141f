package access

import (
	"context"
	"errors"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
)

// SignUp is a stranger who wants to become a party: himself, and the party.
type SignUp struct {
	Login    string       `json:"login"`
	Password string       `json:"password"`
	Name     string       `json:"name"`
	Party    NewPartyName `json:"party"`
}

// NewPartyName is the party; without an id it gets one.
type NewPartyName struct {
	ID    string       `json:"id,omitempty"`
	Name  trace.Text   `json:"name"`
	Roles []trace.Role `json:"roles"`
}

// SignUp enters an applicant with its first person, its owner, and lets him in.
// It may be repeated after an interruption: it goes on where it stopped.
func (d *Desk) SignUp(ctx context.Context, v Visit, n SignUp) (Admission, error) {
	if err := n.check(); err != nil {
		return Admission{}, err
	}
	p, resumed, err := d.reserve(ctx, v, n)
	if err != nil {
		return Admission{}, err
	}
	caller := service.Caller{Account: p.Account, Ref: "sign-up/" + p.Account, Resumed: resumed}
	err = d.Applicants.EnterApplicant(
		ctx, caller, parties.NewApplicant{ID: p.Party, Name: n.Party.Name, Roles: n.Party.Roles},
	)
	if err != nil {
		return Admission{}, errors.Join(err, d.release(ctx, p, err))
	}
	if err := d.People.ConfirmPerson(ctx, p.Account); err != nil {
		return Admission{}, err
	}
	return d.admit(ctx, v, p, "sign-up")
}

func (n SignUp) check() error {
	if err := checkLogin(n.Login); err != nil {
		return err
	}
	if err := checkName(n.Name); err != nil {
		return err
	}
	return checkPassword(n.Password, n.Login, n.Name, n.Party.ID, n.Party.Name.ZhCN, n.Party.Name.En)
}

// reserve keeps the login before anything is written to the ledger. Somebody who
// was not finished with the same login and password is taken up again.
func (d *Desk) reserve(ctx context.Context, v Visit, n SignUp) (p record.Person, resumed bool, err error) {
	hash, err := hashPassword(ctx, n.Password)
	if err != nil {
		return p, false, err
	}
	party := n.Party.ID
	if party == "" {
		party = newAccount("m")
	}
	p = record.Person{
		Account:      newAccount(party),
		Login:        strings.TrimSpace(n.Login),
		Name:         strings.TrimSpace(n.Name),
		Party:        party,
		Duty:         record.DutyOwner,
		PasswordHash: hash,
		Pending:      true,
	}
	if ok, err := d.People.AddPerson(ctx, p, loginKey(n.Login)); ok || err != nil {
		return p, false, err
	}
	return d.takeUp(ctx, v, n)
}

func (d *Desk) takeUp(ctx context.Context, v Visit, n SignUp) (record.Person, bool, error) {
	taken := refuse(LoginTaken, "login", "login_taken")
	p, ok, err := d.People.PersonByLogin(ctx, loginKey(n.Login))
	if err != nil {
		return p, false, err
	}
	if !ok || !p.Pending || n.Party.ID != "" && n.Party.ID != p.Party {
		return p, false, taken
	}
	if err := d.try(ctx, passwordTries(v, n.Login, false)); err != nil {
		return p, false, err
	}
	if right, err := matches(ctx, n.Password, p.PasswordHash); !right || err != nil {
		return p, false, errors.Join(err, taken)
	}
	return p, true, nil
}

// release frees the login where the party certainly did not come onto the ledger.
func (d *Desk) release(ctx context.Context, p record.Person, why error) error {
	var unavailable *record.Unavailable
	if trace.CodeOf(why) == "" && !errors.As(why, &unavailable) {
		return nil
	}
	return d.People.ForgetPending(context.WithoutCancel(ctx), p.Account)
}

package access

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// fresh is how long ago somebody may have shown who he is when he changes what
// lets him in.
const fresh = 15 * time.Minute

// SignOut ends the caller's session.
func (d *Desk) SignOut(ctx context.Context, c service.Caller) error {
	if c.Session == "" {
		return notAPerson()
	}
	_, err := d.Sessions.EndSession(ctx, c.Account, c.Session)
	return err
}

// ListSessions lists where the caller is signed in.
func (d *Desk) ListSessions(ctx context.Context, c service.Caller) ([]record.Session, error) {
	all, err := d.Sessions.Sessions(ctx, c.Account, Idle)
	for i := range all {
		all[i].Current = all[i].ID == c.Session
	}
	return all, err
}

// EndSession signs the caller out elsewhere.
func (d *Desk) EndSession(ctx context.Context, c service.Caller, id string) error {
	ok, err := d.Sessions.EndSession(ctx, c.Account, id)
	if err == nil && !ok {
		err = refuse(SessionUnknown, "id", "none_to_see")
	}
	return err
}

// EndOtherSessions signs the caller out everywhere else.
func (d *Desk) EndOtherSessions(ctx context.Context, c service.Caller) error {
	return d.Sessions.EndSessions(ctx, c.Account, c.Session)
}

// self gives the person who calls; keys are nobody.
func (d *Desk) self(ctx context.Context, c service.Caller) (record.Person, error) {
	if c.Session == "" {
		return record.Person{}, notAPerson()
	}
	p, ok, err := d.People.Person(ctx, c.Account)
	if err == nil && !ok {
		err = notAPerson()
	}
	return p, err
}

// Me is who calls, and what he may do: the operations of the interface's document.
type Me struct {
	Account    string       `json:"account"`
	Role       trace.Role   `json:"role"`
	Roles      []trace.Role `json:"roles"`
	Party      string       `json:"party"`
	PartyName  *trace.Text  `json:"partyName,omitempty"`
	Duty       record.Duty  `json:"duty"`
	Person     *Named       `json:"person,omitempty"`
	Operations []string     `json:"operations"`
}

// Named is a person as he is called.
type Named struct {
	Login string `json:"login"`
	Name  string `json:"name"`
}

// Me says who calls.
func (d *Desk) Me(ctx context.Context, c service.Caller, roles []trace.Role, operations []string) (Me, error) {
	me := Me{Account: c.Account, Role: c.Role, Roles: roles, Party: c.Party, Duty: c.Duty, Operations: operations}
	party, ok, err := d.Parties.Party(ctx, c.Party)
	if err != nil {
		return me, err
	}
	if ok {
		me.PartyName = &party.Name
	}
	if c.Session == "" {
		return me, nil
	}
	p, ok, err := d.People.Person(ctx, c.Account)
	if ok {
		me.Person = &Named{Login: p.Login, Name: p.Name}
	}
	return me, err
}

func notAPerson() error {
	return refuse(PersonsOnly, "", "persons_only")
}

// mustBeFresh asks for a new proof where the last one is old.
func (d *Desk) mustBeFresh(c service.Caller) error {
	if d.now().Sub(c.ConfirmedAt) > fresh {
		return refuse(SignInAgain, "", "password_first")
	}
	return nil
}

// Confirm shows once more who the caller is and gives his session a new token.
func (d *Desk) Confirm(ctx context.Context, v Visit, c service.Caller, password string) (Admission, error) {
	p, err := d.self(ctx, c)
	if err != nil {
		return Admission{}, err
	}
	if err := d.checkOwn(ctx, v, p, password); err != nil {
		return Admission{}, err
	}
	return d.rotate(ctx, c, p)
}

// checkOwn compares the password of somebody who is signed in.
func (d *Desk) checkOwn(ctx context.Context, v Visit, p record.Person, password string) error {
	buckets := passwordTries(v, p.Login, true)
	if err := d.try(ctx, buckets); err != nil {
		return err
	}
	right, err := matches(ctx, password, p.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		return refuse(PasswordWrong, "password", "not_your_password")
	}
	return d.forgive(ctx, buckets)
}

func (d *Desk) rotate(ctx context.Context, c service.Caller, p record.Person) (Admission, error) {
	a := Admission{Session: newToken(), Person: p}
	return a, d.Sessions.ConfirmSession(ctx, c.Session, hashToken(a.Session))
}

// ChangePassword replaces the caller's password and ends his other sessions.
func (d *Desk) ChangePassword(ctx context.Context, v Visit, c service.Caller, old, password string) (Admission, error) {
	p, err := d.self(ctx, c)
	if err != nil {
		return Admission{}, err
	}
	if p.PasswordHash != "" {
		if err := d.checkOwn(ctx, v, p, old); err != nil {
			return Admission{}, err
		}
	} else if err := d.mustBeFresh(c); err != nil {
		return Admission{}, err
	}
	if err := checkPassword(password, p.Login, p.Name, p.Party); err != nil {
		return Admission{}, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return Admission{}, err
	}
	if err := d.People.SetPassword(ctx, c.Account, hash, false, c.Session); err != nil {
		return Admission{}, err
	}
	return d.rotate(ctx, c, p)
}

package access

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Team keeps who works for a party.
type Team interface {
	People(ctx context.Context, party string) ([]record.Person, error)
	SetDuty(ctx context.Context, party, account string, was, duty record.Duty) (known, kept bool, err error)
	RemovePerson(ctx context.Context, party, account string) (known, kept bool, err error)
	Invite(ctx context.Context, n record.Invitation, secret [32]byte, most int) (bool, error)
	Invitations(ctx context.Context, party string) ([]record.Invitation, error)
	Withdraw(ctx context.Context, party, id string) (bool, error)
	Invitation(ctx context.Context, secret [32]byte) (record.Invitation, bool, error)
	Accept(ctx context.Context, n record.Invitation, p record.Person, loginKey string) (bool, error)
}

// How long an invitation is good for, and how many a party may have open.
const (
	inviteLasts = 7 * 24 * time.Hour
	maxInvites  = 50
)

// Members is a party's people and the invitations that are open.
type Members struct {
	People      []record.Person     `json:"people"`
	Invitations []record.Invitation `json:"invitations"`
}

// ListTeam lists the caller's colleagues, himself among them.
func (d *Desk) ListTeam(ctx context.Context, c service.Caller) (Members, error) {
	people, err := d.Team.People(ctx, c.Party)
	if err != nil {
		return Members{}, err
	}
	open, err := d.Team.Invitations(ctx, c.Party)
	return Members{People: people, Invitations: open}, err
}

// SetDuty changes a colleague's duty from what it was, where that is known, and
// signs him out: what he may do has changed. Errors: CHANGED_MEANWHILE.
func (d *Desk) SetDuty(ctx context.Context, c service.Caller, account string, was, duty record.Duty) error {
	known, kept, err := d.Team.SetDuty(ctx, c.Party, account, was, duty)
	return settled(known, kept, service.ChangedError(err, "was"))
}

// Remove ends a colleague's account; his sessions end with it.
func (d *Desk) Remove(ctx context.Context, c service.Caller, account string) error {
	return settled(d.Team.RemovePerson(ctx, c.Party, account))
}

func settled(known, kept bool, err error) error {
	switch {
	case err != nil:
		return err
	case !known:
		return refuse(PersonUnknown, "account", "none_to_see")
	case !kept:
		return refuse(LastOwner, "account", "another_owner")
	}
	return nil
}

// NewInvitation is what an owner gives: a name to know it by, and the duty.
type NewInvitation struct {
	Name string      `json:"name"`
	Duty record.Duty `json:"duty"`
}

// Invited is a new invitation with its secret, which is shown this once. The
// console makes a link of it, behind the sign that browsers send nowhere.
type Invited struct {
	record.Invitation
	Secret string `json:"secret,omitempty"`
}

// Invite lets one colleague in, once.
func (d *Desk) Invite(ctx context.Context, c service.Caller, n NewInvitation) (Invited, error) {
	if err := checkName(n.Name); err != nil {
		return Invited{}, err
	}
	return d.invite(ctx, c, record.Invitation{Duty: n.Duty, Name: strings.TrimSpace(n.Name)})
}

// LetBackIn gives a colleague who lost his password a link to set another.
func (d *Desk) LetBackIn(ctx context.Context, c service.Caller, account string) (Invited, error) {
	p, ok, err := d.People.Person(ctx, account)
	if err == nil && (!ok || p.Party != c.Party) {
		err = refuse(PersonUnknown, "account", "none_to_see")
	}
	if err != nil {
		return Invited{}, err
	}
	return d.invite(ctx, c, record.Invitation{Duty: p.Duty, Name: p.Name, Account: p.Account})
}

func (d *Desk) invite(ctx context.Context, c service.Caller, n record.Invitation) (Invited, error) {
	secret := newToken()
	n.ID, n.Party, n.MadeBy, n.CreatedAt = rand.Text(), c.Party, c.Account, d.now().UTC()
	n.ExpiresAt = n.CreatedAt.Add(inviteLasts)
	ok, err := d.Team.Invite(ctx, n, hashToken(secret), maxInvites)
	if err == nil && !ok {
		err = refuse(TeamLimit, "", "most_invitations", "most", maxInvites)
	}
	if err != nil {
		return Invited{}, err
	}
	return Invited{Invitation: n, Secret: secret}, nil
}

// Withdraw ends an invitation that nobody has used.
func (d *Desk) Withdraw(ctx context.Context, c service.Caller, id string) error {
	ok, err := d.Team.Withdraw(ctx, c.Party, id)
	if err == nil && !ok {
		err = refuse(InvitationUnknown, "id", "none_to_see")
	}
	return err
}

// Welcome is what somebody sees of an invitation before he accepts it. Login is
// his own where he is let back in.
type Welcome struct {
	Party     trace.Text  `json:"party"`
	Name      string      `json:"name"`
	Duty      record.Duty `json:"duty"`
	Login     string      `json:"login,omitempty"`
	ExpiresAt time.Time   `json:"expiresAt"`
}

// LookAtInvitation shows an invitation to whoever has its secret.
func (d *Desk) LookAtInvitation(ctx context.Context, secret string) (Welcome, error) {
	n, err := d.invitation(ctx, secret)
	if err != nil {
		return Welcome{}, err
	}
	party, _, err := d.Parties.Party(ctx, n.Party)
	if err != nil {
		return Welcome{}, err
	}
	w := Welcome{Party: party.Name, Name: n.Name, Duty: n.Duty, ExpiresAt: n.ExpiresAt}
	if n.Account != "" {
		p, _, err := d.People.Person(ctx, n.Account)
		w.Login = p.Login
		return w, err
	}
	return w, nil
}

func (d *Desk) invitation(ctx context.Context, secret string) (record.Invitation, error) {
	n, ok, err := d.Team.Invitation(ctx, hashToken(secret))
	if err == nil && !ok {
		err = refuse(InvitationUnknown, "secret", "new_link")
	}
	return n, err
}

// Acceptance is somebody who comes in by an invitation.
type Acceptance struct {
	Secret   string `json:"secret"`
	Login    string `json:"login"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

// Accept uses an invitation up and lets its person in.
func (d *Desk) Accept(ctx context.Context, v Visit, a Acceptance) (Admission, error) {
	n, err := d.invitation(ctx, a.Secret)
	if err != nil {
		return Admission{}, err
	}
	p, err := d.invitee(ctx, n, a.Login, a.Name)
	if err != nil {
		return Admission{}, err
	}
	if err := checkPassword(a.Password, p.Login, p.Name, p.Party); err != nil {
		return Admission{}, err
	}
	if p.PasswordHash, err = hashPassword(ctx, a.Password); err != nil {
		return Admission{}, err
	}
	return d.accept(ctx, v, n, p, "invitation")
}

// invitee is who comes in by an invitation: somebody new, or who has been here.
func (d *Desk) invitee(ctx context.Context, n record.Invitation, login, name string) (record.Person, error) {
	if n.Account != "" {
		p, ok, err := d.People.Person(ctx, n.Account)
		if err == nil && !ok {
			err = refuse(InvitationUnknown, "secret", "new_link")
		}
		return p, err
	}
	if err := checkLogin(login); err != nil {
		return record.Person{}, err
	}
	if name == "" {
		name = n.Name
	}
	if err := checkName(name); err != nil {
		return record.Person{}, err
	}
	return record.Person{
		Account: newAccount(n.Party),
		Login:   strings.TrimSpace(login),
		Name:    strings.TrimSpace(name),
		Party:   n.Party,
		Duty:    n.Duty,
	}, nil
}

func (d *Desk) accept(
	ctx context.Context, v Visit, n record.Invitation, p record.Person, by string,
) (Admission, error) {
	ok, err := d.Team.Accept(ctx, n, p, loginKey(p.Login))
	if err == nil && !ok {
		err = refuse(LoginTaken, "login", "login_taken")
	}
	if err != nil {
		return Admission{}, err
	}
	return d.admit(ctx, v, p, by)
}

package access

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/mileusna/useragent"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// StepLasts is how long the next step of a sign-in may take.
const StepLasts = 10 * time.Minute

// kindSecond is the ceremony of a password that was right and waits for its
// second factor.
const kindSecond = "second_factor"

// SignIn lets somebody in by his password, or asks for his second factor.
func (d *Desk) SignIn(ctx context.Context, v Visit, login, password string) (Admission, error) {
	p, known, err := d.People.PersonByLogin(ctx, loginKey(login))
	if err != nil {
		return Admission{}, err
	}
	device, err := d.knows(ctx, v, p)
	if err != nil {
		return Admission{}, err
	}
	buckets := passwordTries(v, login, device)
	if err := d.try(ctx, buckets); err != nil {
		return Admission{}, err
	}
	right, err := matches(ctx, password, p.PasswordHash)
	if err != nil {
		return Admission{}, err
	}
	if !right || p.Pending {
		if known {
			err = d.note(ctx, p, "signInFailed", 401, map[string]string{"device": deviceName(v.Agent)})
		}
		if err == nil {
			err = refuse(SignInFailed, "", "check_login")
		}
		return Admission{}, err
	}
	if err := d.forgive(ctx, buckets); err != nil {
		return Admission{}, err
	}
	if p.SecondFactor {
		step, err := d.begin(ctx, record.Ceremony{Kind: kindSecond, Account: p.Account})
		return Admission{Step: step, Person: p}, err
	}
	return d.admit(ctx, v, p, "password")
}

// knows reports whether somebody has signed in with the visitor's browser before.
func (d *Desk) knows(ctx context.Context, v Visit, p record.Person) (bool, error) {
	if v.Device == "" {
		return false, nil
	}
	return d.Sessions.KnowsDevice(ctx, p.Account, hashToken(v.Device))
}

func (d *Desk) begin(ctx context.Context, c record.Ceremony) (string, error) {
	if c.Data == nil {
		c.Data = []byte{}
	}
	token := newToken()
	return token, d.Ceremonies.Begin(ctx, hashToken(token), c, StepLasts)
}

// admit begins a session under new tokens: none that was there before counts.
func (d *Desk) admit(ctx context.Context, v Visit, p record.Person, by string) (Admission, error) {
	a := Admission{Session: newToken(), Device: newToken(), Person: p}
	device := deviceName(v.Agent)
	if err := d.note(ctx, p, "signIn", 200, map[string]string{"device": device, "by": by}); err != nil {
		return Admission{}, err
	}
	n := record.Session{ID: rand.Text(), Account: p.Account, Device: device, ExpiresAt: d.now().Add(Lasts)}
	return a, d.Sessions.AddSession(ctx, n, hashToken(a.Session), hashToken(a.Device))
}

// deviceName is how a browser is named to its owner.
func deviceName(agent string) string {
	u := useragent.Parse(agent)
	switch {
	case u.Name == "" || len(agent) > 1000:
		return "?"
	case u.OS == "":
		return u.Name
	}
	return u.Name + " · " + u.OS
}

// Authenticate gives the account and the session of a token; false where it has none.
func (d *Desk) Authenticate(ctx context.Context, token string) (record.Account, record.Session, bool, error) {
	return d.Sessions.SessionByToken(ctx, hashToken(token), Idle)
}

// Demo is a party of a demo system whose person signs in with one click.
type Demo struct {
	Party string       `json:"party"`
	Name  trace.Text   `json:"name"`
	Roles []trace.Role `json:"roles"`
}

// Demos lists them; there are none but in a demo system.
func (d *Desk) Demos(ctx context.Context) ([]Demo, error) {
	all := []Demo{}
	for _, id := range d.Demo {
		p, ok, err := d.Parties.Party(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, Demo{Party: p.ID, Name: p.Name, Roles: p.Roles})
		}
	}
	return all, nil
}

// SignInDemo lets the demo person of a party in, and makes him at the first time.
func (d *Desk) SignInDemo(ctx context.Context, v Visit, party string) (Admission, error) {
	if !slices.Contains(d.Demo, party) {
		return Admission{}, refuse(NotOffered, "", "nothing_here")
	}
	p := record.Person{
		Account: "demo-person-" + party[:min(len(party), 28)],
		Login:   "demo",
		Name:    "演示 Demo",
		Party:   party,
		Duty:    record.DutyOwner,
	}
	if _, err := d.People.AddPerson(ctx, p, ""); err != nil {
		return Admission{}, err
	}
	known, ok, err := d.People.Person(ctx, p.Account)
	if err == nil && (!ok || known.Party != party) {
		err = refuse(NotOffered, "", "nothing_here")
	}
	if err != nil {
		return Admission{}, err
	}
	return d.admit(ctx, v, known, "demo")
}

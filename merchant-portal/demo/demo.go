// Package demo fills a new Touchstone with invented parties, goods and
// custody, so that every kind of verdict can be looked at. It does so as the
// parties and shoppers themselves would, over HTTP; it knows the gateway's
// client, the verifier's forms and the CSV of scan logs, and nothing else.
package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// Keys keeps the API keys of the demo accounts by role. Save must be durable
// when it returns, for a key is shown only once.
type Keys interface {
	Load(role string) (key string, found bool, err error)
	Save(role, key string) error
}

// Loader fills the gateway at Gateway; its shoppers go to Verifier, and those of
// before are in a log of scans that ImportScans takes. Load may be called again
// after an interruption; what is done already is recognised and left as it is.
type Loader struct {
	Gateway     string
	Verifier    string
	PlatformKey string
	Keys        Keys
	ImportScans func(ctx context.Context, csv []byte) error
}

// Load makes the parties and their accounts, imports the goods and batches, and
// moves some of them.
func (l Loader) Load(ctx context.Context) error {
	platform, err := client.Dial(l.Gateway, l.PlatformKey, "en")
	if err != nil {
		return err
	}
	for _, p := range cast {
		if err := l.enter(ctx, platform, p); err != nil {
			return fmt.Errorf("demo party %s: %w", p.ID, err)
		}
	}
	actors, err := l.actors()
	if err != nil {
		return err
	}
	return actors.play(ctx, l)
}

// enter registers and qualifies a party and gives it an account.
func (l Loader) enter(ctx context.Context, platform client.Gateway, p client.NewParty) error {
	if err := l.admit(ctx, platform, p); err != nil {
		return err
	}
	return l.account(ctx, platform, p.ID, p.Roles[0])
}

// admit registers and qualifies a party.
func (l Loader) admit(ctx context.Context, platform client.Gateway, p client.NewParty) error {
	registered, err := platform.RegisterPartyWithResponse(
		ctx, &client.RegisterPartyParams{IdempotencyKey: "demo-party-" + p.ID}, p,
	)
	if err := done(registered, err, "PARTY_EXISTS"); err != nil {
		return err
	}
	status, err := platform.SetPartyStatusWithResponse(
		ctx,
		p.ID,
		&client.SetPartyStatusParams{IdempotencyKey: "demo-qualify-" + p.ID},
		client.StatusChange{Status: "qualified", Reason: "演示数据 Demo data"},
	)
	return done(status, err, "PARTY_STATUS_CONFLICT")
}

// account makes an account for a role and keeps its key. Where an interruption
// lost a key, its account stays behind unused and another is made.
func (l Loader) account(ctx context.Context, platform client.Gateway, party string, role client.Role) error {
	if _, found, err := l.Keys.Load(string(role)); err != nil || found {
		return err
	}
	name := "demo-" + string(role)
	for n := 2; n < 10; n++ {
		r, err := platform.CreateAccountWithResponse(
			ctx,
			party,
			&client.CreateAccountParams{IdempotencyKey: client.NewKey()},
			client.NewAccount{Account: name, Role: role},
		)
		if err != nil {
			return err
		}
		if r.JSON201 != nil {
			return l.Keys.Save(string(role), r.JSON201.APIKey)
		}
		if err := done(r, nil, "ACCOUNT_EXISTS"); err != nil {
			return err
		}
		name = fmt.Sprintf("demo-%s-%d", role, n)
	}
	return errors.New("no account name is free")
}

// actors are the demo accounts at work.
type actors struct {
	producer, distributor, seller, inspector, platform client.Gateway
	verifier                                           string
}

func (l Loader) actors() (a actors, err error) {
	a.verifier = l.Verifier
	if a.platform, err = client.Dial(l.Gateway, l.PlatformKey, "en"); err != nil {
		return a, err
	}
	for role, gateway := range map[string]*client.Gateway{"producer": &a.producer, "distributor": &a.distributor, "seller": &a.seller,
		"inspector": &a.inspector} {
		key, found, err := l.Keys.Load(role)
		if err != nil {
			return a, err
		}
		if !found {
			return a, fmt.Errorf("no key of the demo %s", role)
		}
		if *gateway, err = client.Dial(l.Gateway, key, "en"); err != nil {
			return a, err
		}
	}
	return a, nil
}

// reply is what every call of the generated client answers.
type reply interface {
	Status() string
	StatusCode() int
	GetBody() []byte
}

// done accepts a success, and a refusal with the code that says that the step
// was taken before.
func done(r reply, err error, before string) error {
	if err != nil {
		return err
	}
	if r.StatusCode() < http.StatusMultipleChoices && r.StatusCode() != http.StatusAccepted {
		return nil
	}
	if before != "" && codeOf(r.GetBody()) == before {
		return nil
	}
	return fmt.Errorf("the gateway answered %s: %s", r.Status(), r.GetBody())
}

package access

import (
	"context"
	"encoding/json"
	"net/url"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// LinkStore keeps which account of an identity provider is whose. Nobody is
// linked for his e-mail address alone: anybody could have signed up with it.
type LinkStore interface {
	LinkedTo(ctx context.Context, issuer, subject string) (account string, ok bool, err error)
	Link(ctx context.Context, issuer, subject, account string) (bool, error)
	IsLinked(ctx context.Context, account string) (bool, error)
	Unlink(ctx context.Context, account string) error
}

// SSO is an OpenID Connect provider. Issuer, ClientID and the callback of the
// console's origin are registered there.
type SSO struct {
	Name, Issuer, ClientID, ClientSecret string

	mu       sync.Mutex
	provider *oidc.Provider
}

// SSOCallback is where the provider sends people back to.
const SSOCallback = "/api/v1/sign-in/sso/callback"

// kindSSO is the ceremony of somebody who is away at the provider.
const kindSSO = "sso"

// journey is what is remembered meanwhile. Account is set where a person who is
// signed in links himself, Invitation where somebody accepts one.
type journey struct {
	State, Nonce, Verifier string
	Account                string `json:",omitempty"`
	Invitation             string `json:",omitempty"` // the secret's hash is looked up again, so this is sealed
}

func (d *Desk) client(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	if d.SSO == nil || d.Origin == "" {
		return nil, nil, refuse(NotOffered, "", "nothing_here")
	}
	provider, err := d.SSO.discover(ctx)
	if err != nil {
		d.Trouble.Warn("the identity provider cannot be reached", "error", err)
		return nil, nil, refuse(SSORefused, "", "provider_away")
	}
	return &oauth2.Config{ClientID: d.SSO.ClientID, ClientSecret: d.SSO.ClientSecret, Endpoint: provider.Endpoint(),
		RedirectURL: d.Origin + SSOCallback, Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}, provider, nil
}

// discover asks the provider about itself, once it has succeeded never again.
func (s *SSO) discover(ctx context.Context) (*oidc.Provider, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.provider != nil {
		return s.provider, nil
	}
	provider, err := oidc.NewProvider(context.WithoutCancel(ctx), s.Issuer)
	s.provider = provider
	return provider, err
}

// StartSSO gives the address at the provider to go to, and the step that the
// browser keeps meanwhile. With an invitation's secret it is accepted on return.
func (d *Desk) StartSSO(ctx context.Context, invitation string) (string, Admission, error) {
	if invitation != "" {
		if _, err := d.invitation(ctx, invitation); err != nil {
			return "", Admission{}, err
		}
	}
	return d.leave(ctx, journey{Invitation: invitation})
}

// LinkSSO is StartSSO for somebody who is signed in and links himself.
func (d *Desk) LinkSSO(ctx context.Context, c service.Caller) (string, Admission, error) {
	if _, err := d.self(ctx, c); err != nil {
		return "", Admission{}, err
	}
	if err := d.mustBeFresh(c); err != nil {
		return "", Admission{}, err
	}
	return d.leave(ctx, journey{Account: c.Account})
}

// UnlinkSSO ends it. Whoever has no password sets one first.
func (d *Desk) UnlinkSSO(ctx context.Context, c service.Caller) error {
	p, err := d.self(ctx, c)
	if err != nil {
		return err
	}
	if p.PasswordHash == "" {
		return refuse(PasswordWeak, "", "only_way_in")
	}
	if err := d.mustBeFresh(c); err != nil {
		return err
	}
	return d.Links.Unlink(ctx, c.Account)
}

func (d *Desk) leave(ctx context.Context, j journey) (string, Admission, error) {
	config, _, err := d.client(ctx)
	if err != nil {
		return "", Admission{}, err
	}
	j.State, j.Nonce, j.Verifier = newToken(), newToken(), oauth2.GenerateVerifier()
	data, err := json.Marshal(j)
	if err != nil {
		return "", Admission{}, err
	}
	step, err := d.begin(ctx, record.Ceremony{Kind: kindSSO, Account: j.Account, Data: d.Box.Seal(kindSSO, data)})
	return config.AuthCodeURL(
			j.State,
			oidc.Nonce(j.Nonce),
			oauth2.S256ChallengeOption(j.Verifier),
		), Admission{
			Step: step,
		}, err
}

// ReturnSSO lets in who comes back from the provider, in the browser in which he left.
func (d *Desk) ReturnSSO(ctx context.Context, v Visit, answer url.Values) (Admission, error) {
	j, err := d.journeyOf(ctx, v, answer.Get("state"))
	if err != nil {
		return Admission{}, err
	}
	token, err := d.exchange(ctx, j, answer.Get("code"))
	if err != nil {
		return Admission{}, err
	}
	if j.Account != "" {
		return Admission{}, d.link(ctx, token, j.Account)
	}
	account, ok, err := d.Links.LinkedTo(ctx, token.Issuer, token.Subject)
	switch {
	case err != nil:
		return Admission{}, err
	case ok:
		p, ok, err := d.People.Person(ctx, account)
		if err != nil || !ok {
			return Admission{}, orNotLinked(err)
		}
		return d.admit(ctx, v, p, "sso")
	case j.Invitation != "":
		return d.acceptSSO(ctx, v, j, token)
	}
	return Admission{}, orNotLinked(nil)
}

func (d *Desk) journeyOf(ctx context.Context, v Visit, state string) (j journey, err error) {
	token := hashToken(v.Step)
	ceremony, ok, err := d.Ceremonies.Ceremony(ctx, token, kindSSO)
	if !ok || err != nil {
		return j, orExpired(err)
	}
	if used, err := d.Ceremonies.End(ctx, token); !used || err != nil {
		return j, orExpired(err)
	}
	data, err := d.Box.Open(kindSSO, ceremony.Data)
	if err != nil {
		return j, err
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return j, err
	}
	if state == "" || hashToken(state) != hashToken(j.State) {
		return j, expired()
	}
	return j, nil
}

func (d *Desk) exchange(ctx context.Context, j journey, code string) (*oidc.IDToken, error) {
	config, provider, err := d.client(ctx)
	if err != nil {
		return nil, err
	}
	refused := refuse(SSORefused, "", "begin_again_or_password")
	got, err := config.Exchange(ctx, code, oauth2.VerifierOption(j.Verifier))
	if err != nil {
		d.Trouble.Warn("the identity provider refused a code")
		return nil, refused
	}
	raw, _ := got.Extra("id_token").(string)
	token, err := provider.Verifier(&oidc.Config{ClientID: d.SSO.ClientID}).Verify(ctx, raw)
	if err != nil || token.Nonce != j.Nonce {
		d.Trouble.Warn("the identity provider's token is not valid")
		return nil, refused
	}
	return token, nil
}

func (d *Desk) link(ctx context.Context, token *oidc.IDToken, account string) error {
	ok, err := d.Links.Link(ctx, token.Issuer, token.Subject, account)
	if err == nil && !ok {
		err = refuse(LoginTaken, "", "provider_linked")
	}
	return err
}

// acceptSSO lets an invited person in under the address that the provider has verified.
func (d *Desk) acceptSSO(ctx context.Context, v Visit, j journey, token *oidc.IDToken) (Admission, error) {
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
		Name     string `json:"name"`
	}
	if err := token.Claims(&claims); err != nil {
		return Admission{}, err
	}
	n, err := d.invitation(ctx, j.Invitation)
	if err != nil {
		return Admission{}, err
	}
	if !claims.Verified || claims.Email == "" {
		return Admission{}, refuse(SSORefused, "", "provider_mail")
	}
	p, err := d.invitee(ctx, n, claims.Email, claims.Name)
	if err != nil {
		return Admission{}, err
	}
	a, err := d.accept(ctx, v, n, p, "sso")
	if err != nil {
		return Admission{}, err
	}
	return a, d.link(ctx, token, p.Account)
}

func orNotLinked(err error) error {
	if err != nil {
		return err
	}
	return refuse(SSONotLinked, "", "provider_not_linked")
}

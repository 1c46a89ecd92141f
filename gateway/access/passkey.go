package access

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// PasskeyStore keeps WebAuthn credentials.
type PasskeyStore interface {
	Passkeys(ctx context.Context, account string) ([]record.Passkey, error)
	AddPasskey(ctx context.Context, k record.Passkey) error
	UsePasskey(ctx context.Context, id string, credential []byte) error
	RemovePasskey(ctx context.Context, account, id string) (bool, error)
}

// The ceremonies of passkeys.
const (
	kindNewPasskey = "new passkey"
	kindPasskey    = "passkey"
)

// relyingParty is this system as authenticators know it: by the console's
// origin. Without one there are no passkeys, for an origin that a request names
// itself proves nothing.
func (d *Desk) relyingParty() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(d.Origin)
	if d.Origin == "" || err != nil {
		return nil, refuse(NotOffered, "", "nothing_here")
	}
	return webauthn.New(
		&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "试金石 Touchstone", RPOrigins: []string{d.Origin}},
	)
}

// keyholder is a person as the library sees him.
type keyholder struct {
	p    record.Person
	keys []webauthn.Credential
}

func (h keyholder) WebAuthnID() []byte                         { return []byte(h.p.Account) }
func (h keyholder) WebAuthnName() string                       { return h.p.Login }
func (h keyholder) WebAuthnDisplayName() string                { return h.p.Name }
func (h keyholder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (d *Desk) keyholder(ctx context.Context, p record.Person) (keyholder, error) {
	kept, err := d.Passkeys.Passkeys(ctx, p.Account)
	h := keyholder{p: p}
	for _, k := range kept {
		var c webauthn.Credential
		if err := json.Unmarshal(k.Credential, &c); err != nil {
			return h, err
		}
		h.keys = append(h.keys, c)
	}
	return h, err
}

// PasskeyStep is what the browser's authenticator is asked, and the step to answer it with.
type PasskeyStep struct {
	Step    string `json:"step"`
	Options any    `json:"options"`
}

func (d *Desk) ask(
	ctx context.Context, kind, account string, session *webauthn.SessionData, options any,
) (PasskeyStep, error) {
	data, err := json.Marshal(session)
	if err != nil {
		return PasskeyStep{}, err
	}
	step, err := d.begin(ctx, record.Ceremony{Kind: kind, Account: account, Data: data})
	return PasskeyStep{Step: step, Options: options}, err
}

// answered takes up what was asked, once.
func (d *Desk) answered(ctx context.Context, step, kind string) (record.Ceremony, webauthn.SessionData, error) {
	var session webauthn.SessionData
	ceremony, ok, err := d.Ceremonies.Ceremony(ctx, hashToken(step), kind)
	if !ok || err != nil {
		return ceremony, session, orExpired(err)
	}
	if used, err := d.Ceremonies.End(ctx, hashToken(step)); !used || err != nil {
		return ceremony, session, orExpired(err)
	}
	return ceremony, session, json.Unmarshal(ceremony.Data, &session)
}

// StartPasskey asks the browser for a new passkey that knows its owner.
func (d *Desk) StartPasskey(ctx context.Context, c service.Caller) (PasskeyStep, error) {
	p, err := d.self(ctx, c)
	if err != nil {
		return PasskeyStep{}, err
	}
	if err := d.mustBeFresh(c); err != nil {
		return PasskeyStep{}, err
	}
	rp, err := d.relyingParty()
	if err != nil {
		return PasskeyStep{}, err
	}
	h, err := d.keyholder(ctx, p)
	if err != nil {
		return PasskeyStep{}, err
	}
	options, session, err := rp.BeginRegistration(
		h,
		webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(
			protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
				UserVerification: protocol.VerificationRequired},
		),
	)
	if err != nil {
		return PasskeyStep{}, err
	}
	return d.ask(ctx, kindNewPasskey, c.Account, session, options.Response)
}

// AddPasskey keeps what the browser made.
func (d *Desk) AddPasskey(ctx context.Context, c service.Caller, step, name string, credential []byte) error {
	p, err := d.self(ctx, c)
	if err != nil {
		return err
	}
	if err := checkName(name); err != nil {
		return err
	}
	rp, err := d.relyingParty()
	if err != nil {
		return err
	}
	ceremony, session, err := d.answered(ctx, step, kindNewPasskey)
	if err == nil && ceremony.Account != c.Account {
		err = expired()
	}
	if err != nil {
		return err
	}
	h, err := d.keyholder(ctx, p)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBody(bytes.NewReader(credential))
	if err != nil {
		return refusedPasskey()
	}
	made, err := rp.CreateCredential(h, session, parsed)
	if err != nil {
		return refusedPasskey()
	}
	doc, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return d.Passkeys.AddPasskey(
		ctx, record.Passkey{ID: rand.Text(), Account: c.Account, Name: strings.TrimSpace(name), Credential: doc},
	)
}

// RemovePasskey forgets a passkey of the caller.
func (d *Desk) RemovePasskey(ctx context.Context, c service.Caller, id string) error {
	if err := d.mustBeFresh(c); err != nil {
		return err
	}
	ok, err := d.Passkeys.RemovePasskey(ctx, c.Account, id)
	if err == nil && !ok {
		err = refuse(PasskeyUnknown, "id", "none_to_see")
	}
	return err
}

// AskPasskey asks the browser for whatever passkey it has for us. It says
// nothing of whom we know.
func (d *Desk) AskPasskey(ctx context.Context) (PasskeyStep, error) {
	rp, err := d.relyingParty()
	if err != nil {
		return PasskeyStep{}, err
	}
	options, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return PasskeyStep{}, err
	}
	return d.ask(ctx, kindPasskey, "", session, options.Response)
}

// SignInPasskey lets the owner of a passkey in. It is two factors in one: the
// device, and what unlocks it.
func (d *Desk) SignInPasskey(ctx context.Context, v Visit, step string, credential []byte) (Admission, error) {
	rp, err := d.relyingParty()
	if err != nil {
		return Admission{}, err
	}
	_, session, err := d.answered(ctx, step, kindPasskey)
	if err != nil {
		return Admission{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(credential))
	if err != nil {
		return Admission{}, refusedPasskey()
	}
	var owner keyholder
	var trouble error
	find := func(_, handle []byte) (webauthn.User, error) {
		p, ok, err := d.People.Person(ctx, string(handle))
		if err == nil && ok {
			owner, err = d.keyholder(ctx, p)
		} else if err == nil {
			err = refusedPasskey()
			return nil, err
		}
		trouble = err
		return owner, err
	}
	_, used, err := rp.ValidatePasskeyLogin(find, session, parsed)
	if trouble != nil {
		return Admission{}, trouble
	}
	if err != nil || used.Authenticator.CloneWarning {
		return Admission{}, refusedPasskey()
	}
	if err := d.keep(ctx, owner.p, used); err != nil {
		return Admission{}, err
	}
	return d.admit(ctx, v, owner.p, "passkey")
}

// keep notes the authenticator's counter.
func (d *Desk) keep(ctx context.Context, p record.Person, used *webauthn.Credential) error {
	kept, err := d.Passkeys.Passkeys(ctx, p.Account)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(used)
	if err != nil {
		return err
	}
	for _, k := range kept {
		var c webauthn.Credential
		if json.Unmarshal(k.Credential, &c) == nil && bytes.Equal(c.ID, used.ID) {
			return d.Passkeys.UsePasskey(ctx, k.ID, doc)
		}
	}
	return refusedPasskey()
}

func refusedPasskey() error {
	return refuse(PasskeyRefused, "", "or_password")
}

package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/oauth2-proxy/mockoidc"
	"github.com/pquerna/otp/totp"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func TestAuthenticator(t *testing.T) {
	w := newWorld(t, behindProxy)
	now := time.Now()
	w.access.Now = func() time.Time { return now }
	w.person("chen", "maker", record.DutyOwner)
	w.browser("phone")
	w.must("phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase})
	setup := w.must("chen", 200, "POST", "/api/v1/me/totp", nil).body
	secret := setup["secret"].(string)
	if !strings.HasPrefix(setup["uri"].(string), "otpauth://totp/") ||
		!strings.HasPrefix(setup["qr"].(string), "<svg ") {
		t.Errorf("%v", setup)
	}
	code := func() string {
		c, err := totp.GenerateCode(secret, now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	w.refused(
		"chen", 422, "CODE_WRONG", "POST", "/api/v1/me/totp/confirmation",
		object{"step": setup["step"], "code": "000000"},
	)
	w.refused(
		"phone", 422, "CODE_WRONG", "POST", "/api/v1/me/totp/confirmation",
		object{"step": setup["step"], "code": "000000"},
	)
	codes := w.must("chen", 200, "POST", "/api/v1/me/totp/confirmation", object{"step": setup["step"], "code": code()}).body["codes"].([]any)
	w.must("chen", 200, "GET", "/api/v1/me", nil)
	w.refused("phone", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil) // it has shown no code
	if len(codes) != 10 {
		t.Errorf("%v", codes)
	}

	password := func() {
		w.browser("phone")
		a := w.must("phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase})
		if a.body["secondFactor"] != true {
			t.Fatalf("%s", a.raw)
		}
		w.refused("phone", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	}
	give := object{"code": ""}
	t.Run("the code that switched it on counts no second time", func(t *testing.T) {
		password()
		give["code"] = code()
		w.refused("phone", 422, "CODE_WRONG", "POST", "/api/v1/sign-in/second-factor", give)
	})
	t.Run("the next one does, once", func(t *testing.T) {
		now = now.Add(30 * time.Second)
		give["code"] = code()
		w.must("phone", 200, "POST", "/api/v1/sign-in/second-factor", give)
		w.must("phone", 200, "GET", "/api/v1/me", nil)
		w.refused("phone", 410, "STEP_EXPIRED", "POST", "/api/v1/sign-in/second-factor", give)
		password()
		w.refused("phone", 422, "CODE_WRONG", "POST", "/api/v1/sign-in/second-factor", give)
	})
	t.Run("a recovery code, once", func(t *testing.T) {
		give["code"] = strings.ToLower(codes[0].(string))
		w.must("phone", 200, "POST", "/api/v1/sign-in/second-factor", give)
		if s := w.must("phone", 200, "GET", "/api/v1/me/security", nil).body; s["recoveryCodes"] != 9.0 ||
			s["totp"] != true {
			t.Errorf("%v", s)
		}
		password()
		w.refused("phone", 422, "CODE_WRONG", "POST", "/api/v1/sign-in/second-factor", give)
	})
	t.Run("guesses are held back", func(t *testing.T) {
		held := false
		from := []string{"X-Forwarded-For", "198.51.100.7"}
		w.must("phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase}, from...)
		for range 15 {
			held = held ||
				w.ask("phone", "POST", "/api/v1/sign-in/second-factor", object{"code": "000000"}, from...).body["code"] == "SIGN_IN_HELD"
		}
		if !held {
			t.Error("codes may be guessed on and on")
		}
	})
	t.Run("an old sign-in does not switch it off", func(t *testing.T) {
		now = now.Add(time.Hour)
		w.refused("chen", 403, "SIGN_IN_AGAIN", "DELETE", "/api/v1/me/totp", nil)
		w.refused("chen", 422, "PASSWORD_WRONG", "POST", "/api/v1/session/confirmation", object{"password": "x"})
		now = time.Now()
		w.must("chen", 204, "POST", "/api/v1/session/confirmation", object{"password": passphrase})
		w.must("chen", 204, "DELETE", "/api/v1/me/totp", nil)
		w.must(
			"phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
			"X-Forwarded-For", "198.51.100.8",
		)
		w.must("phone", 200, "GET", "/api/v1/me", nil)
	})
}

const origin = "https://console.example"

func TestPasskeys(t *testing.T) {
	w := newWorld(t)
	w.access.Origin = origin
	w.person("chen", "maker", record.DutyOwner)
	account := w.must("chen", 200, "GET", "/api/v1/me", nil).body["account"].(string)
	rp := virtualwebauthn.RelyingParty{Name: "Touchstone", ID: "console.example", Origin: origin}
	device := virtualwebauthn.NewAuthenticatorWithOptions(
		virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(account)},
	)
	key := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)

	ask := w.must("chen", 200, "POST", "/api/v1/me/passkeys", nil).body
	made := created(t, rp, device, key, ask["options"])
	w.must(
		"chen",
		204,
		"POST",
		"/api/v1/me/passkeys/confirmation",
		object{"step": ask["step"], "name": "手机", "credential": made},
	)
	w.refused(
		"chen",
		410,
		"STEP_EXPIRED",
		"POST",
		"/api/v1/me/passkeys/confirmation",
		object{"step": ask["step"], "name": "手机", "credential": made},
	)
	device.AddCredential(key)

	w.browser("phone")
	signIn := func(rp virtualwebauthn.RelyingParty) answer {
		ask := w.must("phone", 200, "POST", "/api/v1/sign-in/passkey", nil).body
		return w.ask(
			"phone",
			"POST",
			"/api/v1/sign-in/passkey/answer",
			object{"step": ask["step"], "credential": asserted(t, rp, device, key, ask["options"])},
		)
	}
	if a := signIn(rp); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	w.must("phone", 200, "GET", "/api/v1/me", nil)
	t.Run("a page that looks like ours gets nowhere", func(t *testing.T) {
		fake := rp
		fake.Origin = "https://console.evil.example"
		if a := signIn(fake); a.status != 422 || a.body["code"] != "PASSKEY_REFUSED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	t.Run("the password alone does not do any more", func(t *testing.T) {
		if a := w.must(
			"nobody", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
		); a.body["secondFactor"] != true {
			t.Errorf("%s", a.raw)
		}
	})
	t.Run("removed", func(t *testing.T) {
		list := w.must("chen", 200, "GET", "/api/v1/me/security", nil).body["passkeys"].([]any)
		id := list[0].(object)["id"].(string)
		w.person("li", "rival", record.DutyOwner)
		w.refused("li", 404, "PASSKEY_UNKNOWN", "DELETE", "/api/v1/me/passkeys/"+id, nil)
		w.must("chen", 204, "DELETE", "/api/v1/me/passkeys/"+id, nil)
		if a := signIn(rp); a.body["code"] != "PASSKEY_REFUSED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	t.Run("without an origin they are not offered", func(t *testing.T) {
		w.access.Origin = ""
		w.refused("nobody", 404, "NOT_OFFERED", "POST", "/api/v1/sign-in/passkey", nil)
	})
}

func created(
	t *testing.T, rp virtualwebauthn.RelyingParty, a virtualwebauthn.Authenticator,
	k virtualwebauthn.Credential, options any,
) (made object) {
	t.Helper()
	parsed, err := virtualwebauthn.ParseAttestationOptions(string(asJSON(t, object{"publicKey": options})))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(virtualwebauthn.CreateAttestationResponse(rp, a, k, *parsed)), &made); err != nil {
		t.Fatal(err)
	}
	return made
}

func asserted(
	t *testing.T, rp virtualwebauthn.RelyingParty, a virtualwebauthn.Authenticator,
	k virtualwebauthn.Credential, options any,
) (made object) {
	t.Helper()
	parsed, err := virtualwebauthn.ParseAssertionOptions(string(asJSON(t, object{"publicKey": options})))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(virtualwebauthn.CreateAssertionResponse(rp, a, k, *parsed)), &made); err != nil {
		t.Fatal(err)
	}
	return made
}

// Single sign-on against an identity provider that runs in this test.
func TestSingleSignOn(t *testing.T) {
	idp, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idp.Shutdown() })
	w := newWorld(t)
	w.access.Origin = w.url
	w.access.SSO = &access.SSO{Name: "公司", Issuer: idp.Issuer(), ClientID: idp.ClientID, ClientSecret: idp.ClientSecret}
	if ways := w.must("nobody", 200, "GET", "/api/v1/sign-in", nil).body; ways["sso"] != "公司" {
		t.Errorf("%v", ways)
	}
	wang := &mockoidc.MockUser{Subject: "wang-1", Email: "wang@corp.example", EmailVerified: true}

	// travel goes to the provider as a user and gives the address that he is sent back to.
	travel := func(who string, start object, user mockoidc.User) string {
		t.Helper()
		idp.QueueUser(user)
		path := "/api/v1/sign-in/sso"
		if start == nil {
			path = "/api/v1/me/sso"
		}
		var body any
		if start != nil {
			body = start
		}
		to := w.must(who, 200, "POST", path, body).body["url"].(string)
		if !strings.Contains(to, "code_challenge_method=S256") || !strings.Contains(to, "nonce=") {
			t.Errorf("%s", to)
		}
		client := http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
		response, err := client.Get(to)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.Header.Get("Location")
	}
	// back follows the provider's redirect in somebody's browser and gives where he lands.
	back := func(who, address string) string {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		client := http.Client{
			Jar:           w.jars[who],
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.Header.Get("Location")
	}
	t.Run("whoever has only the same address is nobody", func(t *testing.T) {
		w.addPerson("wang@corp.example", "rival", record.DutyOwner)
		w.browser("wang")
		if to := back("wang", travel("wang", object{}, wang)); to != "/signin?problem=SSO_NOT_LINKED" {
			t.Error(to)
		}
		w.refused("wang", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	})
	t.Run("somebody links himself, and signs in so", func(t *testing.T) {
		w.person("li", "maker", record.DutyGoods)
		li := &mockoidc.MockUser{Subject: "li-1", Email: "li@corp.example", EmailVerified: true}
		if to := back("li", travel("li", nil, li)); to != "/settings/security" {
			t.Error(to)
		}
		w.browser("desk")
		if to := back("desk", travel("desk", object{}, li)); to != "/" {
			t.Error(to)
		}
		if me := w.must("desk", 200, "GET", "/api/v1/me", nil).body; me["person"].(object)["login"] != "li" {
			t.Errorf("%v", me)
		}
		w.must("li", 204, "DELETE", "/api/v1/me/sso", nil)
		if to := back("desk", travel("desk", object{}, li)); to != "/signin?problem=SSO_NOT_LINKED" {
			t.Error(to)
		}
	})
	t.Run("an invitation is accepted there", func(t *testing.T) {
		w.person("chen", "maker", record.DutyOwner)
		invited := w.must("chen", 201, "POST", "/api/v1/team/invitations", object{"name": "小赵", "duty": "goods"}).body
		unverified := &mockoidc.MockUser{Subject: "zhao-1", Email: "zhao@corp.example"}
		w.browser("zhao")
		if to := back(
			"zhao", travel("zhao", object{"invitation": invited["secret"]}, unverified),
		); to != "/signin?problem=SSO_REFUSED" {
			t.Error(to)
		}
		zhao := &mockoidc.MockUser{Subject: "zhao-1", Email: "zhao@corp.example", EmailVerified: true}
		if to := back("zhao", travel("zhao", object{"invitation": invited["secret"]}, zhao)); to != "/" {
			t.Error(to)
		}
		if me := w.must("zhao", 200, "GET", "/api/v1/me", nil).body; me["party"] != "maker" || me["duty"] != "goods" {
			t.Errorf("%v", me)
		}
	})
	t.Run("an answer for another browser, another state, twice", func(t *testing.T) {
		w.browser("victim")
		address := travel("desk", object{}, wang)
		if to := back("victim", address); to != "/signin?problem=STEP_EXPIRED" {
			t.Error(to)
		}
		u, _ := url.Parse(address)
		q := u.Query()
		q.Set("state", "other")
		u.RawQuery = q.Encode()
		if to := back("desk", u.String()); to != "/signin?problem=STEP_EXPIRED" {
			t.Error(to)
		}
		if to := back("desk", address); to != "/signin?problem=STEP_EXPIRED" {
			t.Error(to)
		}
	})
}

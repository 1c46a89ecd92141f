package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

const passphrase = "蓝色 kettle 97 over Friday"

// browser gives a party's requests a jar of their own, as a browser has, and
// forgets its key.
func (w *world) browser(who string) {
	jar, _ := cookiejar.New(nil)
	w.keys[who], w.jars[who] = "", jar
}

// person adds somebody to a party and signs him in, in a browser of his own.
func (w *world) person(login, party string, duty record.Duty) {
	w.t.Helper()
	w.addPerson(login, party, duty)
	w.browser(login)
	w.must(login, 200, "POST", "/api/v1/sign-in", object{"login": login, "password": passphrase})
}

func (w *world) addPerson(login, party string, duty record.Duty) {
	w.t.Helper()
	if err := w.access.SetPerson(context.Background(), login, passphrase, login, party, duty); err != nil {
		w.t.Fatal(err)
	}
}

// cookie gives the value of one of a browser's cookies.
func (w *world) cookie(who, name string) string {
	u, _ := url.Parse(w.url)
	for _, c := range w.jars[who].Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func TestSignInWithAPassword(t *testing.T) {
	w := newWorld(t)
	w.addPerson("Chen.Yan@example.com", "maker", record.DutyGoods)
	w.browser("chen")
	for name, c := range map[string]struct{ login, password string }{
		"a wrong password": {"chen.yan@example.com", "wrong"},
		"no such login":    {"nobody@example.com", passphrase},
		"an empty one":     {"chen.yan@example.com", ""},
	} {
		a := w.refused(
			"chen", 401, "SIGN_IN_FAILED", "POST", "/api/v1/sign-in",
			object{"login": c.login, "password": c.password},
		)
		if a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", name, a.header)
		}
	}
	a := w.must(
		"chen", 200, "POST", "/api/v1/sign-in", object{"login": " chen.yan@EXAMPLE.com ", "password": passphrase},
	)
	for _, c := range a.header.Values("Set-Cookie") {
		if !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") || strings.Contains(c, "Secure") {
			t.Errorf("over plain HTTP: %s", c)
		}
	}
	me := w.must("chen", 200, "GET", "/api/v1/me", nil).body
	if me["party"] != "maker" || me["role"] != "producer" || me["duty"] != "goods" ||
		me["person"].(object)["login"] != "Chen.Yan@example.com" ||
		me["partyName"].(object)["zh-CN"] != "甲 maker" {
		t.Errorf("%v", me)
	}
	if permitted := me["operations"].([]any); !slices.Contains(permitted, any("registerProduct")) ||
		slices.Contains(permitted, any("ship")) {
		t.Errorf("%v", permitted)
	}
	w.must("chen", 201, "POST", "/api/v1/products", product(gtin), "Idempotency-Key", "k")
	w.refused("chen", 403, "NOT_ALLOWED", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}})

	t.Run("signing in again gives other tokens and ends nothing", func(t *testing.T) {
		before := w.cookie("chen", sessionCookie)
		w.must("chen", 200, "POST", "/api/v1/sign-in", object{"login": "chen.yan@example.com", "password": passphrase})
		if after := w.cookie("chen", sessionCookie); after == before || after == "" {
			t.Error("the session's token was not rotated")
		}
		w.must("chen", 401, "GET", "/api/v1/me", nil, "Authorization", "Bearer "+before)
	})
	t.Run("signing out", func(t *testing.T) {
		token := w.cookie("chen", sessionCookie)
		w.must("chen", 204, "DELETE", "/api/v1/session", nil)
		w.refused("nobody", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil, "Cookie", sessionCookie+"="+token)
	})
}

// A session stands in the database by its hash, as keys do.
func TestTokensAreKeptAsHashes(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	token := w.cookie("chen", sessionCookie)
	_, n, ok, err := w.db.SessionByToken(context.Background(), sha256.Sum256([]byte(token)), time.Hour)
	if !ok || err != nil || n.Account == "" {
		t.Errorf("%v %v", ok, err)
	}
}

// A browser sends cookies along whoever asks: so a page of another site is refused.
func TestAnotherSiteCannotAct(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	for name, headers := range map[string][]string{
		"by Sec-Fetch-Site": {"Sec-Fetch-Site", "cross-site"},
		"a sibling host":    {"Sec-Fetch-Site", "same-site"},
		"by Origin":         {"Origin", "https://evil.example"},
		"a hidden origin":   {"Origin", "null"},
	} {
		if a := w.ask(
			"chen",
			"POST",
			"/api/v1/products",
			product(gtin),
			headers...); a.status != 403 ||
			a.body["code"] != "ORIGIN_REFUSED" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
		if a := w.ask(
			"nobody",
			"POST",
			"/api/v1/sign-in",
			object{"login": "chen", "password": passphrase},
			headers...); a.body["code"] != "ORIGIN_REFUSED" {
			t.Errorf("%s: somebody is signed in by another site: %d %s", name, a.status, a.raw)
		}
		w.must(
			"rival",
			201,
			"POST",
			"/api/v1/webhooks",
			object{"url": "http://127.0.0.1:1/"},
			headers...) // a key is no cookie
	}
	w.must("chen", 201, "POST", "/api/v1/products", product(gtin), "Sec-Fetch-Site", "same-origin")
}

func TestSessions(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	w.browser("phone")
	w.must(
		"phone",
		200,
		"POST",
		"/api/v1/sign-in",
		object{"login": "chen", "password": passphrase},
		"User-Agent",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
	)
	list := w.must("chen", 200, "GET", "/api/v1/me/sessions", nil)
	if !strings.Contains(string(list.raw), "Safari · iOS") || strings.Count(string(list.raw), `"current":true`) != 1 {
		t.Errorf("%s", list.raw)
	}
	t.Run("one that is ended, and one of somebody else", func(t *testing.T) {
		w.person("wang", "rival", record.DutyOwner)
		for _, id := range idsOf(t, list.raw) {
			w.refused("wang", 404, "SESSION_UNKNOWN", "DELETE", "/api/v1/me/sessions/"+id, nil)
		}
		w.must("chen", 204, "DELETE", "/api/v1/me/sessions", nil)
		w.refused("phone", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
		w.must("chen", 200, "GET", "/api/v1/me", nil)
	})
	t.Run("silence and age end it", func(t *testing.T) {
		for _, passes := range []string{"seen_at = now() - interval '25 hours'", "seen_at = now(), expires_at = now()"} {
			w.must("chen", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase})
			if err := w.exec("update app.session set " + passes); err != nil {
				t.Fatal(err)
			}
			w.refused("chen", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
		}
	})
}

func TestChangingThePassword(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyWarehouse)
	w.browser("phone")
	w.must("phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase})
	const next = "seven umbrellas behind 山"
	w.refused("chen", 422, "PASSWORD_WRONG", "PUT", "/api/v1/me/password", object{"old": "x", "password": next})
	for _, weak := range []string{"short", "password123", "aaaaaaaaaaaaaaa", strings.Repeat("字", 129)} {
		w.refused(
			"chen", 422, "PASSWORD_WEAK", "PUT", "/api/v1/me/password", object{"old": passphrase, "password": weak},
		)
	}
	before := w.cookie("chen", sessionCookie)
	w.must("chen", 204, "PUT", "/api/v1/me/password", object{"old": passphrase, "password": next})
	if w.cookie("chen", sessionCookie) == before {
		t.Error("the session's token was not rotated")
	}
	w.must("chen", 200, "GET", "/api/v1/me", nil)
	w.refused("phone", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	w.refused(
		"phone", 401, "SIGN_IN_FAILED", "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
	)
	w.must("phone", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": next})
	w.refused("maker", 403, "PERSONS_ONLY", "PUT", "/api/v1/me/password", object{"password": next})
}

// Guessing is held back; its owner, in a browser that he has used before, is not.
func TestGuessesDoNotLockTheOwnerOut(t *testing.T) {
	w := newWorld(t, behindProxy)
	w.person("chen", "maker", record.DutyOwner)
	w.must("chen", 204, "DELETE", "/api/v1/session", nil)
	guess := func(network string) answer {
		return w.ask(
			"nobody", "POST", "/api/v1/sign-in", object{"login": "chen", "password": "guess"},
			"X-Forwarded-For", network,
		)
	}
	held := false
	for range 15 {
		a := guess("198.51.100.1")
		held = held || a.body["code"] == "SIGN_IN_HELD"
	}
	if !held {
		t.Fatal("one network may guess on and on")
	}
	a := w.ask(
		"nobody", "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase}, "X-Forwarded-For",
		"198.51.100.1",
	)
	if a.body["code"] != "SIGN_IN_HELD" || !strings.Contains(a.body["detail"].(string), "秒后再试") {
		t.Errorf("the right password from there: %d %s", a.status, a.raw)
	}
	w.must(
		"chen", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
		"X-Forwarded-For", "198.51.100.1",
	)
	w.must("chen", 204, "DELETE", "/api/v1/session", nil)
	if a := guess("203.0.113.9"); a.body["code"] != "SIGN_IN_FAILED" {
		t.Errorf("another network is held back too: %s", a.raw)
	}
	t.Run("many networks at once", func(t *testing.T) {
		held := 0
		for i := range 130 {
			if guess("10.1." + strconv.Itoa(i) + ".1").body["code"] == "SIGN_IN_HELD" {
				held++
			}
		}
		if held == 0 {
			t.Error("a botnet may guess on and on")
		}
		w.must(
			"chen", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
			"X-Forwarded-For", "10.1.1.1",
		)
	})
}

// Behind TLS the cookies are the host's own and never travel in the clear.
func TestCookiesBehindTLS(t *testing.T) {
	for name, c := range map[string]struct {
		trusted bool
		want    string
	}{"a proxy of ours": {true, "__Host-" + sessionCookie}, "anybody": {false, sessionCookie}} {
		w := newWorld(t, func(o *Options) {
			if c.trusted {
				behindProxy(o)
			}
		})
		w.addPerson("chen", "maker", record.DutyOwner)
		a := w.must(
			"nobody", 200, "POST", "/api/v1/sign-in", object{"login": "chen", "password": passphrase},
			"X-Forwarded-Proto", "https",
		)
		cookie := a.header.Values("Set-Cookie")[0]
		if !strings.HasPrefix(cookie, c.want+"=") || strings.Contains(cookie, "Secure") != c.trusted {
			t.Errorf("%s: %s", name, cookie)
		}
	}
}

func TestDemoSignIn(t *testing.T) {
	t.Run("in a demo system", func(t *testing.T) {
		w := newWorld(t)
		w.access.Demo = []string{"platform", "maker", "not-there"}
		ways := w.must("nobody", 200, "GET", "/api/v1/sign-in", nil).body["demo"].([]any)
		if len(ways) != 2 || ways[1].(object)["party"] != "maker" {
			t.Errorf("%v", ways)
		}
		for range 2 {
			w.browser("visitor")
			w.must("visitor", 200, "POST", "/api/v1/sign-in/demo", object{"party": "maker"})
			if me := w.must(
				"visitor", 200, "GET", "/api/v1/me", nil,
			).body; me["party"] != "maker" || me["role"] != "producer" ||
				me["duty"] != "owner" {
				t.Errorf("%v", me)
			}
		}
		w.refused("nobody", 404, "NOT_OFFERED", "POST", "/api/v1/sign-in/demo", object{"party": "rival"})
		w.refused("nobody", 401, "SIGN_IN_FAILED", "POST", "/api/v1/sign-in", object{"login": "demo", "password": ""})
	})
	t.Run("elsewhere", func(t *testing.T) {
		w := newWorld(t)
		if ways := w.must("nobody", 200, "GET", "/api/v1/sign-in", nil).body["demo"].([]any); len(ways) != 0 {
			t.Errorf("%v", ways)
		}
		w.refused("nobody", 404, "NOT_OFFERED", "POST", "/api/v1/sign-in/demo", object{"party": "maker"})
	})
}

func TestSignUp(t *testing.T) {
	w := newWorld(t)
	form := object{"login": "new@shop.example", "password": passphrase, "name": "新店主",
		"party": object{"name": object{"zh-CN": "新店"}, "roles": []any{"seller"}}}
	w.browser("new")
	w.must("new", 201, "POST", "/api/v1/sign-up", form)
	me := w.must("new", 200, "GET", "/api/v1/me", nil).body
	if me["role"] != "applicant" || me["duty"] != "owner" || me["partyName"].(object)["zh-CN"] != "新店" {
		t.Errorf("%v", me)
	}
	w.refused("new", 403, "NOT_ALLOWED", "GET", "/api/v1/products", nil)
	w.must("new", 200, "GET", "/api/v1/me/standing", nil)
	w.refused("nobody", 409, "LOGIN_TAKEN", "POST", "/api/v1/sign-up", form)

	t.Run("accepted, he has his party's roles in the same session", func(t *testing.T) {
		w.must(
			"platform", 201, "POST", path("/parties/%s/status", me["party"]),
			object{"status": "qualified", "reason": "documents seen"},
		)
		if me := w.must("new", 200, "GET", "/api/v1/me", nil).body; me["role"] != "seller" {
			t.Errorf("%v", me)
		}
	})
}

// A party that exists is not to be had by asking for its name, and a refused
// sign-up leaves the login free.
func TestSignUpTakesNobodysParty(t *testing.T) {
	w := newWorld(t)
	form := func(party object) object {
		return object{"login": "thief", "password": passphrase, "name": "甲", "party": party}
	}
	w.refused(
		"nobody",
		409,
		"PARTY_EXISTS",
		"POST",
		"/api/v1/sign-up",
		form(object{"id": "maker", "name": object{"zh-CN": "甲"}, "roles": []any{"producer"}}),
	)
	w.refused(
		"nobody", 401, "SIGN_IN_FAILED", "POST", "/api/v1/sign-in",
		object{"login": "thief", "password": passphrase},
	)
	w.refused(
		"nobody",
		422,
		"FIELD_INVALID",
		"POST",
		"/api/v1/sign-up",
		form(object{"id": "mine", "name": object{"zh-CN": "甲"}, "roles": []any{"platform"}}),
	)
	w.must(
		"nobody",
		201,
		"POST",
		"/api/v1/sign-up",
		form(object{"id": "mine", "name": object{"zh-CN": "甲"}, "roles": []any{"seller"}}),
	)
}

// The answer about the new party is lost: the same sign-up again finds it and lets him in.
func TestSignUpGoesOnWhereItStopped(t *testing.T) {
	w := newWorld(t)
	form := object{"login": "new@shop.example", "password": passphrase, "name": "甲",
		"party": object{"id": "newshop", "name": object{"zh-CN": "新店"}, "roles": []any{"seller"}}}
	w.ledger.silentCommit = true
	w.must("nobody", 202, "POST", "/api/v1/sign-up", form)
	w.refused(
		"nobody",
		401,
		"SIGN_IN_FAILED",
		"POST",
		"/api/v1/sign-in",
		object{"login": "new@shop.example", "password": passphrase},
	)
	w.ledger.silentCommit = false
	w.browser("new")
	w.must("new", 201, "POST", "/api/v1/sign-up", form)
	if me := w.must("new", 200, "GET", "/api/v1/me", nil).body; me["party"] != "newshop" {
		t.Errorf("%v", me)
	}
}

func TestAccessIsAudited(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyGoods)
	w.must("chen", 201, "POST", "/api/v1/products", product(gtin))
	w.refused(
		"chen",
		409,
		"PRODUCT_EXISTS",
		"POST",
		"/api/v1/products",
		object{"gtin": gtin, "name": object{"zh-CN": "别的"}, "brand": "别的", "category": "食品"},
	)
	log, err := w.db.AuditLog(context.Background(), record.AuditFilter{Party: "maker"}, record.Paging{Limit: 10})
	if err != nil || len(log.Items) != 4 {
		t.Fatalf("%+v %v", log.Items, err)
	}
	refused, made, signIn := log.Items[0], log.Items[1], log.Items[2]
	if made.Operation != "registerProduct" || made.Status != 201 || len(made.TxID) != 64 || made.Person != "chen" {
		t.Errorf("%+v", made)
	}
	if refused.Status != 409 || refused.TxID != "" || signIn.Operation != "signIn" || signIn.Status != 200 {
		t.Errorf("%+v %+v", refused, signIn)
	}
}

// idsOf gives the ids in a list.
func idsOf(t *testing.T, raw []byte) (ids []string) {
	t.Helper()
	var list []object
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		ids = append(ids, x["id"].(string))
	}
	return ids
}

// behindProxy has the tests' own addresses trusted, so that requests can come
// from anywhere.
func behindProxy(o *Options) {
	_, network, _ := net.ParseCIDR("127.0.0.0/8")
	o.TrustedProxies = []*net.IPNet{network}
}

package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// TestEveryRouteForEveryDuty: within a party, each duty may call what the table
// says and is told so where it may not; for each role a party can have.
func TestEveryRouteForEveryDuty(t *testing.T) {
	w := newWorld(t)
	parties := map[string]trace.Role{"platform": trace.RolePlatform}
	for _, p := range people {
		parties[p.id] = p.role
	}
	delete(parties, "rival")
	delete(parties, "corner")
	for party, role := range parties {
		for _, duty := range record.Duties {
			key := w.must(party, 201, "POST", "/api/v1/keys", object{"label": "walk", "duty": duty}).body["apiKey"].(string)
			who := party + " " + string(duty)
			w.keys[who] = key
			me := w.must(who, 200, "GET", "/api/v1/me", nil).body
			for id, policy := range policies {
				if policy.isOpen() {
					continue
				}
				may := slices.Contains(policy.roles, role) && slices.Contains(policy.duties, duty)
				if listed := slices.Contains(me["operations"].([]any), any(id)); listed != may {
					t.Errorf("%s: /me lists %s: %v", who, id, listed)
				}
				if may {
					continue // TestEveryRouteForEveryRole calls them
				}
				call := walks[id]
				if a := w.ask(who, call.method, "/api/v1"+call.path, call.body); a.status != 403 ||
					a.body["code"] != "NOT_ALLOWED" {
					t.Errorf("%s as %s, which may not call it: %d %s", id, who, a.status, a.raw)
				}
			}
		}
	}
}

// What lets goods be copied or people in is not for everybody in a party.
func TestDutiesKeepSecretsFewHave(t *testing.T) {
	for _, id := range []string{"listUnits", "printLabels", "getJobFile", "cancelJob", "repeatJob"} {
		if d := policies[id].duties; slices.Contains(d, record.DutyWarehouse) ||
			slices.Contains(d, record.DutyReadOnly) {
			t.Errorf("%s is for %v", id, d)
		}
	}
	for _, id := range []string{"invite", "setDuty", "removePerson", "letBackIn", "createKey", "revokeKey", "listAudit", "addWebhook"} {
		if d := policies[id].duties; len(d) != 1 || d[0] != record.DutyOwner {
			t.Errorf("%s is for %v", id, d)
		}
	}
	for id, p := range policies {
		if slices.Contains(p.duties, record.DutyReadOnly) && walks[id].method != "GET" && p.data != itself &&
			!slices.Contains(lookups, id) {
			t.Errorf("%s writes and is for those who only read", id)
		}
	}
}

func TestInviteAColleague(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	invited := w.must(
		"chen", 201, "POST", "/api/v1/team/invitations", object{"name": "小王", "duty": "warehouse"},
		"Idempotency-Key", "k1",
	).body
	secret := invited["secret"].(string)
	if again := w.must(
		"chen", 201, "POST", "/api/v1/team/invitations", object{"name": "小王", "duty": "warehouse"},
		"Idempotency-Key", "k1",
	); again.body["secret"] != nil {
		t.Error("the secret is kept for repeats")
	}
	view := w.must("nobody", 200, "POST", "/api/v1/invitations", object{"secret": secret}).body
	if view["party"].(object)["zh-CN"] != "甲 maker" || view["duty"] != "warehouse" || view["name"] != "小王" {
		t.Errorf("%v", view)
	}
	w.refused("nobody", 404, "INVITATION_UNKNOWN", "POST", "/api/v1/invitations", object{"secret": secret + "x"})
	accept := object{"secret": secret, "login": "wang", "password": passphrase}
	w.refused(
		"nobody",
		422,
		"PASSWORD_WEAK",
		"POST",
		"/api/v1/invitations/acceptance",
		object{"secret": secret, "login": "wang", "password": "wang"},
	)
	w.refused(
		"nobody",
		409,
		"LOGIN_TAKEN",
		"POST",
		"/api/v1/invitations/acceptance",
		object{"secret": secret, "login": "Chen", "password": passphrase},
	)
	w.browser("wang")
	w.must("wang", 201, "POST", "/api/v1/invitations/acceptance", accept)
	w.refused("nobody", 404, "INVITATION_UNKNOWN", "POST", "/api/v1/invitations/acceptance", accept)
	if me := w.must("wang", 200, "GET", "/api/v1/me", nil).body; me["party"] != "maker" || me["duty"] != "warehouse" ||
		me["person"].(object)["name"] != "小王" {
		t.Errorf("%v", me)
	}

	t.Run("it expires, and can be withdrawn", func(t *testing.T) {
		late := w.must("chen", 201, "POST", "/api/v1/team/invitations", object{"name": "晚", "duty": "goods"}).body
		if err := w.exec("update app.invitation set expires_at = now() where used_at is null"); err != nil {
			t.Fatal(err)
		}
		w.refused(
			"nobody",
			404,
			"INVITATION_UNKNOWN",
			"POST",
			"/api/v1/invitations/acceptance",
			object{"secret": late["secret"], "login": "late", "password": passphrase},
		)
		gone := w.must("chen", 201, "POST", "/api/v1/team/invitations", object{"name": "退", "duty": "goods"}).body
		w.refused(
			"rival", 404, "INVITATION_UNKNOWN", "DELETE", fmt.Sprint("/api/v1/team/invitations/", gone["id"]), nil,
		)
		w.must("chen", 204, "DELETE", fmt.Sprint("/api/v1/team/invitations/", gone["id"]), nil)
		w.refused("nobody", 404, "INVITATION_UNKNOWN", "POST", "/api/v1/invitations", object{"secret": gone["secret"]})
	})
}

func TestChangeAndRemoveAColleague(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	w.person("wang", "maker", record.DutyGoods)
	w.person("li", "rival", record.DutyOwner)
	account := func(who string) string {
		return w.must(who, 200, "GET", "/api/v1/me", nil).body["account"].(string)
	}
	wang, chen := account("wang"), account("chen")
	w.refused("wang", 403, "NOT_ALLOWED", "DELETE", "/api/v1/team/"+chen, nil)
	w.refused("li", 404, "PERSON_UNKNOWN", "DELETE", "/api/v1/team/"+wang, nil)
	w.refused("li", 404, "PERSON_UNKNOWN", "PUT", "/api/v1/team/"+wang, object{"duty": "owner"})
	w.refused("li", 404, "PERSON_UNKNOWN", "POST", "/api/v1/team/"+wang+"/way-back", nil)
	w.refused("chen", 409, "LAST_OWNER", "PUT", "/api/v1/team/"+chen, object{"duty": "goods"})
	w.refused("chen", 409, "LAST_OWNER", "DELETE", "/api/v1/team/"+chen, nil)

	w.must("chen", 204, "PUT", "/api/v1/team/"+wang, object{"duty": "read_only"})
	w.refused("wang", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	w.must("wang", 200, "POST", "/api/v1/sign-in", object{"login": "wang", "password": passphrase})
	w.refused("wang", 403, "NOT_ALLOWED", "POST", "/api/v1/products", product(gtin))

	t.Run("one who lost his password", func(t *testing.T) {
		back := w.must("chen", 201, "POST", "/api/v1/team/"+wang+"/way-back", nil).body
		const next = "seven umbrellas behind 山"
		w.must(
			"nobody", 201, "POST", "/api/v1/invitations/acceptance",
			object{"secret": back["secret"], "password": next},
		)
		w.refused("wang", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
		w.must("wang", 200, "POST", "/api/v1/sign-in", object{"login": "wang", "password": next})
	})
	t.Run("removed, his session ends and his login is free", func(t *testing.T) {
		w.must("chen", 204, "DELETE", "/api/v1/team/"+wang, nil)
		w.refused("wang", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
		w.refused(
			"wang",
			401,
			"SIGN_IN_FAILED",
			"POST",
			"/api/v1/sign-in",
			object{"login": "wang", "password": "seven umbrellas behind 山"},
		)
		w.addPerson("wang", "rival", record.DutyGoods)
		if people := w.must("chen", 200, "GET", "/api/v1/team", nil).body["people"].([]any); len(people) != 1 {
			t.Errorf("%v", people)
		}
	})
}

func TestAPIKeys(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	made := w.must("chen", 201, "POST", "/api/v1/keys", object{"label": "ERP", "duty": "goods"}).body
	w.keys["erp"] = made["apiKey"].(string)
	w.must("erp", 201, "POST", "/api/v1/products", product(gtin))
	w.refused("erp", 403, "NOT_ALLOWED", "POST", "/api/v1/keys", object{"label": "more", "duty": "owner"})
	list := w.must("chen", 200, "GET", "/api/v1/keys", nil)
	if !strings.Contains(string(list.raw), `"lastUsedAt"`) || strings.Contains(string(list.raw), w.keys["erp"]) ||
		!strings.Contains(string(list.raw), `"madeBy":"chen"`) {
		t.Errorf("%s", list.raw)
	}
	w.refused("rival", 404, "KEY_UNKNOWN", "DELETE", fmt.Sprint("/api/v1/keys/", made["account"]), nil)
	w.must("chen", 204, "DELETE", fmt.Sprint("/api/v1/keys/", made["account"]), nil)
	w.refused("erp", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	w.must("maker", 200, "GET", "/api/v1/me", nil) // the key of before goes on
}

// Whoever made a key knows it: where he may make none any more, his end with him.
func TestKeysEndWithWhoMadeThem(t *testing.T) {
	w := newWorld(t)
	key := func(who, by string) {
		w.keys[who] = w.must(by, 201, "POST", "/api/v1/keys", object{"label": who, "duty": "owner"}).body["apiKey"].(string)
	}
	leave := map[string]func(account string){
		"removed":               func(a string) { w.must("chen", 204, "DELETE", "/api/v1/team/"+a, nil) },
		"no owner":              func(a string) { w.must("chen", 204, "PUT", "/api/v1/team/"+a, object{"duty": "goods"}) },
		"ended by the platform": func(a string) { w.must("platform", 204, "DELETE", "/api/v1/parties/maker/accounts/"+a, nil) },
	}
	w.person("chen", "maker", record.DutyOwner)
	key("key of chen", "chen")
	for how, end := range leave {
		t.Run(how, func(t *testing.T) {
			w.person(how, "maker", record.DutyOwner)
			key("his key", how)
			key("key by his key", "his key")
			end(w.must(how, 200, "GET", "/api/v1/me", nil).body["account"].(string))
			for _, who := range []string{how, "his key", "key by his key"} {
				w.refused(who, 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
			}
			for _, who := range []string{"chen", "key of chen", "maker"} {
				w.must(who, 200, "GET", "/api/v1/me", nil)
			}
		})
	}
}

func TestReadingTheAuditLog(t *testing.T) {
	w := newWorld(t)
	w.person("chen", "maker", record.DutyOwner)
	w.stock(10)
	w.must("chen", 200, "GET", path("/batches/%s/%s/units?count=2", gtin, lot), nil)
	page := w.must("chen", 200, "GET", "/api/v1/audit?operation=listUnits", nil).body["items"].([]any)
	if len(page) != 1 || page[0].(object)["person"] != "chen" || page[0].(object)["target"].(object)["lot"] != lot ||
		page[0].(object)["status"] != 200.0 {
		t.Errorf("%v", page)
	}
	first := w.must("chen", 200, "GET", "/api/v1/audit?limit=1", nil).body
	second := w.must("chen", 200, "GET", "/api/v1/audit?limit=1&after="+first["next"].(string), nil).body
	if first["items"].([]any)[0].(object)["id"] == second["items"].([]any)[0].(object)["id"] {
		t.Error("the second page begins as the first")
	}
	for _, x := range w.must("rival", 200, "GET", "/api/v1/audit?party=maker", nil).body["items"].([]any) {
		if x.(object)["party"] != "rival" {
			t.Errorf("rival reads %v", x)
		}
	}
	if all := w.must("auditor", 200, "GET", "/api/v1/audit?party=maker&from=2020-01-01&to=2099-01-01", nil).body["items"].([]any); len(
		all,
	) < 3 {
		t.Errorf("%v", all)
	}
	w.refused("chen", 422, "DATE_INVALID", "GET", "/api/v1/audit?from=2020-13-01", nil)
	raw := string(w.must("platform", 200, "GET", "/api/v1/audit?limit=200", nil).raw)
	for _, secret := range []string{passphrase, w.keys["maker"], w.cookie("chen", sessionCookie)} {
		if strings.Contains(raw, secret) {
			t.Error("the log holds a secret")
		}
	}
}

package api

import "maps"

// The walks through the door.
func init() {
	maps.Copy(walks, map[string]walk{
		"getSignIn":  {"GET", "/sign-in", nil, nil},
		"signIn":     {"POST", "/sign-in", object{"login": "nobody", "password": "whatever it may be"}, nil},
		"signInDemo": {"POST", "/sign-in/demo", object{"party": "maker"}, nil},
		"signUp": {"POST", "/sign-up", object{"login": "walker", "password": "four unrelated words here", "name": "甲",
			"party": object{"id": "maker", "name": object{"zh-CN": "甲"}, "roles": []any{"seller"}}}, nil},
		"signOut":          {"DELETE", "/session", nil, nil},
		"confirm":          {"POST", "/session/confirmation", object{"password": "whatever it may be"}, nil},
		"setPassword":      {"PUT", "/me/password", object{"password": "whatever it may be"}, nil},
		"listSessions":     {"GET", "/me/sessions", nil, everybody},
		"endSession":       {"DELETE", "/me/sessions/nobody", nil, nil},
		"giveSecondFactor": {"POST", "/sign-in/second-factor", object{"code": "123456"}, nil},
		"askPasskey":       {"POST", "/sign-in/passkey", nil, nil},
		"signInPasskey": {
			"POST",
			"/sign-in/passkey/answer",
			object{"step": "x", "credential": object{"id": "x"}},
			nil,
		},
		"startSso":         {"POST", "/sign-in/sso", object{"invitation": "nobody"}, nil},
		"returnFromSso":    {"GET", "/sign-in/sso/callback", nil, nil},
		"lookAtInvitation": {"POST", "/invitations", object{"secret": "nobody"}, nil},
		"acceptInvitation": {
			"POST",
			"/invitations/acceptance",
			object{"secret": "nobody", "login": "walker", "name": "甲", "password": "four unrelated words here"},
			nil,
		},
		"getSecurity":  {"GET", "/me/security", nil, nil},
		"startTotp":    {"POST", "/me/totp", nil, nil},
		"confirmTotp":  {"POST", "/me/totp/confirmation", object{"step": "x", "code": "123456"}, nil},
		"removeTotp":   {"DELETE", "/me/totp", nil, nil},
		"startPasskey": {"POST", "/me/passkeys", nil, nil},
		"addPasskey": {
			"POST",
			"/me/passkeys/confirmation",
			object{"step": "x", "name": "甲", "credential": object{"id": "x"}},
			nil,
		},
		"removePasskey":      {"DELETE", "/me/passkeys/nobody", nil, nil},
		"linkSso":            {"POST", "/me/sso", nil, nil},
		"unlinkSso":          {"DELETE", "/me/sso", nil, nil},
		"listTeam":           {"GET", "/team", nil, everybody},
		"invite":             {"POST", "/team/invitations", object{"name": "甲", "duty": "goods"}, nil},
		"withdrawInvitation": {"DELETE", "/team/invitations/nobody", nil, nil},
		"setDuty":            {"PUT", "/team/nobody", object{"duty": "goods"}, nil},
		"removePerson":       {"DELETE", "/team/nobody", nil, nil},
		"letBackIn":          {"POST", "/team/nobody/way-back", nil, nil},
		"listKeys":           {"GET", "/keys", nil, everybody[1:]},
		"createKey":          {"POST", "/keys", object{"label": "甲", "duty": "goods"}, nil},
		"revokeKey":          {"DELETE", "/keys/nobody", nil, nil},
		"listAudit":          {"GET", "/audit", nil, everybody},
		"endSessions":        {"DELETE", "/me/sessions", nil, nil},
	})
}

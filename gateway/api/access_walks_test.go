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
		"signOut":      {"DELETE", "/session", nil, nil},
		"confirm":      {"POST", "/session/confirmation", object{"password": "whatever it may be"}, nil},
		"setPassword":  {"PUT", "/me/password", object{"password": "whatever it may be"}, nil},
		"listSessions": {"GET", "/me/sessions", nil, everybody},
		"endSession":   {"DELETE", "/me/sessions/nobody", nil, nil},
		"endSessions":  {"DELETE", "/me/sessions", nil, nil},
	})
}

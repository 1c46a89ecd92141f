package api

import (
	"io"
	"net/http"
	"testing"
)

// The console has every address but the interface's own.
func TestTheConsoleHasWhatTheInterfaceHasNot(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "console") })
	w := newWorld(t, func(o *Options) { o.Console = page })
	for _, c := range []struct {
		method, path string
		status       int
		console      bool
	}{
		{http.MethodGet, "/", 200, true},
		{http.MethodGet, "/goods/6998801000012", 200, true},
		{http.MethodHead, "/batches", 200, false},
		{http.MethodPost, "/goods", 404, false},
		{http.MethodGet, "/api", 404, false},
		{http.MethodGet, "/api/v1/nothing", 404, false},
		{http.MethodDelete, "/api/v1/me", 405, false},
		{http.MethodGet, "/healthz", 200, false},
	} {
		r, err := http.NewRequest(c.method, w.url+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(a.Body)
		_ = a.Body.Close()
		if a.StatusCode != c.status || (string(text) == "console") != c.console {
			t.Errorf("%s %s: %d %q", c.method, c.path, a.StatusCode, text)
		}
	}
}

package store_test

import (
	"os"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

func TestMain(m *testing.M) { os.Exit(databasetest.Main(m)) }

func TestOpenRefusesURL(t *testing.T) {
	for url, want := range map[string]string{
		"":                              "postgres://",
		"mysql://u:secret@h/d":          "postgres://",
		"postgres://u:secret@h/d":       "sslmode",
		"postgres://u:secret@h:port/d?": "postgres://",
	} {
		_, err := store.Open(url)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q) = %v, want an error about %s without the password", url, err, want)
		}
	}
}

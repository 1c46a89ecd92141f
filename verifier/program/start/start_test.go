package start

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var errBroken = errors.New("broken")

func TestDatabase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		log := slog.New(slog.NewTextHandler(&said, nil))
		left := 2
		if err := Database(t.Context(), log, func(context.Context) error {
			if left--; left < 0 {
				return nil
			}
			return errBroken
		}); err != nil || strings.Count(said.String(), "error=broken") != 2 {
			t.Errorf("%v, %s", err, &said)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := Database(ctx, log, func(context.Context) error { return errBroken }); !errors.Is(err, errBroken) {
			t.Error(err)
		}
	})
}

// One thing that cannot be removed keeps nothing else.
func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), forgetEvery*3/2)
		defer cancel()
		forgotten := 0
		Forget(ctx, slog.New(slog.NewTextHandler(&said, nil)),
			func(context.Context) error { return errBroken },
			func(context.Context) error { forgotten++; return nil })
		if forgotten != 2 || strings.Count(said.String(), "error=broken") != 2 {
			t.Errorf("forgot %d times, %s", forgotten, &said)
		}
	})
}

func TestNetworks(t *testing.T) {
	all, err := Networks("PROXIES", []string{"10.0.0.0/8", "fd00::/8"})
	if err != nil || len(all) != 2 || all[1].String() != "fd00::/8" {
		t.Errorf("%v, %v", all, err)
	}
	if _, err := Networks("PROXIES", []string{"10.0.0.1"}); err == nil || !strings.Contains(err.Error(), "PROXIES") {
		t.Errorf("an address: %v", err)
	}
}

func TestFromFile(t *testing.T) {
	read := func(content []byte) (string, error) {
		if len(content) == 0 {
			return "", errBroken
		}
		return string(content), nil
	}
	file := filepath.Join(t.TempDir(), "file")
	if v, err := FromFile("SETTING", "", read); v != nil || err != nil {
		t.Errorf("no file: %v, %v", v, err)
	}
	if _, err := FromFile("SETTING", file, read); !errors.Is(err, os.ErrNotExist) ||
		!strings.Contains(err.Error(), "SETTING") {
		t.Errorf("a file that is missing: %v", err)
	}
	for content, wrong := range map[string]bool{"x": false, "": true} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if v, err := FromFile("SETTING", file, read); (err != nil) != wrong || !wrong && *v != content {
			t.Errorf("%q: %v, %v", content, v, err)
		}
	}
}

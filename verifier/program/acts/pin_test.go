package acts_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/program/acts"
)

// known is who has the keys: a unit's PIN and salt are its number with a letter before. Where it is away nobody can say.
type known struct{ away bool }

func (k *known) Open(_ context.Context, p acts.PIN) (acts.Opened, error) {
	switch {
	case k.away, p.Index < 0, p.Epoch != 3:
		return acts.Opened{}, errors.New("secret of " + p.PIN)
	case p.PIN != pinOf(p.Index):
		return acts.Opened{Salt: "a slip"}, nil
	}
	return acts.Opened{Right: true, Salt: saltOf(p.Index)}, nil
}

func pinOf(index int64) string  { return fmt.Sprint("PIN", index) }
func saltOf(index int64) string { return fmt.Sprint("salt", index) }

func servePINs(t *testing.T) (acts.Client, *known) {
	t.Helper()
	k := &known{}
	routes := http.NewServeMux()
	routes.Handle("POST "+acts.PINPath, acts.PINHandler(key, k, slog.New(slog.DiscardHandler)))
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	return acts.Client{URL: server.URL, Key: key, HTTP: server.Client()}, k
}

func entered(index int64, pin string) acts.PIN {
	return acts.PIN{GTIN: "06998801000036", Lot: "L1", Epoch: 3, Index: index, PIN: pin}
}

// The salt is given for the right PIN and for nothing else.
func TestAPINIsOpenedByItself(t *testing.T) {
	client, _ := servePINs(t)
	got, err := client.Open(t.Context(), entered(7, pinOf(7)))
	if err != nil || !got.Right || got.Salt != saltOf(7) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, pin := range map[string]string{"another unit's": pinOf(8), "none": ""} {
		if got, err := client.Open(t.Context(), entered(7, pin)); err != nil || got != (acts.Opened{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Nobody without the key is told anything, and no error says what was asked.
func TestPINsAreForVerifiersOnly(t *testing.T) {
	client, k := servePINs(t)
	right := entered(7, pinOf(7))
	for name, try := range map[string]func(c acts.Client) (acts.Opened, error){
		"another key": func(c acts.Client) (acts.Opened, error) {
			c.Key = strings.Repeat("x", len(key))
			return c.Open(t.Context(), right)
		},
		"no key": func(c acts.Client) (acts.Opened, error) { c.Key = ""; return c.Open(t.Context(), right) },
		"an epoch that is not there": func(c acts.Client) (acts.Opened, error) {
			p := right
			p.Epoch = 9
			return c.Open(t.Context(), p)
		},
		"no unit": func(c acts.Client) (acts.Opened, error) {
			p := right
			p.Index = -1
			return c.Open(t.Context(), p)
		},
		"too large": func(c acts.Client) (acts.Opened, error) {
			p := right
			p.Lot = strings.Repeat("x", 1<<20)
			return c.Open(t.Context(), p)
		},
		"nobody can say": func(c acts.Client) (acts.Opened, error) {
			k.away = true
			return c.Open(t.Context(), right)
		},
		"no gateway": func(c acts.Client) (acts.Opened, error) {
			c.URL = "http://127.0.0.1:1"
			return c.Open(t.Context(), right)
		},
	} {
		if got, err := try(client); err == nil || got != (acts.Opened{}) || strings.Contains(err.Error(), right.PIN) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Who took a verifier's key guesses a thousand times a day at a unit, and not at others' cost; the right PIN is
// not heard then either, for else it would tell.
func TestWrongPINsOfAUnitEnd(t *testing.T) {
	client, _ := servePINs(t)
	for n := range 1000 {
		if got, err := client.Open(t.Context(), entered(7, "WRONGPIN")); err != nil || got.Right {
			t.Fatalf("try %d: %+v, %v", n, got, err)
		}
	}
	if got, err := client.Open(t.Context(), entered(7, pinOf(7))); err == nil {
		t.Errorf("after a thousand wrong ones: %+v", got)
	}
	if got, err := client.Open(t.Context(), entered(8, pinOf(8))); err != nil || !got.Right {
		t.Errorf("another unit: %+v, %v", got, err)
	}
}

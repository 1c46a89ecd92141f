package acts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// PINPath is where a gateway says whether a PIN is a unit's, on the address that strangers do not reach.
const PINPath = "/pins"

// PIN is one that somebody entered for a unit.
type PIN struct {
	GTIN  string `json:"gtin"`
	Lot   string `json:"lot"`
	Epoch uint32 `json:"epoch"`
	Index int64  `json:"index"`
	PIN   string `json:"pin"` // as on the label
}

// Opened says whether the PIN is the unit's, and only then gives the salt (hex) that opens its commitment.
type Opened struct {
	Right bool   `json:"right"`
	Salt  string `json:"salt,omitempty"`
}

// Opener knows PINs. An error means that nobody can say.
type Opener interface {
	Open(ctx context.Context, p PIN) (Opened, error)
}

// Open asks a gateway.
func (c Client) Open(ctx context.Context, p PIN) (Opened, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return Opened{}, err
	}
	response, err := c.post(ctx, PINPath, body)
	if err != nil {
		return Opened{}, fmt.Errorf(
			"the gateway is asked for a PIN: %w", errors.Unwrap(err),
		) // whose text names no unit
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return Opened{}, err
	}
	if response.StatusCode != http.StatusOK {
		return Opened{}, fmt.Errorf("the gateway answers %d: %s", response.StatusCode, bytes.TrimSpace(content))
	}
	var o Opened
	return o, json.Unmarshal(content, &o)
}

// PINHandler answers those who have the key. Of one unit it hears a number of wrong PINs a day, whoever asks: a
// verifier bounds the tries of each device and network; whoever took a verifier's key is bounded here.
func PINHandler(key string, o Opener, log *slog.Logger) http.Handler {
	wrong := &guesses{seed: maphash.MakeSeed(), now: time.Now}
	return guarded(key, func(answer http.ResponseWriter, r *http.Request) {
		var p PIN
		if err := json.NewDecoder(http.MaxBytesReader(answer, r.Body, maxBody)).Decode(&p); err != nil {
			http.Error(answer, "the body must be a unit and a PIN", http.StatusBadRequest)
			return
		}
		if !wrong.allow(p) {
			log.Warn("too many wrong PINs of a unit", "gtin", p.GTIN, "lot", p.Lot, "index", p.Index)
			http.Error(answer, "too many wrong PINs of this unit today", http.StatusTooManyRequests)
			return
		}
		o, err := o.Open(r.Context(), p)
		if err != nil {
			log.Error("a PIN is not checked", "error", err)
			http.Error(answer, "the PIN cannot be checked", http.StatusServiceUnavailable)
			return
		}
		if !o.Right {
			wrong.count(p)
			o.Salt = ""
		}
		send(answer, http.StatusOK, o)
	})
}

// wrongADay is how many wrong PINs of a unit are heard in a day. A PIN is one of more than 10^11, and a verifier lets
// each network try a few: no owner is locked out by strangers of whom there are not hundreds.
const wrongADay = 1000

// guesses counts wrong PINs in a table of one size, whatever is asked: units that fall into one place share its bound.
type guesses struct {
	mu    sync.Mutex
	seed  maphash.Seed
	now   func() time.Time
	day   int64
	wrong [1 << 16]uint16
}

func (g *guesses) allow(p PIN) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return *g.place(p) < wrongADay
}

func (g *guesses) count(p PIN) {
	g.mu.Lock()
	defer g.mu.Unlock()
	*g.place(p)++
}

func (g *guesses) place(p PIN) *uint16 {
	if day := g.now().Unix() / int64(24*time.Hour/time.Second); day != g.day {
		g.day, g.wrong = day, [1 << 16]uint16{}
	}
	unit := strings.Join([]string{p.GTIN, p.Lot, strconv.FormatInt(p.Index, 10)}, "\x00")
	return &g.wrong[maphash.String(g.seed, unit)%uint64(len(g.wrong))]
}

func (c Client) post(ctx context.Context, path string, body []byte) (*http.Response, error) {
	r, err := http.NewRequestWithContext(
		ctx, http.MethodPost, strings.TrimSuffix(c.URL, "/")+path, bytes.NewReader(body),
	)
	if err != nil {
		return nil, err
	}
	r.GetBody = nil // it is never sent twice
	r.Header.Set("Authorization", "Bearer "+c.Key)
	r.Header.Set("Content-Type", "application/json")
	return c.HTTP.Do(r)
}

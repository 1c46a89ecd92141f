package visitor

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// No text but the one that was given out opens as a nonce or a review token.
func FuzzTokens(f *testing.F) {
	d := &Desk{Secret: bytes.Repeat([]byte{7}, 32), Now: time.Now}
	unit := verdict.Unit{GTIN: "06998801000036", Lot: "L1", Index: 7}
	nonce, token := d.NewNonce(unit), d.NewReviewToken(unit)
	f.Add(nonce)
	f.Add(token)
	f.Add(base64.RawURLEncoding.EncodeToString(make([]byte, nonceSize)))
	f.Add(nonce + "=")
	f.Add(nonce[:len(nonce)-1] + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		// The fuzzer's processes have made nonces of their own, of which the corpus may hold one.
		if _, ok := d.OpenNonce(text, unit); ok && len(text) != len(nonce) {
			t.Errorf("%q is taken for a nonce", text)
		}
		if _, ok := d.OpenReviewToken(text, unit); ok && len(text) != len(token) {
			t.Errorf("%q is taken for a token", text)
		}
		other := verdict.Unit{GTIN: unit.GTIN, Lot: unit.Lot, Index: unit.Index + 1}
		if _, ok := d.OpenNonce(text, other); ok {
			t.Errorf("%q opens another unit", text)
		}
	})
}

// What a visitor's headers say is read whatever they hold.
func FuzzHeaders(f *testing.F) {
	for _, seed := range []string{"", "bot", "prefetch", "杭州", "\xff", strings.Repeat("市", 41)} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, agent, place string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header = http.Header{"User-Agent": {agent}, "Sec-Purpose": {agent}}
		if city := verdict.CityName(place); !utf8.ValidString(city) || utf8.RuneCountInString(city) > 40 {
			t.Errorf("city %q", city)
		}
		_, _ = IsProgram(r), IsAhead(r)
	})
}

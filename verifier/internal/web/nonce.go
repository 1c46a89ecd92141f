package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// nonceLife is how long after it was shown a page can confirm its scan.
const nonceLife = 30 * time.Minute

// A nonce is 16 random bytes, the time it expires in 8, and 16 bytes of MAC
// over both and the unit.
const (
	nonceRandom = 16
	nonceSigned = nonceRandom + 8
	nonceSize   = nonceSigned + 16
)

// newNonce makes the nonce that a unit's page carries.
func (h *handler) newNonce(u verdict.Unit) string {
	nonce := make([]byte, nonceRandom, nonceSize)
	_, _ = rand.Read(nonce) // never fails: see crypto/rand
	nonce = binary.BigEndian.AppendUint64(nonce, uint64(h.Now().Add(nonceLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(nonce, h.signNonce(nonce, u)...))
}

// openNonce gives a nonce's random bytes where it was made here for the unit
// and has not expired.
func (h *handler) openNonce(text string, u verdict.Unit) ([]byte, bool) {
	nonce, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(nonce) != nonceSize {
		return nil, false
	}
	signed, mac := nonce[:nonceSigned], nonce[nonceSigned:]
	expires := time.Unix(int64(binary.BigEndian.Uint64(signed[nonceRandom:])), 0)
	return nonce[:nonceRandom], hmac.Equal(mac, h.signNonce(signed, u)) && h.Now().Before(expires)
}

func (h *handler) signNonce(signed []byte, u verdict.Unit) []byte {
	m := h.keyed("scan nonce")
	m.Write(signed)
	m.Write([]byte(u.GTIN + "\x00" + u.Lot + "\x00" + strconv.FormatInt(u.Index, 10)))
	return m.Sum(nil)[:nonceSize-nonceSigned]
}

// device is a name for whoever asks that says nothing about them and holds for
// one month: two visits in different months cannot be told to be one person's.
// It takes in only what every request carries, so that nothing is stored on the phone.
func (h *handler) device(address, agent, languages string, at time.Time) []byte {
	m := h.keyed("device " + monthOf(at))
	m.Write([]byte(address + "\x00" + agent + "\x00" + languages))
	return m.Sum(nil)[:16]
}

// network is such a name for the address alone, or an IPv6 subscriber's prefix.
func (h *handler) network(address string, at time.Time) []byte {
	m := h.keyed("network " + monthOf(at))
	m.Write([]byte(door.Network(address)))
	return m.Sum(nil)[:16]
}

func monthOf(at time.Time) string { return at.UTC().Format("2006-01") }

// keyed gives a MAC under a key of its own for each purpose.
func (h *handler) keyed(purpose string) hash.Hash {
	k := hmac.New(sha256.New, h.Secret)
	k.Write([]byte(purpose))
	return hmac.New(sha256.New, k.Sum(nil))
}

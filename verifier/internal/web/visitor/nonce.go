package visitor

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// NonceLife is how long after it was shown a page can confirm its scan.
const NonceLife = 30 * time.Minute

// A nonce is 16 random bytes, the time it expires in 8, and 16 bytes of MAC
// over both and the unit.
const (
	nonceRandom = 16
	nonceSigned = nonceRandom + 8
	nonceSize   = nonceSigned + 16
)

// NewNonce makes the nonce that a unit's page carries.
func (d *Desk) NewNonce(u verdict.Unit) string {
	nonce := make([]byte, nonceRandom, nonceSize)
	_, _ = rand.Read(nonce) // never fails: see crypto/rand
	nonce = binary.BigEndian.AppendUint64(nonce, uint64(d.Now().Add(NonceLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(nonce, d.signNonce(nonce, u)...))
}

// OpenNonce gives a nonce's random bytes where it was made here for the unit
// and has not expired.
func (d *Desk) OpenNonce(text string, u verdict.Unit) ([]byte, bool) {
	nonce, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(nonce) != nonceSize {
		return nil, false
	}
	signed, mac := nonce[:nonceSigned], nonce[nonceSigned:]
	expires := time.Unix(int64(binary.BigEndian.Uint64(signed[nonceRandom:])), 0)
	return nonce[:nonceRandom], hmac.Equal(mac, d.signNonce(signed, u)) && d.Now().Before(expires)
}

func (d *Desk) signNonce(signed []byte, u verdict.Unit) []byte {
	m := d.Keyed("scan nonce")
	m.Write(signed)
	m.Write([]byte(u.GTIN + "\x00" + u.Lot + "\x00" + strconv.FormatInt(u.Index, 10)))
	return m.Sum(nil)[:nonceSize-nonceSigned]
}

package visitor

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// reviewLife is for how long after a scan or an activation a unit may be reviewed.
const reviewLife = 30 * 24 * time.Hour

// A review token is the time it expires in 8 bytes and a MAC over that and the
// unit. Only whoever has confirmed a scan of the unit or activated it gets one.
const reviewTokenSize = 8 + 16

// NewReviewToken makes the token that lets whoever scanned or activated a unit review it.
func (d *Desk) NewReviewToken(u verdict.Unit) string {
	token := binary.BigEndian.AppendUint64(nil, uint64(d.Now().Add(reviewLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(token, d.signReview(token, u)...))
}

// OpenReviewToken gives when the unit was scanned or activated, where the token
// was made here for it and has not expired.
func (d *Desk) OpenReviewToken(text string, u verdict.Unit) (scanned time.Time, ok bool) {
	token, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(token) != reviewTokenSize {
		return time.Time{}, false
	}
	expires := time.Unix(int64(binary.BigEndian.Uint64(token[:8])), 0).UTC()
	return expires.Add(-reviewLife), hmac.Equal(token[8:], d.signReview(token[:8], u)) && d.Now().Before(expires)
}

func (d *Desk) signReview(expires []byte, u verdict.Unit) []byte {
	m := d.Keyed("review token")
	m.Write(expires)
	m.Write([]byte(u.GTIN + "\x00" + u.Lot + "\x00" + strconv.FormatInt(u.Index, 10)))
	return m.Sum(nil)[:16]
}

package feedback

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// For how long what a report says is kept: who sent it, how to reach them (or
// until it is closed), and the rest.
const (
	ReporterKept = 24 * time.Hour
	ContactKept  = 90 * 24 * time.Hour
	ReportKept   = 365 * 24 * time.Hour
)

// Bounds of a report, in characters. What a code says is cut, the rest refused.
const (
	MaxCode    = 500
	MaxPlace   = 200
	MaxReport  = 500
	MaxContact = 100
)

// Report is what a shopper says about a code that we do not know. Code is made
// by CodeText, CodeID by it alone: reports of one code have the same. Place is
// where it was seen; Place or Text is there, Contact may be missing. Device and
// Network are keyed hashes that change monthly.
type Report struct {
	ID, CodeID, Code     string
	TokenHash            [32]byte
	Place, Text, Contact string
	Device, Network      []byte
}

// NewReport checks a report and gives it its number and the token of its
// receipt's link. The code may be anything at all.
func NewReport(code, place, text, contact string) (r Report, token string, err error) {
	r = Report{ID: NewID("R"), Code: CodeText(code)}
	if r.Code == "" {
		return r, "", trace.Refuse(trace.FieldInvalid, "code", "missing")
	}
	if strings.TrimSpace(place) == "" && strings.TrimSpace(text) == "" {
		return r, "", refuse(trace.FieldInvalid, "text", "report_empty")
	}
	for _, f := range []struct {
		name, said string
		max        int
		to         *string
	}{{"place", oneLine(place), MaxPlace, &r.Place}, {"text", text, MaxReport, &r.Text}, {"contact", oneLine(contact), MaxContact, &r.Contact}} {
		if strings.TrimSpace(f.said) == "" {
			continue
		}
		if *f.to, err = plain(f.name, f.said, f.max); err != nil {
			return r, "", err
		}
	}
	sum := sha256.Sum256([]byte(r.Code))
	r.CodeID = "CODE-" + strings.ToUpper(hex.EncodeToString(sum[:8]))
	var secret [32]byte
	rand.Read(secret[:])
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	r.TokenHash = HashToken(token)
	return r, token, nil
}

func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, isBreak), " ") }

func isBreak(r rune) bool { return r == '\n' || r == '\r' }

// CodeText writes what a code says so that it can be kept and shown, and passes
// for nothing else: ASCII and Chinese characters as they are, every other one,
// and what is no UTF-8, by its number, such as ‹430› for a Cyrillic a. It is cut
// to MaxCode characters, and "…" says so.
func CodeText(said string) string {
	var b strings.Builder
	n := 0
	for _, c := range strings.TrimSpace(said) {
		word := string(c)
		if (c < ' ' || c > '~') && !unicode.Is(unicode.Han, c) {
			word = fmt.Sprintf("‹%X›", c)
		}
		if n += utf8.RuneCountInString(word); n > MaxCode {
			b.WriteString("…")
			break
		}
		b.WriteString(word)
	}
	return b.String()
}

// Acknowledgement is what the link of a report shows.
type Acknowledgement struct {
	ID         string    `json:"report"`
	ReceivedAt time.Time `json:"receivedAt"`
	Closed     bool      `json:"closed"`     // the platform has dealt with it
	MayContact bool      `json:"mayContact"` // a contact is kept
}

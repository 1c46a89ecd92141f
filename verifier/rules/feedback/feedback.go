// Package feedback is what shoppers say about a unit: complaints that a secret
// link follows, and reviews. It holds the rules that each must satisfy on its
// own and what may be shown of them. It knows nothing of SQL or HTTP, and never
// who the shopper is.
package feedback

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// MaxPhotos is how many photos a complaint may have.
const MaxPhotos = 5

// Bounds of texts, in characters.
const (
	maxComplaint = 2000
	maxReview    = 1000
)

// Complaint is a shopper's complaint as it is kept. Photos are clean JPEGs (see
// verifier/rules/photo). Device and Network are keyed hashes that change monthly.
type Complaint struct {
	ID           string
	TokenHash    [32]byte
	Unit         verdict.Unit
	Text         string
	Salt         [32]byte
	EvidenceHash [32]byte
	Photos       [][]byte
	Device       []byte
	Network      []byte // kept for a day
}

// NewComplaint checks a complaint and gives it its number and the token of its
// secret link, which is in the answer and nowhere else.
func NewComplaint(u verdict.Unit, text string, photos [][]byte, device []byte) (c Complaint, token string, err error) {
	if text, err = plain("text", text, maxComplaint); err != nil {
		return c, "", err
	}
	if len(photos) > MaxPhotos {
		return c, "", refuse(trace.FieldInvalid, "photos", "photos", "most", MaxPhotos)
	}
	c = Complaint{ID: NewID("C"), Unit: u, Text: text, Photos: photos, Device: device}
	rand.Read(c.Salt[:])
	var sums [][32]byte
	for _, p := range photos {
		sums = append(sums, sha256.Sum256(p))
	}
	c.EvidenceHash = trace.EvidenceHash(c.Salt, text, sums...)
	var secret [32]byte
	rand.Read(secret[:])
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	c.TokenHash = HashToken(token)
	return c, token, nil
}

// HashToken is the form in which a link's token is stored. It has 256 random
// bits, so a plain hash cannot be searched.
func HashToken(token string) [32]byte { return sha256.Sum256([]byte(token)) }

// NewID gives a number of 80 random bits behind a letter.
func NewID(letter string) string {
	var id [10]byte
	rand.Read(id[:])
	return letter + base32.StdEncoding.EncodeToString(id[:])
}

// plain gives a text of several lines without what surrounds it.
func plain(field, s string, max int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	switch {
	case s == "":
		return "", trace.Refuse(trace.FieldInvalid, field, "missing")
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return "", refuse(trace.FieldInvalid, field, "plain")
	case utf8.RuneCountInString(s) > max:
		return "", trace.Refuse(trace.FieldInvalid, field, "at_most_characters", "most", max)
	}
	return s, nil
}

// Case is what the secret link shows. Complaint is nil until the ledger has it.
// Seq is the complaint's entry in the log "complaints", nil until it is numbered.
type Case struct {
	ID         string           `json:"case"`
	ReceivedAt time.Time        `json:"receivedAt"`
	Withdrawn  bool             `json:"withdrawn"` // the shopper has taken it back
	Weighs     bool             `json:"weighs"`    // it counts in what others are told of the unit
	Product    trace.Text       `json:"product"`
	Lot        string           `json:"lot"`
	Complaint  *trace.Complaint `json:"complaint"`
	AnswerText string           `json:"answerText"`
	Seq        *int64           `json:"seq"`
}

// Status says where the case stands at an instant: received until the ledger has it.
func (c Case) Status(now time.Time) trace.ComplaintStatus {
	if c.Complaint == nil || c.Withdrawn && c.Complaint.MayWithdraw() == nil {
		if c.Withdrawn {
			return trace.ComplaintWithdrawn
		}
		return Received
	}
	return c.Complaint.StatusAt(now)
}

// Received is the status of a complaint that is kept and not on the ledger yet.
const Received trace.ComplaintStatus = "received"

// Decision is a decided complaint as everybody may read it. It holds nothing of
// the shopper, and nothing of which unit of the lot it was.
type Decision struct {
	ID         string                `json:"case"`
	GTIN       string                `json:"gtin"`
	Lot        string                `json:"lot"`
	Product    trace.Text            `json:"product"`
	Brand      string                `json:"brand"`
	Respondent trace.Text            `json:"respondent"`
	Status     trace.ComplaintStatus `json:"status"`
	Outcome    trace.Outcome         `json:"outcome"`
	OpenedAt   time.Time             `json:"openedAt"`
	AnsweredAt *time.Time            `json:"answeredAt,omitempty"`
	Decisions  []Ruling              `json:"decisions"`
	TxID       string                `json:"txId"`
}

// Ruling is one decision of a case; the last one counts.
type Ruling struct {
	Kind      trace.DecisionKind `json:"kind"`
	Outcome   trace.Outcome      `json:"outcome"`
	Reason    trace.Text         `json:"reason"`
	Suspended bool               `json:"suspended,omitempty"`
	At        time.Time          `json:"at"`
}

// Review is what a shopper says about a unit.
type Review struct {
	ID     string
	Unit   verdict.Unit
	Seller string
	Rating int
	Text   string
}

// NewReview checks a review and gives it its number.
func NewReview(u verdict.Unit, seller string, rating int, text string) (Review, error) {
	text, err := plain("text", text, maxReview)
	if err != nil {
		return Review{}, err
	}
	if rating < 1 || rating > 5 {
		return Review{}, refuse(trace.FieldInvalid, "rating", "rating")
	}
	return Review{ID: NewID("V"), Unit: u, Seller: seller, Rating: rating, Text: text}, nil
}

// Reviews are those of a product: Count and Average leave out the folded ones,
// which repeat another's words.
type Reviews struct {
	Count   int64         `json:"count"`
	Average float64       `json:"average"`
	Folded  int64         `json:"folded"`
	Items   []ShownReview `json:"items"`
}

// ShownReview is a review as everybody may read it. Seq is its entry in the
// log "reviews", nil until it is numbered.
type ShownReview struct {
	ID         string     `json:"id"`
	Rating     int        `json:"rating"`
	Text       string     `json:"text"`
	At         time.Time  `json:"at"`
	SameAs     string     `json:"sameAs,omitempty"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredAt *time.Time `json:"answeredAt,omitempty"`
	Seq        *int64     `json:"seq"`
}

// LogEntry is one entry of a log with the digests of all that were anchored
// with it. Text is its row as it is now, empty where the row is gone. Lost says
// that it, or what was anchored with it, was lost with an old database.
type LogEntry struct {
	Lost    bool
	Salt    []byte
	Digest  []byte
	Text    string
	From    int64
	To      int64
	Digests [][]byte
	Root    []byte
	TxID    string
	Block   int64
}

// Anchored is an anchor with its place in the chain of blocks.
type Anchored struct {
	trace.Anchor
	TxID     string
	Block    int64
	Position int
}

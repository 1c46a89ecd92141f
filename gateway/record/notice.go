package record

import (
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// RoleApplicant is the role of an account whose party is not qualified yet: it
// sees and edits its own application. It becomes the party's first role by
// itself when the party is (see gateway/store, AccountByKey).
const RoleApplicant trace.Role = "applicant"

// NoticeKind says what a party is told about.
type NoticeKind string

// The kinds of notices. Their titles are in gateway/service.
const (
	NoticeRecall     NoticeKind = "recall"
	NoticeComplaint  NoticeKind = "complaint"
	NoticeExpiring   NoticeKind = "licence_expiring"
	NoticeAlert      NoticeKind = "alert"
	NoticeShipment   NoticeKind = "shipment"
	NoticeInspection NoticeKind = "inspection"
	NoticeStanding   NoticeKind = "standing"
	NoticeClone      NoticeKind = "clone"
	NoticeReport     NoticeKind = "report"
	NoticeReceipt    NoticeKind = "receipt"
	NoticeCase       NoticeKind = "case"
	NoticeCorrection NoticeKind = "correction"
)

// Audience is to whom a notice goes.
type Audience string

// The audiences: the party that the notice names, the platform, the producer of
// the batch that its detail names by gtin and lot, or whoever has units under
// the recall that it is about.
const (
	ToParty    Audience = "party"
	ToPlatform Audience = "platform"
	ToProducer Audience = "producer"
	ToHolders  Audience = "holders"
)

// NewNotice is a notice before it is known who gets it. Ref is the transaction
// that is its cause, or names a date that is; Subject what it is about.
type NewNotice struct {
	Ref      string         `json:"ref"`
	Block    uint64         `json:"block"`
	Kind     NoticeKind     `json:"kind"`
	Audience Audience       `json:"audience"`
	Party    string         `json:"party"`
	Subject  string         `json:"subject"`
	Detail   map[string]any `json:"detail"`
	At       time.Time      `json:"at"`
}

// Notice is an entry in a party's inbox. ReadAt is the zero time while unread.
type Notice struct {
	ID      int64           `json:"id"`
	Party   string          `json:"party"`
	Kind    NoticeKind      `json:"kind"`
	Subject string          `json:"subject"`
	Detail  json.RawMessage `json:"detail"`
	At      time.Time       `json:"at"`
	ReadAt  *time.Time      `json:"readAt,omitempty"`
}

// InboxEntry is a notice with its title, for people.
type InboxEntry struct {
	Notice
	Title trace.Text `json:"title"`
}

// Document is a file that a party has given. Content is sealed.
type Document struct {
	ID          string
	Party       string
	SHA256      [32]byte
	ContentType string
	Name        string
	Size        int64
	Content     []byte
	Account     string
}

// Webhook is where a party wants its notices sent; of which kinds, none meaning all.
type Webhook struct {
	ID        string       `json:"id"`
	Party     string       `json:"-"`
	URL       string       `json:"url"`
	Events    []NoticeKind `json:"events"`
	CreatedAt time.Time    `json:"createdAt"`
	Secret    []byte       `json:"-"` // sealed
}

// Delivery is a notice on its way to a webhook.
type Delivery struct {
	ID        int64      `json:"id"`
	Notice    int64      `json:"notice"`
	Kind      NoticeKind `json:"kind"`
	Subject   string     `json:"subject,omitempty"`
	Status    string     `json:"status"`
	NextTry   time.Time  `json:"nextTry"`
	CreatedAt time.Time  `json:"createdAt"`
	Attempts  []Attempt  `json:"attempts"`
}

// Attempt is one try at a delivery: the HTTP status that was answered, or why
// there was none.
type Attempt struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	Answer *int      `json:"answer,omitempty"`
	Error  string    `json:"error,omitempty"`
}

// DueDelivery is a delivery to be tried now.
type DueDelivery struct {
	ID      int64
	Tries   int
	Webhook Webhook
	Notice  Notice
}

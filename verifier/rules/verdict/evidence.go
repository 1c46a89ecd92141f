package verdict

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Unit is one unit of a batch, by its index.
type Unit struct {
	GTIN  string
	Lot   string
	Index int64
}

// CodeState is what the code alone says, before any record is read. The zero
// value means that nobody has looked.
type CodeState int

// The code states.
const (
	CodeUnchecked  CodeState = iota
	CodeNotIssued            // whole, but its tag is wrong
	CodeIncomplete           // no whole code, so that nothing can be said of it
	CodeRetired              // issued by a key that is no longer trusted
	CodeIssued
)

// Evidence is everything known about one unit at one moment. A nil pointer
// means that the record was looked for and is not there, or could not be read.
type Evidence struct {
	Now    time.Time
	Code   CodeState
	Unit   Unit
	Serial string
	Epoch  uint32 // the generation of the master key that made the code
	Seller string // the party whose shop the question comes from; empty where that is not known
	Market string // the country (ISO 3166-1 alpha-2) it comes from; empty where that is not known
	// ByOwner says that whoever asks is the unit's present owner, Claims that the first one can register here.
	ByOwner, Claims bool

	Records    *Records // nil where the records could not be read
	MaxAge     time.Duration
	Membership Membership
	Signatures Signatures
}

// Membership is whether the code is a leaf of the tree whose root the ledger
// holds. The zero value means that it could not be proved either way.
type Membership int

// The memberships.
const (
	MembershipUnknown Membership = iota
	MembershipRefuted
	MembershipProved
)

// Records is what the read model and the verifier's own tables say about a
// unit, all of one moment. The JSON is verifier/internal/store's, from one query.
type Records struct {
	Ledger      *Ledger                `json:"ledger"`
	Batch       *trace.Batch           `json:"batch"`
	BatchTx     string                 `json:"batchTx"`
	Product     *trace.Product         `json:"product"`
	TreeRoot    string                 `json:"treeRoot"` // Merkle root over the codes that were made, hex; empty where not stored
	Holding     *trace.Place           `json:"holding"`
	Left        bool                   `json:"left"`       // the unit has been elsewhere than with its producer, or sold, at some time
	Recalls     []trace.Recall         `json:"recalls"`    // those that reach the unit and are not closed
	Complaints  []trace.Complaint      `json:"complaints"` // about the unit, and those decided about its batch
	Rulings     []trace.Ruled          `json:"rulings"`    // what was decided about the unit, and the last of the batch's other counterfeits
	Weighed     []string               `json:"weighed"`    // those of Complaints about the unit that have a ground (decision 72)
	Decided     map[string]Decided     `json:"decided"`    // complaints decided against each of Parties
	Quality     *trace.Quality         `json:"quality"`    // of the batch; nil where it was neither inspected nor held
	Inspection  *trace.Inspection      `json:"inspection"` // the batch's latest, without its results
	Standard    trace.Text             `json:"standard"`   // the name of what it was inspected by
	ActivatedAt time.Time              `json:"activatedAt,omitzero"`
	Owned       *trace.OwnedUnit       `json:"owned"`  // nil where nobody has claimed the unit, or before owners had keys
	Since       Scans                  `json:"since"`  // those after the activation, a thousand at most
	Events      []Event                `json:"events"` // those about the unit, oldest first
	Parties     map[string]trace.Party `json:"parties"`
	Scans       Scans                  `json:"scans"`
	PINs        PINs                   `json:"pins"`
	Pattern     Pattern                `json:"pattern"`
}

// PINs is whether a unit's labels were made with its PIN; any other value than these two means that nobody knows.
type PINs string

// What is known of PINs.
const (
	WithPINs    PINs = "with"
	WithoutPINs PINs = "without"
)

// Ledger is how far the read model has come, and when it was last known to be
// level with the ledger. Halted is why it stopped following, or empty.
type Ledger struct {
	Height    int64     `json:"height"`
	CheckedAt time.Time `json:"checkedAt,omitzero"`
	Halted    string    `json:"halted"`
}

// Event is a ledger event that touches the unit. Target is where the event put
// the unit, nil where it did not move it. Place is where By worked then, as the
// ledger had it; empty where it does not say.
type Event struct {
	Type   trace.EventType `json:"type"`
	At     time.Time       `json:"at"`
	By     string          `json:"by"`
	From   string          `json:"from,omitempty"`
	To     string          `json:"to,omitempty"`
	Target *trace.Place    `json:"target,omitempty"`
	Place  string          `json:"place,omitempty"`
	TxID   string          `json:"txId"`
	Block  int64           `json:"block"`
}

// Scans is how often people have asked about the unit, confirmed scans only.
type Scans struct {
	Count     int64     `json:"count"`
	First     time.Time `json:"first,omitzero"`
	Last      time.Time `json:"last,omitzero"`
	LastPlace string    `json:"lastPlace"` // city, or empty
}

// Scan is one person's look at a unit's page, confirmed by the page itself.
type Scan struct {
	Unit    Unit
	Nonce   []byte // 16 bytes; the same nonce is the same scan
	At      time.Time
	Place   string // city, or empty
	Point   Point
	Device  []byte // keyed hash, different every month
	Network []byte // keyed hash of the device's network, different every month; empty where it is not known
	// Before names both as a month that ended less than SameVisit ago named them; else it is empty.
	Before Visitor
}

// Point is where a city is, in degrees to a tenth. The zero Point, which is in
// the sea, is not known.
type Point struct {
	Lat, Lon float64
}

// PINEntry is a PIN that somebody entered for a unit, and whether it was right.
type PINEntry struct {
	Unit     Unit
	At       time.Time
	Device   []byte // as a scan's
	Place    string
	Point    Point
	Accepted bool
}

// Visitor is what a device and its network are named in one month.
type Visitor struct{ Network, Device []byte }

// What of one unit's scans counts, and for how long a visit is remembered to tell.
const (
	SameVisit       = 30 * time.Minute // a device that asks again within it is on the same visit
	NetworkDevices  = 20               // devices of one network that count while visits are remembered: one person cannot be a crowd
	VisitRemembered = 24 * time.Hour
)

func (e Evidence) today() trace.Date { return trace.DayOf(e.Now) }

// lastMove gives the event that put the unit where it is now; false where the
// records do not agree on where that is. A holding's own transaction would not
// do: a run of units bears the newest of its neighbours' transactions.
func (r *Records) lastMove() (Event, bool) {
	for _, e := range slices.Backward(r.Events) {
		if e.Target != nil {
			return e, r.Holding != nil && *e.Target == *r.Holding
		}
	}
	return Event{}, false
}

// name gives a party's name, or its id where the party is not in the records.
func (r *Records) name(party string) trace.Text {
	if p, ok := r.Parties[party]; ok {
		return p.Name
	}
	return trace.Text{ZhCN: party, En: party}
}

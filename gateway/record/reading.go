package record

import (
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Page is one page of a list. Next is empty on the last one, else what to ask
// for the following page with. Total, where it was asked for, is how many the
// whole list has, or MaxTotal where it has more than that.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
	Total *int   `json:"total,omitempty"`
	More  bool   `json:"more,omitempty"`
}

// PageOf is a page of what each entry of another one is turned into.
func PageOf[A, B any](p Page[A], turn func(A) B) Page[B] {
	q := Page[B]{Items: make([]B, len(p.Items)), Next: p.Next, Total: p.Total, More: p.More}
	for i, item := range p.Items {
		q.Items[i] = turn(item)
	}
	return q
}

// MaxTotal is how far the entries of a list are counted.
const MaxTotal = 1000

// Paging asks for a page: after a page's Next ("" for the first one), at most
// Limit. Lists that can do so keep to what matches Search, and order by Sort, a
// column's name, with a hyphen before it for the largest first; empty is the
// list's own order. A Next is good for the same Search and Sort only.
type Paging struct {
	After  string
	Limit  int
	Search string
	Sort   string
	Count  bool
}

// CaseFilter narrows a list of cases; empty fields do not. Party is either side.
type CaseFilter struct {
	Party, Shipment string
	OpenOnly        bool
}

// Transaction is what became of a transaction. Committed ones say who signed
// and endorsed them and what they changed.
type Transaction struct {
	TxID      string            `json:"txId"`
	Status    TransactionStatus `json:"status"`
	Code      string            `json:"code,omitempty"`
	Reason    string            `json:"reason,omitempty"`
	Block     *uint64           `json:"block,omitempty"`
	Function  string            `json:"function,omitempty"`
	Party     string            `json:"party,omitempty"`
	MSP       string            `json:"msp,omitempty"`
	Identity  string            `json:"identity,omitempty"`
	Endorsers []string          `json:"endorsers,omitempty"`
	At        time.Time         `json:"at,omitzero"`
	Event     json.RawMessage   `json:"event,omitempty"`
}

// TransactionStatus is what is known of a transaction.
type TransactionStatus string

// Unknown is never final: the gateway finds out.
const (
	TxCommitted TransactionStatus = "committed"
	TxRefused   TransactionStatus = "refused"
	TxUnknown   TransactionStatus = "unknown"
)

// Provenance is the whole story of a batch or, where Serial is set, of one
// unit. Of many relatives the nearest are given, and LeftOff counts the others.
// Partial says that it is what its reader and his neighbours had to do with it.
type Provenance struct {
	GTIN     string              `json:"gtin"`
	Lot      string              `json:"lot"`
	Quantity int64               `json:"quantity"`
	Serial   string              `json:"serial,omitempty"`
	Index    *int64              `json:"index,omitempty"`
	Events   []ProvenanceEvent   `json:"events"`
	Holdings []ProvenanceHolding `json:"holdings"`
	MadeFrom []Relative          `json:"madeFrom,omitempty"`
	MadeInto []Relative          `json:"madeInto,omitempty"`
	LeftOff  int                 `json:"relativesLeftOff,omitempty"`
	Partial  bool                `json:"partial,omitempty"`
}

// ProvenanceEvent is one transaction of the story. Lines are those that name
// units of the story; Units counts what they name.
type ProvenanceEvent struct {
	Type      trace.EventType `json:"type"`
	At        time.Time       `json:"at"`
	By        string          `json:"by"`
	MSP       string          `json:"msp"`
	Identity  string          `json:"identity"`
	Endorsers []string        `json:"endorsers"`
	Units     int64           `json:"units"`
	Lines     []trace.Line    `json:"lines"`
	Shipment  string          `json:"shipment,omitempty"`
	// Containers are those that were packed, opened or shipped.
	Containers []string `json:"containers,omitempty"`
	From       string   `json:"from,omitempty"`
	To         string   `json:"to,omitempty"`
	Recall     string   `json:"recall,omitempty"`
	// Receipt is what a receipt added to its shipment's.
	Receipt []trace.ReceiptLine `json:"receipt,omitempty"`
	Note    string              `json:"note,omitempty"`
	TxID    string              `json:"txId"`
	Block   uint64              `json:"block"`
}

// ProvenanceHolding is a run of units in one place. Units in transit stand with
// their sender, who answers for them until the receiver signs; Shipment and To
// say where they are going.
type ProvenanceHolding struct {
	Party     string       `json:"party"`
	State     trace.State  `json:"state"`
	Reason    trace.Reason `json:"reason,omitempty"`
	Container string       `json:"container,omitempty"`
	From      int64        `json:"from"`
	Count     int64        `json:"count"`
	Shipment  string       `json:"shipment,omitempty"`
	To        string       `json:"to,omitempty"`
}

// Units names what a story is about: units From to To (exclusive) of a batch.
type Units struct {
	GTIN, Lot string
	From, To  int64
}

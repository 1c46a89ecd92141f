package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// HitKind says what a search has found.
type HitKind string

// The kinds of hits, in the order in which they are shown.
const (
	HitUnit        HitKind = "unit"
	HitBatch       HitKind = "batch"
	HitProduct     HitKind = "product"
	HitContainer   HitKind = "container"
	HitShipment    HitKind = "shipment"
	HitRecall      HitKind = "recall"
	HitParty       HitKind = "party"
	HitTransaction HitKind = "transaction"
)

// Hit is one thing that a search has found. Name is the product's or the
// party's; which of the other fields are set follows from the kind.
type Hit struct {
	Kind     HitKind    `json:"kind"`
	ID       string     `json:"id"`
	Name     trace.Text `json:"name,omitzero"`
	GTIN     string     `json:"gtin,omitempty"`
	Lot      string     `json:"lot,omitempty"`
	Serial   string     `json:"serial,omitempty"`
	Index    *int64     `json:"index,omitempty"`
	Quantity int64      `json:"quantity,omitempty"`
	Party    string     `json:"party,omitempty"`
	To       string     `json:"to,omitempty"`
	Status   string     `json:"status,omitempty"`
	At       time.Time  `json:"at,omitzero"`
}

// Lookup is what a search looks for: Text as it was typed, in small letters, and
// GTIN and SSCC where the text is one. SeenBy keeps to what that party may see.
type Lookup struct {
	Text, GTIN, SSCC string
	SeenBy           string
}

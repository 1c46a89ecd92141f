package trace

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Line names units of one batch as an index interval: From (counted from 0)
// and the Count that follow it.
type Line struct {
	GTIN  string `json:"gtin"`
	Lot   string `json:"lot"`
	From  int64  `json:"from"`
	Count int64  `json:"count"`
}

// To is the index after the line's last unit.
func (l Line) To() int64 { return l.From + l.Count }

// MaxLines bounds what one transaction may name.
const MaxLines = 500

// CheckLines validates lines on their own: at least one, none empty or
// negative, GTINs and lots well-formed, no unit named twice.
func CheckLines(lines []Line) error {
	if len(lines) == 0 {
		return Errorf(LinesMissing, "lines", "name at least one line of units")
	}
	if len(lines) > MaxLines {
		return Errorf(FieldInvalid, "lines", "%d lines; at most %d in one transaction", len(lines), MaxLines)
	}
	for _, l := range lines {
		if err := firstError(checkGTIN14("lines.gtin", l.GTIN), CheckLot(l.Lot)); err != nil {
			return err
		}
		if l.From < 0 || l.Count < 1 || l.From > MaxIndex || l.Count > MaxIndex {
			return Errorf(QuantityInvalid, "lines.count", "from must be 0 or more and count 1 or more")
		}
	}
	return checkOverlap(lines)
}

func checkOverlap(lines []Line) error {
	sorted := slices.Clone(lines)
	slices.SortFunc(sorted, compareLines)
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		if a.GTIN == b.GTIN && a.Lot == b.Lot && b.From < a.To() {
			return Errorf(LinesOverlap, "lines", "unit %d of lot %s is named twice", b.From, b.Lot)
		}
	}
	return nil
}

func compareLines(a, b Line) int {
	return cmp.Or(strings.Compare(a.GTIN, b.GTIN), strings.Compare(a.Lot, b.Lot), cmp.Compare(a.From, b.From))
}

// State is where units are in their life. At every block, for every batch:
// held + in transit + sold + consumed + removed = produced.
type State string

// The states. Units in transit, and units missing from a shipment, are with
// their shipment, not with a party.
const (
	Held      State = "held"
	InTransit State = "in_transit"
	Sold      State = "sold"
	Consumed  State = "consumed"
	Removed   State = "removed"
)

// Reason says why units are removed.
type Reason string

// The reasons. Missing and damaged are booked by receipts (and returns),
// the others by decommissioning.
const (
	ReasonMissing   Reason = "missing"
	ReasonDamaged   Reason = "damaged"
	ReasonDestroyed Reason = "destroyed"
	ReasonStolen    Reason = "stolen"
	ReasonSampled   Reason = "sampled"
	ReasonExported  Reason = "exported"
)

// DecommissionReasons are those that a holder may give.
var DecommissionReasons = []Reason{ReasonDestroyed, ReasonStolen, ReasonSampled, ReasonExported, ReasonDamaged}

// Holding is a run of units of one batch that are in one place and state.
// Holder is a party's id or, for units in transit and units missing from a
// shipment, the shipment's id; no party's id is also a shipment's. Reason is
// empty unless State is Removed.
type Holding struct {
	Holder    string `json:"holder"`
	State     State  `json:"state"`
	Reason    Reason `json:"reason,omitempty"`
	Container string `json:"container,omitempty"`
	From      int64  `json:"from"`
	Count     int64  `json:"count"`
}

// Place is a Holding without its units: who has them, in what state and, for
// packed units, in which container (the innermost one's SSCC).
type Place struct {
	Holder    string `json:"holder"`
	State     State  `json:"state"`
	Reason    Reason `json:"reason,omitempty"`
	Container string `json:"container,omitempty"`
}

// Move is what a transaction did to a run of units: they were in From (the
// zero Place for units that were just produced) and are now in To. A reader
// that applies every move in order knows every holding.
type Move struct {
	Line
	Source Place `json:"source"`
	Target Place `json:"target"`
}

// Shipment is goods on their way from one party to another. ReceivedAt is the
// zero time until the receiver has signed for it. Lines are all its units, those
// in Containers included. Receipt is what the receipts
// said, in order, the shortages written out as missing; units that are found
// later stand there a second time.
type Shipment struct {
	ID           string        `json:"id"`
	From         string        `json:"from"`
	To           string        `json:"to"`
	Lines        []Line        `json:"lines"`
	Containers   []string      `json:"containers,omitempty"`
	Reference    string        `json:"reference,omitempty"`
	DispatchedAt time.Time     `json:"dispatchedAt"`
	ReceivedAt   time.Time     `json:"receivedAt,omitzero"`
	Receipt      []ReceiptLine `json:"receipt,omitempty"`
}

// Condition is how units arrived.
type Condition string

// The conditions. Units that arrived though the shipment does not list them
// are reported as good or damaged too; that they were over, the source of
// their move shows.
const (
	Good    Condition = "good"
	Damaged Condition = "damaged"
	Missing Condition = "missing"
)

// ReceiptLine is what the receiver found. Units of the shipment that no line
// names are missing; further units of a lot that the shipment lists, which its
// sender holds, are booked as an over-delivery. A second receipt of the same shipment names
// units that were missing and have been found.
type ReceiptLine struct {
	Line
	Condition Condition `json:"condition"`
}

var recordID = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{5,39}$`)

// CheckID validates the id that a writer gives a shipment or a recall. The
// caller chooses it, so that a repeated request is recognised on the ledger.
func CheckID(field, id string) error {
	if !recordID.MatchString(id) {
		return Errorf(FieldInvalid, field, "6 to 40 upper-case letters, digits or hyphens")
	}
	return nil
}

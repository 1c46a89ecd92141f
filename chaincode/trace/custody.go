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
		return Refuse(LinesMissing, "lines", "no_lines")
	}
	if len(lines) > MaxLines {
		return Refuse(FieldInvalid, "lines", "too_many_lines", "lines", len(lines), "most", MaxLines)
	}
	for _, l := range lines {
		if err := firstError(checkGTIN14("lines.gtin", l.GTIN), CheckLot(l.Lot)); err != nil {
			return err
		}
		if l.From < 0 || l.Count < 1 || l.From > MaxIndex || l.Count > MaxIndex {
			return Refuse(QuantityInvalid, "lines.count", "line_range")
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
			return Refuse(LinesOverlap, "lines", "unit_twice", "unit", b.From+1, "lot", b.Lot)
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

// The reasons. Missing and damaged are booked by receipts (and returns), voided
// for codes that are never printed, the others by decommissioning.
const (
	ReasonMissing   Reason = "missing"
	ReasonDamaged   Reason = "damaged"
	ReasonDestroyed Reason = "destroyed"
	ReasonStolen    Reason = "stolen"
	ReasonSampled   Reason = "sampled"
	ReasonExported  Reason = "exported"
	ReasonVoided    Reason = "voided"
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

// Move is what a transaction did to a run of units: they were in Source, which is the
// zero Place for units that were just produced, and are in Target now. Who applies every
// move in order knows every holding.
type Move struct {
	Line
	Source Place `json:"source"`
	Target Place `json:"target"`
}

// Shipment is goods on their way from one party to another. Lines are all its units, those in
// Containers included. Receipt is what the receipts said, in order; units that are found later
// stand there a second time. ReceivedAt is the zero time until every unit is accounted for; what
// did not arrive with the first receipts stays open until OpenUntil, and is then for the sender,
// too, to write off as missing. SignedAt is when the last receipt was made. CancelledAt is when the
// sender took it back unreceived.
type Shipment struct {
	ID           string        `json:"id"`
	From         string        `json:"from"`
	To           string        `json:"to"`
	Lines        []Line        `json:"lines"`
	Containers   []string      `json:"containers,omitempty"`
	Purpose      Purpose       `json:"purpose,omitempty"`
	Reference    string        `json:"reference,omitempty"`
	DispatchedAt time.Time     `json:"dispatchedAt"`
	OpenUntil    time.Time     `json:"openUntil,omitzero"`
	ReceivedAt   time.Time     `json:"receivedAt,omitzero"`
	SignedAt     time.Time     `json:"signedAt,omitzero"`
	Receipt      []ReceiptLine `json:"receipt,omitempty"`
	CancelledAt  time.Time     `json:"cancelledAt,omitzero"`
	Amendment    *Amending     `json:"amendment,omitempty"`
}

func (x Shipment) object() Object { return Object{"shipment", x.ID, x} }

// ShipmentState is where a shipment stands.
type ShipmentState string

// The states. Overdue is never written: it is a partly received shipment whose
// date has passed.
const (
	ShipmentSent      ShipmentState = "sent"
	ShipmentPartly    ShipmentState = "partly_received"
	ShipmentOverdue   ShipmentState = "overdue"
	ShipmentDone      ShipmentState = "received"
	ShipmentCancelled ShipmentState = "cancelled"
)

// StateAt says where the shipment stands at an instant.
func (s Shipment) StateAt(now time.Time) ShipmentState {
	switch {
	case !s.CancelledAt.IsZero():
		return ShipmentCancelled
	case !s.ReceivedAt.IsZero():
		return ShipmentDone
	case s.OpenUntil.IsZero():
		return ShipmentSent
	case now.After(s.OpenUntil):
		return ShipmentOverdue
	}
	return ShipmentPartly
}

// Condition is how units arrived.
type Condition string

// The conditions. Withheld is the ledger's own: such units arrived and are under
// a recall, on hold or not released, so whatever they look like they are not good.
const (
	Good     Condition = "good"
	Damaged  Condition = "damaged"
	Missing  Condition = "missing"
	Withheld Condition = "withheld"
)

// ReceiptLine is what the receiver found of units that were sent.
type ReceiptLine struct {
	Line
	Condition Condition `json:"condition"`
}

// Amending is a correction of receipts that one side has proposed and the other
// has to agree to, both until Until.
type Amending struct {
	By     string        `json:"by"`
	At     time.Time     `json:"at"`
	Until  time.Time     `json:"until"`
	Reason string        `json:"reason"`
	Lines  []ReceiptLine `json:"lines"`
}

var recordID = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{5,39}$`)

// CheckID validates the id that a writer gives a shipment or a recall. The
// caller chooses it, so that a repeated request is recognised on the ledger.
func CheckID(field, id string) error {
	if !recordID.MatchString(id) {
		return Refuse(FieldInvalid, field, "id_form")
	}
	return nil
}

package trace

import (
	"slices"
	"time"
)

// RecallClass is how grave a recall is: I may harm health seriously, II may
// harm it, III is unlikely to.
type RecallClass string

// The classes of GB/T and of China's recall measures: level one is the gravest.
const (
	ClassI   RecallClass = "I"
	ClassII  RecallClass = "II"
	ClassIII RecallClass = "III"
)

// Recall calls units back: whole lots, or lines of units. Both languages of
// Reason and Instruction are required, for shoppers read them. Derived, which
// the ledger fills in, are the batches that were made from the units named, at
// any remove: the recall reaches them as well.
type Recall struct {
	ID          string      `json:"id"`
	GTIN        string      `json:"gtin"`
	Lots        []string    `json:"lots,omitempty"`
	Lines       []Line      `json:"lines,omitempty"`
	Derived     []Line      `json:"derived,omitempty"`
	Class       RecallClass `json:"class"`
	Reason      Text        `json:"reason"`
	Instruction Text        `json:"instruction"`
	By          string      `json:"by"`
	At          time.Time   `json:"at"`
	ClosedAt    time.Time   `json:"closedAt,omitzero"`
}

func (x Recall) object() Object { return Object{"recall", x.ID, x} }

// RecalledLine is a run of units of one batch under an open recall.
type RecalledLine struct {
	Recall string `json:"recall"`
	From   int64  `json:"from"`
	Count  int64  `json:"count"`
}

// Check validates the recall's own fields: exactly one of Lots and Lines, all
// lines of the recall's product.
func (r Recall) Check() error {
	if err := CheckID("id", r.ID); err != nil {
		return err
	}
	if err := checkGTIN14("gtin", r.GTIN); err != nil {
		return err
	}
	if classes := []RecallClass{ClassI, ClassII, ClassIII}; !slices.Contains(classes, r.Class) {
		return Refuse(FieldInvalid, "class", "one_of", "names", classes)
	}
	if err := firstError(
		r.Reason.checkBoth("reason", maxReason), r.Instruction.checkBoth("instruction", maxReason),
	); err != nil {
		return err
	}
	return r.checkScope()
}

func (r Recall) checkScope() error {
	if (len(r.Lots) == 0) == (len(r.Lines) == 0) {
		return Refuse(LinesMissing, "lots", "lots_or_lines")
	}
	if len(r.Lots) > MaxLines {
		return Refuse(FieldInvalid, "lots", "too_many_lots", "most", MaxLines)
	}
	seen := map[string]bool{}
	for _, lot := range r.Lots {
		if err := CheckLot(lot); err != nil {
			return err
		}
		if seen[lot] {
			return Refuse(LinesOverlap, "lots", "lot_twice", "lot", lot)
		}
		seen[lot] = true
	}
	if len(r.Lines) == 0 {
		return nil
	}
	for _, l := range r.Lines {
		if l.GTIN != r.GTIN {
			return Refuse(FieldInvalid, "lines.gtin", "line_of_other_product", "gtin", r.GTIN)
		}
	}
	return CheckLines(r.Lines)
}

// Scope gives the recalled intervals of a batch of the recall's product.
func (r Recall) Scope(lot string, quantity int64) []Line {
	var scope []Line
	for _, x := range r.Lots {
		if x == lot {
			scope = append(scope, Line{GTIN: r.GTIN, Lot: lot, Count: quantity})
		}
	}
	for _, l := range r.Lines {
		if l.Lot == lot {
			scope = append(scope, l)
		}
	}
	return scope
}

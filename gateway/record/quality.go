package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// BatchQuality is how a batch stands, with every inspection of it, the latest first.
type BatchQuality struct {
	GTIN   string              `json:"gtin"`
	Lot    string              `json:"lot"`
	Status trace.QualityStatus `json:"status"`
	Holds  []trace.Hold        `json:"holds"`
	Items  []trace.Inspection  `json:"items"`
}

// RecallHolder is what one party has, had or answers for of the units of a
// recall. Units in transit, and missing ones of a shipment, stand with their
// sender. Overdue: the deadline has passed without an acknowledgement.
type RecallHolder struct {
	Party          string     `json:"party"`
	Held           int64      `json:"held"`
	InTransit      int64      `json:"inTransit"`
	Sold           int64      `json:"sold"`
	Lost           int64      `json:"lost"`     // missing or stolen
	Exported       int64      `json:"exported"` // to another market
	Removed        int64      `json:"removed"`  // destroyed, damaged or taken as samples
	Consumed       int64      `json:"consumed"` // what was made from them is in the recall as well
	AcknowledgedAt *time.Time `json:"acknowledgedAt,omitempty"`
	Late           bool       `json:"late,omitempty"`
	Overdue        bool       `json:"overdue,omitempty"`
}

// Accounted gives the units of which it is known that nobody will use them:
// those that are gone, and those in the hands of a holder who has acknowledged.
func (h RecallHolder) Accounted() int64 {
	n := h.Removed + h.Consumed
	if h.AcknowledgedAt != nil {
		n += h.Held + h.InTransit
	}
	return n
}

// RecallReach is a recall with everybody it reaches. Effectiveness is Accounted
// units over Units, from 0 to 1.
type RecallReach struct {
	trace.Recall
	DueAt         time.Time      `json:"dueAt"`
	Units         int64          `json:"units"`
	Accounted     int64          `json:"accounted"`
	Effectiveness float64        `json:"effectiveness"`
	Holders       []RecallHolder `json:"holders"`
}

// Reach adds up a recall's holders as they stand at a moment. Who started the
// recall knows of it and owes no acknowledgement.
func Reach(r trace.Recall, holders []RecallHolder, now time.Time) RecallReach {
	reach := RecallReach{Recall: r, DueAt: r.DueAt(), Holders: append([]RecallHolder{}, holders...)}
	for i := range reach.Holders {
		h := &reach.Holders[i]
		if h.AcknowledgedAt == nil && h.Party == r.By {
			h.AcknowledgedAt = &r.At
		}
		h.Overdue = h.AcknowledgedAt == nil && r.ClosedAt.IsZero() && now.After(reach.DueAt)
		reach.Units += h.Held + h.InTransit + h.Sold + h.Lost + h.Exported + h.Removed + h.Consumed
		reach.Accounted += h.Accounted()
	}
	if reach.Units > 0 {
		reach.Effectiveness = float64(reach.Accounted) / float64(reach.Units)
	}
	return reach
}

// RecallPreview is whom a recall would reach: how many units of the product and
// of what was made from it, and who has them.
type RecallPreview struct {
	Units   int64          `json:"units"`
	Lines   []trace.Line   `json:"lines"`
	Derived []trace.Line   `json:"derived"`
	Holders []RecallHolder `json:"holders"`
}

package verdict

import (
	"cmp"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Step is one station on a unit's way. On is the day a shopper is told; At is
// when the ledger recorded it. Place is where it was made, or where whoever
// moved it worked then; empty where that is not known.
type Step struct {
	Type  trace.EventType `json:"type"`
	At    time.Time       `json:"at"`
	On    trace.Date      `json:"on"`
	By    trace.Text      `json:"by"`
	Place string          `json:"place,omitempty"`
	Text  trace.Text      `json:"text"`
	TxID  string          `json:"txId"`
	Block int64           `json:"block"`
}

// stepTexts says what happened at a station. Events that are not in the table
// are not stations: they do not concern a shopper.
var stepTexts = trace.Table[trace.EventType](
	texts, "step", trace.EventBatchRegistered, trace.EventTransformed, trace.EventDispatched,
	trace.EventShipmentCancelled, trace.EventReceiptAmended, trace.EventUndone, trace.EventReceived,
	trace.EventSold, trace.EventReturned, trace.EventDecommissioned, trace.EventRecalled,
	trace.EventRecallClosed, trace.EventUnitActivated, trace.EventUnitPassedOn, trace.EventUnitStolen,
	trace.EventStolenWithdrawn,
)

// removedTexts say how a unit left circulation, in place of the event's own text.
var removedTexts = trace.Table[trace.Reason](
	texts, "removed", trace.ReasonMissing, trace.ReasonDamaged, trace.ReasonDestroyed, trace.ReasonStolen,
	trace.ReasonSampled, trace.ReasonVoided, trace.ReasonExported,
)

func journey(r *Records) []Step {
	steps := make([]Step, 0, len(r.Events))
	for _, e := range r.Events {
		if text, ok := stepText(e); ok {
			steps = append(steps, r.step(e, text))
		}
	}
	for _, c := range slices.Concat(r.Batch.Corrections, r.productCorrections()) {
		steps = append(steps, r.correction(c))
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps
}

func (r *Records) productCorrections() []trace.Correction {
	if r.Product == nil {
		return nil
	}
	return r.Product.Corrections
}

// correctable names what a correction can change.
var correctable = trace.Table[string](texts, "field",
	"producedOn", "expiresOn", "origin", "name", "specification", "category")

var correctionText = text("correction")

var nothingBefore = text("nothingBefore")

// correction tells both values, for who bought by the first must be able to see it.
func (r *Records) correction(c trace.Correction) Step {
	value := func(s string) trace.Text {
		if s == "" {
			return nothingBefore
		}
		return trace.Text{ZhCN: s, En: s}
	}
	s := Step{Type: trace.EventBatchCorrected, At: c.At, On: trace.DayOf(c.At), By: r.name(c.By)}
	s.Text = Detail{
		"by":     s.By,
		"field":  correctable[c.Field],
		"before": value(c.Before),
		"after":  value(c.After),
		"reason": value(c.Reason),
	}.fill(correctionText)
	return s
}

// usedUp is the last station of a unit that went into other goods.
var usedUp = text("usedUp")

func stepText(e Event) (trace.Text, bool) {
	if e.Target != nil && e.Target.State == trace.Consumed {
		return usedUp, true
	}
	if e.Target != nil && e.Target.State == trace.Removed {
		if text, ok := removedTexts[e.Target.Reason]; ok {
			return text, true
		}
	}
	text, ok := stepTexts[e.Type]
	return text, ok
}

// step dates production by the batch's own day, everything else by the ledger.
func (r *Records) step(e Event, text trace.Text) Step {
	s := Step{Type: e.Type, At: e.At, On: trace.DayOf(e.At), By: r.name(e.By), TxID: e.TxID, Block: e.Block}
	if e.Target != nil {
		s.Place = e.Place
	}
	if e.Type == trace.EventBatchRegistered ||
		e.Type == trace.EventTransformed && e.Target != nil && e.Target.State == trace.Held {
		s.On, s.Place = r.Batch.ProducedOn, cmp.Or(r.Batch.Origin, s.Place)
	}
	s.Text = Detail{"by": s.By, "to": r.name(e.To)}.fill(text)
	return s
}

package projector_test

import (
	"fmt"

	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// story makes up transactions that a contract could have made: units are moved
// only from where they are.
type story struct {
	t       *rapid.T
	batches []*goods
	parties int
	recalls int
	logged  int64
	ids     []string // of transactions told so far
}

// goods is a batch, unit by unit.
type goods struct {
	trace.Batch
	at []trace.Place
}

// next tells a valid transaction, or one of those that must change nothing:
// refused, sent twice, or not a transaction at all.
func (s *story) next(n int) tx {
	switch rapid.IntRange(0, 9).Draw(s.t, "fate") {
	case 0:
		return tx{
			id:       txID(n),
			function: trace.Sell,
			code:     peer.TxValidationCode_MVCC_READ_CONFLICT,
			event: &trace.Event{Type: trace.EventSold,
				Moves: []trace.Move{{Line: trace.Line{GTIN: "x", Lot: "y", Count: 5}}}},
		}
	case 1:
		again := rapid.SampledFrom(append(s.ids, txID(n))).Draw(s.t, "again")
		return tx{id: again, function: trace.Sell, code: peer.TxValidationCode_DUPLICATE_TXID}
	case 2:
		return tx{raw: []byte{0xff}, code: peer.TxValidationCode_BAD_PAYLOAD}
	}
	return s.valid(n)
}

func (s *story) valid(n int) tx {
	e := &trace.Event{At: began, By: "maker"}
	switch kind := rapid.IntRange(0, 10).Draw(s.t, "kind"); {
	case kind == 0 || len(s.batches) == 0:
		s.register(e, n)
	case kind == 1:
		s.party(e)
	case kind == 2:
		s.recall(e)
	case kind == 3:
		s.own(e, n)
	case kind == 4:
		s.transform(e, n)
	case kind == 5:
		s.inspect(e, n)
	case kind == 6:
		s.complaint(e)
	case kind == 7:
		s.flag(e)
	default:
		s.move(e)
	}
	s.ids = append(s.ids, txID(n))
	return tx{id: txID(n), function: "Tell", event: e}
}

func (s *story) register(e *trace.Event, n int) {
	b := &goods{
		Batch: trace.Batch{
			GTIN:         fmt.Sprintf("%014d", len(s.batches)%3),
			Lot:          fmt.Sprint("L", n),
			Quantity:     rapid.Int64Range(1, 30).Draw(s.t, "quantity"),
			UnitsRoot:    txID(n),
			Producer:     "maker",
			Status:       trace.BatchRegistered,
			RegisteredAt: began,
		},
	}
	held := trace.Place{Holder: "maker", State: trace.Held}
	for range b.Quantity {
		b.at = append(b.at, held)
	}
	s.batches = append(s.batches, b)
	whole := trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}
	e.Type, e.Batch, e.Lines = trace.EventBatchRegistered, &b.Batch, []trace.Line{whole}
	e.Moves = []trace.Move{{Line: whole, Target: held}}
}

// transform makes a batch, out of the last unit of another where that is left.
func (s *story) transform(e *trace.Event, n int) {
	from := rapid.SampledFrom(s.batches).Draw(s.t, "made from")
	last, source := from.Quantity-1, from.at[from.Quantity-1]
	s.register(e, n)
	used := trace.Place{Holder: "maker", State: trace.Consumed}
	if source == used {
		return
	}
	l := trace.Line{GTIN: from.GTIN, Lot: from.Lot, From: last, Count: 1}
	from.at[last] = used
	e.Type, e.Lines = trace.EventTransformed, append(e.Lines, l)
	e.Moves = append(e.Moves, trace.Move{Line: l, Source: source, Target: used})
	e.Transformation = &trace.Transformation{
		GTIN:   e.Batch.GTIN,
		Lot:    e.Batch.Lot,
		Inputs: []trace.Input{{Line: l, Content: 1}},
		By:     "maker",
		At:     began,
	}
}

// own tells of the first unit of a batch: that it is claimed, or what its owner did.
func (s *story) own(e *trace.Event, n int) {
	b := rapid.SampledFrom(s.batches).Draw(s.t, "batch")
	u := trace.OwnedUnit{
		UnitEvent: trace.UnitEvent{GTIN: b.GTIN, Lot: b.Lot, Type: trace.Activated, At: began},
		Acts:      int64(n),
	}
	fact := u.UnitEvent
	fact.Type = rapid.SampledFrom([]trace.UnitEventType{trace.Activated, trace.PassedOn, trace.ReportedStolen}).
		Draw(s.t, "fact")
	e.Type, e.Units, e.Unit = trace.EventUnitActivated, []trace.UnitEvent{fact}, &u
	e.Lines = []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: 1}}
}

// inspect judges or holds a batch, or has somebody answer to a recall.
func (s *story) inspect(e *trace.Event, n int) {
	b := rapid.SampledFrom(s.batches).Draw(s.t, "batch")
	id := fmt.Sprint("INSPECT-", n)
	e.Type, e.Lines = trace.EventInspected, []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}}
	e.Quality = &trace.Quality{GTIN: b.GTIN, Lot: b.Lot, Inspection: id, Accepted: rapid.Bool().Draw(s.t, "accepted")}
	e.Inspection = &trace.Inspection{
		ID:       id,
		GTIN:     b.GTIN,
		Lot:      b.Lot,
		Accepted: e.Quality.Accepted,
		By:       "lab",
		At:       began,
	}
	e.Record = &trace.Record{Producer: "maker", Category: fmt.Sprint(n % 2), State: sampling.State{Score: n}}
	e.Standard = &trace.Standard{ID: fmt.Sprint("STANDARD-", n%2), Version: n}
	e.Acknowledgement = &trace.Acknowledgement{Recall: id, Party: "shop", At: began}
}

func (s *story) party(e *trace.Event) {
	s.parties++
	id := fmt.Sprint("party-", rapid.IntRange(0, 3).Draw(s.t, "party"))
	e.Type, e.Party = trace.EventPartyUpdated, &trace.Party{
		ID:           id,
		MSP:          "M",
		Identity:     id,
		StatusReason: fmt.Sprint(s.parties),
	}
}

func (s *story) recall(e *trace.Event) {
	b := rapid.SampledFrom(s.batches).Draw(s.t, "batch")
	s.recalls++
	e.Type, e.Recall = trace.EventRecalled, &trace.Recall{
		ID:   fmt.Sprint("RECALL-", s.recalls),
		GTIN: b.GTIN,
		Lots: []string{b.Lot},
		At:   began,
	}
	e.Lines = []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}}
}

// complaint tells of a complaint as it goes on, of the terms of complaints, or
// of an anchor that follows the one before.
func (s *story) complaint(e *trace.Event) {
	switch rapid.IntRange(0, 3).Draw(s.t, "what") {
	case 0:
		e.Type, e.Terms = trace.EventComplaintTerms, &trace.ComplaintTerms{
			AnswerMinutes: rapid.Int64Range(1, 9).Draw(s.t, "minutes"),
		}
	case 1:
		e.Type, e.Anchor = trace.EventAnchored, &trace.Anchor{
			Log:  trace.LogScans,
			From: s.logged,
			To:   s.logged + 3,
			Root: txID(int(s.logged)),
			At:   began,
		}
		s.logged += 3
	default:
		b := s.batches[0] // a complaint stays with its unit
		e.Type, e.Complaint = trace.EventComplaintOpened, &trace.Complaint{
			ID:         fmt.Sprint("CASE-", rapid.IntRange(0, 3).Draw(s.t, "case")),
			GTIN:       b.GTIN,
			Lot:        b.Lot,
			Respondent: "shop",
			OpenedAt:   began,
			AnswerBy:   began,
			DecideBy:   began,
			Status: rapid.SampledFrom([]trace.ComplaintStatus{trace.ComplaintOpen, trace.ComplaintAnswered, trace.ComplaintDecided, trace.ComplaintWithdrawn}).
				Draw(s.t, "status"),
		}
		if e.Complaint.Status == trace.ComplaintDecided {
			e.Complaint.Decisions = []trace.Decision{{Outcome: trace.CannotTell, At: began}}
		}
		e.Lines = []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: 1}}
	}
}

// flag confirms or withdraws that the code of a batch's first unit was copied.
func (s *story) flag(e *trace.Event) {
	b := rapid.SampledFrom(s.batches).Draw(s.t, "batch")
	e.Type, e.Lines = trace.EventUnitFlagged, []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: 1}}
	e.Flag = &trace.UnitFlag{
		GTIN:    b.GTIN,
		Lot:     b.Lot,
		Rulings: []trace.FlagRuling{{Copied: rapid.Bool().Draw(s.t, "copied"), Note: "x", By: "maker", At: began}},
	}
}

// move takes some units that are together to another place, in one or more moves.
func (s *story) move(e *trace.Event) {
	e.Type = trace.EventSold
	for range rapid.IntRange(1, 3).Draw(s.t, "moves") {
		b := rapid.SampledFrom(s.batches).Draw(s.t, "batch")
		from := rapid.Int64Range(0, b.Quantity-1).Draw(s.t, "from")
		source := b.at[from]
		target := trace.Place{Holder: rapid.SampledFrom([]string{"maker", "shop"}).Draw(s.t, "holder"),
			State:     rapid.SampledFrom([]trace.State{trace.Held, trace.Sold}).Draw(s.t, "state"),
			Container: rapid.SampledFrom([]string{"", "", "BOX-1", "BOX-2"}).Draw(s.t, "container")}
		if target.Container != "" {
			e.Containers = append(
				e.Containers,
				trace.Container{SSCC: target.Container, Holder: target.Holder, PackedBy: "maker", PackedAt: began},
			)
		}
		l := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: from}
		for most := rapid.Int64Range(1, 8).Draw(s.t, "count"); l.Count < most && l.To() < b.Quantity && b.at[l.To()] == source; l.Count++ {
		}
		for i := l.From; i < l.To(); i++ {
			b.at[i] = target
		}
		e.Moves = append(e.Moves, trace.Move{Line: l, Source: source, Target: target})
		e.Lines = append(e.Lines, l)
	}
}

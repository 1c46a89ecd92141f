package verdict

import (
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// examine asks the checks that can be asked, in order. Where the code or the
// ledger gives nothing to go on, or belies the code, it stops there.
func examine(e Evidence) []Check {
	checks := []Check{checkCode(e)}
	if checks[0].Result != Pass {
		return checks
	}
	ledger := checkLedger(e)
	checks = append(checks, ledger)
	if e.Records == nil || e.Records.Batch == nil || ledger.Verdict() == NotRecognised {
		return checks
	}
	state := checkUnitState(e)
	checks = append(checks, checkRecall(e), state, checkExpiry(e), checkQuality(e))
	if state.Result == Pass {
		checks = append(checks, checkCustody(e))
	}
	if market, asked := checkMarket(e); asked {
		checks = append(checks, market)
	}
	return append(checks, checkSeller(e), checkActivation(e), checkPattern(e), checkComplaint(e))
}

func checkCode(e Evidence) Check {
	switch e.Code {
	case CodeIssued:
		if batch := e.batch(); batch != nil &&
			(e.Unit.Index >= batch.Quantity || int64(e.Epoch) != int64(batch.KeyEpoch)) {
			return found(CheckCode, NotIssued, nil)
		}
		if batch := e.batch(); batch != nil && batch.Listed {
			return found(CheckCode, codeListed, nil)
		}
		return found(CheckCode, codeRight, nil)
	case CodeRetired:
		return found(CheckCode, KeyRetired, nil)
	case CodeNotIssued:
		return found(CheckCode, NotIssued, nil)
	case CodeIncomplete:
		return found(CheckCode, CodeCutShort, nil)
	default:
		return found(CheckCode, EvidenceMissing, nil)
	}
}

func (e Evidence) batch() *trace.Batch {
	if e.Records == nil {
		return nil
	}
	return e.Records.Batch
}

// checkLedger asks whether the records can be relied on, and whether they hold
// the batch. A batch that is not in stale records may still be on the ledger.
func checkLedger(e Evidence) Check {
	r := e.Records
	switch {
	case r == nil || r.Ledger == nil:
		return found(CheckLedger, LedgerUnreachable, nil)
	case r.Batch != nil && e.Membership == MembershipRefuted:
		return found(CheckLedger, RootMismatch, nil)
	case r.Ledger.Halted != "":
		return found(CheckLedger, LedgerHalted, nil)
	case e.Now.Sub(r.Ledger.CheckedAt) > e.MaxAge:
		return found(CheckLedger, LedgerStale, Detail{"checkedAt": r.Ledger.CheckedAt})
	case r.Batch == nil:
		return found(CheckLedger, BatchNotOnLedger, nil)
	case e.Membership != MembershipProved || r.Product == nil:
		return found(CheckLedger, EvidenceMissing, nil)
	}
	return found(CheckLedger, batchOnLedger, Detail{"on": trace.DayOf(r.Batch.RegisteredAt)})
}

// checkRecall reports the gravest recall, and of several the latest. One that
// does not name the unit reaches it through what it was made from.
func checkRecall(e Evidence) Check {
	r := e.Records
	if len(r.Recalls) == 0 {
		return found(CheckRecall, notRecalled, nil)
	}
	gravest := slices.MinFunc(r.Recalls, func(a, b trace.Recall) int {
		if a.Class != b.Class {
			return strings.Compare(string(a.Class), string(b.Class)) // "I" < "II" < "III"
		}
		return b.At.Compare(a.At)
	})
	reason := IngredientRecalled
	if e.named(gravest) {
		reason = Recalled
	}
	return found(CheckRecall, reason, Detail{
		"id": gravest.ID, "class": gravest.Class, "at": gravest.At,
		"reason": gravest.Reason, "instruction": gravest.Instruction,
	})
}

// named reports whether a recall names the unit itself.
func (e Evidence) named(r trace.Recall) bool {
	return r.GTIN == e.Unit.GTIN &&
		slices.ContainsFunc(r.Scope(e.Unit.Lot, e.Records.Batch.Quantity), func(l trace.Line) bool {
			return l.From <= e.Unit.Index && e.Unit.Index < l.To()
		})
}

var removedReasons = map[trace.Reason]Reason{
	trace.ReasonStolen:    Stolen,
	trace.ReasonDestroyed: Destroyed,
	trace.ReasonSampled:   Sample,
	trace.ReasonExported:  ExportedElsewhere,
	trace.ReasonDamaged:   UnitDamaged,
	trace.ReasonVoided:    UnitVoided,
	trace.ReasonMissing:   UnitMissing,
}

// checkUnitState asks whether the unit is out of circulation. A state that this
// program does not know is missing evidence, never a pass.
func checkUnitState(e Evidence) Check {
	r := e.Records
	if o := r.Owned; o != nil && !o.StolenAt.IsZero() {
		reason := stolenFromOwner
		if e.ByOwner {
			reason = stolenFromYou
		}
		return found(CheckUnitState, reason, Detail{"at": o.StolenAt}).as(Stolen)
	}
	move, ok := r.lastMove()
	if !ok {
		return found(CheckUnitState, EvidenceMissing, nil)
	}
	detail := Detail{"at": move.At, "holder": r.name(move.By)}
	switch h := r.Holding; h.State {
	case trace.Held, trace.InTransit, trace.Sold:
		return found(CheckUnitState, inCirculation, nil)
	case trace.Consumed:
		return found(CheckUnitState, UsedUp, detail)
	case trace.Removed:
		if reason, known := removedReasons[h.Reason]; known {
			return found(CheckUnitState, reason, detail)
		}
	}
	return found(CheckUnitState, EvidenceMissing, nil)
}

func checkExpiry(e Evidence) Check {
	expires := e.Records.expiresOn()
	detail := Detail{"on": expires}
	switch today := e.today(); {
	case expires == "":
		return found(CheckExpiry, doesNotExpire, nil)
	case expires.Expired(today):
		return found(CheckExpiry, Expired, detail)
	case expires <= today.AddDays(soon(e.Records.Batch.ProducedOn, expires)):
		return found(CheckExpiry, ExpiresSoon, detail)
	}
	return found(CheckExpiry, inDate, detail)
}

// expiresOn gives the batch's last good day: the one registered with it, else
// the one that follows from the product's shelf life.
func (r *Records) expiresOn() trace.Date {
	if r.Batch.ExpiresOn == "" && r.Product != nil && r.Product.ShelfLifeDays > 0 {
		return r.Batch.ProducedOn.AddDays(r.Product.ShelfLifeDays)
	}
	return r.Batch.ExpiresOn
}

// nearExpiry says from how many days before its end a shelf life counts as
// nearly over, by its length in days: the six steps that Chinese market
// supervision uses for food close to expiry (45 days for a year and more).
var nearExpiry = []struct{ life, days int }{{365, 45}, {180, 20}, {90, 15}, {30, 10}, {16, 5}, {0, 2}}

func soon(produced, expires trace.Date) int {
	for _, step := range nearExpiry {
		if expires >= produced.AddDays(step.life) {
			return step.days
		}
	}
	return 0
}

// checkCustody asks whether the unit is where a shopper could have got it:
// with a seller, or sold.
func checkCustody(e Evidence) Check {
	r, h := e.Records, e.Records.Holding
	move, _ := r.lastMove()
	detail := Detail{"holder": r.name(h.Holder), "at": move.At}
	switch {
	case r.Batch.Status == trace.BatchAwaitingApproval,
		h.State == trace.Held && h.Holder == r.Batch.Producer && !r.everLeft():
		return found(CheckCustody, NotYetShipped, Detail{"producer": r.name(r.Batch.Producer)})
	case h.State == trace.InTransit, h.State == trace.Held && h.Holder != r.Batch.Producer && !r.sells(h.Holder):
		return found(CheckCustody, InTransit, r.way(move))
	case e.Seller != "" && e.Seller != h.Holder && h.State == trace.Sold:
		return found(CheckCustody, soldByOther, detail).as(HeldByOtherSeller)
	case e.Seller != "" && e.Seller != h.Holder:
		return found(CheckCustody, HeldByOtherSeller, detail)
	case h.State == trace.Sold:
		return found(CheckCustody, soldBy, detail)
	}
	return found(CheckCustody, withSeller, detail)
}

// everLeft reports whether the unit has ever been sent or sold.
func (r *Records) everLeft() bool {
	return r.Left || slices.ContainsFunc(r.Events, func(e Event) bool {
		return e.Type == trace.EventDispatched || e.Type == trace.EventSold
	})
}

func (r *Records) sells(party string) bool {
	p := r.Parties[party]
	return p.HasRole(trace.RoleSeller)
}

// way tells of the shipment that took the unit where it is; move is what was
// done to it last, which may be less.
func (r *Records) way(move Event) Detail {
	from, to := r.Batch.Producer, r.Holding.Holder
	for _, e := range slices.Backward(r.Events) {
		if e.From != "" && e.To != "" {
			move, from, to = e, e.From, e.To
			break
		}
	}
	return Detail{"at": move.At, "sender": r.name(from), "receiver": r.name(to)}
}

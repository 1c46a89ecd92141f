package contract

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// ownership is the account's view of one unit's owner: who it is, what was
// signed so far, and whether it is reported stolen.
type ownership struct {
	owner    *owner
	unit     trace.OwnedUnit
	stolen   bool
	passedOn int64
	used     []ownerSubmission // what was handed in and taken, for replays
}

type ownerSubmission struct {
	act     trace.Transaction
	request trace.OwnerRequest
}

var people = []owner{ann, bo, eve}

// activate claims a unit of the lot TREE for somebody; it can be done once.
func (w *world) activate() {
	i := rapid.IntRange(0, 2).Draw(w.T, "unit")
	o := rapid.SampledFrom(people).Draw(w.T, "first owner")
	r := unit(i, func(u *trace.ActivateUnitRequest) { u.Owner = o.public() })
	if w.submit(platform, trace.ActivateUnit, r, w.owners[i].owner == nil) {
		w.owners[i].owner = &o
		w.owners[i].unit = trace.OwnedUnit{
			UnitEvent: trace.UnitEvent{GTIN: tea, Lot: "TREE", Index: int64(i), Serial: r.Serial},
		}
	}
}

var ownerActs = []trace.Transaction{
	trace.PassOnUnit,
	trace.RenewOwnerKey,
	trace.ReportUnitStolen,
	trace.WithdrawStolenReport,
}

// own does something with a unit: mostly its owner, sometimes somebody else,
// with a signature of before, or once more what was taken already. Only the
// present owner's fresh signature has any effect.
func (w *world) own() {
	i := rapid.IntRange(0, 2).Draw(w.T, "unit")
	o := &w.owners[i]
	if o.owner == nil {
		w.Skip("nobody owns it")
	}
	if len(o.used) > 0 && !w.mostly("something new") {
		again := rapid.SampledFrom(o.used).Draw(w.T, "again")
		w.submit(platform, again.act, again.request, false)
		return
	}
	act := rapid.SampledFrom(ownerActs).Draw(w.T, "act")
	by, next := w.someOwner(*o.owner), rapid.SampledFrom(people).Draw(w.T, "next")
	key, u := "", o.unit
	if act == trace.PassOnUnit || act == trace.RenewOwnerKey {
		key = next.public()
	}
	if !w.mostly("fresh") {
		u.Acts--
	}
	pass := by == *o.owner && u.Acts == o.unit.Acts && w.ownerMay(o, act, next)
	if r := by.signs(act, u, key); w.submit(platform, act, r, pass) {
		o.happens(act, next)
		o.used = append(o.used, ownerSubmission{act, r})
	}
	w.checkOwner(i)
}

func (w *world) someOwner(o owner) owner {
	if w.mostly("the owner") {
		return o
	}
	return rapid.SampledFrom(people).Draw(w.T, "by")
}

func (w *world) ownerMay(o *ownership, act trace.Transaction, next owner) bool {
	switch act {
	case trace.PassOnUnit:
		return !o.stolen && next != *o.owner
	case trace.RenewOwnerKey:
		return next != *o.owner
	case trace.ReportUnitStolen:
		return !o.stolen
	}
	return o.stolen
}

func (o *ownership) happens(act trace.Transaction, next owner) {
	o.unit.Acts++
	o.stolen = act == trace.ReportUnitStolen || o.stolen && act != trace.WithdrawStolenReport
	if slices.Contains(ownerActs[:2], act) {
		o.owner = &next
	}
	if act == trace.PassOnUnit {
		o.passedOn++
	}
}

// checkOwner compares the ledger with the account.
func (w *world) checkOwner(i int) {
	o := w.owners[i]
	got, err := query[trace.OwnedUnit](w.l, auditor, trace.GetUnit, tea, "TREE", string(rune('0'+i)))
	if err != nil || got.Owner != o.owner.public() || got.Acts != o.unit.Acts || got.PassedOn != o.passedOn ||
		got.StolenAt.Equal(time.Time{}) == o.stolen {
		w.Fatalf("unit %d: %+v, %v; the account says %+v", i, got, err, o)
	}
}

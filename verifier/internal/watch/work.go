package watch

import (
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// BatchKey names a batch.
type BatchKey struct{ GTIN, Lot string }

// Unit is what is kept of a unit: its whole history and, after an analyst has
// dismissed its alert, the history since. The dismissal explains all that came
// before, so only what came since can speak against the unit.
type Unit struct {
	Whole     History
	Since     *History
	SinceSeq  int64     // the entry up to which Since is explained
	Seq       int64     // the last entry that was scored
	ScannedAt time.Time // of the newest scan that was

	Custody   Custody // read when the unit is
	Alerted   bool    // there is an alert of it
	Dismissed *int64  // the entry up to which the alert is dismissed now; nil: it is not
}

// Work is a stretch of the log with everything that it is about. Score changes
// the states in place; a map that lacks a key stands for what is new.
type Work struct {
	Entries []Entry
	Units   map[verdict.Unit]*Unit
	Batches map[BatchKey]*scanrisk.Batch
	All     *scanrisk.Batch
	Devices map[uint64]*scanrisk.Device

	Opened   []Alert // units that passed the threshold and have no alert yet
	Reopened []Alert // dismissed ones that did so again since
}

// Alert is a unit that the scans speak against, and the entry that made them.
type Alert struct {
	Unit verdict.Unit
	Seq  int64
	At   time.Time
}

// Device implements scanrisk.Devices.
func (w *Work) Device(id uint64) *scanrisk.Device { return w.Devices[id] }

// Score takes the entries one by one, in the order of the log: how the log is
// cut into stretches makes no difference.
func (w *Work) Score() {
	for _, e := range w.Entries {
		if e.Kind == 0 {
			continue
		}
		u := w.score(e)
		if len(u.Whole.Reasons) > 0 && !u.Alerted {
			u.Alerted = true
			w.Opened = append(w.Opened, Alert{e.Unit, e.Seq, e.At})
		}
	}
}

func (w *Work) score(e Entry) *Unit {
	event := e.event()
	usual := scanrisk.Usual{Batch: entry(w.Batches, BatchKey{e.Unit.GTIN, e.Unit.Lot}), All: w.All}
	var d *scanrisk.Device
	if event.Device != 0 {
		d = entry(w.Devices, event.Device)
	}
	u := entry(w.Units, e.Unit)
	u.Whole.observe(usual, w, d, u.Custody, event, e.City)
	u.Seq = e.Seq
	if e.Kind == scanrisk.Scan && e.At.After(u.ScannedAt) {
		u.ScannedAt = e.At
	}
	w.since(u, usual, d, e, event)
	return u
}

// since keeps the history after a dismissal. What is usual was told of the
// event already and must not count it twice.
func (w *Work) since(u *Unit, usual scanrisk.Usual, d *scanrisk.Device, e Entry, event scanrisk.Event) {
	if u.Dismissed == nil {
		u.Since, u.SinceSeq = nil, 0
		return
	}
	if e.Seq <= *u.Dismissed {
		return
	}
	if u.Since == nil || u.SinceSeq != *u.Dismissed {
		u.Since, u.SinceSeq = new(History), *u.Dismissed
	}
	aside := scanrisk.Usual{Batch: clone(usual.Batch), All: clone(usual.All)}
	u.Since.observe(aside, w, d, u.Custody, event, e.City)
	if len(u.Since.Reasons) > 0 {
		w.Reopened = append(w.Reopened, Alert{e.Unit, e.Seq, e.At})
		u.Dismissed, u.Since, u.SinceSeq = nil, nil, 0
	}
}

// clone copies a state as storing it would.
func clone(b *scanrisk.Batch) *scanrisk.Batch {
	c := new(scanrisk.Batch)
	data, err := json.Marshal(b)
	if err == nil {
		err = json.Unmarshal(data, c)
	}
	if err != nil {
		panic(err) // every state can be stored
	}
	return c
}

func entry[K comparable, T any](m map[K]*T, key K) *T {
	v, ok := m[key]
	if !ok {
		v = new(T)
		m[key] = v
	}
	return v
}

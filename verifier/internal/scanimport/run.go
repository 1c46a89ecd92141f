package scanimport

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// run is one import under way.
type run struct {
	Importer
	summary    Summary
	quantities map[batch]int64
	visits     visits
	latest     time.Time // of the lines that were taken
	waiting    []Entry
}

type batch struct{ gtin, lot string }

// take has a line wait to be written, or says what is wrong with it.
func (r *run) take(ctx context.Context, row replay.Row) (*replay.FieldError, error) {
	if wrong := r.time(row.Time); wrong != nil {
		return wrong, nil
	}
	if row.Kind != scanrisk.Scan && row.Kind != scanrisk.Activate && row.Kind != scanrisk.PINFailed {
		r.summary.Custody++
		return nil, nil
	}
	unit, wrong, err := r.unit(ctx, row)
	if wrong != nil || err != nil {
		return wrong, err
	}
	r.latest = row.Time
	e := r.entry(unit, row)
	if e.Kind == scanrisk.Scan && !r.visits.count(unit, row.Device, row.Time) {
		r.summary.Repeated++
		return nil, nil
	}
	r.waiting = append(r.waiting, e)
	return nil, nil
}

func (r *run) time(at time.Time) *replay.FieldError {
	switch {
	case at.After(r.Now):
		return &replay.FieldError{Field: "time", Message: "in the future"}
	case r.Now.Sub(at) > MaxAge:
		return &replay.FieldError{Field: "time", Message: "more than five years ago"}
	case at.Before(r.latest):
		return &replay.FieldError{Field: "time", Message: "before the line above; sort the log by time"}
	}
	return nil
}

// unit finds the unit that a line is about.
func (r *run) unit(ctx context.Context, row replay.Row) (u verdict.Unit, wrong *replay.FieldError, err error) {
	gtin, malformed := gs1.ParseGTIN(row.GTIN)
	if malformed != nil {
		return u, &replay.FieldError{Field: "gtin", Message: malformed.Error()}, nil
	}
	b := batch{string(gtin), row.Lot}
	quantity, known := r.quantities[b]
	if !known {
		if quantity, err = r.Log.Quantity(ctx, b.gtin, b.lot); err != nil {
			return u, nil, err
		}
		r.quantities[b] = quantity
	}
	if quantity == 0 {
		return u, &replay.FieldError{Field: "lot", Message: "no such batch of this product is registered"}, nil
	}
	index, ok, err := r.index(ctx, gtin, b, quantity, row.Serial)
	if err == nil && !ok {
		wrong = &replay.FieldError{Field: "serial", Message: "not the code of a unit of this batch"}
	}
	return verdict.Unit{GTIN: b.gtin, Lot: b.lot, Index: index}, wrong, err
}

// index finds a unit by its serial: one of ours, or of its factory's list.
func (r *run) index(ctx context.Context, gtin gs1.GTIN, b batch, quantity int64, serial string) (int64, bool, error) {
	if issued, ok := r.Codes.Check(gtin, b.lot, seal.Normalise(serial)); ok && !issued.Retired &&
		issued.Index < quantity {
		return issued.Index, true, nil
	}
	return r.Log.ListedUnit(ctx, b.gtin, b.lot, serial)
}

// write hands over what is waiting.
func (r *run) write(ctx context.Context) error {
	if len(r.waiting) == 0 {
		return nil
	}
	added, err := r.Log.Import(ctx, r.waiting)
	if err != nil {
		return err
	}
	r.summary.Added += added
	r.summary.Known += len(r.waiting) - added
	r.waiting = r.waiting[:0]
	r.Written(r.summary)
	return nil
}

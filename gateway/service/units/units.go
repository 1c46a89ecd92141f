package units

import (
	"context"
	"iter"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Unit is a unit as its producer sees it.
type Unit struct {
	Index  int64  `json:"index"`
	Serial string `json:"serial"`
	URI    string `json:"uri"`
	PIN    string `json:"pin"`
}

// MaxUnitPage bounds one read of units.
const MaxUnitPage = 10_000

// Units derives units of the caller's own batch, PINs included. Every read is
// in the audit log before it is answered.
func (s *Service) Units(ctx context.Context, c service.Caller, gtin, lot string, from, count int64) ([]Unit, error) {
	b, err := s.Sight.OwnBatch(ctx, c, gtin, lot)
	if err != nil {
		return nil, err
	}
	if from < 0 || from > b.Quantity || count < 1 || count > MaxUnitPage {
		return nil, service.Refuse(
			trace.LineOutOfRange, "from", "units_of_batch", "units", b.Quantity, "most", MaxUnitPage,
		)
	}
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: from, Count: min(count, b.Quantity-from)}
	if err := s.Writer.Audit(ctx, c, "units_read", line); err != nil {
		return nil, err
	}
	if _, err := s.Store.LabelsMade(ctx, []trace.Line{line}, record.PINsRead); err != nil {
		return nil, err
	}
	units := make([]Unit, 0, line.Count)
	for u, err := range s.Derive(ctx, b, line) {
		if err != nil {
			return nil, err
		}
		uri := gs1.UnitURI(s.URIBase, gs1.GTIN(b.GTIN), b.Lot, u.Serial)
		units = append(units, Unit{Index: u.Index, Serial: u.Serial, URI: uri, PIN: u.PIN})
	}
	return units, nil
}

// Derive makes units one by one; it ends after the first error.
func (s *Service) Derive(ctx context.Context, b trace.Batch, line trace.Line) iter.Seq2[seal.Unit, error] {
	return func(yield func(seal.Unit, error) bool) {
		var keys *seal.Batch
		for i := line.From; i < line.To(); i++ {
			var err error
			if (i-line.From)%serialPage == 0 {
				keys, err = s.keysFor(ctx, b, i, min(serialPage, line.To()-i))
			}
			var u seal.Unit
			if err == nil {
				u, err = keys.Unit(i)
			}
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

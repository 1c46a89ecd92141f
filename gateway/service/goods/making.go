package goods

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Transform makes a batch out of units the caller holds, its units' codes
// included, in one transaction.
func (s *Service) Transform(ctx context.Context, c service.Caller, o MakingOrder) (BatchWritten, error) {
	r := o.TransformRequest
	if err := o.Output.WithSerials(); err != nil {
		return BatchWritten{}, trace.InField("", "output", err)
	}
	for i := range r.Inputs {
		r.Inputs[i].GTIN = service.GTIN14(r.Inputs[i].GTIN)
	}
	named, err := s.inputsOf(ctx, c, o.Codes)
	if err != nil {
		return BatchWritten{}, err
	}
	r.Inputs = append(r.Inputs, named...)
	if r.Output, err = s.CompleteBatch(ctx, c, o.Output.Batch); err != nil {
		return BatchWritten{}, trace.InField("", "output", err)
	}
	if err := s.isNew(ctx, c, r.Output); err != nil {
		return BatchWritten{}, trace.InField("", "output", err)
	}
	if o.Output.ExpiresOn == "" {
		if r.Output.ExpiresOn, err = s.firstToExpire(ctx, c, r); err != nil {
			return BatchWritten{}, err
		}
	}
	draft := r
	draft.Output.UnitsRoot = noUnits
	if err := draft.Check(s.writer.Today()); err != nil {
		return BatchWritten{}, err
	}
	o.Output.Batch = r.Output
	receipt, err := s.withUnits(ctx, c, &o.Output, trace.Transform, func() any {
		r.Output = o.Output.Batch
		return r
	})
	if err != nil {
		return BatchWritten{}, err
	}
	return batchWritten(receipt), nil
}

// firstToExpire is the day on which the output expires where the caller names
// none: the end of its shelf life, or when the first of its inputs expires. Of a
// batch that the caller may not see it is the ledger that refuses the units.
func (s *Service) firstToExpire(ctx context.Context, c service.Caller, r trace.TransformRequest) (trace.Date, error) {
	first, seen := r.Output.ExpiresOn, map[record.BatchName]bool{}
	for _, x := range r.Inputs {
		name := record.BatchName{GTIN: x.GTIN, Lot: x.Lot}
		if seen[name] {
			continue
		}
		seen[name] = true
		sees, err := s.sight.SeesBatch(ctx, c, x.GTIN, x.Lot)
		if err != nil {
			return "", err
		}
		if !sees {
			continue
		}
		b, ok, err := s.store.Batch(ctx, x.GTIN, x.Lot)
		if err != nil {
			return "", err
		}
		if ok && b.ExpiresOn != "" && (first == "" || b.ExpiresOn < first) {
			first = b.ExpiresOn
		}
	}
	return first, nil
}

// Transformation gives the caller's own recipe of a batch, any to those who see all.
func (s *Service) Transformation(
	ctx context.Context, c service.Caller, gtin, lot string,
) (trace.Transformation, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return trace.Transformation{}, err
	}
	made, ok, err := s.store.Transformation(ctx, g, lot)
	return service.Found(made, ok && (c.SeesAll() || made.By == c.Party), err)(trace.NotTransformed, "lot", g+" "+lot)
}

// inputsOf reads the codes of what goes into a batch.
func (s *Service) inputsOf(ctx context.Context, c service.Caller, scanned []InputCode) ([]trace.Input, error) {
	var inputs []trace.Input
	for i, x := range scanned {
		unit, err := s.codes.One(ctx, c, fmt.Sprintf("codes.%d.code", i), codes.Request{Codes: []string{x.Code}})
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, trace.Input{Line: unit, Content: x.Content})
	}
	return inputs, nil
}

// MakingOrder makes a batch out of units named by lines or codes.
type MakingOrder struct {
	trace.TransformRequest
	Output BatchOrder  `json:"output"`
	Codes  []InputCode `json:"codes,omitempty"`
}

// InputCode is a unit that goes into a batch, and what it contains of the measure.
type InputCode struct {
	Code    string `json:"code"`
	Content int64  `json:"content"`
}

package recalls

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// RecallScope names what a recall would be about: lots, or units.
type RecallScope struct {
	GTIN  string       `json:"gtin"`
	Lots  []string     `json:"lots"`
	Lines []trace.Line `json:"lines"`
	Codes []string     `json:"codes"`
}

// PreviewRecall tells whom a recall would reach, before anything is written. For
// those who may recall the product.
func (s *Service) PreviewRecall(ctx context.Context, c service.Caller, r RecallScope) (record.RecallPreview, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	p, err := s.Sight.Product(ctx, r.GTIN)
	if err != nil {
		return record.RecallPreview{}, err
	}
	if !c.SeesAll() && p.Owner != c.Party {
		return record.RecallPreview{}, service.Refuse(
			trace.NotAllowed, "gtin", "product_recalled_by", "gtin", r.GTIN, "party", p.Owner,
		)
	}
	lines, err := s.scopeOf(ctx, c, r)
	if err != nil {
		return record.RecallPreview{}, err
	}
	v := record.RecallPreview{Lines: lines, Derived: []trace.Line{}}
	made, err := s.Store.Descendants(ctx, lines)
	if err != nil {
		return v, err
	}
	for _, m := range made {
		v.Derived = append(v.Derived, m.Lines...)
	}
	reach := append(append([]trace.Line{}, v.Lines...), v.Derived...)
	for _, l := range reach {
		v.Units += l.Count
	}
	v.Holders, err = s.Store.HoldersOf(ctx, reach)
	if v.Holders == nil {
		v.Holders = []record.RecallHolder{}
	}
	return v, err
}

// scopeOf gives the units that a recall would name.
func (s *Service) scopeOf(ctx context.Context, c service.Caller, r RecallScope) ([]trace.Line, error) {
	service.Normalise(r.Lines)
	lines, err := s.Codes.UnitsOf(ctx, c, "codes", codes.Request{Codes: r.Codes, GTIN: r.GTIN})
	if err != nil {
		return nil, err
	}
	lines = append(lines, r.Lines...)
	for _, lot := range r.Lots {
		b, err := service.Found(s.Store.Batch(ctx, r.GTIN, lot))(trace.BatchUnknown, "lots", lot)
		if err != nil {
			return nil, err
		}
		lines = append(lines, trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity})
	}
	if len(lines) == 0 {
		return nil, service.Refuse(trace.FieldInvalid, "lots", "name_a_lot")
	}
	return lines, nil
}

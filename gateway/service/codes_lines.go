package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// The requests that name units by lines take codes as well: what is on a
// unit's label, or on a container's. See codes.go.
type (
	// ShipOrder is a shipment whose units are named by lines, codes or containers.
	ShipOrder struct {
		trace.DispatchRequest
		Codes []string `json:"codes,omitempty"`
	}
	// ReceiptOrder is a receipt: Codes arrived in good condition, Damaged did not.
	ReceiptOrder struct {
		trace.ReceiveRequest
		Codes   []string `json:"codes,omitempty"`
		Damaged []string `json:"damaged,omitempty"`
	}
	// SaleOrder is a sale.
	SaleOrder struct {
		trace.SellRequest
		Codes []string `json:"codes,omitempty"`
	}
	// ReturnOrder is a return.
	ReturnOrder struct {
		trace.ReturnRequest
		Codes []string `json:"codes,omitempty"`
	}
	// DecommissionOrder removes units.
	DecommissionOrder struct {
		trace.DecommissionRequest
		Codes []string `json:"codes,omitempty"`
	}
	// RecallOrder is a recall; its codes are of units of the recall's product.
	RecallOrder struct {
		trace.Recall
		Codes []string `json:"codes,omitempty"`
	}
	// PackOrder closes a container.
	PackOrder struct {
		trace.PackRequest
		Codes []string `json:"codes,omitempty"`
	}
	// MakingOrder makes a batch out of units named by lines or codes.
	MakingOrder struct {
		trace.TransformRequest
		Output BatchOrder  `json:"output"`
		Codes  []InputCode `json:"codes,omitempty"`
	}
	// InputCode is a unit that goes into a batch, and what it contains of the measure.
	InputCode struct {
		Code    string `json:"code"`
		Content int64  `json:"content"`
	}
)

// goods are what codes name: loose units as lines, and containers.
type goods struct {
	lines      []trace.Line
	containers []string
}

// goodsOf reads codes for a write. The first that names no one thing refuses
// the call, and so does a unit that is named twice.
func (s *Service) goodsOf(ctx context.Context, c Caller, field string, r CodesRequest) (goods, error) {
	var g goods
	_, all, err := s.readCodes(ctx, c, r)
	if err != nil {
		return g, err
	}
	seen := map[string]bool{}
	for i, x := range all {
		if x.err != nil {
			return g, inCodes(field, i, x)
		}
		id := x.sscc + fmt.Sprint(x.units)
		if seen[id] {
			return g, trace.Errorf(trace.LinesOverlap, fmt.Sprintf("%s.%d", field, i), "%.80s names what an earlier code names; leave one out", x.code)
		}
		seen[id] = true
		if x.sscc != "" {
			g.containers = append(g.containers, x.sscc)
		}
		g.lines = append(g.lines, x.units...)
	}
	g.lines = joined(g.lines)
	return g, nil
}

// joined makes one line of units that follow each other.
func joined(lines []trace.Line) []trace.Line {
	slices.SortFunc(lines, func(a, b trace.Line) int {
		return cmp.Or(strings.Compare(a.GTIN, b.GTIN), strings.Compare(a.Lot, b.Lot), cmp.Compare(a.From, b.From))
	})
	var out []trace.Line
	for _, l := range lines {
		if n := len(out); n > 0 && out[n-1].GTIN == l.GTIN && out[n-1].Lot == l.Lot && out[n-1].To() == l.From {
			out[n-1].Count += l.Count
		} else {
			out = append(out, l)
		}
	}
	return out
}

// unitsOf reads codes for a write that takes units only: a container stands for
// all that is in it.
func (s *Service) unitsOf(ctx context.Context, c Caller, field string, r CodesRequest) ([]trace.Line, error) {
	if len(r.Codes) == 0 {
		return nil, nil
	}
	g, err := s.goodsOf(ctx, c, field, r)
	if err != nil {
		return nil, err
	}
	for _, sscc := range g.containers {
		inside, err := s.inside(ctx, c, sscc)
		if err != nil {
			return nil, err
		}
		g.lines = append(g.lines, inside...)
	}
	return g.lines, nil
}

// inside gives the units of a container and of those in it.
func (s *Service) inside(ctx context.Context, c Caller, sscc string) ([]trace.Line, error) {
	x, err := s.Container(ctx, c, sscc)
	if err != nil {
		return nil, err
	}
	lines := x.Lines
	for _, child := range x.Containers {
		more, err := s.inside(ctx, c, child)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

// receiptLines reads a receipt's codes, those of the shipment before all others.
func (s *Service) receiptLines(ctx context.Context, c Caller, r ReceiptOrder) ([]trace.ReceiptLine, error) {
	all := r.Lines
	for _, of := range []struct {
		field     string
		codes     []string
		condition trace.Condition
	}{{"codes", r.Codes, trace.Good}, {"damaged", r.Damaged, trace.Damaged}} {
		lines, err := s.unitsOf(ctx, c, of.field, CodesRequest{Codes: of.codes, Shipment: r.ID})
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			all = append(all, trace.ReceiptLine{Line: l, Condition: of.condition})
		}
	}
	return all, nil
}

// oneUnit reads a code that must name one unit.
func (s *Service) oneUnit(ctx context.Context, c Caller, field string, r CodesRequest) (*naming, named, error) {
	n, all, err := s.readCodes(ctx, c, r)
	if err != nil {
		return nil, named{}, err
	}
	x := all[0]
	if x.err == nil && x.sscc != "" {
		x.err = trace.Errorf(CodeUnreadable, "", "this is a container's code; scan a unit's")
	}
	if x.err != nil {
		return nil, x, x.err.At(field)
	}
	return n, x, nil
}

// One gives the one unit that a code names.
func (s *Service) One(ctx context.Context, c Caller, field string, r CodesRequest) (trace.Line, error) {
	_, u, err := s.oneUnit(ctx, c, field, r)
	if err != nil {
		return trace.Line{}, err
	}
	return u.units[0], nil
}

// Told gives the one unit that a code names, with its batch and what the caller may know of it.
func (s *Service) Told(ctx context.Context, c Caller, field string, r CodesRequest) (NamedUnit, trace.Batch, error) {
	n, u, err := s.oneUnit(ctx, c, field, r)
	if err != nil {
		return NamedUnit{}, trace.Batch{}, err
	}
	told, err := n.tellUnit(u, u.units[0])
	if err != nil {
		return NamedUnit{}, trace.Batch{}, err
	}
	return told, *n.batches[record.BatchName{GTIN: told.GTIN, Lot: told.Lot}], nil
}

// inputsOf reads the codes of what goes into a batch.
func (s *Service) inputsOf(ctx context.Context, c Caller, codes []InputCode) ([]trace.Input, error) {
	var inputs []trace.Input
	for i, x := range codes {
		unit, err := s.One(ctx, c, fmt.Sprintf("codes.%d.code", i), CodesRequest{Codes: []string{x.Code}})
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, trace.Input{Line: unit, Content: x.Content})
	}
	return inputs, nil
}

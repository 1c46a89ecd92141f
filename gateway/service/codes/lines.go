package codes

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Things are what codes name: loose units as lines, and containers.
type Things struct {
	Lines      []trace.Line
	Containers []string
}

// GoodsOf reads codes for a write. The first that names no one thing refuses
// the call, and so does a unit that is named twice.
func (s *Service) GoodsOf(ctx context.Context, c service.Caller, field string, r Request) (Things, error) {
	var g Things
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
			return g, service.Refuse(
				trace.LinesOverlap,
				fmt.Sprintf("%s.%d", field, i),
				"named_before",
				"code", trace.Beginning(80, x.code),
			)
		}
		seen[id] = true
		if x.sscc != "" {
			g.Containers = append(g.Containers, x.sscc)
		}
		g.Lines = append(g.Lines, x.units...)
	}
	g.Lines = joined(g.Lines)
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

// UnitsOf reads codes for a write that takes units only: a container stands for
// all that is in it.
func (s *Service) UnitsOf(ctx context.Context, c service.Caller, field string, r Request) ([]trace.Line, error) {
	if len(r.Codes) == 0 {
		return nil, nil
	}
	g, err := s.GoodsOf(ctx, c, field, r)
	if err != nil {
		return nil, err
	}
	for _, sscc := range g.Containers {
		inside, err := s.inside(ctx, c, sscc)
		if err != nil {
			return nil, err
		}
		g.Lines = append(g.Lines, inside...)
	}
	return g.Lines, nil
}

// inside gives the units of a container and of those in it.
func (s *Service) inside(ctx context.Context, c service.Caller, sscc string) ([]trace.Line, error) {
	x, err := s.sight.Container(ctx, c, sscc)
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

// oneUnit reads a code that must name one unit.
func (s *Service) oneUnit(ctx context.Context, c service.Caller, field string, r Request) (*naming, named, error) {
	n, all, err := s.readCodes(ctx, c, r)
	if err != nil {
		return nil, named{}, err
	}
	x := all[0]
	if x.err == nil && x.sscc != "" {
		x.err = service.Refuse(service.CodeUnreadable, "", "container_code")
	}
	if x.err != nil {
		return nil, x, x.err.At(field)
	}
	return n, x, nil
}

// One gives the one unit that a code names.
func (s *Service) One(ctx context.Context, c service.Caller, field string, r Request) (trace.Line, error) {
	_, u, err := s.oneUnit(ctx, c, field, r)
	if err != nil {
		return trace.Line{}, err
	}
	return u.units[0], nil
}

// Told gives the one unit that a code names, with its batch and what the caller may know of it.
func (s *Service) Told(ctx context.Context, c service.Caller, field string, r Request) (NamedUnit, trace.Batch, error) {
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

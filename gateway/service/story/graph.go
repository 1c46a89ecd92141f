package story

import (
	"context"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// MaxGraph bounds the nodes of a graph: more nobody can read.
const MaxGraph = 1000

// Graph tells where a batch came from and went, or one unit of it where serial
// is given, through making, packing and shipping: as much as the story of each
// batch tells the caller, and only batches that he may see.
func (s *Service) Graph(
	ctx context.Context, c service.Caller, gtin, lot, serial string, most int,
) (record.Graph, error) {
	b, err := s.Sight.Batch(ctx, c, gtin, lot)
	if err != nil {
		return record.Graph{}, err
	}
	units := trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}
	if serial != "" {
		index, ok, err := s.Units.IndexOf(ctx, b.Batch, serial)
		if err != nil {
			return record.Graph{}, err
		}
		if !ok {
			return record.Graph{}, service.Refuse(trace.UnitUnknown, "serial", "no_serial_of_batch")
		}
		units.From = index
		units.Count = 1
	}
	g := newGraph(units, min(max(most, 1), MaxGraph))
	for _, step := range []func(context.Context, service.Caller, *graph) error{s.drawFamily, s.drawBatches, s.drawCustody, s.nameNodes} {
		if err := step(ctx, c, g); err != nil {
			return record.Graph{}, err
		}
	}
	return g.drawn(), nil
}

// drawFamily finds the batches that the units were made from and went into, at
// any remove, and how.
func (s *Service) drawFamily(ctx context.Context, c service.Caller, g *graph) error {
	from, err := s.Store.Ancestors(ctx, g.units)
	if err != nil {
		return err
	}
	into, err := s.Store.Descendants(ctx, g.units)
	if err != nil {
		return err
	}
	for _, way := range []struct {
		family []record.Relative
		sign   int
	}{{from, -1}, {into, 1}} {
		for _, r := range way.family {
			if seen, err := s.Sight.SeesBatch(ctx, c, r.GTIN, r.Lot); err != nil || !seen {
				if err != nil {
					return err
				}
				continue
			}
			g.addRelative(r, way.sign)
		}
	}
	return nil
}

// drawBatches tells of every batch what it is, who made it and out of what.
func (s *Service) drawBatches(ctx context.Context, c service.Caller, g *graph) error {
	var names []record.BatchName
	for _, u := range g.units {
		names = append(names, record.BatchName{GTIN: u.GTIN, Lot: u.Lot})
	}
	batches, err := s.Store.BatchesNamed(ctx, names)
	for _, b := range batches {
		g.tellBatch(b)
	}
	if err != nil {
		return err
	}
	for _, u := range g.units {
		t, made, err := s.Store.Transformation(ctx, u.GTIN, u.Lot)
		if err != nil {
			return err
		}
		if made && c.SeesStory(t.By) {
			g.addMaking(t)
		}
	}
	return nil
}

// drawCustody adds shipments and containers, and what everybody has now. The
// batch that the graph is about comes first, so that what is left off is far.
func (s *Service) drawCustody(ctx context.Context, c service.Caller, g *graph) error {
	for _, u := range g.units {
		whose := c.Party
		if c.SeesStory(g.producer(u.GTIN, u.Lot)) {
			whose = ""
		}
		shipments, err := s.Store.ShipmentsOf(ctx, whose, []trace.Line{u}, g.room()+1)
		if err != nil {
			return err
		}
		containers, err := s.Store.ContainersOf(ctx, []trace.Line{u}, g.room()+1)
		if err != nil {
			return err
		}
		containers = handledBy(whose, containers, shipments)
		inside := contained(u, containers)
		for _, x := range shipments {
			g.addShipment(u, x)
		}
		for _, x := range containers {
			g.addContainer(u, x, inside)
		}
		for _, x := range shipments {
			g.linkShipment(u, x.Doc, inside)
		}
	}
	held, err := s.Store.HoldingCounts(ctx, g.units)
	for _, h := range held {
		if h.Party == c.Party || c.SeesStory(g.producer(h.GTIN, h.Lot)) {
			g.tellHolding(h)
		}
	}
	return err
}

// handledBy keeps the containers that a party packed, has, sent or was sent; all for "".
func handledBy(
	party string, all []record.Proved[trace.Container], shipments []record.Proved[trace.Shipment],
) []record.Proved[trace.Container] {
	if party == "" {
		return all
	}
	return slices.DeleteFunc(all, func(x record.Proved[trace.Container]) bool {
		shipped := slices.ContainsFunc(
			shipments,
			func(s record.Proved[trace.Shipment]) bool { return slices.Contains(s.Doc.Containers, x.Doc.SSCC) },
		)
		return x.Doc.PackedBy != party && x.Doc.Holder != party && !shipped
	})
}

func (s *Service) nameNodes(ctx context.Context, _ service.Caller, g *graph) error {
	var gtins, parties []string
	for _, n := range g.nodes {
		gtins, parties = append(gtins, n.GTIN), append(parties, n.Party)
	}
	names, err := s.Store.Names(
		ctx,
		slices.Compact(slices.Sorted(slices.Values(gtins))),
		slices.Compact(slices.Sorted(slices.Values(parties))),
	)
	for _, n := range g.nodes {
		if n.Kind == record.NodeParty {
			n.Name = names[n.Party]
		} else if n.GTIN != "" {
			n.Name = names[n.GTIN]
		}
	}
	return err
}

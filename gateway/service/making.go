package service

import (
	"context"
	"net/url"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Transform makes a batch out of units the caller holds, its units' codes
// included, in one transaction.
func (s *Service) Transform(ctx context.Context, c Caller, o MakingOrder) (BatchWritten, error) {
	r := o.TransformRequest
	if err := o.Output.withSerials(); err != nil {
		return BatchWritten{}, trace.InField("", "output", err)
	}
	for i := range r.Inputs {
		r.Inputs[i].GTIN = GTIN14(r.Inputs[i].GTIN)
	}
	named, err := s.inputsOf(ctx, c, o.Codes)
	if err != nil {
		return BatchWritten{}, err
	}
	r.Inputs = append(r.Inputs, named...)
	if r.Output, err = s.completeBatch(ctx, c, o.Output.Batch); err != nil {
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
	if err := draft.Check(s.Today()); err != nil {
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
func (s *Service) firstToExpire(ctx context.Context, c Caller, r trace.TransformRequest) (trace.Date, error) {
	first, seen := r.Output.ExpiresOn, map[record.BatchName]bool{}
	for _, x := range r.Inputs {
		name := record.BatchName{GTIN: x.GTIN, Lot: x.Lot}
		if seen[name] {
			continue
		}
		seen[name] = true
		sees, err := s.seesBatch(ctx, c, x.GTIN, x.Lot)
		if err != nil {
			return "", err
		}
		if !sees {
			continue
		}
		b, ok, err := s.Goods.Batch(ctx, x.GTIN, x.Lot)
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
func (s *Service) Transformation(ctx context.Context, c Caller, gtin, lot string) (trace.Transformation, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return trace.Transformation{}, err
	}
	made, ok, err := s.Making.Transformation(ctx, g, lot)
	return Found(made, ok && (c.SeesAll() || made.By == c.Party), err)(trace.NotTransformed, "lot", "transformation into "+g+" "+lot)
}

// Pack closes a container over units and containers that the caller holds.
func (s *Service) Pack(ctx context.Context, c Caller, r PackOrder) (RecordWritten, error) {
	Normalise(r.Lines)
	named, err := s.goodsOf(ctx, c, "codes", CodesRequest{Codes: r.Codes})
	if err != nil {
		return RecordWritten{}, err
	}
	r.Lines, r.Containers = append(r.Lines, named.lines...), append(r.Containers, named.containers...)
	return s.WriteRecord(ctx, c, trace.Pack, r.SSCC, r.PackRequest)
}

// Unpack opens a container that the caller holds.
func (s *Service) Unpack(ctx context.Context, c Caller, sscc string) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.Unpack, sscc, trace.UnpackRequest{SSCC: sscc})
}

// Container gives a container that the caller packed, has, sent or is being sent.
func (s *Service) Container(ctx context.Context, c Caller, sscc string) (trace.Container, error) {
	if err := trace.CheckSSCC("sscc", sscc); err != nil {
		return trace.Container{}, err
	}
	return Found(s.Making.Container(ctx, c.Within(), sscc))(trace.ContainerUnknown, "sscc", "container "+sscc)
}

// Containers lists the containers that the caller may see.
func (s *Service) Containers(ctx context.Context, c Caller, outermost bool, p record.Paging) (record.Page[trace.Container], error) {
	return s.Making.Containers(ctx, c.Within(), outermost, p)
}

// The bounds of a story's relatives: the nearest batches each way, and the
// first events of each. Who wants more follows the relative's Href.
const (
	maxRelatives      = 50
	maxRelativeEvents = 20
)

// addRelatives tells what the units were made from and what was made from them.
// Batches that the caller may not see are not told of.
func (s *Service) addRelatives(ctx context.Context, c Caller, units trace.Line, p *record.Provenance) error {
	from, err := s.Making.Ancestors(ctx, []trace.Line{units})
	if err != nil {
		return err
	}
	into, err := s.Making.Descendants(ctx, []trace.Line{units})
	if err != nil {
		return err
	}
	for _, r := range []struct {
		all  []record.Relative
		told *[]record.Relative
	}{{from, &p.MadeFrom}, {into, &p.MadeInto}} {
		left, err := s.tellRelatives(ctx, c, r.all, r.told)
		if err != nil {
			return err
		}
		p.LeftOff += left
	}
	return nil
}

// tellRelatives adds the nearest relatives that the caller may see to told, and
// says how many it left off.
func (s *Service) tellRelatives(ctx context.Context, c Caller, all []record.Relative, told *[]record.Relative) (left int, err error) {
	for _, r := range all {
		if seen, err := s.seesBatch(ctx, c, r.GTIN, r.Lot); err != nil || !seen {
			if err != nil {
				return 0, err
			}
			continue
		}
		if len(*told) == maxRelatives {
			left++
			continue
		}
		if err := s.tellRelative(ctx, c, &r); err != nil {
			return 0, err
		}
		*told = append(*told, r)
	}
	return left, nil
}

// tellRelative adds the first events about a relative's units.
func (s *Service) tellRelative(ctx context.Context, c Caller, r *record.Relative) error {
	r.Href = "/api/v1/provenance/" + r.GTIN + "/" + url.PathEscape(r.Lot)
	u := record.Units{GTIN: r.GTIN, Lot: r.Lot, From: r.Lines[0].From, To: r.Lines[0].To()}
	for _, l := range r.Lines {
		u.From, u.To = min(u.From, l.From), max(u.To, l.To())
	}
	b, _, err := s.Goods.Batch(ctx, r.GTIN, r.Lot)
	if err != nil {
		return err
	}
	all, err := s.Story.FirstEvents(ctx, u, maxRelativeEvents)
	r.Events = c.eventsFor(b.Batch, all)
	return err
}

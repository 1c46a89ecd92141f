package story

import (
	"context"
	"net/url"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// The bounds of a story's relatives: the nearest batches each way, and the
// first events of each. Who wants more follows the relative's Href.
const (
	maxRelatives      = 50
	maxRelativeEvents = 20
)

// addRelatives tells what the units were made from and what was made from them.
// Batches that the caller may not see are not told of.
func (s *Service) addRelatives(ctx context.Context, c service.Caller, units trace.Line, p *record.Provenance) error {
	from, err := s.Store.Ancestors(ctx, []trace.Line{units})
	if err != nil {
		return err
	}
	into, err := s.Store.Descendants(ctx, []trace.Line{units})
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
func (s *Service) tellRelatives(
	ctx context.Context, c service.Caller, all []record.Relative, told *[]record.Relative,
) (left int, err error) {
	for _, r := range all {
		if seen, err := s.Sight.SeesBatch(ctx, c, r.GTIN, r.Lot); err != nil || !seen {
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
func (s *Service) tellRelative(ctx context.Context, c service.Caller, r *record.Relative) error {
	r.Href = "/api/v1/provenance/" + r.GTIN + "/" + url.PathEscape(r.Lot)
	u := record.Units{GTIN: r.GTIN, Lot: r.Lot, From: r.Lines[0].From, To: r.Lines[0].To()}
	for _, l := range r.Lines {
		u.From, u.To = min(u.From, l.From), max(u.To, l.To())
	}
	b, _, err := s.Store.Batch(ctx, r.GTIN, r.Lot)
	if err != nil {
		return err
	}
	all, err := s.Store.FirstEvents(ctx, u, maxRelativeEvents)
	r.Events = c.EventsFor(b.Batch, all)
	return err
}

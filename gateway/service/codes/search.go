package codes

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// The bounds of one search by part of a serial. Deriving the units anew costs
// about 0.2 s a million on two cores, so a call ends within a few seconds and
// only some search at a time.
const (
	maxSearched = 20_000_000 // units
	maxAreas    = 20_000     // batches
	maxChoices  = 20
	searches    = 2
)

// area is units of a batch among which partial codes are looked for.
type area struct {
	batch trace.Batch
	runs  []trace.Line
}

// lookedFor gives the areas of the call, the newest batches first.
func (n *naming) lookedFor() ([]area, error) {
	if n.areas != nil {
		return n.areas, nil
	}
	var err error
	switch {
	case n.in.Shipment != "":
		n.areas, err = n.ofShipment()
	case n.in.GTIN != "" && n.in.Lot != "":
		b, found := n.s.sight.Batch(n.ctx, n.c, n.in.GTIN, n.in.Lot)
		n.areas, err = []area{wholeBatch(b.Batch)}, found
	default:
		n.areas, err = n.everything()
	}
	return n.areas, err
}

func wholeBatch(b trace.Batch) area {
	return area{b, []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, From: 0, Count: b.Quantity}}}
}

func (n *naming) ofShipment() ([]area, error) {
	x, err := n.s.sight.Shipment(n.ctx, n.c, n.in.Shipment)
	if err != nil {
		return nil, err
	}
	areas := []area{}
	for _, l := range x.Lines {
		b, err := n.batch(l.GTIN, l.Lot)
		if err != nil {
			return nil, err
		}
		if b != nil {
			areas = append(areas, area{*b, []trace.Line{l}})
		}
	}
	return areas, nil
}

// everything gives all batches that the caller may see, as far as a search goes.
func (n *naming) everything() ([]area, error) {
	areas := []area{}
	for after := ""; len(areas) < maxAreas; {
		page, err := n.s.sight.Batches(
			n.ctx, n.c, record.BatchFilter{GTIN: n.in.GTIN}, record.Paging{After: after, Limit: 1000},
		)
		if err != nil {
			return nil, err
		}
		for _, b := range page.Items {
			if n.in.Lot == "" || b.Lot == n.in.Lot {
				areas = append(areas, wholeBatch(b.Batch))
				n.batches[record.BatchName{GTIN: b.GTIN, Lot: b.Lot}] = &b.Batch
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	return areas, nil
}

// serialAlone finds a unit by its serial without GTIN and lot: each batch knows its own.
func (n *naming) serialAlone(x *named, serial string) error {
	x.whole = true
	areas, err := n.lookedFor()
	if err != nil {
		return err
	}
	for _, a := range areas {
		index, ok, err := n.s.units.IndexOf(n.ctx, a.batch, serial)
		if err != nil {
			return err
		}
		if ok {
			x.units = append(x.units, trace.Line{GTIN: a.batch.GTIN, Lot: a.batch.Lot, From: index, Count: 1})
			return nil
		}
	}
	x.err = unitNotFound()
	return nil
}

// search looks for endings; at says which codes each is.
func (n *naming) search(at map[string][]int, all []named) error {
	if len(at) == 0 {
		return nil
	}
	areas, err := n.lookedFor()
	if err != nil {
		return err
	}
	give, err := n.s.searching.Take(n.ctx, n.c.Party, 1)
	if err != nil {
		return err
	}
	defer give()
	endings := []string{}
	for e := range at {
		endings = append(endings, e)
	}
	left, found, err := n.searchAreas(areas, endings)
	if err != nil {
		return err
	}
	for ending, codes := range at {
		for _, i := range codes {
			all[i].units, all[i].err = found[ending], verdictOf(found[ending], left)
			all[i].units = all[i].units[:min(maxChoices, len(all[i].units))]
		}
	}
	return nil
}

func verdictOf(units []trace.Line, left bool) *trace.Error {
	switch {
	case left && len(units) == 0:
		return service.Refuse(service.CodeAmbiguous, "", "too_many_to_search")
	case len(units) == 0:
		return unitNotFound()
	case len(units) > 1:
		return service.Refuse(service.CodeAmbiguous, "", "ends_so", "units", len(units))
	}
	return nil
}

// searchAreas says whether some units were left out for their number.
func (n *naming) searchAreas(areas []area, endings []string) (left bool, found map[string][]trace.Line, err error) {
	found = map[string][]trace.Line{}
	budget := int64(maxSearched)
	for _, a := range areas {
		for _, run := range a.runs {
			if budget -= run.Count; budget < 0 {
				return true, found, nil
			}
			if err := n.searchRun(a.batch, run, endings, found); err != nil {
				return false, nil, err
			}
		}
	}
	return false, found, nil
}

func (n *naming) searchRun(b trace.Batch, run trace.Line, endings []string, found map[string][]trace.Line) error {
	some, err := n.s.units.EndingsIn(n.ctx, b, run, endings)
	if err != nil {
		return err
	}
	for ending, indexes := range some {
		slices.Sort(indexes)
		for _, i := range indexes {
			found[ending] = append(found[ending], trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: i, Count: 1})
		}
	}
	return nil
}

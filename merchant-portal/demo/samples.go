package demo

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// Sample is a code of the demo that is worth scanning.
type Sample struct{ Name, URI, PIN string }

// scenes says which unit of which batch shows what; see perform.
var scenes = []struct {
	name  string
	batch int
	unit  int64
}{{"genuine", 0, 12}, {"on its way", 1, 0}, {"not shipped yet", 2, 0}, {"recalled", 3, 0}, {"stolen", 4, 0}}

// Samples gives a code for each kind of verdict that the demo can show.
func (l Loader) Samples(ctx context.Context) ([]Sample, error) {
	a, err := l.actors()
	if err != nil {
		return nil, err
	}
	all, err := lots()
	if err != nil {
		return nil, err
	}
	var samples []Sample
	for _, s := range scenes {
		b := all[s.batch]
		r, err := a.producer.ListUnitsWithResponse(ctx, b.gtin, b.lot, &client.ListUnitsParams{From: s.unit, Count: 1})
		if err := step("units", r, err, ""); err != nil {
			return nil, err
		}
		if r.JSON200 == nil || len(*r.JSON200) != 1 {
			return nil, fmt.Errorf("units: the gateway answered %s", r.Body)
		}
		u := (*r.JSON200)[0]
		samples = append(samples, Sample{s.name, u.URI, u.Pin})
	}
	return samples, nil
}

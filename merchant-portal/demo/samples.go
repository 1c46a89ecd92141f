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
}{{"genuine", 0, 12}, {"on its way", 1, 0}, {"not shipped yet", 2, 0}, {"recalled", 3, 0}, {"stolen", 4, 0},
	{"on hold", heldLot, 0}, {"rejected", rejectedLot, 0},
	{"complained of", 7, 0}, {"counterfeit", 7, 2}, {"its lot copied", 7, 30},
	{"copied", 0, copiedUnit}, {"in the press", 0, picturedUnit}, {"seller lapsed", 0, lapsedFrom}}

// made says the same of the goods that are made from others; see make.
var made = []struct {
	name  string
	batch lot
}{{"made of others", giftBoxes}, {"part recalled", candleBoxes}}

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
		if samples, err = a.sample(ctx, samples, s.name, all[s.batch], s.unit); err != nil {
			return nil, err
		}
	}
	for _, s := range made {
		if samples, err = a.sample(ctx, samples, s.name, s.batch, 0); err != nil {
			return nil, err
		}
	}
	return samples, nil
}

// sample adds the code of a unit.
func (a actors) sample(ctx context.Context, to []Sample, name string, b lot, unit int64) ([]Sample, error) {
	r, err := a.producer.ListUnitsWithResponse(ctx, b.gtin, b.lot, &client.ListUnitsParams{From: unit, Count: 1})
	if err := step("units", r, err, ""); err != nil {
		return nil, err
	}
	if r.JSON200 == nil || len(*r.JSON200) != 1 {
		return nil, fmt.Errorf("units: the gateway answered %s", r.Body)
	}
	u := (*r.JSON200)[0]
	return append(to, Sample{name, u.URI, u.Pin}), nil
}

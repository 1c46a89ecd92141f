package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// holdingKey holds trace.Runs: the units of a batch that one holder has, which
// is a party or, on the way, a shipment. The units in a container have a key of
// their own, so that a lot in ten thousand cases is not one value to rewrite.
func holdingKey(l trace.Line, at trace.Place) key {
	k := key{"holding", l.GTIN, l.Lot, at.Holder}
	if at.Container != "" {
		k = append(k, at.Container)
	}
	return k
}

// part is the units of a line that one key holds, in that key's count.
type part struct {
	key  key
	line trace.Line
}

// parts says which keys hold the units of a line. What a party has is spread over
// stripes, for many people of a party may handle units of one lot at the same time
// (decision 3); a shipment or a container is one writer's.
func parts(l trace.Line, at trace.Place) []part {
	if !spread(at) {
		return []part{{holdingKey(l, at), l}}
	}
	var all []part
	for _, s := range trace.StripesOf(l) {
		all = append(all, part{stripeKey(l, at.Holder, s), s.Local(l)})
	}
	return all
}

func spread(at trace.Place) bool {
	return at.Container == "" && at.State != trace.InTransit && at.Reason != trace.ReasonMissing
}

func stripeKey(l trace.Line, holder string, s trace.Stripe) key {
	return key{"holding", l.GTIN, l.Lot, holder, "", s.String()}
}

// stripeIn gives the stripe of a holding by what follows its holder in its key.
func stripeIn(rest []string) (trace.Stripe, bool) {
	if len(rest) != 2 || rest[0] != "" {
		return 0, false
	}
	s, err := trace.ParseStripe(rest[1])
	return s, err == nil
}

// counted gives a line in the count of the holding whose key ends so after its holder.
func counted(l trace.Line, rest []string) trace.Line {
	if s, ok := stripeIn(rest); ok {
		return s.Local(l)
	}
	return l
}

func (s *state) runs(k key) (trace.Runs, error) {
	var r trace.Runs
	_, err := s.get(k, &r)
	return r, err
}

// contains reports whether a holder has a unit, in whatever state.
func (s *state) contains(unit trace.Line, holder, container string) (bool, error) {
	for _, at := range []trace.Place{{Holder: holder, Container: container, State: trace.InTransit}, {Holder: holder, Container: container}} {
		for _, p := range parts(unit, at) {
			if r, err := s.runs(p.key); err != nil || r.Contain(p.line.From) {
				return err == nil, err
			}
		}
	}
	return false, nil
}

// move takes the units of a line from one place, where all of them must be, to
// another. It is the only code that writes holdings, so that no unit is ever
// in two places or in none, and every move is in the event.
func (t *transaction) move(l trace.Line, source, target trace.Place) error {
	if source != (trace.Place{}) {
		if err := t.take(l, source); err != nil {
			return err
		}
	}
	if err := t.prefetchParts([]trace.Line{l}, target); err != nil {
		return err
	}
	for _, p := range parts(l, target) {
		if err := t.add(p, target); err != nil {
			return err
		}
	}
	t.moves = append(t.moves, trace.Move{Line: l, Source: source, Target: target})
	return t.noteReturn(l, source, target)
}

func (t *transaction) add(p part, target trace.Place) error {
	r, err := t.runs(p.key)
	if err != nil {
		return err
	}
	r, ok := r.Add(trace.Run{State: target.State, Reason: target.Reason, From: p.line.From, Count: p.line.Count})
	if !ok {
		return fmt.Errorf(
			"units of %d to %d of lot %s are with %s already", p.line.From, p.line.To()-1, p.line.Lot,
			target.Holder,
		)
	}
	return t.put(p.key, r)
}

// take takes the units of a line from a place, or none where one is missing.
func (t *transaction) take(l trace.Line, source trace.Place) error {
	left, missing, err := t.without(l, source)
	if err == nil && missing {
		var former bool
		if former, err = t.deal(l, source); former {
			left, missing, err = t.without(l, source)
		}
	}
	if err != nil || missing {
		return allow(err, t.why(l, source))
	}
	for i, p := range parts(l, source) {
		if len(left[i]) == 0 {
			err = t.delete(p.key)
		} else {
			err = t.put(p.key, left[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// without gives what is left of each part of a line when its units are taken.
func (t *transaction) without(l trace.Line, source trace.Place) (left []trace.Runs, missing bool, err error) {
	for _, p := range parts(l, source) {
		r, err := t.runs(p.key)
		if err != nil {
			return nil, false, err
		}
		r, ok := r.Take(p.line, source.State, source.Reason)
		if !ok {
			return nil, true, nil
		}
		left = append(left, r)
	}
	return left, false, nil
}

// deal spreads a holding from before there were stripes; false where there is none.
func (t *transaction) deal(l trace.Line, at trace.Place) (bool, error) {
	former := holdingKey(l, at)
	runs, err := t.runs(former)
	if err != nil || len(runs) == 0 || !spread(at) {
		return false, err
	}
	for _, r := range runs {
		there := trace.Place{Holder: at.Holder, State: r.State, Reason: r.Reason}
		for _, p := range parts(trace.Line{GTIN: l.GTIN, Lot: l.Lot, From: r.From, Count: r.Count}, there) {
			if err := t.add(p, there); err != nil {
				return false, err
			}
		}
	}
	return true, t.delete(former)
}

// find splits a line into the parts that are in a place and the rest.
func (t *transaction) find(l trace.Line, in trace.Place) (found, rest []trace.Line, err error) {
	if _, err := t.deal(l, in); err != nil {
		return nil, nil, err
	}
	r, err := t.runsOf(l, in)
	if err != nil {
		return nil, nil, err
	}
	found, rest = r.Find(l, in.State, in.Reason)
	return found, rest, nil
}

// runsOf gives what the keys of a line hold, in the batch's count.
func (t *transaction) runsOf(l trace.Line, at trace.Place) (trace.Runs, error) {
	if !spread(at) {
		return t.runs(holdingKey(l, at))
	}
	stripes := map[trace.Stripe]trace.Runs{}
	for _, s := range trace.StripesOf(l) {
		var err error
		if stripes[s], err = t.runs(stripeKey(l, at.Holder, s)); err != nil {
			return nil, err
		}
	}
	return trace.JoinStripes(stripes), nil
}

// why says why the units of a line cannot be taken from a place: because some
// of them are there, but in a container, or because they are not there.
func (t *transaction) why(l trace.Line, source trace.Place) error {
	if source.Container != "" {
		return notThere(l, source)
	}
	partial := holdingKey(l, source)
	err := t.scan(partial, func(rest []string, value []byte) error {
		var r trace.Runs
		if _, err := decode(partial, value, &r); err != nil || len(rest) != 1 {
			return err
		}
		if found, _ := r.Find(l, source.State, source.Reason); len(found) > 0 {
			return trace.Refuse(
				trace.UnitsPacked, "lines", "units_packed", "from", found[0].From+1, "to", found[0].To(),
				"lot", l.Lot, "sscc", rest[0],
			)
		}
		return nil
	})
	return allow(err, notThere(l, source))
}

func notThere(l trace.Line, source trace.Place) error {
	code := trace.NotHolder
	if source.State == trace.Sold {
		code = trace.NotSold
	}
	return trace.Refuse(
		code, "lines", "units_not_held", "from", l.From+1, "to", l.To(), "lot", l.Lot, "state", source.State,
		"party", source.Holder,
	)
}

// moveAll moves lines that are all in one place and puts them in another.
func (t *transaction) moveAll(lines []trace.Line, source, target trace.Place) error {
	if err := t.prefetchParts(lines, source, target); err != nil {
		return err
	}
	for _, l := range lines {
		if _, err := t.batchOf(l); err != nil {
			return err
		}
		if err := t.move(l, source, target); err != nil {
			return err
		}
	}
	return nil
}

// prefetchParts reads in one exchange what moving the lines will read.
func (t *transaction) prefetchParts(lines []trace.Line, places ...trace.Place) error {
	var keys []key
	for _, l := range lines {
		for _, at := range places {
			for _, p := range parts(l, at) {
				keys = append(keys, p.key)
			}
		}
	}
	return t.prefetch(keys)
}

// GetHoldings answers the trace.Holdings of a batch in unit order; together
// they are the whole batch.
func (c *Contract) GetHoldings(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) ([]trace.Holding, error) {
		if _, err := s.batch(gtin, lot); err != nil {
			return nil, err
		}
		return s.holdings(gtin, lot)
	})
}

func (s *state) holdings(gtin, lot string) ([]trace.Holding, error) {
	var all []trace.Holding
	tell := func(at trace.Place, runs trace.Runs) {
		for _, r := range runs {
			all = append(
				all,
				trace.Holding{
					Holder:    at.Holder,
					State:     r.State,
					Reason:    r.Reason,
					Container: at.Container,
					From:      r.From,
					Count:     r.Count,
				},
			)
		}
	}
	stripes := map[string]map[trace.Stripe]trace.Runs{}
	partial := key{"holding", gtin, lot}
	err := s.scan(partial, func(rest []string, value []byte) error {
		var runs trace.Runs
		_, err := decode(partial, value, &runs)
		holder := rest[0]
		if stripe, ok := stripeIn(rest[1:]); ok {
			if stripes[holder] == nil {
				stripes[holder] = map[trace.Stripe]trace.Runs{}
			}
			stripes[holder][stripe] = runs
			return err
		}
		tell(trace.Place{Holder: holder, Container: strings.Join(rest[1:], "")}, runs)
		return err
	})
	for holder, runs := range stripes {
		tell(trace.Place{Holder: holder}, trace.JoinStripes(runs))
	}
	slices.SortFunc(all, func(a, b trace.Holding) int { return cmp.Compare(a.From, b.From) })
	return all, err
}

package contract

import (
	"cmp"
	"fmt"
	"slices"

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

func (s *state) runs(l trace.Line, at trace.Place) (trace.Runs, error) {
	var r trace.Runs
	_, err := s.get(holdingKey(l, at), &r)
	return r, err
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
	r, err := t.runs(l, target)
	if err != nil {
		return err
	}
	r, ok := r.Add(trace.Run{State: target.State, Reason: target.Reason, From: l.From, Count: l.Count})
	if !ok {
		return fmt.Errorf("units %d to %d of lot %s are with %s already", l.From, l.To()-1, l.Lot, target.Holder)
	}
	t.moves = append(t.moves, trace.Move{Line: l, Source: source, Target: target})
	return t.put(holdingKey(l, target), r)
}

func (t *transaction) take(l trace.Line, source trace.Place) error {
	r, err := t.runs(l, source)
	if err != nil {
		return err
	}
	r, ok := r.Take(l, source.State, source.Reason)
	if !ok {
		return t.why(l, source)
	}
	if len(r) == 0 {
		return t.delete(holdingKey(l, source))
	}
	return t.put(holdingKey(l, source), r)
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
		if _, err := decode(partial, value, &r); err != nil || len(rest) == 0 {
			return err
		}
		if found, _ := r.Find(l, source.State, source.Reason); len(found) > 0 {
			return trace.Errorf(trace.UnitsPacked, "lines", "units %d to %d of lot %s are in container %s; unpack it first",
				found[0].From, found[0].To()-1, l.Lot, rest[0])
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
	return trace.Errorf(code, "lines", "units %d to %d of lot %s are not all %s with %s",
		l.From, l.To()-1, l.Lot, source.State, source.Holder)
}

// moveAll moves lines that are all in one place and puts them in another.
func (t *transaction) moveAll(lines []trace.Line, source, target trace.Place) error {
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
	partial := key{"holding", gtin, lot}
	err := s.scan(partial, func(rest []string, value []byte) error {
		var runs trace.Runs
		_, err := decode(partial, value, &runs)
		at := trace.Place{Holder: rest[0]}
		if len(rest) > 1 {
			at.Container = rest[1]
		}
		for _, r := range runs {
			all = append(all, trace.Holding{Holder: at.Holder, State: r.State, Reason: r.Reason, Container: at.Container, From: r.From, Count: r.Count})
		}
		return err
	})
	slices.SortFunc(all, func(a, b trace.Holding) int { return cmp.Compare(a.From, b.From) })
	return all, err
}

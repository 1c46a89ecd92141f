package contract

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// holdingKey holds trace.Runs: the units of a batch that one holder has, which
// is a party or, on the way, a shipment.
func holdingKey(gtin, lot, holder string) key { return key{"holding", gtin, lot, holder} }

func (s *state) runs(l trace.Line, holder string) (trace.Runs, error) {
	var r trace.Runs
	_, err := s.get(holdingKey(l.GTIN, l.Lot, holder), &r)
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
	r, err := t.runs(l, target.Holder)
	if err != nil {
		return err
	}
	r, ok := r.Add(trace.Run{State: target.State, Reason: target.Reason, From: l.From, Count: l.Count})
	if !ok {
		return fmt.Errorf("units %d to %d of lot %s are with %s already", l.From, l.To()-1, l.Lot, target.Holder)
	}
	t.moves = append(t.moves, trace.Move{Line: l, Source: source, Target: target})
	return t.put(holdingKey(l.GTIN, l.Lot, target.Holder), r)
}

func (t *transaction) take(l trace.Line, source trace.Place) error {
	r, err := t.runs(l, source.Holder)
	if err != nil {
		return err
	}
	r, ok := r.Take(l, source.State, source.Reason)
	if !ok {
		return notThere(l, source)
	}
	if len(r) == 0 {
		return t.delete(holdingKey(l.GTIN, l.Lot, source.Holder))
	}
	return t.put(holdingKey(l.GTIN, l.Lot, source.Holder), r)
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
		for _, r := range runs {
			all = append(all, trace.Holding{Holder: rest[0], State: r.State, Reason: r.Reason, From: r.From, Count: r.Count})
		}
		return err
	})
	slices.SortFunc(all, func(a, b trace.Holding) int { return cmp.Compare(a.From, b.From) })
	return all, err
}

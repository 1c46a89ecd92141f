package contract

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// returnedKey holds, as trace.Runs, which of a stripe's units came back to their
// producer from somebody else or from a buyer. A unit that is elsewhere, or
// sold, has left for all to see; these alone would look as if they never had.
// Whoever writes it writes the producer's holding of the same stripe as well.
func returnedKey(l trace.Line, s trace.Stripe) key {
	return key{"returned", l.GTIN, l.Lot, s.String()}
}

// returnedInKey is there where a container came back closed. It has one writer,
// as the container has.
func returnedInKey(l trace.Line, container string) key {
	return key{"returned", l.GTIN, l.Lot, "", container}
}

const returned trace.State = "returned"

// noteReturn notes units that come back to their producer, or out of a container that did.
func (t *transaction) noteReturn(l trace.Line, source, target trace.Place) error {
	if source == (trace.Place{}) {
		return nil
	}
	b, err := t.batch(l.GTIN, l.Lot)
	if err != nil || target.Holder != b.Producer {
		return err
	}
	back := source.Holder != b.Producer || source.State == trace.Sold
	if !back && source.Container != "" {
		if _, err := t.get(returnedInKey(l, source.Container), &back); err != nil {
			return err
		}
	}
	if !back {
		return nil
	}
	if target.Container != "" {
		return t.put(returnedInKey(l, target.Container), true)
	}
	for _, s := range trace.StripesOf(l) {
		if err := t.addReturned(returnedKey(l, s), s.Local(l)); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) addReturned(k key, l trace.Line) error {
	r, err := t.runs(k)
	if err != nil {
		return err
	}
	_, rest := r.Find(l, returned, "")
	for _, x := range rest {
		r, _ = r.Add(trace.Run{State: returned, From: x.From, Count: x.Count})
	}
	return t.put(k, r)
}

// left reports whether a unit has ever been sent or sold by its producer.
func (s *state) left(b trace.Batch, unit trace.Line, at trace.Place) (bool, error) {
	if at.Holder != b.Producer || at.State == trace.Sold {
		return true, nil
	}
	stripe := trace.StripesOf(unit)[0]
	r, err := s.runs(returnedKey(unit, stripe))
	back := r.Contain(stripe.Local(unit).From)
	if err == nil && !back && at.Container != "" {
		_, err = s.get(returnedInKey(unit, at.Container), &back)
	}
	return back, err
}

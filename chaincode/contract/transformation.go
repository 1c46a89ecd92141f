package contract

import (
	"strings"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// transformationKey holds the trace.Transformation that made a batch.
func transformationKey(gtin, lot string) key { return key{"transformation", gtin, lot} }

// usedKey is the way forward: it holds the lines of a batch that went into the
// batch named after it. Each use is a key of its own, so that two batches that
// are made from the same lot do not wait for each other here.
func usedKey(gtin, lot string, into trace.Batch) key {
	return key{"used", gtin, lot, into.GTIN, into.Lot}
}

// Transform takes a trace.TransformRequest.
func (c *Contract) Transform(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Transform, request, transform)
}

// transform consumes the inputs and makes the output batch, by the rules of
// any new batch. What may not go out into the market may not go into goods
// that will, so the inputs are held to the rules of a sale.
func transform(t *transaction, r trace.TransformRequest) (trace.Event, error) {
	if err := r.Check(t.today); err != nil {
		return trace.Event{}, err
	}
	if err := t.registrable(r.Output); err != nil { // first, so that a repeated request is told that it was done
		return trace.Event{}, trace.InField("", "output", err)
	}
	inputs, consumed := trace.Lines(r.Inputs), trace.Place{Holder: t.by.ID, State: trace.Consumed}
	if err := allow(t.allMayLeave(inputs), t.leave(inputs), t.moveAll(inputs, held(t.by.ID), consumed)); err != nil {
		return trace.Event{}, trace.InField("lot", "inputs.lot", trace.InField("lines", "inputs", err))
	}
	earliest, err := t.carryExpiry(&r)
	if err != nil {
		return trace.Event{}, err
	}
	b, err := t.makeBatch(r.Output)
	if err != nil {
		return trace.Event{}, trace.InField("", "output", err)
	}
	made := trace.Transformation{GTIN: b.GTIN, Lot: b.Lot, Quantity: b.Quantity, Measure: r.Measure, Content: r.Content,
		Loss: r.Loss, Inputs: r.Inputs, InputsExpireOn: earliest, ExpiryReason: r.ExpiryReason, By: t.by.ID, At: t.at}
	return trace.Event{Type: trace.EventTransformed, Batch: &b, Transformation: &made, Lines: append(inputs, whole(b))},
		allow(t.put(transformationKey(b.GTIN, b.Lot), made), t.indexUse(inputs, b))
}

// carryExpiry gives the day on which the first of the inputs expires. The output
// expires on it, too, where the request says nothing; a later day needs a reason.
func (t *transaction) carryExpiry(r *trace.TransformRequest) (earliest trace.Date, err error) {
	for _, x := range r.Inputs {
		b, err := t.batchOf(x.Line)
		if err != nil {
			return "", err
		}
		if earliest == "" || b.ExpiresOn != "" && b.ExpiresOn < earliest {
			earliest = b.ExpiresOn
		}
	}
	if r.Output.ExpiresOn == "" {
		r.Output.ExpiresOn = earliest
	}
	if earliest != "" && r.Output.ExpiresOn > earliest && strings.TrimSpace(r.ExpiryReason) == "" {
		return "", trace.Refuse(trace.ExpiryBeyond, "output.expiresOn",
			"expiry_beyond_inputs", "day", r.Output.ExpiresOn, "earliest", earliest)
	}
	return earliest, nil
}

func (t *transaction) indexUse(inputs []trace.Line, into trace.Batch) error {
	for _, l := range inputs {
		k := usedKey(l.GTIN, l.Lot, into)
		var used []trace.Line
		if _, err := t.get(k, &used); err != nil {
			return err
		}
		if err := t.put(k, append(used, l)); err != nil {
			return err
		}
	}
	return nil
}

// derivations gives the batches that were made from units of a batch, in the
// order of their names.
func (s *state) derivations(gtin, lot string) ([]trace.Derivation, error) {
	all := []trace.Derivation{}
	partial := key{"used", gtin, lot}
	err := s.walk(partial, func(rest []string, value []byte) error {
		d := trace.Derivation{GTIN: rest[0], Lot: rest[1]}
		_, err := decode(partial, value, &d.Lines)
		all = append(all, d)
		return err
	})
	return all, err
}

// maxDerived bounds how many batches one recall reaches through transformations.
const maxDerived = 2000

// derived gives the batches that were made from any of the units, at any
// remove, each whole and once: which of its units an ingredient went into,
// nobody knows. Batches that the lines name wholly are left out.
func (s *state) derived(lines []trace.Line) ([]trace.Line, error) {
	seen, out := map[trace.Line]bool{}, []trace.Line{}
	for _, l := range lines {
		seen[l] = true
	}
	for queue := lines; len(queue) > 0; queue = queue[1:] {
		next, err := s.madeFrom(queue[0])
		if err != nil {
			return nil, err
		}
		for _, l := range next {
			if !seen[l] {
				seen[l], out, queue = true, append(out, l), append(queue, l)
			}
		}
		if len(out) > maxDerived {
			return nil, trace.Refuse(trace.FieldInvalid, "lots", "too_many_derived", "most", maxDerived)
		}
	}
	return out, nil
}

// madeFrom gives the batches that took in any unit of a line.
func (s *state) madeFrom(l trace.Line) ([]trace.Line, error) {
	uses, err := s.derivations(l.GTIN, l.Lot)
	if err != nil {
		return nil, err
	}
	var out []trace.Line
	for _, d := range uses {
		if !anyOverlap(d.Lines, l) {
			continue
		}
		b, err := s.batch(d.GTIN, d.Lot)
		if err != nil {
			return nil, err
		}
		out = append(out, whole(b))
	}
	return out, nil
}

func anyOverlap(lines []trace.Line, l trace.Line) bool {
	for _, x := range lines {
		if x.From < l.To() && l.From < x.To() {
			return true
		}
	}
	return false
}

// GetTransformation answers the trace.Transformation that made a batch, or
// TRANSFORMATION_UNKNOWN for one that was made from nothing on the ledger.
func (c *Contract) GetTransformation(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) (trace.Transformation, error) {
		var made trace.Transformation
		found, err := s.get(transformationKey(gtin, lot), &made)
		if err == nil && !found {
			err = trace.Refuse(
				trace.NotTransformed, "lot", "made_from_nothing", "lot", trace.Quoted(20, lot),
				"gtin", trace.Quoted(20, gtin),
			)
		}
		return made, err
	})
}

// GetDerivations answers the trace.Derivations of a batch.
func (c *Contract) GetDerivations(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) ([]trace.Derivation, error) { return s.derivations(gtin, lot) })
}

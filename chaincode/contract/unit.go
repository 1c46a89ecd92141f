package contract

import (
	"encoding/hex"
	"strconv"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// unitKey holds the trace.OwnedUnit of a unit that has been claimed. Only the
// unit's own key is written, so that activations never wait for each other.
func unitKey(gtin, lot, index string) key { return key{"unit", gtin, lot, index} }

// ActivateUnit takes a trace.ActivateUnitRequest.
func (c *Contract) ActivateUnit(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ActivateUnit, request, activateUnit)
}

// activateUnit books the first owner's claim. The proof is checked here, so
// that not even the platform can activate a unit that was never made.
func activateUnit(t *transaction, r trace.ActivateUnitRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.batch(r.GTIN, r.Lot)
	if err != nil {
		return trace.Event{}, err
	}
	if err := allow(approved(b), proveUnit(b, r)); err != nil {
		return trace.Event{}, err
	}
	k := unitKey(r.GTIN, r.Lot, strconv.FormatInt(r.Index, 10))
	var u trace.OwnedUnit
	if found, err := t.get(k, &u); err != nil || found {
		return trace.Event{}, exists(err, trace.UnitActivated, "index", "the activation of "+r.Serial)
	}
	u = trace.OwnedUnit{
		Owner: r.Owner,
		UnitEvent: trace.UnitEvent{
			GTIN:   r.GTIN,
			Lot:    r.Lot,
			Index:  r.Index,
			Serial: r.Serial,
			Type:   trace.Activated,
			At:     t.at,
		},
	}
	return unitEvent(trace.EventUnitActivated, u.UnitEvent, u), t.put(k, u)
}

// unitEvent tells what happened to a unit, and how it stands now.
func unitEvent(what trace.EventType, fact trace.UnitEvent, u trace.OwnedUnit) trace.Event {
	line := trace.Line{GTIN: u.GTIN, Lot: u.Lot, From: u.Index, Count: 1}
	return trace.Event{Type: what, Units: []trace.UnitEvent{fact}, Unit: &u, Lines: []trace.Line{line}}
}

// proveUnit checks that the unit, with its opened PIN commitment, is the leaf
// at its index of the batch's Merkle tree (RFC 6962).
func proveUnit(b trace.Batch, r trace.ActivateUnitRequest) error {
	if r.Index < 0 || r.Index >= b.Quantity {
		return trace.Refuse(trace.UnitUnknown, "index", "lot_has", "lot", b.Lot, "units", b.Quantity)
	}
	hashes, err := decodeHex(append([]string{b.UnitsRoot, r.Salt}, r.Path...))
	if err != nil {
		return err
	}
	root, salt, path := hashes[0], [16]byte(hashes[1]), hashes[2:]
	leaf := trace.UnitLeaf(r.GTIN, r.Lot, r.Serial, trace.PINCommitment(salt, r.PIN))
	hash := rfc6962.DefaultHasher.HashLeaf(leaf)
	if proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(r.Index), uint64(b.Quantity), hash, path, root) != nil {
		return trace.Refuse(trace.UnitProof, "path", "proof_does_not_lead")
	}
	return nil
}

func decodeHex(texts []string) ([][]byte, error) {
	out := make([][]byte, len(texts))
	for i, x := range texts {
		var err error
		if out[i], err = hex.DecodeString(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// GetUnit answers the trace.OwnedUnit of a unit that has been claimed, or
// UNIT_UNKNOWN where it has not.
func (c *Contract) GetUnit(ctx contractapi.TransactionContextInterface, gtin, lot, index string) (string, error) {
	return answer(ctx, func(s *state) (trace.OwnedUnit, error) {
		var u trace.OwnedUnit
		found, err := s.get(unitKey(gtin, lot, index), &u)
		if err == nil && !found {
			err = trace.Refuse(
				trace.UnitUnknown, "index", "unit_without_event", "index", trace.Quoted(20, index),
				"lot", trace.Quoted(20, lot),
			)
		}
		return u, err
	})
}

package proof

import (
	"bytes"
	"encoding/hex"
	"encoding/json"

	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"github.com/transparency-dev/merkle/rfc6962"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// checkRecord checks that the transaction wrote the unit's batch to the ledger's state, as newly registered or made of
// others, and said so in its event.
func (v *verification) checkRecord() error {
	if v.tx.action.GetResponse().GetStatus() != 200 {
		return ReasonContractRefused
	}
	written, err := v.written()
	if err != nil {
		return err
	}
	var event peer.ChaincodeEvent
	var said trace.Event
	if proto.Unmarshal(v.tx.action.GetEvents(), &event) != nil || json.Unmarshal(event.GetPayload(), &said) != nil ||
		said.Batch == nil {
		return ReasonEventUnreadable
	}
	announced, err := trace.Marshal(said.Batch)
	switch {
	case err != nil:
		return err
	case event.GetEventName() != trace.EventName || event.GetTxId() != v.tx.channel.GetTxId() || event.GetChaincodeId() != v.trust.Chaincode ||
		said.Type != trace.EventBatchRegistered && said.Type != trace.EventTransformed:
		return ReasonNotRegistration
	case !bytes.Equal(announced, written):
		return ReasonEventDiffers
	case said.Batch.GTIN != v.bundle.Unit.GTIN || said.Batch.Lot != v.bundle.Unit.Lot:
		return ReasonOtherBatch
	case said.Batch.Quantity != v.bundle.Unit.Quantity:
		return ReasonOtherQuantity
	}
	v.report.UnitsRoot = said.Batch.UnitsRoot
	return nil
}

// written is the value that the transaction gives to the batch's key.
func (v *verification) written() ([]byte, error) {
	var results rwset.TxReadWriteSet
	if proto.Unmarshal(v.tx.action.GetResults(), &results) != nil {
		return nil, ReasonWritesUnreadable
	}
	for _, ns := range results.GetNsRwset() {
		var writes kvrwset.KVRWSet
		if ns.GetNamespace() != v.trust.Chaincode {
			continue
		}
		if proto.Unmarshal(ns.GetRwset(), &writes) != nil {
			return nil, ReasonWritesUnreadable
		}
		for _, w := range writes.GetWrites() {
			if w.GetKey() == batchKey(v.bundle.Unit.GTIN, v.bundle.Unit.Lot) && !w.GetIsDelete() {
				return w.GetValue(), nil
			}
		}
	}
	return nil, ReasonBatchNotWritten
}

// batchKey is the composite key of a batch in the contract's state (chaincode/contract, and Fabric's shim).
func batchKey(gtin, lot string) string { return "\x00batch\x00" + gtin + "\x00" + lot + "\x00" }

// checkUnit checks the leaf and its path against the root that was written.
func (v *verification) checkUnit() error {
	root, err := hex.DecodeString(v.report.UnitsRoot)
	if err != nil || len(root) != len(Hash{}) {
		return ReasonRootMalformed
	}
	u := v.bundle.Unit
	leaf := rfc6962.DefaultHasher.HashLeaf(trace.UnitLeaf(u.GTIN, u.Lot, u.Serial, u.Commitment))
	path := make([][]byte, len(u.Path))
	for i := range u.Path {
		path[i] = u.Path[i][:]
	}
	if !seal.Included([32]byte(leaf), u.Index, u.Quantity, path, [32]byte(root)) {
		return ReasonNotUnderRoot
	}
	return nil
}

package prooftest

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Tx is a transaction of a Chain: what the contract said, read and wrote, and what the peer marks it as.
type Tx struct {
	Event trace.Event
	Set   *kvrwset.KVRWSet
	Code  peer.TxValidationCode
	Nonce string // one of its own where empty; two with the same nonce have the same id
	// Change, where set, changes the envelope after it was signed.
	Change func(envelope []byte) []byte
}

// Chain is blocks in a row, as a peer keeps them.
type Chain struct {
	Blocks  []*common.Block
	network *Network
	count   int
}

// Chain begins a channel: with a block that only starts it, as Fabric's first block does.
func (n *Network) Chain() *Chain {
	start := marshal(&common.Envelope{Payload: marshal(&common.Payload{Header: &common.Header{
		ChannelHeader: marshal(&common.ChannelHeader{
			Type: int32(common.HeaderType_CONFIG), ChannelId: n.Channel, Timestamp: stamp(n.At),
		}),
	}})})
	c := &Chain{network: n}
	sum := sha256.Sum256(start)
	c.Blocks = append(c.Blocks, &common.Block{
		Header:   &common.BlockHeader{DataHash: sum[:]},
		Data:     &common.BlockData{Data: [][]byte{start}},
		Metadata: &common.BlockMetadata{Metadata: make([][]byte, len(common.BlockMetadataIndex_name))},
	})
	return c
}

// Add adds a block of transactions that the orderers sign, and gives their ids.
func (c *Chain) Add(txs ...Tx) (ids []string) {
	last := proof.HeadOf(c.Blocks[len(c.Blocks)-1].GetHeader())
	var data [][]byte
	var flags []byte
	for _, tx := range txs {
		c.count++
		if tx.Nonce == "" {
			tx.Nonce = fmt.Sprintf("nonce %018d", c.count)
		}
		envelope, id := c.network.enveloped(tx.Nonce, request(tx.Event.Type), func(id string) *peer.ChaincodeAction {
			return acted(id, tx.Event, tx.Set)
		})
		if tx.Change != nil {
			envelope = tx.Change(envelope)
		}
		data, flags, ids = append(data, envelope), append(flags, byte(tx.Code)), append(ids, id)
	}
	sum := sha256.Sum256(slices.Concat(data...))
	header := &common.BlockHeader{Number: last.Number + 1, PreviousHash: last.Hash[:], DataHash: sum[:]}
	metadata := make([][]byte, len(common.BlockMetadataIndex_name))
	metadata[common.BlockMetadataIndex_SIGNATURES] = marshal(c.network.signatures(header))
	metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER] = flags
	c.Blocks = append(c.Blocks, &common.Block{
		Header: header, Data: &common.BlockData{Data: data}, Metadata: &common.BlockMetadata{Metadata: metadata},
	})
	return ids
}

// Fork gives the chain as it was before its last blocks, to go on otherwise.
func (c *Chain) Fork(without int) *Chain {
	f := &Chain{network: c.network, count: c.count}
	for _, b := range c.Blocks[:len(c.Blocks)-without] {
		f.Blocks = append(f.Blocks, proto.CloneOf(b))
	}
	return f
}

// request is what the submitter asked the contract for.
func request(kind trace.EventType) []byte {
	return marshal(&peer.ChaincodeProposalPayload{Input: marshal(&peer.ChaincodeInvocationSpec{
		ChaincodeSpec: &peer.ChaincodeSpec{Input: &peer.ChaincodeInput{Args: [][]byte{[]byte(kind), []byte("{}")}}},
	})})
}

package proof

import (
	"errors"
	"fmt"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// ReadBlock takes from a block, as a peer gives it (common.Block in protobuf), what a bundle needs of it: all of its
// transactions, and where among them the one with this id is.
func ReadBlock(data []byte, txID string) (Block, error) {
	var block common.Block
	if err := proto.Unmarshal(data, &block); err != nil {
		return Block{}, fmt.Errorf("proof: not a block: %w", err)
	}
	b := Block{Number: block.GetHeader().GetNumber(), Envelopes: block.GetData().GetData(), Position: -1}
	if len(block.GetHeader().GetPreviousHash()) != len(Hash{}) || len(block.GetHeader().GetDataHash()) != len(Hash{}) {
		return Block{}, errors.New("proof: the block's header is not that of a transaction block")
	}
	b.PreviousHash, b.DataHash = Hash(block.Header.PreviousHash), Hash(block.Header.DataHash)
	for i, envelope := range b.Envelopes {
		if tx, err := readEnvelope(envelope); err == nil && tx.channel.GetTxId() == txID {
			b.Position = i
			break
		}
	}
	if b.Position < 0 {
		return Block{}, errors.New("proof: the transaction is not in the block")
	}
	return b, b.readMetadata(block.GetMetadata().GetMetadata())
}

func (b *Block) readMetadata(metadata [][]byte) error {
	if len(metadata) <= int(common.BlockMetadataIndex_TRANSACTIONS_FILTER) {
		return errors.New("proof: the block carries no signatures or no validation codes")
	}
	filter := metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER]
	if len(filter) != len(b.Envelopes) {
		return errors.New("proof: the peer has not validated the block")
	}
	b.Validation = int(filter[b.Position])
	return b.readSignatures(metadata)
}

func (b *Block) readSignatures(metadata [][]byte) error {
	if len(metadata) <= int(common.BlockMetadataIndex_SIGNATURES) {
		return errors.New("proof: the block carries no signatures")
	}
	var signatures common.Metadata
	if err := proto.Unmarshal(metadata[common.BlockMetadataIndex_SIGNATURES], &signatures); err != nil {
		return fmt.Errorf("proof: the block's signatures: %w", err)
	}
	b.SignedValue = signatures.GetValue()
	for _, s := range signatures.GetSignatures() {
		b.Signatures = append(
			b.Signatures, OrderingSignature{s.GetSignatureHeader(), s.GetIdentifierHeader(), s.GetSignature()},
		)
	}
	return nil
}

// Build writes the bundle of a unit whose batch was registered in the block, with what was signed
// of it; nil leaves that out.
func Build(block Block, unit Unit, signed *Signed) ([]byte, error) {
	unit.Path = append([]Hash{}, unit.Path...) // what is empty is written as empty, not as null
	block.SignedValue = append([]byte{}, block.SignedValue...)
	block.Signatures = append([]OrderingSignature{}, block.Signatures...)
	b := Bundle{Version: Version, Unit: unit, Block: block}
	if signed != nil {
		if err := b.pack(*signed); err != nil {
			return nil, err
		}
	}
	return trace.Marshal(b)
}

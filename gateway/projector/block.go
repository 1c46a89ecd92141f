package projector

import (
	"bytes"
	"crypto/sha256"
	"encoding/asn1"
	"fmt"
	"math/big"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// BlockHash is the hash that the next block's header names: SHA-256 over the
// DER of SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET
// STRING } (Fabric, protoutil.BlockHeaderHash).
func BlockHash(h *common.BlockHeader) []byte {
	der, err := asn1.Marshal(struct {
		Number   *big.Int
		Previous []byte
		Data     []byte
	}{new(big.Int).SetUint64(h.GetNumber()), h.GetPreviousHash(), h.GetDataHash()})
	if err != nil {
		panic(err) // an integer and two byte strings always marshal
	}
	sum := sha256.Sum256(der)
	return sum[:]
}

// dataHash is SHA-256 over the block's entries, one after another.
func dataHash(d *common.BlockData) []byte {
	h := sha256.New()
	for _, entry := range d.GetData() {
		h.Write(entry)
	}
	return h.Sum(nil)
}

// Parse reads a block whose contents agree with its header. Whether it follows
// the block before is the projector's question.
func Parse(b *common.Block, chaincode string) (record.Block, error) {
	h := b.GetHeader()
	if h == nil {
		return record.Block{}, fmt.Errorf("a block without a header")
	}
	if !bytes.Equal(dataHash(b.GetData()), h.GetDataHash()) {
		return record.Block{}, fmt.Errorf(
			"block %d: its contents do not hash to the data hash in its header", h.GetNumber(),
		)
	}
	codes, err := validationCodes(b)
	if err != nil {
		return record.Block{}, err
	}
	out := record.Block{
		Number:   h.GetNumber(),
		Hash:     BlockHash(h),
		PrevHash: h.GetPreviousHash(),
		DataHash: h.GetDataHash(),
	}
	for i, entry := range b.GetData().GetData() {
		tx, err := parseTx(entry, codes[i], chaincode)
		if err != nil {
			return record.Block{}, fmt.Errorf("block %d, transaction %d (%.64q): %w", h.GetNumber(), i, tx.ID, err)
		}
		tx.Position = i
		out.Txs = append(out.Txs, tx)
	}
	return out, nil
}

// validationCodes gives the peer's verdict on each transaction. The channel's
// first block carries none: nobody validates it.
func validationCodes(b *common.Block) ([]peer.TxValidationCode, error) {
	var filter []byte
	if m := b.GetMetadata().GetMetadata(); len(m) > int(common.BlockMetadataIndex_TRANSACTIONS_FILTER) {
		filter = m[common.BlockMetadataIndex_TRANSACTIONS_FILTER]
	}
	n := len(b.GetData().GetData())
	codes := make([]peer.TxValidationCode, n)
	if b.GetHeader().GetNumber() == 0 {
		return codes, nil
	}
	if len(filter) != n {
		return nil, fmt.Errorf(
			"block %d: %d transactions but %d validation codes; the peer has not validated it",
			b.GetHeader().GetNumber(),
			n,
			len(filter),
		)
	}
	for i, f := range filter {
		codes[i] = peer.TxValidationCode(f)
	}
	return codes, nil
}

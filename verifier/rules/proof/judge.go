package proof

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
)

// Head is a block as the next one names it.
type Head struct {
	Number uint64 `json:"number"`
	Hash   Hash   `json:"hash"`
}

// HeadOf gives what the next block names of this one.
func HeadOf(h *common.BlockHeader) Head { return Head{h.GetNumber(), sha256.Sum256(headerOf(h))} }

func headerOf(h *common.BlockHeader) []byte {
	return headerBytes(h.GetNumber(), h.GetPreviousHash(), h.GetDataHash())
}

// Judged is a block with what can be said of it without the blocks before it.
type Judged struct {
	Head     Head
	Block    *common.Block
	previous []byte
	err      error // *Failure of the block as a whole
	txs      []judged
}

// judged is one transaction of a block. Of one that is marked invalid nothing is checked before it is needed.
type judged struct {
	id    string
	code  peer.TxValidationCode
	tx    *transaction
	sets  []namespace
	fault *Failure
}

// namespace is what a transaction read and wrote of one contract's state.
type namespace struct {
	name string
	set  *kvrwset.KVRWSet
}

// Judge checks what a block shows by itself: that its transactions hash to its header's data hash, that the orderers
// signed the header, and of each transaction that is marked valid who signed it, and that enough organisations
// endorsed what it writes. It is safe for concurrent use; a Chain says what the block is after others.
func (a *Authority) Judge(block *common.Block, now time.Time) *Judged {
	j := &Judged{Head: HeadOf(block.GetHeader()), Block: block, previous: block.GetHeader().GetPreviousHash()}
	codes, err := flagsOf(block)
	if err != nil {
		j.err = &Failure{CheckBlock, ReasonUnreadable}
		return j
	}
	trust := a.trust
	trust.At = now
	newest := time.Time{} // of what is in it, for the block itself has no time
	for i, envelope := range block.GetData().GetData() {
		t := judge(trust, envelope, codes[i])
		if t.tx != nil && t.fault == nil && t.tx.at().After(newest) {
			newest = t.tx.at()
		}
		j.txs = append(j.txs, t)
	}
	if newest.IsZero() {
		newest = now
	}
	j.err = trust.wholeBlock(block, newest)
	return j
}

// wholeBlock checks data hash and orderers' signatures. The channel's first block, which only starts it, is signed by
// nobody: the second one names it.
func (a anchors) wholeBlock(block *common.Block, at time.Time) error {
	sum := sha256.New()
	for _, envelope := range block.GetData().GetData() {
		sum.Write(envelope)
	}
	if !bytes.Equal(sum.Sum(nil), block.GetHeader().GetDataHash()) {
		return &Failure{CheckBlock, ReasonDataHashWrong}
	}
	if block.GetHeader().GetNumber() == 0 {
		return nil
	}
	var b Block
	if err := b.readSignatures(block.GetMetadata().GetMetadata()); err != nil {
		return &Failure{CheckOrdering, ReasonUnreadable}
	}
	return run(new([]Check), []step{{CheckOrdering, func() error {
		return a.ordered(headerOf(block.GetHeader()), b.SignedValue, b.Signatures, at)
	}}})
}

// flagsOf gives the peer's verdict on each transaction. The channel's first block carries none.
func flagsOf(block *common.Block) ([]peer.TxValidationCode, error) {
	codes := make([]peer.TxValidationCode, len(block.GetData().GetData()))
	if block.GetHeader().GetNumber() == 0 {
		return codes, nil
	}
	metadata := block.GetMetadata().GetMetadata()
	if len(metadata) <= int(common.BlockMetadataIndex_TRANSACTIONS_FILTER) {
		return nil, ReasonUnreadable
	}
	filter := metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER]
	if len(filter) != len(codes) {
		return nil, ReasonUnreadable
	}
	for i, f := range filter {
		codes[i] = peer.TxValidationCode(f)
	}
	return codes, nil
}

func judge(trust anchors, envelope []byte, code peer.TxValidationCode) judged {
	t := judged{code: code}
	var err error
	if t.tx, err = readEnvelope(envelope); err != nil {
		t.fault = &Failure{CheckTransaction, ReasonUnreadable}
		return t
	}
	t.id = t.tx.channel.GetTxId()
	if t.configures() {
		return t
	}
	if t.fault = failure(CheckTransaction, t.tx.readAction()); t.fault != nil {
		return t
	}
	if t.sets, err = t.tx.namespaces(); err != nil {
		t.fault = &Failure{CheckTransaction, ReasonWritesUnreadable}
		return t
	}
	if code == peer.TxValidationCode_VALID {
		t.fault = t.check(trust)
	}
	return t
}

// configures reports whether the transaction is one of the channel's configuration, for which the orderers stand who
// sign its block.
func (t judged) configures() bool {
	return t.tx != nil && common.HeaderType(t.tx.channel.GetType()) == common.HeaderType_CONFIG
}

// check checks the transaction's own signatures. The policy is that of the contract in whose state it writes: a
// transaction of the contracts' life cycle, which writes none of it, needs whoever it concerns.
func (t judged) check(trust anchors) *Failure {
	if !t.touches(trust.Chaincode) {
		trust.Chaincode, trust.Endorsement.Required = t.tx.extension.GetChaincodeId().GetName(), 1
	}
	v := &verification{trust: trust, tx: t.tx}
	err := run(&v.report.Passed, []step{
		{CheckTransaction, v.checkTransaction},
		{CheckSubmitter, v.checkSubmitter},
		{CheckProposal, v.checkProposal},
		{CheckEndorsement, v.checkEndorsement},
	})
	return failure(CheckTransaction, err)
}

// touches reports whether the transaction is the contract's, by name or by what it writes.
func (t judged) touches(contract string) bool {
	for _, ns := range t.sets {
		if ns.name == contract && len(ns.set.GetWrites()) > 0 {
			return true
		}
	}
	return t.tx.extension.GetChaincodeId().GetName() == contract
}

func (t *transaction) namespaces() ([]namespace, error) {
	var results rwset.TxReadWriteSet
	if err := proto.Unmarshal(t.action.GetResults(), &results); err != nil {
		return nil, err
	}
	var all []namespace
	for _, ns := range results.GetNsRwset() {
		set := &kvrwset.KVRWSet{}
		if err := proto.Unmarshal(ns.GetRwset(), set); err != nil {
			return nil, err
		}
		all = append(all, namespace{ns.GetNamespace(), set})
	}
	return all, nil
}

// failure gives an error that says why, as the check's; nil where there is none.
func failure(check Check, err error) *Failure {
	var whole *Failure
	var reason Reason
	switch {
	case err == nil:
		return nil
	case errors.As(err, &whole):
		return whole
	case errors.As(err, &reason):
		return &Failure{check, reason}
	}
	return &Failure{check, ReasonUnreadable}
}

// Alone says what is wrong with the block by itself: a *Failure with the whole of it, findings with its transactions.
func (j *Judged) Alone() ([]Finding, error) {
	var found []Finding
	for i, t := range j.txs {
		if t.fault != nil && t.code == peer.TxValidationCode_VALID {
			found = append(found, j.finding(i, t.fault))
		}
	}
	return found, j.err
}

// Follows reports whether the block names the one before it.
func (j *Judged) Follows(head Head) bool {
	return j.Head.Number == head.Number+1 && bytes.Equal(j.previous, head.Hash[:])
}

// Marks is a hash over what the peer says of each transaction, valid or not. Peers agree on it, though nobody signs it.
func (j *Judged) Marks() Hash {
	marks := make([]byte, len(j.txs))
	for i, t := range j.txs {
		marks[i] = byte(t.code)
	}
	return sha256.Sum256(marks)
}

func (j *Judged) finding(at int, fault *Failure) Finding {
	t := j.txs[at]
	return Finding{j.Head.Number, at, fmt.Sprintf("%.64s", t.id), t.code.String(), fault.Check, fault.Reason}
}

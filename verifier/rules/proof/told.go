package proof

import (
	"crypto/sha256"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Told is one transaction of the contract whose own signatures were checked: what it told, read and wrote.
type Told struct {
	TxID      string
	At        time.Time
	Submitter string   // MSP id
	Endorsers []string // MSP ids, sorted
	Event     trace.Event
	Payload   []byte // the event as it was emitted
	Reads     []Read
	Writes    []Write
}

// KeyVersion is the place of a transaction on the ledger: that of the one that wrote a key last.
type KeyVersion struct{ Block, Position uint64 }

// Read is a key of the contract's state that was read. Version is nil where there was none.
type Read struct {
	Key     string
	Version *KeyVersion
}

// Write is a key that was written; a nil Value deletes it.
type Write struct {
	Key   string
	Value []byte
}

// Told checks a transaction by itself: its headers, its submitter, what was endorsed and by whom. That it is on the
// ledger and valid is for the caller. The error is a *Failure.
func (a *Authority) Told(envelope []byte) (Told, error) {
	tx, err := readEnvelope(envelope)
	if err != nil {
		return Told{}, &Failure{CheckTransaction, ReasonUnreadable}
	}
	v := &verification{trust: a.trust, tx: tx}
	var told Told
	err = run(&v.report.Passed, []step{
		{CheckTransaction, v.checkTransaction},
		{CheckSubmitter, v.checkSubmitter},
		{CheckProposal, v.checkProposal},
		{CheckEndorsement, v.checkEndorsement},
		{CheckRecord, func() error { return v.tx.tell(a.trust.Chaincode, &told) }},
	})
	told.TxID, told.At, told.Submitter, told.Endorsers = v.report.TxID, v.report.At, v.report.Submitter, v.report.Endorsers
	return told, err
}

// ReadTold reads a transaction of the contract without checking who signed it; false where it is none, or told nothing.
func ReadTold(envelope []byte, contract string) (told Told, ok bool) {
	tx, err := readEnvelope(envelope)
	if err != nil || tx.readAction() != nil || tx.tell(contract, &told) != nil {
		return Told{}, false
	}
	told.TxID, told.At = tx.channel.GetTxId(), tx.at()
	return told, true
}

func (t *transaction) tell(contract string, told *Told) error {
	var event peer.ChaincodeEvent
	switch {
	case t.action.GetResponse().GetStatus() != 200:
		return ReasonContractRefused
	case proto.Unmarshal(t.action.GetEvents(), &event) != nil ||
		trace.Unmarshal(event.GetPayload(), &told.Event) != nil:
		return ReasonEventUnreadable
	case event.GetEventName() != trace.EventName || event.GetTxId() != t.channel.GetTxId() ||
		event.GetChaincodeId() != contract:
		return ReasonEventUnreadable
	}
	told.Payload = event.GetPayload()
	var err error
	told.Reads, told.Writes, err = t.touched(contract)
	return err
}

// touched gives what the transaction read and wrote of the contract's state. Of ranges it gives the keys that are in
// them one by one; the ledger keeps no more than a hash of long ones.
func (t *transaction) touched(contract string) (reads []Read, writes []Write, err error) {
	all, err := t.namespaces()
	if err != nil {
		return nil, nil, ReasonWritesUnreadable
	}
	for _, ns := range all {
		if ns.name != contract {
			continue
		}
		for _, r := range ns.set.GetReads() {
			reads = append(
				reads,
				readOf(r.GetKey(), r.GetVersion() != nil, r.GetVersion().GetBlockNum(), r.GetVersion().GetTxNum()),
			)
		}
		for _, q := range ns.set.GetRangeQueriesInfo() {
			for _, r := range q.GetRawReads().GetKvReads() {
				reads = append(
					reads,
					readOf(r.GetKey(), r.GetVersion() != nil, r.GetVersion().GetBlockNum(), r.GetVersion().GetTxNum()),
				)
			}
		}
		for _, w := range ns.set.GetWrites() {
			value := w.GetValue()
			if w.GetIsDelete() {
				value = nil
			}
			writes = append(writes, Write{w.GetKey(), value})
		}
	}
	return reads, writes, nil
}

func readOf(key string, there bool, block, position uint64) Read {
	if !there {
		return Read{Key: key}
	}
	return Read{key, &KeyVersion{block, position}}
}

// Stated is the answer to a query that was endorsed and never ordered.
type Stated struct {
	At       time.Time
	Signers  []string // MSP ids of the organisations, sorted
	Argument []byte   // what was asked
	Payload  []byte   // what the contract answered
	Reads    []Read
}

// Stated checks the answer to a query of the contract with one argument, as ReadAnswer takes it: that it is of this
// ledger, and that peers of enough organisations signed it, of two at least. The envelope must be in the one form that
// Envelope writes. The error is a *Failure.
func (a *Authority) Stated(envelope []byte, query trace.Query) (Stated, error) {
	var s Stated
	v := &factsVerification{trust: a.trust}
	err := run(&v.report.Passed, []step{
		{CheckAsked, func() error { return v.checkStated(envelope, query, &s) }},
		{CheckSigned, v.checkSigned},
	})
	s.Signers = v.report.Signers
	return s, err
}

func (v *factsVerification) checkStated(envelope []byte, query trace.Query, s *Stated) (err error) {
	if v.signed.Answer, err = ReadAnswer(envelope); err != nil {
		return err
	}
	if again, err := v.signed.Envelope(); err != nil || string(again) != string(envelope) {
		return ReasonNotCanonical
	}
	p, err := v.asked()
	if err != nil {
		return err
	}
	args := p.call.GetChaincodeSpec().GetInput().GetArgs()
	switch {
	case len(args) != 2 || string(args[0]) != string(query):
		return ReasonNotFacts
	case p.action.GetResponse().GetStatus() != 200:
		return ReasonContractRefused
	}
	s.At, s.Argument, s.Payload = v.report.At, args[1], p.action.GetResponse().GetPayload()
	s.Reads, _, err = (&transaction{action: peer.ChaincodeAction{Results: p.action.GetResults()}}).touched(
		v.trust.Chaincode,
	)
	return err
}

// Header is a block's header. The channel's first block names none before it; its Previous is zero.
type Header struct {
	Number         uint64
	Previous, Data Hash
}

// Hash is what the next header names.
func (h Header) Hash() Hash { return sha256.Sum256(h.bytes()) }

func (h Header) bytes() []byte {
	previous := h.Previous[:]
	if h.Number == 0 {
		previous = nil
	}
	return headerBytes(h.Number, previous, h.Data[:])
}

// Ordered checks that enough orderers signed a header, with certificates that held at the time. The error is a *Failure.
func (a *Authority) Ordered(h Header, value []byte, signatures []OrderingSignature, at time.Time) error {
	return run(new([]Check), []step{{CheckOrdering, func() error {
		return a.trust.ordered(h.bytes(), value, signatures, at)
	}}})
}

// OrderedBy takes a block's signatures from its metadata, as a peer keeps it.
func OrderedBy(block *common.Block) (value []byte, signatures []OrderingSignature, err error) {
	var b Block
	err = b.readSignatures(block.GetMetadata().GetMetadata())
	return b.SignedValue, b.Signatures, err
}

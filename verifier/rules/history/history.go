// Package history makes and checks history files: one file that shows, to somebody who trusts nobody's server, every
// event that a batch has had, each as a transaction of the ledger with its endorsements, its block and the orderers'
// signatures, in one chain of headers, and that none is missing, added, changed or in another place
// (docs/proofs.md, decision 91). From the events alone it makes where the batch's units are.
//
// It is pure functions over bytes, and reads and writes as it goes: a file may be larger than memory. It knows nothing
// of networks, databases or HTTP.
package history

import (
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Version names the format of history files.
const Version = "touchstone/history-file/v1"

// Head is the first line of a file. Every line is JSON with exactly its fields, in their order.
type Head struct {
	Version   string     `json:"version"`
	GTIN      string     `json:"gtin"`
	Lot       string     `json:"lot"`
	Statement []byte     `json:"statement"`    // the answer of StateHistory, common.Envelope as proof.Answer writes it
	From      uint64     `json:"from"`         // the first block of the chain
	Previous  proof.Hash `json:"previousHash"` // that this block names; zero where it is the channel's first
}

// Part is one of the lines that follow, in the chain's order: exactly one of its fields is there. End is the last.
type Part struct {
	Between []proof.Hash `json:"dataHashes,omitempty"` // of blocks without an event of the batch, one after another
	Block   *Block       `json:"block,omitempty"`
	End     *End         `json:"end,omitempty"`
}

// Block is a block with events of the batch. Its data hash is over all its envelopes, so all are there.
type Block struct {
	Number    uint64     `json:"number"`
	Previous  proof.Hash `json:"previousHash"`
	Envelopes [][]byte   `json:"envelopes"`
	Events    []int      `json:"events"` // which of the envelopes are events of the batch, ascending
	Ordering
}

// Ordering is what orderers signed besides a block's header, and their signatures.
type Ordering struct {
	SignedValue []byte                    `json:"signedValue"`
	Signatures  []proof.OrderingSignature `json:"signatures"`
}

// End is the last block of the chain.
type End struct {
	proof.Head
	Ordering
}

// Report says what was found. What was not reached is empty.
type Report struct {
	Passed   []proof.Check
	GTIN     string
	Lot      string
	At       time.Time // when the organisations stated where the batch stands
	Signers  []string  // MSP ids of those, sorted
	Events   int64
	Unnoted  int64 // those among them from before the contract noted any
	Blocks   uint64
	First    proof.Head // the block before the chain; nothing where it begins with the channel's first
	Last     proof.Head
	Holdings []trace.Holding // as made of the events
	Batch    *trace.Batch
	Recalled []trace.RecalledLine
}

// Event is one event of the batch, checked by itself.
type Event struct {
	Number   int64 // from 1
	Block    uint64
	Position int
	proof.Told
}

// Failure is what failed first, and where. It quotes nothing of the file but the transaction's id, which is hex.
type Failure struct {
	proof.Failure
	Block uint64
	TxID  string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("history: block %d: %s: %s %s", f.Block, f.Check, f.Reason, f.TxID)
}

// Unwrap gives the failure.
func (f *Failure) Unwrap() error { return &f.Failure }

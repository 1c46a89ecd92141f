package record

import (
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Block is a verified block: Hash is the one that the next block names.
type Block struct {
	Number   uint64
	Hash     []byte
	PrevHash []byte
	DataHash []byte
	Txs      []Tx
}

// Tx is one transaction of a block, valid or not. What an invalid one says of
// itself is a claim that nobody checked.
type Tx struct {
	ID        string // 64 hex digits, or empty: a configuration, or a claim that is none
	Position  int
	Code      string // Fabric's validation code by name
	Function  string // the contract's function, or "config"
	MSP       string
	Identity  string   // common name of the signer's certificate
	Endorsers []string // "MSP/common name"
	At        time.Time
	Event     *trace.Event // nil unless Code is Valid and the contract emitted one
	EventJSON json.RawMessage
}

// Checkpoint is how far the read model has come. CheckedAt is when it was last
// known to be level with the channel, the zero time for never. Halted is empty,
// or why the projector refuses to go on.
type Checkpoint struct {
	Channel   string
	NextBlock uint64
	LastHash  []byte
	CheckedAt time.Time
	Halted    string
}

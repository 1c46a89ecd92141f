package record

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Pending is a transaction that is endorsed and signed, written down before it
// is sent. Envelope is what Fabric orders, byte for byte: sending it again
// cannot make it happen twice, for it keeps its transaction id.
type Pending struct {
	TxID        string
	Party       string
	Transaction trace.Transaction
	Envelope    []byte
	Ref         string          // what the caller knows the request by, e.g. an idempotency record
	Note        json.RawMessage // what the caller wants back with the outcome, or nil
	PreparedAt  time.Time
	Hold        Hold // not kept: writing it down fails where it is lost
}

// Hold is the claim on an Idempotency-Key under which one attempt at a request
// writes. An attempt that was silent for too long loses it to the next one, and
// must not write any more. The zero Hold is of requests without a key.
type Hold struct{ Account, Key, Holder string }

// ErrTakenOver is the answer to an attempt whose Hold another attempt has taken
// over meanwhile. It wrote nothing; the other one may.
var ErrTakenOver = errors.New("another attempt at this request has taken it over")

// Outcome is what became of a transaction: its block and Fabric's validation
// code by name, Valid where it was written. NeverOrdered has no block.
type Outcome struct {
	Block uint64
	Code  string
}

// Valid is the validation code of a transaction that took effect.
const Valid = "VALID"

// NeverOrdered is the code, not one of Fabric's, of a transaction that the orderers
// refused and that the ledger has gone on without.
const NeverOrdered = "NEVER_ORDERED"

// Written reports whether the transaction took effect.
func (o Outcome) Written() bool { return o.Code == Valid }

// Submission is a Pending with its outcome, which is nil as long as it is not
// known. Refusal is why the orderers would not take it, where they did not.
type Submission struct {
	Pending
	Outcome *Outcome
	Refusal string
}

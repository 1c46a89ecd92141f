package record

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Call is one transaction to submit. Request is marshalled as the contract's one
// argument. Ref and Note are journalled with it, under Hold (see Pending); where Hold
// is lost nothing is sent.
type Call struct {
	Party       string
	Transaction trace.Transaction
	Request     any
	Ref         string
	Note        json.RawMessage
	Hold        Hold
}

// Position is where on the ledger a transaction is.
type Position struct {
	TxID  string `json:"txId"`
	Block uint64 `json:"block"`
}

// Commit says where a transaction was written and what it did.
type Commit struct {
	Position
	Event trace.Event
}

// OutcomeUnknown means that a transaction was handed over, or may have been, and
// nobody can say yet whether it was written. It is not a failure: the ledger's
// resolver finds out and settles it in the journal.
type OutcomeUnknown struct {
	TxID string
	Err  error
}

func (e *OutcomeUnknown) Error() string {
	return fmt.Sprintf("outcome of transaction %s not known yet: %v", e.TxID, e.Err)
}

// Unwrap gives the cause.
func (e *OutcomeUnknown) Unwrap() error { return e.Err }

// Phase is where on its way a transaction stopped. The ledger has the list of them.
type Phase string

// Unavailable means that nothing was written, certainly, and that the same call may
// succeed later. Phase and TxID are the last attempt's; empty where there was none.
type Unavailable struct {
	Phase Phase
	TxID  string
	Err   error
}

func (e *Unavailable) Error() string {
	if e.Phase == "" {
		return fmt.Sprintf("nothing was written: %v", e.Err)
	}
	return fmt.Sprintf("%s of transaction %s: nothing was written: %v", e.Phase, e.TxID, e.Err)
}

// Unwrap gives the cause.
func (e *Unavailable) Unwrap() error { return e.Err }

// ErrConflict is in an Unavailable where others were writing to the same units or keys
// for as long as the call could wait.
var ErrConflict = errors.New("others are writing to the same units")

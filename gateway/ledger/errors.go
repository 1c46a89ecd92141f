package ledger

import "fmt"

// OutcomeUnknown means that a transaction was handed over, or may have been,
// and nobody can say yet whether it was written. It is not a failure: the
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

// Phase is where on its way a transaction stopped.
type Phase string

// The phases. A transaction that stopped in Endorse was never sent; one that
// stopped in Commit was ordered and found invalid.
const (
	Endorse  Phase = "endorse"
	Commit   Phase = "commit"
	Evaluate Phase = "evaluate"
)

// Unavailable means that nothing was written, certainly, and that the same
// call may succeed later. TxID is the last attempt's.
type Unavailable struct {
	Phase Phase
	TxID  string
	Err   error
}

func (e *Unavailable) Error() string {
	return fmt.Sprintf("%s of transaction %s: nothing was written: %v", e.Phase, e.TxID, e.Err)
}

// Unwrap gives the cause.
func (e *Unavailable) Unwrap() error { return e.Err }

package ledger

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/gateway"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

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

// The phases. A transaction that stopped before Commit was never sent; one that stopped in Commit
// was ordered and found invalid.
const (
	Evaluate    Phase = "evaluate"
	Signing     Phase = "sign"
	Endorse     Phase = "endorse"
	Journalling Phase = "journal"
	Commit      Phase = "commit"
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

// ErrConflict is in an Unavailable whose transactions were each found invalid
// because others had written what they read.
var ErrConflict = errors.New("others wrote to the same keys")

var ordererRefusal = regexp.MustCompile(`status=(?:BAD_REQUEST|FORBIDDEN|REQUEST_ENTITY_TOO_LARGE), info=(.+)`)

// refusedByOrderers finds the reason why an orderer would not take an envelope as
// it is: its certificate has ended or was revoked, its organisation has left, it
// is too large. Another orderer may have it from before, all the same.
func refusedByOrderers(err error) (reason string, ok bool) {
	var submit *client.SubmitError
	if !errors.As(err, &submit) || status.Code(submit) != codes.Aborted {
		return "", false
	}
	m := ordererRefusal.FindStringSubmatch(status.Convert(submit).Message())
	if m == nil {
		return "", false
	}
	return m[1], true
}

// endorseError says what a failed endorsement means. What the peer that was
// asked says of its own stands. What only others say may come from a peer that
// lags behind, as may answers that do not agree, and a peer that is gone may come
// back: those are proposed again.
func endorseError(err error, asked, txID string) error {
	if refused, ok := peers.Refusal(err, asked); ok {
		return refused
	}
	if refused, ok := peers.Refusal(err, ""); ok {
		return &conflict{refused}
	}
	unavailable := &Unavailable{Phase: Endorse, TxID: txID, Err: err}
	if peers.Elsewhere(err) || status.Code(err) == codes.Aborted && !says(err, asked) {
		return &conflict{unavailable}
	}
	return unavailable
}

// says reports whether a failure is that of a peer of the MSP.
func says(err error, msp string) bool {
	for _, d := range status.Convert(err).Details() {
		if detail, ok := d.(*gateway.ErrorDetail); ok && detail.GetMspId() == msp {
			return true
		}
	}
	return false
}

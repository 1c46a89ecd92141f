package ledger

import (
	"errors"
	"regexp"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/gateway"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// The phases. A transaction that stopped before Commit was never sent; one that stopped in Commit
// was ordered and found invalid.
const (
	Evaluate    record.Phase = "evaluate"
	Signing     record.Phase = "sign"
	Endorse     record.Phase = "endorse"
	Journalling record.Phase = "journal"
	Commit      record.Phase = "commit"
)

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
	unavailable := &record.Unavailable{Phase: Endorse, TxID: txID, Err: err}
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

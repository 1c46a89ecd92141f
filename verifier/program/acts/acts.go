// Package acts is what the program that faces shoppers asks of the one that has
// keys. What the owner of a unit does with it: the verifier checks the owner and
// asks; the gateway writes it as the platform, and nothing else. And whether a
// PIN is a unit's: the verifier cannot make one.
package acts

import (
	"context"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Path is where a gateway takes acts, on the address that strangers do not reach.
const Path = "/acts"

// MinKey is the least length of the key that verifiers have, in characters.
const MinKey = 32

// maxBody bounds an act, in bytes: a claim with its proof has a few thousand.
const maxBody = 64 << 10

// Act is a transaction that owners may have written, with its request.
type Act struct {
	Transaction trace.Transaction `json:"transaction"`
	Request     json.RawMessage   `json:"request"`
}

// Outcome is what became of an act. Where Known is false it may have been
// written, by the transaction named, if any; else it is in the block.
type Outcome struct {
	TxID  string `json:"txId,omitempty"`
	Block uint64 `json:"block,omitempty"`
	Known bool   `json:"known"`
}

// Writer writes an act as the platform. Errors: *trace.Error where the ledger
// refused; any other means that nothing was written.
type Writer interface {
	Write(ctx context.Context, t trace.Transaction, request any) (Outcome, error)
}

// read gives the request of an act that owners may do.
func (a Act) read() (any, error) {
	switch a.Transaction {
	case trace.ActivateUnit:
		return into[trace.ActivateUnitRequest](a.Request)
	case trace.PassOnUnit, trace.RenewOwnerKey, trace.ReportUnitStolen, trace.WithdrawStolenReport:
		return into[trace.OwnerRequest](a.Request)
	default:
		return nil, trace.Refuse(trace.RequestMalformed, "transaction", "no_such_transaction")
	}
}

func into[T any](content json.RawMessage) (T, error) {
	var v T
	return v, trace.Unmarshal(content, &v)
}

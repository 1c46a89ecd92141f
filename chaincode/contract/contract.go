// Package contract is the Fabric contract: the rules of chaincode/trace that
// need the ledger's state, one file per aggregate. It is the only package that
// knows contractapi, and it knows nothing of HTTP, SQL or the gateway.
//
// An aggregate is a file with its transactions (exported methods that hand a
// rule to submit), its queries, its keys and nothing of another aggregate's
// keys. CONTRIBUTING.md lists what a new transaction takes.
package contract

import (
	"log/slog"
	"slices"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Contract holds the transactions. Every exported method of its own is one.
type Contract struct {
	contractapi.Contract
	now func() time.Time
}

// New makes the chaincode. The clock serves to refuse transactions whose
// timestamp is far from it; what it says is never written.
func New(now func() time.Time) (shim.Chaincode, error) {
	c := &Contract{now: now}
	c.Name = "touchstone"
	c.UnknownTransaction = unknown
	cc, err := contractapi.NewChaincode(c)
	if err != nil {
		return nil, err
	}
	return recovering{cc}, nil
}

func unknown() error {
	return trace.Refuse(trace.RequestMalformed, "", "no_such_transaction")
}

// GetEvaluateTransactions tells contractapi which methods only read.
func (c *Contract) GetEvaluateTransactions() []string {
	var names []string
	for q := range trace.Queries {
		names = append(names, string(q))
	}
	slices.Sort(names)
	return names
}

// recovering turns a panic into a refusal, so that no request can stop the
// process for everybody else.
type recovering struct{ shim.Chaincode }

func (r recovering) Invoke(stub shim.ChaincodeStubInterface) (response *peer.Response) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("transaction panicked", "txId", stub.GetTxID(), "panic", p)
			response = shim.Error("the contract failed; its log says why")
		}
	}()
	return r.Chaincode.Invoke(stub)
}

package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// answer runs a query: every member of the channel may read everything, also a
// party that is suspended or revoked.
func answer[V any](ctx contractapi.TransactionContextInterface, read func(*state) (V, error)) (string, error) {
	v, err := read(newState(ctx.GetStub()))
	if err != nil {
		return "", err
	}
	payload, err := trace.Marshal(v)
	return string(payload), err
}

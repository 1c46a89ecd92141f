package peers

import (
	"github.com/hyperledger/fabric-protos-go-apiv2/gateway"
	"google.golang.org/grpc/status"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Refusal finds the contract's own error in a peer's answer, among those of one
// MSP's peers where it is named. Peers wrap it in details; evaluation also
// gives it in the message.
func Refusal(err error, msp string) (*trace.Error, bool) {
	s, ok := status.FromError(err)
	if err == nil || !ok {
		return nil, false
	}
	for _, d := range s.Details() {
		detail, ok := d.(*gateway.ErrorDetail)
		if !ok || msp != "" && detail.GetMspId() != msp {
			continue
		}
		if refused, ok := trace.ParseError(detail.GetMessage()); ok {
			return refused, true
		}
	}
	if msp != "" {
		return nil, false
	}
	return trace.ParseError(s.Message())
}

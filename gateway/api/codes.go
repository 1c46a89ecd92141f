package api

import (
	"net/http"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// codeOfStatus names what the router or the binder refused.
func codeOfStatus(status int) trace.Code {
	switch {
	case status == http.StatusNotFound:
		return problem.RouteUnknown
	case status == http.StatusMethodNotAllowed:
		return problem.MethodNotAllowed
	case status >= http.StatusInternalServerError:
		return problem.Internal
	}
	return trace.RequestMalformed
}

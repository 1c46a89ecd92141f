package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// PartyName is what a party is called, and nothing else about it.
type PartyName struct {
	ID   string     `json:"id"`
	Name trace.Text `json:"name"`
}

// Package service is what the gateway does for its callers: it registers goods
// and batches, books custody, prints labels, imports spreadsheets and tells the
// story of a unit. Each operation takes a Caller and keeps to what that caller
// may see.
//
// It knows nothing of HTTP, SQL or Fabric: it speaks the vocabularies of
// chaincode/trace and gateway/record, and reaches everything else through the
// small interfaces of this package. Who may call which operation is decided
// before (see gateway/api), the rules of the supply chain after, on the ledger.
package service

import (
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Service has its parts from gateway/cmd/gateway. All fields are required
// but Decoding; URIBase is the scheme and host that QR codes open, without a path.
type Service struct {
	*Writer
	Goods   Goods
	Custody Custody
	Cases   Cases
	Prints  Prints
	Making  Making
	Quality Quality
	Parties Parties
	Story   Story
	Secrets Secrets
	Jobs    Jobs
	Files   Files
	Rows    Rows

	LabelKits LabelKits

	Graphs        Graphs
	Illustrations Illustrations

	Platform string // the platform's party, which decides cases

	Keys    *seal.Keyring
	URIBase string

	large     *share.Pool // has one for each big tree that is computed at a time, by party
	searching *share.Pool // and for each search by the end of a serial
	Decoding  *share.Memory
}

// bigTrees is how many big batches are committed to at a time: each uses all cores.
const bigTrees = 2

// Ready fills in what can be left empty.
func (s *Service) Ready() *Service {
	s.Writer.Ready()
	s.Writer.Sight = s
	s.large, s.searching = share.New(bigTrees, 1), share.New(searches, 1)
	return s
}

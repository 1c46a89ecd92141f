package countersign

import (
	"context"

	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Peers is the ledger as its peers answer for it.
type Peers struct{ *peers.Endorser }

// Endorse gives what the peers of two organisations signed.
func (p Peers) Endorse(ctx context.Context, query, request string) (proof.Answer, error) {
	envelope, err := p.Endorser.Endorse(ctx, query, request)
	if err != nil {
		return proof.Answer{}, err
	}
	return proof.ReadAnswer(envelope)
}

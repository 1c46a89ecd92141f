package unit

import (
	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// ProofLimits says what a proof does not show.
func (p unitPage) ProofLimits() string { return proof.Means.In(p.Lang) }

// ProofURI is the unit's URI, for asking for its proof: any host will do.
func (p unitPage) ProofURI() string {
	return gs1.UnitURI("HTTPS://X", gs1.GTIN(p.Item.GTIN), p.Item.Lot, p.Item.Serial)
}

// Proof is nil where the page has nothing to prove.
func (p unitPage) Proof() *proofs.Shown {
	if p.proof.Trust == nil || p.Item == nil || p.Nonce == "" {
		return nil
	}
	results := map[verdict.Result]string{}
	for result, text := range resultNames {
		results[result] = text.In(p.Lang)
	}
	unit := proof.UnitID{GTIN: p.Item.GTIN, Lot: p.Item.Lot, Serial: p.Item.Serial}
	return proofs.ShownOn(
		p.Frame,
		p.proof,
		unit,
		p.Verdict,
		proofs.AskedBy{Seller: p.from.Seller, Market: p.from.Market, Owner: p.ByOwner},
		results,
	)
}

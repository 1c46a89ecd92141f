package main

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/verifier/internal/countersign"
	"github.com/touchstone-trace/touchstone/verifier/internal/level"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// countersigned has verdicts countersigned. Without a network, or without knowing whom to
// believe, none is genuine; every verdict is as the records have it only where that is asked for.
func (c config) countersigned(
	ctx context.Context, o *web.Options, ledger *peers.Client, heights *level.Watch, kept countersign.Disputes,
) error {
	switch {
	case c.SignaturesMaxAge == signaturesOff:
		o.Log.Warn("verdicts are not countersigned: TOUCHSTONE_SIGNATURES_MAX_AGE is off")
		return nil
	case ledger == nil || o.Trust == nil:
		o.Log.Warn("no verdict is genuine: that needs TOUCHSTONE_PROFILE and TOUCHSTONE_TRUST_FILE")
		o.Voucher = nobody{}
		return nil
	}
	signer, err := countersign.New(
		countersign.Peers{
			Endorser: peers.NewEndorser(ledger),
		},
		heights,
		*o.Trust,
		c.signaturesAge(),
		kept,
		o.Log,
		o.Metrics,
	)
	if err != nil {
		return fmt.Errorf("TOUCHSTONE_TRUST_FILE: %w", err)
	}
	go signer.Run(ctx)
	o.Voucher, o.Countersigner, o.FactsAge = signer, signer, c.signaturesAge()
	return nil
}

// nobody vouches for nothing.
type nobody struct{}

// Vouch gives every genuine answer as one whose signatures are missing.
func (nobody) Vouch(_ context.Context, e verdict.Evidence, _ func() verdict.Evidence) verdict.Answer {
	e.Signatures.Outcome = verdict.Unsigned
	return verdict.Judge(e)
}

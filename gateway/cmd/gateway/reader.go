package main

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

type readerCommand struct {
	File string `required:"" help:"File that the identity is written to, readable by its owner only: the verifiers' TOUCHSTONE_READER_FILE." type:"path"`
}

// reader is whom verifiers read the ledger as. No party can have a name with a dot.
const reader = "verifier.reader"

// Run enrols the reader, or renews it in the last quarter of its certificate's
// life. It signs for nobody: it is no party of the ledger.
func (r readerCommand) Run(ctx context.Context) error {
	return migrated(ctx, func(s *system) error { return r.write(ctx, s) })
}

func (r readerCommand) write(ctx context.Context, s *system) error {
	if _, err := s.wallet.Enrol(ctx, enrol.Request{Party: reader, MSP: trace.PlatformMSP, Name: reader}); err != nil {
		return fmt.Errorf("enrol the verifiers' reader: %w", err)
	}
	id, err := s.signer(ctx, reader)
	if err != nil {
		return err
	}
	content, err := peers.Encode(id)
	if err != nil {
		return err
	}
	return writeSecret(r.File, string(content)+"\n")
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// activator has a gateway write what owners do: the verifier signs for nobody.
type activator struct{ gateway acts.Client }

var _ owner.Activator = activator{}

// actTime bounds one act, which waits for its block.
const actTime = 65 * time.Second

// owners connects what owners do, where a gateway is configured for it.
func (c config) owners(o *web.Options) {
	if c.ActsURL == "" {
		o.Log.Warn("activations are off: TOUCHSTONE_ACTS_URL is not set")
		return
	}
	gateway := acts.Client{URL: c.ActsURL, Key: c.ActsKey, HTTP: &http.Client{Timeout: actTime}}
	o.Activator, o.PINs = activator{gateway}, gateway
}

// Activate has a claim written and waits for its block.
func (a activator) Activate(ctx context.Context, r trace.ActivateUnitRequest) (owner.Activation, error) {
	return a.write(ctx, trace.ActivateUnit, r)
}

// Act has written what an owner signed, and waits for its block.
func (a activator) Act(ctx context.Context, act trace.Transaction, r trace.OwnerRequest) (owner.Activation, error) {
	return a.write(ctx, act, r)
}

func (a activator) write(ctx context.Context, t trace.Transaction, request any) (owner.Activation, error) {
	done, err := a.gateway.Write(ctx, t, request)
	return owner.Activation(done), err
}

// peers answers nil where no network is configured.
func (c config) peers(log *slog.Logger) (*peers.Client, error) {
	if c.Profile == "" {
		log.Warn("the peers are not asked: TOUCHSTONE_PROFILE is not set")
		return nil, nil
	}
	profile, err := topology.ReadProfile(c.Profile)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_PROFILE: %w", err)
	}
	reader, err := peers.FromFile(c.ReaderFile)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_READER_FILE: %w", err)
	}
	return peers.Dial(profile, reader, log)
}

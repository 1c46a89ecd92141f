package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/rules/translog"
)

// published is the log of anchors; nil without a key to sign it with.
func (c config) published(source proofs.Anchors) (*proofs.Published, error) {
	if c.CheckpointKey == "" {
		return nil, nil
	}
	seed, err := translog.ReadSeed(c.CheckpointKey)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_CHECKPOINT_KEY_FILE: %w", err)
	}
	origin := c.LogOrigin
	if origin == "" {
		_, host, found := strings.Cut(c.LabelHost, "://")
		if !found {
			host = c.LabelHost
		}
		origin = strings.TrimSuffix(host, "/") + "/anchors"
	}
	log, err := translog.New(origin, seed)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_LOG_ORIGIN: %w", err)
	}
	return &proofs.Published{Log: log, Source: source, Now: time.Now}, nil
}

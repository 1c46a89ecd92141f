package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/network/local"
)

// stopLimit is how long a running system may take to stop.
const stopLimit = 2 * time.Minute

type stop struct{}

// Run stops what runs in the state folder.
func (stop) Run(ctx context.Context, s state, log *slog.Logger) error {
	ctx, cancel := context.WithTimeoutCause(ctx, stopLimit, fmt.Errorf("still running after %s", stopLimit))
	defer cancel()
	return local.Stop(ctx, string(s), log)
}

type clean struct{}

// Run stops what runs in the state folder and removes the folder.
func (clean) Run(ctx context.Context, s state, log *slog.Logger) error {
	if !local.Exists(string(s)) {
		log.Info("nothing to remove", "state", string(s))
		return nil
	}
	if err := (stop{}).Run(ctx, s, log); err != nil {
		return err
	}
	return local.Remove(string(s))
}

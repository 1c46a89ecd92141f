package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/gateway/store"
)

type exportCommand struct {
	File string `arg:"" help:"File to write." type:"path"`
}

// Run needs the read model's database only: it is for whoever runs one and lets others audit it.
func (e exportCommand) Run(ctx context.Context) error {
	url := os.Getenv("TOUCHSTONE_READ_MODEL_DATABASE_URL")
	if url == "" {
		return errors.New("TOUCHSTONE_READ_MODEL_DATABASE_URL must name the read model's database")
	}
	live, err := store.OpenForReading(url)
	if err != nil {
		return err
	}
	defer func() { _ = live.Close() }()
	model, err := live.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = model.Close() }()
	at, err := model.Checkpoint(ctx)
	if err != nil {
		return err
	}
	return audit.Replace(e.File, func(w io.Writer) error {
		return audit.Write(ctx, w, at, store.Compared(), model)
	})
}

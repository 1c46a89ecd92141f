package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/touchstone-trace/touchstone/merchant-portal/console"
	"github.com/touchstone-trace/touchstone/network/tools"
)

type buildConsole struct{}

// Run builds the console and says where it is.
func (buildConsole) Run(ctx context.Context, log *slog.Logger) error {
	source, err := tools.SourceRoot(ctx)
	if err != nil {
		return err
	}
	folder, err := (console.Builder{Source: source, Log: log}).Build(ctx)
	if err == nil {
		fmt.Println(folder)
	}
	return err
}

// builtConsole answers the folder of the console, or none: the system is of use
// without it, and its gateway says at / how to build it.
func builtConsole(ctx context.Context, source string, log *slog.Logger) (string, error) {
	folder, err := (console.Builder{Source: source, Log: log}).Build(ctx)
	if err != nil && ctx.Err() == nil {
		log.Warn("the console is not there; everything else starts without it", "why", err)
		return "", nil
	}
	return folder, err
}

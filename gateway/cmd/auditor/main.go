// Command auditor holds a ledger and its read model to what the blocks say, for somebody who trusts neither. It needs a
// certificate that may read the channel, a connection profile and a trust file; no key and no right of the platform's.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

var cli struct {
	Reconcile reconcileCommand `cmd:"" help:"Walk the chain at your own peer, replay it, and compare it with a read model; goes on where it was."`
	Monitor   monitorCommand   `cmd:"" help:"Do so all the time, at several organisations' peers, and alarm."`
	Export    exportCommand    `cmd:"" help:"Write a read model to a file that reconcile compares."`
	Identity  identityCommand  `cmd:"" help:"Enrol the auditor's reader at the auditors' CA; again to renew it in time."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	command := kong.Parse(&cli, kong.Name("auditor"), kong.Description(manual()), kong.UsageOnError())
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "auditor:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

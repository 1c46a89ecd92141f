// Command touchstone runs a whole Touchstone on this machine: Fabric, Postgres,
// the chaincode, and what works on top of them.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type cli struct {
	State string `help:"Folder for everything that the system keeps." default:".touchstone" env:"TOUCHSTONE_STATE" type:"path"`

	Build   build        `cmd:"" help:"Build Fabric's programs into the user's cache."`
	Up      up           `cmd:"" help:"Start everything and keep it running until interrupted."`
	Renew   renew        `cmd:"" help:"Renew the certificates of nodes, TLS and CAs of what runs in the state folder."`
	Status  status       `cmd:"" help:"Show every process, its height and health."`
	Stop    stop         `cmd:"" help:"Stop what runs in the state folder."`
	Clean   clean        `cmd:"" help:"Stop it and remove the state folder, ledgers and database included."`
	Console buildConsole `cmd:"" help:"Build the console into the user's cache and print its folder."`
	Render  render       `cmd:"" help:"Write Fabric's configuration into a folder, to look at."`
}

// state is the state folder, as the commands receive it.
type state string

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	var args cli
	k := kong.Parse(
		&args, kong.Name("touchstone"), kong.Description("Touchstone on this machine."), kong.UsageOnError(),
	)
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	k.BindTo(ctx, (*context.Context)(nil))
	k.FatalIfErrorf(k.Run(state(args.State), log))
}

// Command gateway serves the HTTP interface of Touchstone, projects the ledger
// into Postgres, and sets both up.
package main

import (
	"context"

	"github.com/alecthomas/kong"

	"github.com/touchstone-trace/touchstone/verifier/program/start"
)

var cli struct {
	Serve     serveCommand        `cmd:"" default:"1" help:"Serve the interface and project the ledger (the default)."`
	Migrate   migrateCommand      `cmd:"" help:"Bring the database's schemas up to date."`
	Rebuild   rebuildCommand      `cmd:"" help:"Empty the read model and build it anew from block 0; stop all gateways first."`
	Check     checkCommand        `cmd:"" help:"Compare the read model with what a rebuild from block 0 gives."`
	Restored  restoreCheckCommand `cmd:"" name:"restore-check" help:"Hold a restored database against the ledger: make again what can be made, name what is lost."`
	Person    personCommand       `cmd:"" help:"Let a person sign in, the platform's first one too, or give one a new password."`
	Reader    readerCommand       `cmd:"" help:"Write the identity that verifiers read the ledger as; again to renew it in time."`
	CodeKeys  codeKeysCommand     `cmd:"" name:"code-keys" help:"Make the keys of unit codes where there are none, add one for PINs where they have none of their own, and write those that verifiers check codes by."`
	Bootstrap bootstrapCommand    `cmd:"" help:"Enrol the platform, register its party and make its first account."`
}

func main() {
	command := kong.Parse(&cli, kong.Name("gateway"), kong.Description(manual()), kong.UsageOnError())
	start.Main("gateway", func(ctx context.Context) error {
		command.BindTo(ctx, (*context.Context)(nil))
		return command.Run()
	})
}

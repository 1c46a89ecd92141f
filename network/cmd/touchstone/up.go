package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/postgres"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
	"golang.org/x/sync/errgroup"
)

type up struct {
	networkOptions
	fabricOptions
	lives
	DatabaseURL  string `help:"Postgres database to use instead of a private one, with one role for everything (docs/database.md)." env:"DATABASE_URL"`
	GatewayPort  int    `help:"Port of the gateway."                                                                                env:"TOUCHSTONE_GATEWAY_PORT"  default:"8080"`
	VerifierPort int    `help:"Port of the verifier."                                                                               env:"TOUCHSTONE_VERIFIER_PORT" default:"8090"`
	databases    databases
	LabelHost    string `help:"Where codes on labels lead: a host, or scheme and host; the verifier on this machine by default."    env:"TOUCHSTONE_LABEL_HOST"`
}

// bringUpLimit is how long the processes may take to become ready.
const bringUpLimit = 3 * time.Minute

// Run starts everything, says where it is, and stops it when interrupted.
func (u *up) Run(ctx context.Context, s state, log *slog.Logger) error {
	source, err := tools.SourceRoot(ctx)
	if err != nil {
		return err
	}
	network, err := local.Open(u.in(s), log)
	if err != nil {
		return err
	}
	network.Lives = u.of()
	defer func() {
		log.Info("stopping")
		if err := network.Close(); err != nil {
			log.Error("stopping", "error", err)
		}
	}()
	if err := u.start(ctx, network, source, log); err != nil {
		if ctx.Err() != nil {
			return nil // interrupted, which is no failure
		}
		return err
	}
	log.Info("running; press Ctrl-C to stop", "state", network.State, "logs", network.State.Logs())
	u.services(network, "", log).keepCertificates(ctx, min(time.Hour, u.CertificateLife/16))
	return nil
}

func (u *up) start(ctx context.Context, network *local.Local, source string, log *slog.Logger) error {
	bin, err := u.programs(ctx, source, log)
	if err != nil {
		return err
	}
	if err := tools.Own(
		ctx, source, network.State.Bin(), "./chaincode/cmd/chaincode", "./gateway/cmd/gateway",
		"./verifier/cmd/verifier", "./gateway/cmd/auditor",
	); err != nil {
		return err
	}
	consoleFolder, err := builtConsole(ctx, source, log)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, bringUpLimit, fmt.Errorf("not ready within %s", bringUpLimit))
	defer cancel()
	parts, together := errgroup.WithContext(ctx)
	parts.Go(func() error {
		return network.StartFabric(together, bin, filepath.Join(network.State.Bin(), "chaincode"))
	})
	parts.Go(func() error { return u.startPostgres(together, network, log) })
	if err := parts.Wait(); err != nil {
		return err
	}
	return u.services(network, consoleFolder, log).start(ctx)
}

func (u *up) services(network *local.Local, console string, log *slog.Logger) services {
	s := services{
		network: network, databases: u.databases, secrets: secrets(network.State.Secrets()),
		gatewayPort: u.GatewayPort, verifierPort: u.VerifierPort, labelHost: u.LabelHost, console: console, log: log,
	}
	if s.labelHost == "" {
		s.labelHost = s.verifierURL()
	}
	return s
}

// startPostgres starts the private cluster where no database is given, and
// keeps the addresses at which the programs reach the one that is used.
func (u *up) startPostgres(ctx context.Context, network *local.Local, log *slog.Logger) error {
	if u.DatabaseURL != "" {
		u.databases = databases{administrator: u.DatabaseURL, gateway: u.DatabaseURL, verifier: u.DatabaseURL}
		return nil
	}
	cluster, err := postgres.Prepare(ctx, network.State.Postgres(), network.Topology.PostgresPort(), log)
	if err != nil {
		return err
	}
	u.databases = databases{
		administrator: cluster.DSN(),
		owner:         cluster.As(topology.OwnerRole),
		gateway:       cluster.As(topology.GatewayRole),
		projector:     cluster.As(topology.ProjectorRole),
		verifier:      cluster.As(topology.VerifierRole),
		auditor:       cluster.As(topology.AuditorRole),
		monitored:     cluster.Audit(topology.AuditDatabases[0]),
		reconciled:    cluster.Audit(topology.AuditDatabases[1]),
	}
	if err := network.Super.Start(ctx, cluster.Process()); err != nil {
		return err
	}
	return cluster.Roles(ctx)
}

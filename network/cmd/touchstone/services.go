package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/merchant-portal/demo"
	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// services are Touchstone's own programs on top of the network.
type services struct {
	network                   *local.Local
	databases                 databases
	gatewayPort, verifierPort int
	labelHost                 string
	console                   string // the folder it was built into, if it was
	secrets                   secrets
	log                       *slog.Logger
}

// databases are the addresses of the database, by who connects. Where one role does
// everything there is no projector and no owner.
type databases struct{ administrator, owner, gateway, projector, verifier string }

func (s services) gatewayURL() string  { return fmt.Sprintf("http://localhost:%d", s.gatewayPort) }
func (s services) verifierURL() string { return fmt.Sprintf("http://localhost:%d", s.verifierPort) }

// numbersURLs are where the gateway and the verifier tell their metrics, to this machine alone.
func (s services) numbersURLs() (gateway, verifier string) {
	t := s.network.Topology
	return "http://" + topology.Address(
			t.GatewayOpsPort(),
		) + "/metrics", "http://" + topology.Address(
			t.VerifierOpsPort(),
		) + "/metrics"
}

// start sets the ledger and the database up and runs the programs. What is
// done already is left as it is.
func (s services) start(ctx context.Context) error {
	err := preflight.Ports(
		topology.Listener{
			Process: "gateway",
			Port:    s.gatewayPort,
		},
		topology.Listener{Process: "gateway", Port: s.network.Topology.GatewayOpsPort()},
		topology.Listener{
			Process: "verifier",
			Port:    s.verifierPort,
		},
		topology.Listener{Process: "verifier", Port: s.network.Topology.VerifierOpsPort()},
	)
	if err != nil {
		return err
	}
	if err := s.secrets.make(); err != nil {
		return err
	}
	if err := writeTrust(s.network); err != nil {
		return fmt.Errorf("write what proofs are checked against: %w", err)
	}
	if err := s.bootstrap(ctx); err != nil {
		return err
	}
	if err := s.network.Super.Start(ctx, s.gateway(), s.verifier()); err != nil {
		return err
	}
	return s.present(ctx)
}

// present makes a new system worth looking at and says where to look. Of a system
// that has been in use, the demo's accounts may be revoked and the database
// restored or emptied: that is told, and keeps nothing from running.
func (s services) present(ctx context.Context) error {
	used := s.demoLoaded()
	loader, err := s.loadDemo(ctx)
	if err != nil {
		return err
	}
	if err := s.writeDemoEnv(loader); err != nil {
		return err
	}
	s.welcome(ctx, loader)
	if used {
		s.restoreCheck(ctx)
	}
	return nil
}

// restoreCheck holds the database against the ledger, and prints what was missing.
func (s services) restoreCheck(ctx context.Context) {
	cmd := exec.CommandContext(ctx, s.program("gateway"), "restore-check")
	cmd.Env = s.operatorEnvironment()
	out, err := cmd.CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("made again: the tree")) {
		s.log.Warn(
			"the database lacks what the ledger knows of; run \"gateway restore-check\" to see it again",
			"error",
			err,
		)
		fmt.Printf("%s\n", out)
	}
}

// bootstrap gives the platform its identity, its party and its account, and the
// verifiers theirs.
func (s services) bootstrap(ctx context.Context) error {
	if err := s.run(ctx, "bootstrap", "--key-file", s.secrets.platformKey()); err != nil {
		return fmt.Errorf("set the platform up: %w", err)
	}
	return s.keepReader(ctx)
}

// keepReader renews the verifiers' identity where it is due.
func (s services) keepReader(ctx context.Context) error {
	if err := s.run(ctx, "reader", "--file", s.secrets.reader()); err != nil {
		return fmt.Errorf("give the verifiers their identity: %w", err)
	}
	return nil
}

// run runs one of the gateway's commands.
func (s services) run(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, s.program("gateway"), args...)
	cmd.Env = s.operatorEnvironment()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

func (s services) gateway() supervise.Spec {
	return supervise.Spec{
		Name: "gateway", Path: s.program("gateway"), Args: []string{"serve"},
		Env: append(
			s.gatewayEnvironment(),
			fmt.Sprintf("TOUCHSTONE_LISTEN=:%d", s.gatewayPort),
			"TOUCHSTONE_METRICS_LISTEN="+topology.Address(s.network.Topology.GatewayOpsPort()),
			"TOUCHSTONE_CONSOLE="+s.console,
			"TOUCHSTONE_ORIGIN="+s.gatewayURL(),
			"TOUCHSTONE_DEMO="+strings.Join(demo.Parties(), ","),
		),
		Ready:       supervise.Healthy(s.gatewayURL() + "/readyz"),
		Live:        supervise.Answers(s.gatewayURL() + "/healthz"),
		StopTimeout: 20 * time.Second,
	}
}

func (s services) verifier() supervise.Spec {
	return supervise.Spec{
		Name: "verifier", Path: s.program("verifier"),
		Env: append(s.verifierEnvironment(), fmt.Sprintf("TOUCHSTONE_LISTEN=:%d", s.verifierPort),
			"TOUCHSTONE_METRICS_LISTEN="+topology.Address(s.network.Topology.VerifierOpsPort())),
		Ready: supervise.Healthy(s.verifierURL() + "/readyz"),
		Live:  supervise.Answers(s.verifierURL() + "/healthz"),
	}
}

func (s services) program(name string) string { return filepath.Join(s.network.State.Bin(), name) }

// shared is what both programs are told. Settings that the caller's own
// environment has for them pass through.
func (s services) shared() []string {
	return append(os.Environ(),
		"TOUCHSTONE_PROFILE="+s.network.State.Network().Profile(),
		"TOUCHSTONE_MASTER_KEYS_FILE="+s.secrets.masterKeys(),
		"TOUCHSTONE_TRUST_FILE="+s.network.State.Trust(),
		"TOUCHSTONE_ACTS_KEY_FILE="+s.secrets.actsKey(),
		"TOUCHSTONE_LABEL_HOST="+s.labelHost,
	)
}

// gatewayEnvironment has the keys that sign.
func (s services) gatewayEnvironment() []string {
	return append(s.shared(), "TOUCHSTONE_WALLET_KEY_FILE="+s.secrets.walletKey(),
		"TOUCHSTONE_DATABASE_URL="+s.databases.gateway, "TOUCHSTONE_PROJECTOR_DATABASE_URL="+s.databases.projector)
}

// operatorEnvironment is that of commands, which may also migrate.
func (s services) operatorEnvironment() []string {
	return append(s.gatewayEnvironment(), "TOUCHSTONE_OWNER_DATABASE_URL="+s.databases.owner)
}

// verifierEnvironment has none of them: it reads, and asks a gateway to write.
func (s services) verifierEnvironment() []string {
	return append(s.shared(),
		"TOUCHSTONE_DATABASE_URL="+s.databases.verifier,
		"TOUCHSTONE_SCAN_SECRET_FILE="+s.secrets.scanSecret(),
		"TOUCHSTONE_READER_FILE="+s.secrets.reader(),
		"TOUCHSTONE_ACTS_URL=http://"+topology.Address(s.network.Topology.GatewayOpsPort()))
}

package main

import (
	"bytes"
	"context"
	"errors"
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
// monitored and reconciled are the auditor's own.
type databases struct {
	administrator, owner, gateway, projector, verifier string
	auditor, monitored, reconciled                     string
}

func (s services) gatewayURL() string  { return fmt.Sprintf("http://localhost:%d", s.gatewayPort) }
func (s services) verifierURL() string { return fmt.Sprintf("http://localhost:%d", s.verifierPort) }

// numbersURLs are where the gateway and the verifier tell their metrics, to this machine alone.
func (s services) numbersURLs() (gateway, verifier string) {
	t := s.network.Topology
	return "http://" + topology.Address(
		t.GatewayOpsPort(),
	) + "/metrics", "http://" + topology.Address(t.VerifierOpsPort()) + "/metrics"
}

// monitorNumbersURL is where the auditor's monitor tells its own.
func (s services) monitorNumbersURL() string {
	return "http://" + topology.Address(s.network.Topology.MonitorOpsPort()) + "/metrics"
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
		topology.Listener{Process: "monitor", Port: s.network.Topology.MonitorOpsPort()},
	)
	if err != nil {
		return err
	}
	if err := s.secrets.make(); err != nil {
		return err
	}
	if err := s.run(
		ctx, "code-keys", "--keys", s.secrets.masterKeys(), "--checking", s.secrets.checkKeys(),
	); err != nil {
		return fmt.Errorf("make the keys of unit codes: %w", err)
	}
	if err := writeTrust(s.network); err != nil {
		return fmt.Errorf("write what proofs are checked against: %w", err)
	}
	if err := s.bootstrap(ctx); err != nil {
		return err
	}
	if err := s.network.Super.Start(ctx, s.gateway(), s.verifier(), s.monitor()); err != nil {
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
	if err := errors.Join(s.writeDemoEnv(loader), s.writeAuditorEnv()); err != nil {
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

// keepAuditor gives the auditor an identity of his organisation's, or renews it.
func (s services) keepAuditor(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, s.program("auditor"), "identity", "--folder", s.network.State.Auditor())
	cmd.Env = s.auditorEnvironment("")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("give the auditor his identity: %w\n%s", err, out)
	}
	return nil
}

// keepReader renews the verifiers' identity where it is due.
func (s services) keepReader(ctx context.Context) error {
	if err := s.run(ctx, "reader", "--file", s.secrets.reader()); err != nil {
		return fmt.Errorf("give the verifiers their identity: %w", err)
	}
	return s.keepAuditor(ctx)
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

// monitor is the auditor's. It knows none of the other programs' keys, and writes to his own databases alone.
func (s services) monitor() supervise.Spec {
	numbers := s.monitorNumbersURL()
	return supervise.Spec{
		Name: "monitor", Path: s.program("auditor"), Args: []string{"monitor"},
		Env: append(s.auditorEnvironment(s.databases.monitored),
			"TOUCHSTONE_METRICS_LISTEN="+topology.Address(s.network.Topology.MonitorOpsPort())),
		Ready: supervise.Healthy(numbers),
		Live:  supervise.Answers(numbers),
	}
}

func (s services) program(name string) string { return filepath.Join(s.network.State.Bin(), name) }

// shared is what both programs are told. Settings that the caller's own
// environment has for them pass through.
func (s services) shared() []string {
	return append(os.Environ(),
		"TOUCHSTONE_PROFILE="+s.network.State.Network().Profile(),
		"TOUCHSTONE_TRUST_FILE="+s.network.State.Trust(),
		"TOUCHSTONE_ACTS_KEY_FILE="+s.secrets.actsKey(),
		"TOUCHSTONE_LABEL_HOST="+s.labelHost,
	)
}

// gatewayEnvironment has the keys that sign.
func (s services) gatewayEnvironment() []string {
	return append(s.shared(), "TOUCHSTONE_WALLET_KEY_FILE="+s.secrets.walletKey(),
		"TOUCHSTONE_MASTER_KEYS_FILE="+s.secrets.masterKeys(),
		"TOUCHSTONE_DATABASE_URL="+s.databases.gateway, "TOUCHSTONE_PROJECTOR_DATABASE_URL="+s.databases.projector)
}

// operatorEnvironment is that of commands, which may also migrate.
func (s services) operatorEnvironment() []string {
	return append(s.gatewayEnvironment(), "TOUCHSTONE_OWNER_DATABASE_URL="+s.databases.owner)
}

// verifierEnvironment has none of them, and no key that makes a PIN: it reads, and asks a gateway to write.
func (s services) verifierEnvironment() []string {
	return append(s.shared(),
		"TOUCHSTONE_MASTER_KEYS_FILE="+s.secrets.checkKeys(),
		"TOUCHSTONE_DATABASE_URL="+s.databases.verifier,
		"TOUCHSTONE_SCAN_SECRET_FILE="+s.secrets.scanSecret(),
		"TOUCHSTONE_CHECKPOINT_KEY_FILE="+s.secrets.checkpoint(),
		"TOUCHSTONE_READER_FILE="+s.secrets.reader(),
		"TOUCHSTONE_ACTS_URL=http://"+topology.Address(s.network.Topology.GatewayOpsPort()))
}

// auditorEnvironment is that of an auditor's command with a database of his own to replay blocks in. It passes nothing on
// that was meant for the platform's programs.
func (s services) auditorEnvironment(scratch string) []string {
	var all []string
	for _, x := range s.auditorSettings(scratch) {
		all = append(all, x[0]+"="+x[1])
	}
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "TOUCHSTONE_ALARM_URL"} {
		if value, set := os.LookupEnv(name); set {
			all = append(all, name+"="+value)
		}
	}
	return all
}

func (s services) auditorSettings(scratch string) [][2]string {
	folder, kept := s.network.State.Auditor(), "monitor"
	if scratch == s.databases.reconciled {
		kept = "reconcile"
	}
	return [][2]string{
		{"TOUCHSTONE_PROFILE", s.network.State.Network().Profile()},
		{"TOUCHSTONE_TRUST_FILE", s.network.State.Trust()},
		{"TOUCHSTONE_AUDITOR_FILE", filepath.Join(folder, "identity.json")},
		{"TOUCHSTONE_AUDIT_STATE", filepath.Join(folder, kept)},
		{"TOUCHSTONE_SCRATCH_DATABASE_URL", scratch},
		{"TOUCHSTONE_READ_MODEL_DATABASE_URL", s.databases.auditor},
	}
}

// writeAuditorEnv says in shell syntax what an auditor's commands are to be run with.
func (s services) writeAuditorEnv() error {
	return writeSettings(
		filepath.Join(s.network.State.Auditor(), "auditor.env"), s.auditorSettings(s.databases.reconciled),
	)
}

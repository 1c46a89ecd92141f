package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"

	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// config is everything that can be set, in the environment.
type config struct {
	// Connection profile of the Fabric network, as JSON.
	Profile string `env:"TOUCHSTONE_PROFILE,required,notEmpty"`
	// What the blocks are checked against; it must have come another way than they do.
	TrustFile string `env:"TOUCHSTONE_TRUST_FILE"`
	// The identity that reads the channel: "auditor identity" writes it.
	IdentityFile string `env:"TOUCHSTONE_AUDITOR_FILE"`
	// The organisation whose peer the chain is walked at.
	Peer string `env:"TOUCHSTONE_AUDIT_PEER" envDefault:"AuditorMSP"`
	// Folder in which it is kept how far the chain was walked. Only the auditor may write there.
	State string `env:"TOUCHSTONE_AUDIT_STATE"`
	// postgres:// URL of an empty database of the auditor's own, in which blocks are replayed. None: they are walked only.
	ScratchURL string `env:"TOUCHSTONE_SCRATCH_DATABASE_URL"`
	// The same of the read model that is compared, with a role that may only read. None: nothing is compared.
	ReadModelURL string `env:"TOUCHSTONE_READ_MODEL_DATABASE_URL"`
	// Address to serve the monitor's /metrics on.
	MetricsListen string `env:"TOUCHSTONE_METRICS_LISTEN" envDefault:"127.0.0.1:8092"`
	// Address that the monitor sends every alarm to, as JSON by POST. None: alarms are logged and counted.
	AlarmURL string `env:"TOUCHSTONE_ALARM_URL"`
	// What is logged: debug, info, warn or error.
	LogLevel slog.Level `env:"TOUCHSTONE_LOG_LEVEL" envDefault:"info"`
}

func readConfig() (config, *slog.Logger, error) {
	var c config
	err := env.Parse(&c)
	return c, slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel})), err
}

// manual lists the settings for the command's help.
func manual() string {
	params, err := env.GetFieldParams(&config{})
	if err != nil {
		return ""
	}
	names := make([]string, len(params))
	for i, p := range params {
		names[i] = p.Key
	}
	return "Settings come from the environment: " + strings.Join(names, ", ") + "."
}

func (c config) authority() (*proof.Authority, proof.Trust, error) {
	if c.TrustFile == "" {
		return nil, proof.Trust{}, errors.New("TOUCHSTONE_TRUST_FILE must name the trust file")
	}
	content, err := os.ReadFile(c.TrustFile)
	if err != nil {
		return nil, proof.Trust{}, err
	}
	trust, err := proof.ReadTrust(content)
	if err != nil {
		return nil, trust, err
	}
	a, err := proof.NewAuthority(trust)
	return a, trust, err
}

// source is one organisation's peer.
type source struct {
	msp    string
	client *peers.Client
}

// sources are the peers of the organisations named, of all where none is, each by itself.
func (c config) sources(log *slog.Logger, only ...string) (all []source, err error) {
	profile, err := topology.ReadProfile(c.Profile)
	if err != nil {
		return nil, err
	}
	if c.IdentityFile == "" {
		return nil, errors.New("TOUCHSTONE_AUDITOR_FILE must name the identity that reads the channel")
	}
	reader, err := peers.FromFile(c.IdentityFile)
	if err != nil {
		return nil, err
	}
	for _, org := range profile.Orgs {
		if len(only) > 0 && org.MSPID != only[0] {
			continue
		}
		one := profile
		one.Orgs = []topology.OrgProfile{org}
		client, err := peers.Dial(one, reader, log)
		if err != nil {
			return nil, err
		}
		all = append(all, source{org.MSPID, client})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("the connection profile has no peer of %q", only)
	}
	return all, nil
}

// chain is the chain as it was left, or a new one from a block on.
func (c config) chain(a *proof.Authority, from uint64, after *proof.Head) (*proof.Chain, error) {
	if c.State == "" {
		return a.Chain(from, after), nil
	}
	file, err := os.Open(c.chainFile())
	if errors.Is(err, os.ErrNotExist) {
		return a.Chain(from, after), nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return a.Resume(file)
}

func (c config) chainFile() string { return filepath.Join(c.State, "chain") }

// save keeps the chain. A crash leaves the old one or the new one.
func (c config) save(chain *proof.Chain) error {
	if c.State == "" {
		return nil
	}
	return audit.Replace(c.chainFile(), chain.Save)
}

package main

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// config is everything that can be set, in the environment. Names that end in
// _FILE name a file whose content is the value: secrets are never set directly.
type config struct {
	// Address to serve HTTP on.
	Listen string `env:"TOUCHSTONE_LISTEN" envDefault:":8080"`
	// Address to serve /metrics on, for who runs the gateway, and owners' acts, for verifiers: not
	// one that strangers reach.
	MetricsListen string `env:"TOUCHSTONE_METRICS_LISTEN" envDefault:"127.0.0.1:8081"`
	// postgres:// URL of the database, with the gateway's role (docs/database.md); it must say its sslmode.
	DatabaseURL string `env:"TOUCHSTONE_DATABASE_URL,required,notEmpty"`
	// The same with the role that alone writes the read model. None: one role does everything, and
	// migrates when the gateway starts.
	ProjectorURL string `env:"TOUCHSTONE_PROJECTOR_DATABASE_URL"`
	// The same with the owner of the schemas, for the commands that migrate. A gateway that serves
	// needs it not and waits for them.
	OwnerURL string `env:"TOUCHSTONE_OWNER_DATABASE_URL"`
	// Connection profile of the Fabric network, as JSON.
	Profile string `env:"TOUCHSTONE_PROFILE"`
	// Key of the wallet in which the parties' identities are sealed, 64 hex digits.
	WalletKey string `env:"TOUCHSTONE_WALLET_KEY_FILE,file"`
	// Key that verifiers bring when they ask to write what owners do, at least 32 characters. None:
	// they are not served.
	ActsKey string `env:"TOUCHSTONE_ACTS_KEY_FILE,file"`
	// Master keys of the unit codes: NUMBER:KEY+PINKEY[:lettered][:retired], comma-separated; NUMBER:KEY where one
	// key makes serials and PINs. Verifiers have them without the keys of PINs: gateway code-keys.
	MasterKeys string `env:"TOUCHSTONE_MASTER_KEYS_FILE,file"`
	// What proofs are checked against, as the network's setup writes it. Empty: the console can check no signatures.
	TrustFile string `env:"TOUCHSTONE_TRUST_FILE"`
	// What labels begin with: a host, or scheme and host, where the verifier answers.
	LabelHost string `env:"TOUCHSTONE_LABEL_HOST"`
	// The platform's own party; its identity reads blocks.
	PlatformParty string `env:"TOUCHSTONE_PLATFORM_PARTY" envDefault:"platform"`
	// Requests of one account: a second on average, and at once.
	Rate  float64 `env:"TOUCHSTONE_RATE"  envDefault:"200"`
	Burst int     `env:"TOUCHSTONE_BURST" envDefault:"400"`
	// Networks (CIDR) of the reverse proxies whose X-Forwarded-For is believed. None: the peer's address counts.
	TrustedProxies []string `env:"TOUCHSTONE_TRUSTED_PROXIES"`
	// For development only: webhooks may go to http:// and to addresses of private networks.
	TrustWebhooks bool `env:"TOUCHSTONE_TRUST_WEBHOOKS" envDefault:"false"`
	// Folder of the built console, served at /. None: / says how to build it.
	Console string `env:"TOUCHSTONE_CONSOLE"`
	// For demo systems only: the parties whose demo person signs in with one click, comma-separated.
	Demo []string `env:"TOUCHSTONE_DEMO"`
	// Where browsers find the console, such as https://console.example. None: no passkeys and no single sign-on.
	Origin string `env:"TOUCHSTONE_ORIGIN"`
	// OpenID Connect provider for single sign-on, if any. Its callback is ORIGIN/api/v1/sign-in/sso/callback.
	SSOIssuer   string `env:"TOUCHSTONE_SSO_ISSUER"`
	SSOName     string `env:"TOUCHSTONE_SSO_NAME"                    envDefault:"SSO"`
	SSOClientID string `env:"TOUCHSTONE_SSO_CLIENT_ID"`
	SSOSecret   string `env:"TOUCHSTONE_SSO_CLIENT_SECRET_FILE,file"`
	// How many imports and label jobs run at a time.
	JobWorkers int `env:"TOUCHSTONE_JOB_WORKERS" envDefault:"2"`
	// How often scans, reviews and complaints are anchored on the ledger while there is something new; at most 10m.
	AnchorEvery time.Duration `env:"TOUCHSTONE_ANCHOR_EVERY" envDefault:"5m"`
	// What is logged: debug, info, warn or error.
	LogLevel slog.Level `env:"TOUCHSTONE_LOG_LEVEL" envDefault:"info"`
}

func readConfig() (config, *slog.Logger, error) {
	var c config
	err := env.Parse(&c)
	if err == nil && (c.AnchorEvery < time.Second || c.AnchorEvery > 10*time.Minute) {
		err = errors.New("TOUCHSTONE_ANCHOR_EVERY must be from 1s to 10m")
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	return c, log, err
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

// owner is who may migrate.
func (c config) owner() string { return cmp.Or(c.OwnerURL, c.DatabaseURL) }

func (c config) profile() (topology.Profile, error) {
	if c.Profile == "" {
		return topology.Profile{}, errors.New("TOUCHSTONE_PROFILE must name the network's connection profile")
	}
	return topology.ReadProfile(c.Profile)
}

func (c config) walletKey() ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(c.WalletKey))
	if err != nil || len(key) != 32 {
		return nil, errors.New("TOUCHSTONE_WALLET_KEY_FILE must name a file of 64 hexadecimal digits")
	}
	return key, nil
}

// sso gives the identity provider, nil where there is none.
func (c config) sso() (*access.SSO, error) {
	if c.SSOIssuer == "" {
		return nil, nil
	}
	if c.Origin == "" || c.SSOClientID == "" || c.SSOSecret == "" {
		return nil, errors.New(
			"TOUCHSTONE_SSO_ISSUER needs TOUCHSTONE_ORIGIN, TOUCHSTONE_SSO_CLIENT_ID and TOUCHSTONE_SSO_CLIENT_SECRET_FILE",
		)
	}
	return &access.SSO{
		Name:         c.SSOName,
		Issuer:       c.SSOIssuer,
		ClientID:     c.SSOClientID,
		ClientSecret: strings.TrimSpace(c.SSOSecret),
	}, nil
}

// origin checks that the console's address is one and nothing more.
func (c config) origin() (string, error) {
	if c.Origin == "" {
		return "", nil
	}
	u, err := url.Parse(c.Origin)
	if err != nil || u.Scheme+"://"+u.Host != c.Origin || u.Scheme != "https" && u.Hostname() != "localhost" {
		return "", errors.New(
			"TOUCHSTONE_ORIGIN must be like https://console.example, without a path; http:// for localhost only",
		)
	}
	return c.Origin, nil
}

func (c config) keyring() (*seal.Keyring, error) {
	keys, err := seal.ReadKeyring(c.MasterKeys)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_MASTER_KEYS_FILE: %w", err)
	}
	return keys, nil
}

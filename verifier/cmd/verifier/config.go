package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"github.com/touchstone-trace/touchstone/verifier/program/acts"
)

// config is everything that can be set, in the environment. Names that end in
// _FILE name a file whose content is the value: secrets are never set directly.
type config struct {
	// Address to serve HTTP on.
	Listen string `env:"TOUCHSTONE_LISTEN" envDefault:":8090"`
	// Address to serve /metrics on, for who runs the verifier: not one that strangers reach.
	MetricsListen string `env:"TOUCHSTONE_METRICS_LISTEN" envDefault:"127.0.0.1:8091"`
	// postgres:// URL of the database that the gateway projects into; it must say its sslmode.
	DatabaseURL string `env:"TOUCHSTONE_DATABASE_URL,required,notEmpty"`
	// Keys that unit codes are checked by, as gateway code-keys writes them:
	// NUMBER:KEY:checking[:lettered][:retired], comma-separated. It need not and should not hold keys of PINs.
	MasterKeys string `env:"TOUCHSTONE_MASTER_KEYS_FILE,file,required,notEmpty"`
	// What labels begin with: a host, or scheme and host.
	LabelHost string `env:"TOUCHSTONE_LABEL_HOST,required,notEmpty"`
	// Secret of at least 32 bytes behind scan nonces and device hashes, the same for all verifiers.
	ScanSecret string `env:"TOUCHSTONE_SCAN_SECRET_FILE,file,required,notEmpty"`
	// How long ago the read model may have been level with the ledger; verdicts are "unavailable" after that.
	MaxStaleness time.Duration `env:"TOUCHSTONE_MAX_STALENESS" envDefault:"2s"`

	// Connection profile of the Fabric network, whose peers say how long the ledger is. Without it
	// the read model's own word for that is taken, which the gateway renews every two seconds, and
	// there are no proofs.
	Profile string `env:"TOUCHSTONE_PROFILE"`
	// Identity that reads the ledger and signs for nobody, as "gateway reader" writes it; read
	// again when it is replaced.
	ReaderFile string `env:"TOUCHSTONE_READER_FILE"`
	// Where a gateway takes what owners do: its TOUCHSTONE_METRICS_LISTEN, as http://HOST:PORT.
	// Without it activations are answered as unavailable.
	ActsURL string `env:"TOUCHSTONE_ACTS_URL"`
	// The key that the gateway has in its own TOUCHSTONE_ACTS_KEY_FILE, of at least 32 characters.
	ActsKey string `env:"TOUCHSTONE_ACTS_KEY_FILE,file"`
	// What proofs are checked against, as make up writes it (docs/proofs.md). Without it, or
	// without a profile, there are no proofs.
	TrustFile string `env:"TOUCHSTONE_TRUST_FILE"`
	// How old the signatures of two organisations may be that a genuine verdict rests on. They need
	// a profile and a trust file; without these no verdict is genuine. "off": verdicts rest on the
	// read model alone, which only a test of something else should want.
	SignaturesMaxAge string `env:"TOUCHSTONE_SIGNATURES_MAX_AGE" envDefault:"60s"`
	// Key that the log of anchors is signed with, 64 hexadecimal digits, and the log's name, which
	// is never changed: by default the label host's and "/anchors". Without the key it is not published.
	CheckpointKey string `env:"TOUCHSTONE_CHECKPOINT_KEY_FILE,file"`
	LogOrigin     string `env:"TOUCHSTONE_LOG_ORIGIN"`
	// Networks (CIDR) of the reverse proxies whose X-Forwarded-For is believed. None: the peer's address counts.
	TrustedProxies []string `env:"TOUCHSTONE_TRUSTED_PROXIES"`
	// Header in which a trusted proxy names the asker's city. Empty: no place is kept.
	PlaceHeader string `env:"TOUCHSTONE_PLACE_HEADER"`
	// Header in which a trusted proxy gives that city's point as "lat,lon", in degrees; a tenth of
	// a degree is kept. Empty: distances are not known.
	PointHeader string `env:"TOUCHSTONE_POINT_HEADER"`
	// Header in which a trusted proxy names the asker's country, two letters. None: only ?market= in a link counts.
	MarketHeader string `env:"TOUCHSTONE_MARKET_HEADER"`
	// Whether to send Strict-Transport-Security; set it where HTTPS ends in front of the verifier.
	HSTS bool `env:"TOUCHSTONE_HSTS"`
	// Requests a second from one address: pages and verdicts, scan confirmations, activations. 0 means no limit.
	ReadRate       float64 `env:"TOUCHSTONE_READ_RATE"       envDefault:"20"`
	ScanRate       float64 `env:"TOUCHSTONE_SCAN_RATE"       envDefault:"10"`
	ActivationRate float64 `env:"TOUCHSTONE_ACTIVATION_RATE" envDefault:"0.5"`
	// Complaints, and reports of unknown codes, a second from one address; one device is held to
	// five of each a day in any case.
	ComplaintRate float64 `env:"TOUCHSTONE_COMPLAINT_RATE" envDefault:"0.5"`
	// Pages and verdicts answered at one time; more are turned away, so that scans are taken
	// whatever is read. 0 means any number.
	ReadsAtOnce int `env:"TOUCHSTONE_READS_AT_ONCE" envDefault:"200"`
	// Who answers for what is kept of shoppers, and how to reach them: the privacy page names it.
	PrivacyContact string `env:"TOUCHSTONE_PRIVACY_CONTACT"`
	// What is logged: debug, info, warn or error.
	LogLevel slog.Level `env:"TOUCHSTONE_LOG_LEVEL" envDefault:"info"`
}

// minSecret is the least length of the scan secret, in bytes.
const minSecret = 32

func readConfig() (config, error) {
	var c config
	if err := env.Parse(&c); err != nil {
		return c, err
	}
	c.ScanSecret, c.ActsKey = strings.TrimSpace(c.ScanSecret), strings.TrimSpace(c.ActsKey)
	switch {
	case len(c.ScanSecret) < minSecret:
		return c, fmt.Errorf("TOUCHSTONE_SCAN_SECRET_FILE: the secret must have at least %d bytes", minSecret)
	case c.SignaturesMaxAge != signaturesOff && c.signaturesAge() <= 0:
		return c, errors.New(`TOUCHSTONE_SIGNATURES_MAX_AGE must be a positive duration, such as 60s, or "off"`)
	case c.MaxStaleness <= 0:
		return c, errors.New("TOUCHSTONE_MAX_STALENESS must be a positive duration, such as 2m")
	case c.Profile != "" && c.ReaderFile == "":
		return c, errors.New("TOUCHSTONE_PROFILE also needs TOUCHSTONE_READER_FILE")
	case c.ActsURL != "" && len(c.ActsKey) < acts.MinKey:
		return c, fmt.Errorf(
			"TOUCHSTONE_ACTS_URL also needs TOUCHSTONE_ACTS_KEY_FILE, with at least %d characters", acts.MinKey,
		)
	case c.MarketHeader != "" && len(c.TrustedProxies) == 0:
		return c, errors.New(
			"TOUCHSTONE_MARKET_HEADER also needs TOUCHSTONE_TRUSTED_PROXIES: nobody else's header is believed",
		)
	case c.PointHeader != "" && len(c.TrustedProxies) == 0:
		return c, errors.New(
			"TOUCHSTONE_POINT_HEADER also needs TOUCHSTONE_TRUSTED_PROXIES: nobody else's header is believed",
		)
	case c.PlaceHeader != "" && len(c.TrustedProxies) == 0:
		return c, errors.New(
			"TOUCHSTONE_PLACE_HEADER also needs TOUCHSTONE_TRUSTED_PROXIES: nobody else's header is believed",
		)
	}
	return c, nil
}

const signaturesOff = "off"

// signaturesAge is 0 where there is none.
func (c config) signaturesAge() time.Duration {
	age, _ := time.ParseDuration(c.SignaturesMaxAge)
	return age
}

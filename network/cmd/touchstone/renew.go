package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/touchstone-trace/touchstone/network/fabric"
	"github.com/touchstone-trace/touchstone/network/local"
)

// lives are for how long certificates are made anew.
type lives struct {
	CertificateLife time.Duration `help:"For how long certificates of nodes are renewed; they are when a quarter of that is left." default:"8760h"  env:"TOUCHSTONE_CERTIFICATE_LIFE"`
	CALife          time.Duration `help:"The same for the CAs."                                                                    default:"87600h" env:"TOUCHSTONE_CA_LIFE"          name:"ca-life"`
}

func (l lives) of() fabric.Lives { return fabric.Lives{CA: l.CALife, Node: l.CertificateLife} }

// renewTime bounds one renewal with its restarts.
const renewTime = 5 * time.Minute

// keepCertificates renews what is due until ctx ends, and everything when it is
// asked to (SIGUSR1).
func (s services) keepCertificates(ctx context.Context, every time.Duration) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	defer signal.Stop(asked)
	for {
		all := false
		select {
		case <-ctx.Done():
			return
		case <-asked:
			all = true
		case <-time.After(every):
		}
		said := "done"
		if err := s.renew(ctx, all); err != nil && ctx.Err() == nil {
			s.log.Error("certificates not renewed; trying again", "error", err, "in", every)
			said = err.Error()
		}
		if all {
			_ = os.WriteFile(s.network.State.Renewed(), []byte(said), 0o600)
		}
	}
}

// renew also writes what proofs are checked against, and has our own programs read
// the CAs again.
func (s services) renew(ctx context.Context, all bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, renewTime, fmt.Errorf("not done within %s", renewTime))
	defer cancel()
	if err := s.keepReader(ctx); err != nil {
		s.log.Warn("the verifiers' certificate is not renewed; trying again", "error", err)
	}
	renewed, err := s.network.Renew(ctx, all)
	if err != nil || len(renewed.Files) == 0 {
		return err
	}
	s.log.Info("certificates renewed", "files", len(renewed.Files), "CAs", renewed.CAs)
	if !renewed.CAs {
		return nil
	}
	return errors.Join(
		writeTrust(s.network), s.network.Super.Restart(ctx, "gateway"), s.network.Super.Restart(ctx, "verifier"),
		s.network.Super.Restart(ctx, "monitor"),
	)
}

type renew struct{}

// Run has the running system renew all its certificates.
func (renew) Run(ctx context.Context, s state, log *slog.Logger) error {
	ctx, cancel := context.WithTimeoutCause(
		ctx, renewTime, fmt.Errorf("not done within %s: see the log of the running system", renewTime),
	)
	defer cancel()
	log.Info("renewing all certificates; every process starts again, one after another")
	return local.AskToRenew(ctx, string(s))
}

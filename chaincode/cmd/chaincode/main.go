// Command chaincode serves the contract to a peer (chaincode as a service). It
// reads its configuration, joins the contract to a gRPC server, and knows no
// rule of the ledger.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/caarlos0/env/v11"
)

// config is the process's configuration; the names are Fabric's.
type config struct {
	// Where to listen for the peer: host and port. Port 0 takes a free one.
	Address string `env:"CHAINCODE_SERVER_ADDRESS,required,notEmpty"`
	// The package id under which the peer installed the chaincode,
	// "label:sha256"; the peer refuses any other.
	ID string `env:"CHAINCODE_ID,required,notEmpty"`
}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		slog.Error("chaincode stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	cfg, err := env.ParseAs[config]()
	if err != nil {
		return err
	}
	s, err := listen(cfg)
	if err != nil {
		return err
	}
	slog.Info("chaincode listens", "address", s.address(), "id", cfg.ID)
	return s.serve(ctx)
}

package main

import (
	"context"
	"log/slog"

	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// networkOptions choose the network of a new state folder.
type networkOptions struct {
	BasePort  int                `help:"First of the 100 ports that the network uses; 7000 for a new network." env:"TOUCHSTONE_BASE_PORT"`
	Orderers  int                `help:"Number of orderers: 1, 3, or 4 for SmartBFT; 1 for a new network."     env:"TOUCHSTONE_ORDERERS"`
	Consensus topology.Consensus `help:"raft or bft; follows from the number of orderers."                     env:"TOUCHSTONE_CONSENSUS"`
}

func (o networkOptions) in(s state) local.Options {
	return local.Options{State: string(s), BasePort: o.BasePort, Orderers: o.Orderers, Consensus: o.Consensus}
}

// fabricOptions say where Fabric's programs come from.
type fabricOptions struct {
	FabricBin string `help:"Folder of installed Fabric programs to use instead of building them." env:"FABRIC_BIN" type:"path"`
}

func (o fabricOptions) programs(ctx context.Context, source string, log *slog.Logger) (tools.Bin, error) {
	if o.FabricBin != "" {
		return tools.Installed(o.FabricBin)
	}
	return tools.Builder{Source: source, Log: log}.Build(ctx)
}

type build struct {
	fabricOptions
}

// Run builds what Fabric needs, so that later starts and tests need not.
func (b *build) Run(ctx context.Context, log *slog.Logger) error {
	source, err := tools.SourceRoot(ctx)
	if err != nil {
		return err
	}
	_, err = b.programs(ctx, source, log)
	return err
}

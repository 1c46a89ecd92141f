// Package local runs a Touchstone network on this machine, in one state
// folder: it joins the topology, Fabric's bring-up and the supervision of the
// processes. What runs on top of the network (gateway, verifier, Postgres) is
// added by the caller to the same supervisor.
package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/network/fabric"
	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Options choose a network. Zero values mean what the state folder was made
// with, or the default for a new one.
type Options struct {
	State     string
	BasePort  int
	Orderers  int
	Consensus topology.Consensus
}

// Local is a network in its state folder.
type Local struct {
	State    State
	Topology topology.Topology
	Fabric   *fabric.Network
	Super    *supervise.Supervisor
	Lives    fabric.Lives // of renewed certificates; zero means fabric.DefaultLives
	log      *slog.Logger
}

// Open takes the state folder for this process, and stops what an earlier one
// may have left running there. Close gives it back.
func Open(o Options, log *slog.Logger) (*Local, error) {
	state, err := openState(o.State)
	if err != nil {
		return nil, err
	}
	super, err := supervise.Open(state.Run(), state.Logs(), log)
	if errors.Is(err, supervise.ErrRunning) {
		return nil, fmt.Errorf(
			"touchstone is running in %s already: look at it with \"touchstone status\", end it with \"touchstone stop\"",
			state,
		)
	}
	if err != nil {
		return nil, err
	}
	t, err := chooseTopology(state, o)
	if err != nil {
		return nil, errors.Join(err, super.Close())
	}
	return &Local{State: state, Topology: t, Super: super, log: log}, nil
}

// StartFabric brings the network up with the given programs and returns when
// the channel runs the chaincode and every peer can have it endorsed.
func (l *Local) StartFabric(ctx context.Context, bin tools.Bin, chaincode string) error {
	if err := preflight.Ports(l.Topology.FabricListeners()...); err != nil {
		return err
	}
	l.Fabric = &fabric.Network{
		Topology:  l.Topology,
		Folder:    l.State.Network(),
		Bin:       bin,
		Chaincode: chaincode,
		Log:       l.log,
	}
	if err := l.Fabric.Prepare(ctx); err != nil {
		return err
	}
	if _, err := l.Fabric.RenewFiles(time.Now(), l.lives(), false); err != nil {
		return fmt.Errorf("renew certificates: %w", err)
	}
	chaincodes, err := l.Fabric.Chaincodes()
	if err != nil {
		return err
	}
	if err := l.Super.Start(ctx, append(l.Fabric.Nodes(), chaincodes...)...); err != nil {
		return err
	}
	if err := l.Fabric.Join(ctx); err != nil {
		return err
	}
	if err := l.Fabric.Deploy(ctx); err != nil {
		return err
	}
	if err := l.Fabric.Serve(ctx); err != nil {
		return err
	}
	if _, err := l.Fabric.RenewChannel(ctx); err != nil {
		return fmt.Errorf("renew the channel's CAs: %w", err)
	}
	return l.Fabric.Finish()
}

func (l *Local) lives() fabric.Lives {
	if l.Lives == (fabric.Lives{}) {
		return fabric.DefaultLives
	}
	return l.Lives
}

// Renew replaces the certificates that are due, or all, starts the network's
// processes again one by one where any was, and lets the channel know of renewed
// CAs. It may be repeated after a failure.
func (l *Local) Renew(ctx context.Context, all bool) (fabric.Renewed, error) {
	renewed, err := l.Fabric.RenewFiles(time.Now(), l.lives(), all)
	if err != nil {
		return renewed, err
	}
	for _, name := range l.Fabric.Affected(renewed) {
		if err := l.Super.Restart(ctx, name); err != nil {
			return renewed, err
		}
	}
	_, err = l.Fabric.RenewChannel(ctx)
	return renewed, err
}

// Close stops every process.
func (l *Local) Close() error { return l.Super.Close() }

// chooseTopology is the saved topology, which the options must not contradict,
// because ports and orderers are part of the channel's first block; or a new one.
func chooseTopology(s State, o Options) (topology.Topology, error) {
	saved, found, err := s.savedTopology()
	if err != nil || found {
		return saved, errors.Join(err, o.contradiction(s, saved))
	}
	t, err := NewTopology(o)
	if err != nil {
		return t, err
	}
	return t, s.saveTopology(t)
}

// NewTopology is the topology that the options give to a new network.
func NewTopology(o Options) (topology.Topology, error) {
	t := topology.Default()
	if o.BasePort != 0 {
		t.BasePort = o.BasePort
	}
	orderers := o.Orderers
	if orderers == 0 {
		orderers = 1
		if o.Consensus == topology.BFT {
			orderers = 4
		}
	}
	return t.WithOrderers(orderers, o.Consensus)
}

func (o Options) contradiction(s State, t topology.Topology) error {
	const way = "leave the option out, use another --state, or start afresh with \"make clean\""
	switch {
	case o.BasePort != 0 && o.BasePort != t.BasePort:
		return fmt.Errorf("the network in %s was made with --base-port %d, not %d: %s", s, t.BasePort, o.BasePort, way)
	case o.Orderers != 0 && o.Orderers != len(t.Orderers):
		return fmt.Errorf(
			"the network in %s was made with --orderers %d, not %d: %s", s, len(t.Orderers), o.Orderers, way,
		)
	case o.Consensus != "" && o.Consensus != t.Consensus:
		return fmt.Errorf(
			"the network in %s was made with --consensus %s, not %s: %s", s, t.Consensus, o.Consensus, way,
		)
	}
	return nil
}

package projector_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

// A ledger that does not continue what was projected stops the projection, with
// a reason that readers see; what was right before it stays.
func TestHalts(t *testing.T) {
	for name, test := range map[string]struct {
		spoil  func(*chain)
		reason string
		next   int // the block that the read model then lacks
	}{
		"gap":                 {func(c *chain) { c.blocks[2] = c.blocks[3] }, "gap: block 2 is next", 2},
		"repetition":          {func(c *chain) { c.blocks[2] = c.blocks[1] }, "gap: block 2 is next", 2},
		"wrong data hash":     {func(c *chain) { c.blocks[2].Data.Data[0][5] ^= 1 }, "data hash", 2},
		"wrong previous hash": {func(c *chain) { c.blocks[2].Header.PreviousHash[0] ^= 1 }, "fork: block 2", 2},
		"another history":     {func(c *chain) { c.blocks = fork(c.blocks) }, "fork: block 2", 2},
		"units not there": {func(c *chain) {
			l := trace.Line{GTIN: "1", Lot: "A", Count: 1}
			c.blocks = c.blocks[:3]
			c.add(tx{event: &trace.Event{Moves: []trace.Move{{Line: l, Source: trace.Place{Holder: "x", State: trace.Held}, Target: trace.Place{Holder: "y", State: trace.Held}}}}})
		}, "units 0 to 0 of lot A", 3},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain()
			for range 4 {
				c.add(tx{function: trace.Sell, event: sold})
			}
			test.spoil(c)
			s := storetest.Projecting(t)
			at := runUntilHalted(t, newProjector(&channel{blocks: c.blocks, shown: len(c.blocks)}, s), s)
			if !strings.Contains(at.Halted, test.reason) || int(at.NextBlock) != test.next {
				t.Errorf("next block %d, halted %q; want %d, %q", at.NextBlock, at.Halted, test.next, test.reason)
			}
		})
	}
}

// fork gives another history from block 2 on, whole in itself.
func fork(blocks []*common.Block) []*common.Block {
	other := &chain{blocks: []*common.Block{proto.Clone(blocks[0]).(*common.Block)}, made: 50}
	for range 3 {
		other.add(tx{function: trace.Return, event: sold})
	}
	return append(blocks[:2:2], other.blocks[2:]...)
}

// A network that was made anew under a read model is a fork, also where its
// chain is long enough.
func TestHaltsOnAnotherNetwork(t *testing.T) {
	s := storetest.Projecting(t)
	first := newChain()
	first.add(tx{function: trace.Sell, event: sold})
	rebuild(t, s, first.blocks)
	before := fingerprint(t, s)
	other := newChain()
	other.add(tx{function: trace.Return, event: sold})
	other.add(tx{function: trace.Sell, event: sold})
	at := runUntilHalted(t, newProjector(&channel{blocks: other.blocks, shown: 3}, s), s)
	if !strings.Contains(at.Halted, "fork: block 1") || fingerprint(t, s) != before {
		t.Errorf("halted %q; the read model must stay as it was", at.Halted)
	}
}

func runUntilHalted(t *testing.T, p *projector.Projector, s *store.Store) record.Checkpoint {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	for {
		at, err := s.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at.Halted != "" || ctx.Err() != nil {
			stop()
			<-done
			return at
		}
		time.Sleep(10 * time.Millisecond)
	}
}

package projector_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

func TestMain(m *testing.M) {
	flag.Set("rapid.checks", "40") // each takes a database through a dozen blocks; the command line may ask for more
	os.Exit(storetest.Main(m))
}

var _ projector.ReadModel = (*store.Store)(nil)

// channel is a Source over blocks in memory. It shows the first shown of them;
// a stream gives those that are shown and, where cut is set, ends there.
type channel struct {
	mu     sync.Mutex
	blocks []*common.Block
	shown  int
	cut    bool
}

func (c *channel) show(n int) { c.mu.Lock(); defer c.mu.Unlock(); c.shown = n }

func (c *channel) Height(context.Context) (uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return uint64(c.shown), nil
}

func (c *channel) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	out := make(chan *common.Block)
	go func() {
		defer close(out)
		for n := int(from); ctx.Err() == nil; {
			c.mu.Lock()
			shown, cut := c.shown, c.cut
			c.mu.Unlock()
			if n < shown {
				select {
				case out <- c.blocks[n]:
				case <-ctx.Done():
				}
				n++
			} else if cut {
				return
			} else {
				time.Sleep(5 * time.Millisecond)
			}
		}
	}()
	return out, nil
}

func newProjector(source projector.Source, model projector.ReadModel) *projector.Projector {
	return projector.New(projector.Options{Channel: "trace", Chaincode: "touchstone", Source: source, ReadModel: model,
		Log: slog.New(slog.DiscardHandler)})
}

// rebuild projects all blocks at once into an empty read model.
func rebuild(t testing.TB, s *store.Store, blocks []*common.Block) string {
	t.Helper()
	if err := newProjector(&channel{blocks: blocks, shown: len(blocks)}, s).Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	return fingerprint(t, s)
}

func fingerprint(t testing.TB, s *store.Store) string {
	t.Helper()
	f, err := s.Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// killed is a read model whose writer dies every now and then, before or after
// a transaction commits.
type killed struct {
	*store.Store
	when func() string
}

var errKilled = errors.New("killed")

func (k killed) Project(ctx context.Context, from, to record.Checkpoint, units []trace.Line, plan func([]record.Run) (record.Changes, error)) error {
	switch k.when() {
	case "before":
		return errKilled
	case "during":
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		return k.Store.Project(ctx, from, to, units, func(held []record.Run) (record.Changes, error) {
			changes, err := plan(held)
			cancel()
			return changes, err
		})
	case "after":
		if err := k.Store.Project(ctx, from, to, units, plan); err != nil {
			return err
		}
		return errKilled
	}
	return k.Store.Project(ctx, from, to, units, plan)
}

// Whatever the grouping of blocks, and wherever the projector dies, the read
// model is what a rebuild from block 0 gives, and every batch is covered exactly.
func TestLiveEqualsRebuild(t *testing.T) {
	live, fresh := storetest.New(t), storetest.New(t)
	rapid.Check(t, func(rt *rapid.T) {
		c, s := newChain(), &story{t: rt}
		for n := 1; len(c.blocks) < 12; {
			var txs []tx
			for range rapid.IntRange(0, 4).Draw(rt, "transactions") {
				txs = append(txs, s.next(n))
				n++
			}
			c.add(txs...)
		}
		if err := live.EmptyReadModel(t.Context()); err != nil {
			t.Fatal(err)
		}
		source := &channel{blocks: c.blocks, cut: true}
		model := killed{live, func() string {
			return rapid.SampledFrom([]string{"", "", "before", "during", "after"}).Draw(rt, "killed")
		}}
		for at := 0; at < len(c.blocks); {
			source.show(min(len(c.blocks), at+rapid.IntRange(1, 5).Draw(rt, "arrive")))
			if err := newProjector(source, model).Catch(t.Context()); projector.Halts(err) {
				rt.Fatal(err)
			}
			at = next(t, live)
		}
		if got, want := fingerprint(t, live), rebuild(t, fresh, c.blocks); got != want {
			rt.Fatalf("the read model differs from a rebuild: %s, %s", got, want)
		}
		covered(rt, t, live, s)
	})
}

func next(t testing.TB, s *store.Store) int {
	t.Helper()
	at, err := s.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return int(at.NextBlock)
}

// covered compares the holdings with the story's, unit by unit.
func covered(rt *rapid.T, t testing.TB, s *store.Store, told *story) {
	for _, b := range told.batches {
		runs := holdings(t, s, b.GTIN, b.Lot)
		stop := int64(0)
		for i, r := range runs {
			if r.Start != stop {
				rt.Fatalf("lot %s: a run begins at %d, not %d", b.Lot, r.Start, stop)
			}
			if i > 0 && runs[i-1].Place == r.Place {
				rt.Fatalf("lot %s: neighbours at %d are not merged", b.Lot, r.Start)
			}
			for ; stop < r.Stop; stop++ {
				if b.at[stop] != r.Place {
					rt.Fatalf("lot %s: unit %d is at %+v, want %+v", b.Lot, stop, r.Place, b.at[stop])
				}
			}
		}
		if stop != b.Quantity {
			rt.Fatalf("lot %s: %d units of %d", b.Lot, stop, b.Quantity)
		}
	}
}

func holdings(t testing.TB, s *store.Store, gtin, lot string) []record.Run {
	t.Helper()
	var runs []record.Run
	err := s.InTx(t.Context(), func(tx *sql.Tx) error {
		runs = nil
		rows, err := tx.Query(`select start, stop, holder, state, reason from ledger.holding where gtin = $1 and lot = $2 order by start`, gtin, lot)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r record.Run
			if err := rows.Scan(&r.Start, &r.Stop, &r.Holder, &r.State, &r.Reason); err != nil {
				return err
			}
			runs = append(runs, r)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

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
			s := storetest.New(t)
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
	s := storetest.New(t)
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

// Two gateways project one after the other dies, a third waits for a block.
func TestRunTakesTurns(t *testing.T) {
	url := storetest.URL(t)
	c := newChain()
	for range 30 {
		c.add(tx{function: trace.Sell, event: sold, code: peer.TxValidationCode_VALID})
	}
	source := &channel{blocks: c.blocks, shown: 10}
	reader := storetest.Open(t, url)
	horizon := store.NewHorizon(reader)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go horizon.Run(ctx)

	one, stopOne := context.WithCancel(ctx)
	go newProjector(source, storetest.Open(t, url)).Run(one)
	go newProjector(source, storetest.Open(t, url)).Run(ctx)
	waitFor(t, horizon, 9)
	stopOne()
	source.show(31)
	waitFor(t, horizon, 30)
	for at, _ := horizon.At(); at.CheckedAt.IsZero(); at, _ = horizon.At() {
		time.Sleep(20 * time.Millisecond)
	}
	if got, want := fingerprint(t, reader), rebuild(t, storetest.New(t), c.blocks); got != want {
		t.Error("the read model differs from a rebuild")
	}
}

func waitFor(t *testing.T, h *store.Horizon, block uint64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := h.WaitFor(ctx, block); err != nil {
		t.Fatal(err)
	}
}

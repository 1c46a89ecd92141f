package projector_test

import (
	"context"
	"database/sql"
	"flag"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

func TestMain(m *testing.M) {
	flag.Set("rapid.checks", "40") // each takes a database through a dozen blocks; the command line may ask for more
	os.Exit(databasetest.Main(m))
}

var _ projector.ReadModel = (*store.Store)(nil)

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

// Whatever the grouping of blocks, and wherever the projector dies, the read
// model is what a rebuild from block 0 gives, and every batch is covered exactly.
func TestLiveEqualsRebuild(t *testing.T) {
	live, fresh := storetest.Projecting(t), storetest.Projecting(t)
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

func holdings(t testing.TB, s *store.Store, gtin, lot string) []record.Placed {
	t.Helper()
	var runs []record.Placed
	err := s.InTx(t.Context(), func(tx *sql.Tx) error {
		runs = nil
		rows, err := tx.Query(
			`select start, stop, holder, state, reason, container from ledger.holding where gtin = $1 and lot = $2 order by start`,
			gtin,
			lot,
		)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r record.Placed
			if err := rows.Scan(&r.Start, &r.Stop, &r.Holder, &r.State, &r.Reason, &r.Container); err != nil {
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

// Two gateways project one after the other dies, a third waits for a block.
func TestRunTakesTurns(t *testing.T) {
	url := databasetest.URL(t)
	c := newChain()
	for range 30 {
		c.add(tx{function: trace.Sell, event: sold, code: peer.TxValidationCode_VALID})
	}
	source := &channel{blocks: c.blocks, shown: 10}
	reader := storetest.As(t, url, database.Projector)
	horizon := store.NewHorizon(reader)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go horizon.Run(ctx)

	one, stopOne := context.WithCancel(ctx)
	go newProjector(source, storetest.As(t, url, database.Projector)).Run(one)
	go newProjector(source, storetest.As(t, url, database.Projector)).Run(ctx)
	waitFor(t, horizon, 9)
	stopOne()
	source.show(31)
	waitFor(t, horizon, 30)
	for at, _ := horizon.At(); at.CheckedAt.IsZero(); at, _ = horizon.At() {
		time.Sleep(20 * time.Millisecond)
	}
	if got, want := fingerprint(t, reader), rebuild(t, storetest.Projecting(t), c.blocks); got != want {
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

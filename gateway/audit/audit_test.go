package audit_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

func TestMain(m *testing.M) { os.Exit(databasetest.Main(m)) }

var quiet = slog.New(slog.DiscardHandler)

// peerOf gives a chain's blocks as a peer does: the stream stays open.
type peerOf struct{ chain *prooftest.Chain }

func (p *peerOf) Height(context.Context) (uint64, error) { return uint64(len(p.chain.Blocks)), nil }

func (p *peerOf) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	out := make(chan *common.Block)
	go func() {
		defer close(out)
		for _, b := range p.chain.Blocks[min(from, uint64(len(p.chain.Blocks))):] {
			select {
			case out <- b:
			case <-ctx.Done():
				return
			}
		}
		<-ctx.Done()
	}()
	return out, nil
}

const gtin = "06998801000036"

// story is a chain with a batch, a recall of some of it, and a sale, and the transactions' ids.
func story(t testing.TB) (n *prooftest.Network, chain *prooftest.Chain, registered, recalled, sold string) {
	n = prooftest.New(t)
	at := n.At.UTC().Truncate(time.Millisecond)
	batch := trace.Batch{
		GTIN:         gtin,
		Lot:          "L",
		Quantity:     10,
		UnitsRoot:    strings.Repeat("ab", 32),
		Producer:     "maker",
		RegisteredAt: at,
	}
	whole, some := trace.Line{GTIN: gtin, Lot: "L", Count: 10}, trace.Line{GTIN: gtin, Lot: "L", From: 2, Count: 3}
	held, gone := trace.Place{Holder: "maker", State: trace.Held}, trace.Place{Holder: "maker", State: trace.Sold}
	chain = n.Chain()
	registered = chain.Add(prooftest.Tx{Event: trace.Event{Type: trace.EventBatchRegistered, At: at, By: "maker", Batch: &batch,
		Lines: []trace.Line{whole}, Moves: []trace.Move{{Line: whole, Target: held}}}, Set: wrote("batch")})[0]
	recalled = chain.Add(prooftest.Tx{Event: trace.Event{Type: trace.EventRecalled, At: at, By: "maker", Lines: []trace.Line{some},
		Recall: &trace.Recall{ID: "R1", GTIN: gtin, Reason: trace.Text{ZhCN: "玻璃", En: "glass"}}}, Set: wrote("recall")})[0]
	sold = chain.Add(prooftest.Tx{Event: trace.Event{Type: trace.EventSold, At: at, By: "maker", Lines: []trace.Line{some},
		Moves: []trace.Move{{Line: some, Source: held, Target: gone}}}, Set: wrote("sale")})[0]
	return n, chain, registered, recalled, sold
}

func wrote(key string) *kvrwset.KVRWSet {
	return &kvrwset.KVRWSet{Writes: []*kvrwset.KVWrite{{Key: key, Value: []byte("v")}}}
}

func authority(t testing.TB, n *prooftest.Network) *proof.Authority {
	t.Helper()
	a, err := proof.NewAuthority(n.Trust)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// replayed has the walked blocks projected into a read model of its own.
func replayed(t testing.TB, w *audit.Walk) *store.Store {
	t.Helper()
	model := storetest.Projecting(t)
	height, err := w.Height(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Until(height)
	p := projector.New(
		projector.Options{Channel: "trace", Chaincode: "touchstone", Source: w, ReadModel: model, Log: quiet},
	)
	if err := errors.Join(p.To(t.Context(), height), w.Err()); err != nil {
		t.Fatal(err)
	}
	return model
}

func walk(t testing.TB, n *prooftest.Network, chain *prooftest.Chain) *audit.Walk {
	a := authority(t, n)
	return audit.NewWalk(&peerOf{chain}, a, a.Chain(0, nil), func(f proof.Finding) { t.Error(f) })
}

func snapshot(t testing.TB, s *store.Store) *store.Snapshot {
	t.Helper()
	at, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = at.Close() })
	return at
}

func compared(t testing.TB, blocks audit.Replayed, model audit.Model) (all []record.Difference) {
	t.Helper()
	n, err := audit.Compare(
		t.Context(), store.Compared(), blocks, model, func(d record.Difference) { all = append(all, d) },
	)
	if err != nil || n != len(all) {
		t.Fatal(n, err)
	}
	return all
}

// Whatever is changed in a read model is named, with both values and the transaction that decided it.
func TestReconcileNamesWhatWasChanged(t *testing.T) {
	n, chain, registered, recalled, sold := story(t)
	ours := snapshot(t, replayed(t, walk(t, n, chain)))
	for name, c := range map[string]struct {
		sql  string
		want string // table, column, values and transaction of each
	}{
		"nothing":           {`select 1`, ""},
		"a recall's scope":  {`delete from ledger.recall_scope`, "recall_scope  {}  " + recalled},
		"a recall's reason": {`update ledger.recall set doc = jsonb_set(doc, '{reason}', '"none"')`, "recall doc {} {} " + recalled + `; recall words "r1 06998801000036 玻璃 glass " "r1 06998801000036   " ` + recalled},
		"who holds it":      {`update ledger.holding set holder = 'thief' where state = 'sold'`, `holding holder "maker" "thief" ` + sold},
		"more than there is": {`insert into ledger.recall_scope select recall_id, gtin, 'M', start, stop from ledger.recall_scope`,
			"recall_scope   {} "},
		"a mark":      {`update ledger.tx set code = 'MVCC_READ_CONFLICT' where tx_id = '` + registered + `'`, `tx code "VALID" "MVCC_READ_CONFLICT" ` + registered},
		"a batch":     {`update ledger.batch set quantity = 11`, `batch quantity 10 11 ` + registered},
		"where it is": {`update ledger.checkpoint set next_block = 3`, `checkpoint next_block 4 3 `},
	} {
		t.Run(name, func(t *testing.T) {
			live := replayed(t, walk(t, n, chain))
			if err := live.InTx(
				t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(c.sql); return err },
			); err != nil {
				t.Fatal(err)
			}
			theirs := snapshot(t, live)
			var file bytes.Buffer
			if err := audit.Write(
				t.Context(), &file, record.Checkpoint{NextBlock: 4}, store.Compared(), theirs,
			); err != nil {
				t.Fatal(err)
			}
			export, err := audit.ReadExport(&file)
			if err != nil {
				t.Fatal(err)
			}
			found := compared(t, ours, theirs)
			if got := compared(t, ours, export); fmt.Sprint(got) != fmt.Sprint(found) || export.Rest() != nil {
				t.Errorf("of an export %v, of the database %v, %v", got, found, export.Rest())
			}
			var got []string
			for _, d := range found {
				if audit.Text(d) == "" || d.Row == "" {
					t.Errorf("%+v", d)
				}
				blocks, model := short(d.Blocks), short(d.Model)
				got = append(got, strings.Join([]string{d.Table, d.Column, blocks, model, d.TxID}, " "))
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// short is a value, or that it is a whole row or document.
func short(value string) string {
	if strings.HasPrefix(value, "{") {
		return "{}"
	}
	return value
}

// A walk ends at a block that is not of the chain, and gives none of what comes after; what it gave is the chain's.
func TestWalkGivesOnlyWhatFollows(t *testing.T) {
	n, chain, _, _, _ := story(t)
	chain.Blocks[2].Data.Data[0][20] ^= 1
	a := authority(t, n)
	w := audit.NewWalk(&peerOf{chain}, a, a.Chain(0, nil), func(f proof.Finding) { t.Error(f) })
	blocks, err := w.Blocks(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []uint64
	for b := range blocks {
		got = append(got, b.Header.Number)
	}
	if fmt.Sprint(got) != "[1]" || !errors.Is(w.Err(), proof.ReasonDataHashWrong) || w.Chain().Next() != 2 {
		t.Errorf("%v %v %d", got, w.Err(), w.Chain().Next())
	}
}

// A walk in pieces is one walk; another chain in its place is found out at its first block.
func TestWalkInPieces(t *testing.T) {
	n, chain, _, _, _ := story(t)
	w := walk(t, n, chain)
	if err := w.To(t.Context(), 2); err != nil || w.Chain().Next() != 2 {
		t.Fatal(err)
	}
	forked := chain.Fork(3)
	for range 3 {
		forked.Add(prooftest.Tx{Event: trace.Event{Type: trace.EventSold}, Set: wrote("x")})
	}
	a := authority(t, n)
	other := audit.NewWalk(&peerOf{forked}, a, w.Chain(), func(proof.Finding) {})
	if err := other.To(t.Context(), 4); !errors.Is(err, proof.ReasonNotAfter) {
		t.Errorf("a fork: %v", err)
	}
	if err := w.To(t.Context(), 4); err != nil || w.Chain().Seen().Blocks != 4 {
		t.Error(err)
	}
}

// What is marked otherwise than it should be is told, and the walk goes on.
func TestWalkTellsOfMarks(t *testing.T) {
	n, chain, _, _, _ := story(t)
	chain.Add(
		prooftest.Tx{
			Event: trace.Event{Type: trace.EventSold},
			Set:   wrote("x"),
			Code:  peer.TxValidationCode_MVCC_READ_CONFLICT,
		},
	)
	a := authority(t, n)
	var found []proof.Finding
	w := audit.NewWalk(&peerOf{chain}, a, a.Chain(0, nil), func(f proof.Finding) { found = append(found, f) })
	if err := w.To(t.Context(), 5); err != nil || len(found) != 1 || found[0].Reason != proof.ReasonNoGround {
		t.Error(found, err)
	}
}

// BenchmarkReconcile walks, replays and compares a chain of 50 blocks of 100 registrations and sales, each with three
// signatures; it reports transactions a second, from the peer's bytes to the last row compared.
func BenchmarkReconcile(b *testing.B) {
	const blocks, perBlock = 50, 100
	n := prooftest.New(b)
	chain := n.Chain()
	at := n.At.UTC()
	held, sold := trace.Place{Holder: "maker", State: trace.Held}, trace.Place{Holder: "maker", State: trace.Sold}
	for i := range blocks {
		var txs []prooftest.Tx
		for j := 0; j < perBlock; j += 2 {
			x := trace.Batch{
				GTIN:         fmt.Sprintf("%014d", j),
				Lot:          fmt.Sprint("L", i),
				Quantity:     1000,
				UnitsRoot:    strings.Repeat("ab", 32),
				Producer:     "maker",
				RegisteredAt: at,
			}
			whole, some := trace.Line{
				GTIN:  x.GTIN,
				Lot:   x.Lot,
				Count: 1000,
			}, trace.Line{
				GTIN:  x.GTIN,
				Lot:   x.Lot,
				From:  100,
				Count: 10,
			}
			txs = append(
				txs,
				prooftest.Tx{
					Event: trace.Event{
						Type:  trace.EventBatchRegistered,
						At:    at,
						By:    "maker",
						Batch: &x,
						Lines: []trace.Line{whole},
						Moves: []trace.Move{{Line: whole, Target: held}},
					},
					Set: wrote("batch " + x.GTIN + x.Lot),
				},
				prooftest.Tx{Event: trace.Event{
					Type:  trace.EventSold,
					At:    at,
					By:    "maker",
					Lines: []trace.Line{some},
					Moves: []trace.Move{
						{Line: some, Source: held, Target: sold},
					},
				}, Set: wrote("sale " + x.GTIN + x.Lot)},
			)
		}
		chain.Add(txs...)
	}
	live := snapshot(b, replayed(b, walk(b, n, chain)))
	for b.Loop() {
		if found := compared(b, snapshot(b, replayed(b, walk(b, n, chain))), live); len(found) > 0 {
			b.Fatal(found[0])
		}
	}
	b.ReportMetric(float64(b.N*blocks*perBlock)/b.Elapsed().Seconds(), "tx/s")
}

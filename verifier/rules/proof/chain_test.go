package proof_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

func wrote(keys ...string) *kvrwset.KVRWSet {
	set := &kvrwset.KVRWSet{}
	for _, k := range keys {
		set.Writes = append(set.Writes, &kvrwset.KVWrite{Key: k, Value: []byte("v")})
	}
	return set
}

func read(set *kvrwset.KVRWSet, key string, block, tx uint64) *kvrwset.KVRWSet {
	set.Reads = append(set.Reads, reads(key, block, tx))
	return set
}

// reads names a version; block 0, which writes nothing, stands for none.
func reads(key string, block, tx uint64) *kvrwset.KVRead {
	r := &kvrwset.KVRead{Key: key}
	if block > 0 {
		r.Version = &kvrwset.Version{BlockNum: block, TxNum: tx}
	}
	return r
}

func ranged(exhausted bool, from, to string, found ...*kvrwset.KVRead) *kvrwset.KVRWSet {
	return &kvrwset.KVRWSet{RangeQueriesInfo: []*kvrwset.RangeQueryInfo{{
		StartKey: from, EndKey: to, ItrExhausted: exhausted,
		ReadsInfo: &kvrwset.RangeQueryInfo_RawReads{RawReads: &kvrwset.QueryReads{KvReads: found}},
	}}}
}

const (
	overwritten = peer.TxValidationCode_MVCC_READ_CONFLICT
	phantom     = peer.TxValidationCode_PHANTOM_READ_CONFLICT
	refused     = peer.TxValidationCode_ENDORSEMENT_POLICY_FAILURE
	twice       = peer.TxValidationCode_DUPLICATE_TXID
)

func tx(set *kvrwset.KVRWSet) prooftest.Tx {
	return prooftest.Tx{Event: trace.Event{Type: trace.EventSold}, Set: set}
}

func marked(set *kvrwset.KVRWSet, code peer.TxValidationCode) prooftest.Tx {
	t := tx(set)
	t.Code = code
	return t
}

// follow walks a chain from its block number from on.
func follow(
	t *testing.T, n *prooftest.Network, blocks []*common.Block, from uint64, after *proof.Head,
) (*proof.Chain, []proof.Finding, error) {
	t.Helper()
	a, err := proof.NewAuthority(n.Trust)
	if err != nil {
		t.Fatal(err)
	}
	chain := a.Chain(from, after)
	var all []proof.Finding
	for _, b := range blocks[from:] {
		found, err := chain.Add(a.Judge(b, n.At))
		if all = append(all, found...); err != nil {
			return chain, all, err
		}
	}
	return chain, all, nil
}

// Blocks 1 and 2 write a, b and c; the last block is what the case adds.
func TestChainFindsWhatIsWrong(t *testing.T) {
	other := func(n *prooftest.Network) { n.Endorsers = n.Endorsers[:1] }
	spoiled := tx(wrote("x"))
	spoiled.Change = func(e []byte) []byte { e[len(e)-1] ^= 1; return e }
	for name, c := range map[string]struct {
		change func(*prooftest.Network)
		last   []prooftest.Tx
		want   string // "position check reason" of each finding
	}{
		"nothing":                            {nil, []prooftest.Tx{tx(read(wrote("a"), "b", 1, 1)), tx(read(wrote("x"), "none", 0, 0))}, ""},
		"too few endorsers":                  {other, []prooftest.Tx{tx(wrote("x"))}, "0 endorsement TOO_FEW_ENDORSERS;"},
		"too few endorsers, and so marked":   {other, []prooftest.Tx{marked(wrote("x"), refused)}, ""},
		"a submitter's signature":            {nil, []prooftest.Tx{spoiled}, "0 submitter SIGNATURE_WRONG;"},
		"an old read":                        {nil, []prooftest.Tx{tx(read(wrote("x"), "a", 1, 0))}, "0 flag READ_OVERWRITTEN;"},
		"an old read, and so marked":         {nil, []prooftest.Tx{marked(read(wrote("x"), "a", 1, 0), overwritten)}, ""},
		"a read within the block":            {nil, []prooftest.Tx{tx(wrote("b")), tx(read(wrote("x"), "b", 1, 1))}, "1 flag READ_OVERWRITTEN;"},
		"a read of what was deleted":         {nil, []prooftest.Tx{tx(&kvrwset.KVRWSet{Writes: []*kvrwset.KVWrite{{Key: "b", IsDelete: true}}}), tx(read(wrote("x"), "b", 1, 1))}, "1 flag READ_OVERWRITTEN;"},
		"a read of none, where there is one": {nil, []prooftest.Tx{tx(read(wrote("x"), "a", 0, 0))}, "0 flag READ_OVERWRITTEN;"},
		"hidden from readers":                {nil, []prooftest.Tx{marked(read(wrote("x"), "b", 1, 1), overwritten)}, "0 flag NO_GROUND;"},
		"hidden, and what rests on it":       {nil, []prooftest.Tx{marked(wrote("b"), refused), tx(read(wrote("x"), "b", 1, 1))}, "0 flag NO_GROUND;"},
		"a range":                            {nil, []prooftest.Tx{tx(ranged(true, "a", "c", reads("a", 2, 0), reads("b", 1, 1)))}, ""},
		"a range that was not read on":       {nil, []prooftest.Tx{tx(ranged(false, "a", "b", reads("a", 2, 0), reads("b", 1, 1)))}, ""},
		"a range without one of its keys":    {nil, []prooftest.Tx{tx(ranged(true, "a", "c", reads("a", 2, 0)))}, "0 flag READ_OVERWRITTEN;"},
		"a range with one too many":          {nil, []prooftest.Tx{tx(ranged(true, "a", "b", reads("a", 2, 0), reads("b", 1, 1)))}, "0 flag READ_OVERWRITTEN;"},
		"a range before it was written to":   {nil, []prooftest.Tx{marked(ranged(true, "a", "", reads("a", 2, 0)), phantom)}, ""},
		"an id used twice":                   {nil, []prooftest.Tx{{Set: wrote("x"), Nonce: "n"}, {Set: wrote("y"), Nonce: "n"}}, "1 flag TX_ID_USED;"},
		"an id used twice, and so marked":    {nil, []prooftest.Tx{{Set: wrote("x"), Nonce: "n"}, {Set: wrote("y"), Nonce: "n", Code: twice}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			n := prooftest.New(t)
			chain := n.Chain()
			chain.Add(tx(wrote("a")), tx(wrote("b", "c")))
			chain.Add(tx(read(wrote("a"), "a", 1, 0)))
			if c.change != nil {
				c.change(n)
			}
			chain.Add(c.last...)
			followed, found, err := follow(t, n, chain.Blocks, 0, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, f := range found {
				got += fmt.Sprintf("%d %s %s;", f.Position, f.Check, string(f.Reason))
				if f.Block != 3 || len(f.TxID) != 64 || f.String() == "" {
					t.Errorf("%+v", f)
				}
			}
			if got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			if s := followed.Seen(); s.Blocks != 4 || s.Transactions != int64(4+len(c.last)) || s.Unjudged != 0 {
				t.Errorf("%+v", s)
			}
		})
	}
}

// A chain ends where a block is missing, is another, is changed, or is not the orderers'.
func TestChainEnds(t *testing.T) {
	n := prooftest.New(t)
	made := n.Chain()
	for range 3 {
		made.Add(tx(wrote("a")))
	}
	stranger := prooftest.New(t)
	forked := made.Fork(2)
	forked.Add(tx(wrote("b")))
	changed := func(change func([]*common.Block)) []*common.Block {
		blocks := made.Fork(0).Blocks
		change(blocks)
		return blocks
	}
	for name, c := range map[string]struct {
		blocks []*common.Block
		want   error
	}{
		"whole":       {made.Blocks, nil},
		"a gap":       {append(made.Blocks[:1:1], made.Blocks[2:]...), proof.ReasonNotNext},
		"a fork":      {append(forked.Blocks[:3:3], made.Blocks[3]), proof.ReasonNotAfter},
		"other data":  {changed(func(b []*common.Block) { b[2].Data.Data[0][9] ^= 1 }), proof.ReasonDataHashWrong},
		"no data":     {changed(func(b []*common.Block) { b[2].Data, b[2].Metadata.Metadata[2] = nil, nil }), proof.ReasonDataHashWrong},
		"no mark":     {changed(func(b []*common.Block) { b[2].Metadata.Metadata[2] = nil }), proof.ReasonUnreadable},
		"no orderers": {changed(func(b []*common.Block) { b[2].Metadata.Metadata[0] = nil }), proof.ReasonTooFewOrderers},
		"other start": {changed(func(b []*common.Block) {
			start := prooftest.New(t).Chain().Blocks[0]
			start.Data.Data[0] = append(start.Data.Data[0], 0)
			*b[0] = common.Block{Header: start.Header, Data: b[0].Data, Metadata: b[0].Metadata}
			b[0].Header.PreviousHash = []byte("another")
		}), proof.ReasonDataHashWrong},
		"other orderers": {changed(func(b []*common.Block) {
			other := stranger.Chain()
			other.Add(tx(wrote("a")))
			b[2].Metadata.Metadata[0] = other.Blocks[1].Metadata.Metadata[0]
		}), proof.ReasonNotIssued},
	} {
		_, _, err := follow(t, n, c.blocks, 0, nil)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// A chain that is saved goes on where it was; one that begins in the middle says what it cannot judge.
func TestChainInPieces(t *testing.T) {
	n := prooftest.New(t)
	made := n.Chain()
	made.Add(tx(wrote("a")), tx(wrote("b")))
	made.Add(tx(wrote("a")))
	made.Add(tx(read(wrote("x"), "a", 1, 0)), tx(read(wrote("y"), "b", 1, 1)))
	first, _, err := follow(t, n, made.Blocks[:3], 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := first.Save(&file); err != nil {
		t.Fatal(err)
	}
	a, err := proof.NewAuthority(n.Trust)
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.Resume(&file)
	if err != nil || second.Next() != 3 {
		t.Fatal(err)
	}
	found, err := second.Add(a.Judge(made.Blocks[3], n.At))
	if err != nil || len(found) != 1 || found[0].Reason != proof.ReasonReadOverwritten {
		t.Errorf("%v %v", found, err)
	}
	head := proof.HeadOf(made.Blocks[1].Header)
	middle, found, err := follow(t, n, made.Blocks, 2, &head)
	if err != nil || len(found) != 1 || middle.Seen().Unjudged != 1 {
		t.Errorf("%v %v %+v", found, err, middle.Seen())
	}
	head.Hash[0] ^= 1
	if _, _, err := follow(t, n, made.Blocks, 2, &head); !errors.Is(err, proof.ReasonNotAfter) {
		t.Errorf("another block before: %v", err)
	}
}

// BenchmarkChain checks blocks of 100 transactions, each with its submitter's signature and two endorsements, one
// goroutine; it reports transactions a second.
func BenchmarkChain(b *testing.B) {
	const perBlock = 100
	n := prooftest.New(b)
	made := n.Chain()
	for i := range 10 {
		var txs []prooftest.Tx
		for j := range perBlock {
			txs = append(
				txs,
				tx(read(wrote(fmt.Sprint("k", i, " ", j)), fmt.Sprint("k", i-1, " ", j), uint64(i), uint64(j))),
			)
		}
		made.Add(txs...)
	}
	var raw [][]byte
	for _, block := range made.Blocks {
		bytes, err := proto.Marshal(block)
		if err != nil {
			b.Fatal(err)
		}
		raw = append(raw, bytes)
	}
	a, err := proof.NewAuthority(n.Trust)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		chain := a.Chain(0, nil)
		for _, bytes := range raw {
			var block common.Block
			if err := proto.Unmarshal(bytes, &block); err != nil {
				b.Fatal(err)
			}
			if found, err := chain.Add(a.Judge(&block, time.Now())); err != nil || len(found) > 0 {
				b.Fatal(found, err)
			}
		}
	}
	b.ReportMetric(float64(b.N*10*perBlock)/b.Elapsed().Seconds(), "tx/s")
}

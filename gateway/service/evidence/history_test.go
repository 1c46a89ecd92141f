package evidence

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// chained is a ledger with a read model that knows its blocks, and what somebody has done to it.
type chained struct {
	*historytest.Ledger
	t       *testing.T
	missing uint64               // a block whose events the read model has lost
	known   uint64               // how many blocks the read model has
	header  func(*record.Header) // what became of each header
}

var l1 = trace.HistoryRequest{GTIN: historytest.Tea, Lot: "L1"}

func newChained(t *testing.T) *chained {
	t.Helper()
	l := historytest.New(t)
	h := &historytest.Story{TB: t, Rand: rand.New(rand.NewPCG(5, 0)), L: l, Taken: map[trace.Transaction]int{}}
	h.Begin(l.Network.At)
	for range 120 {
		h.Step()
	}
	return &chained{Ledger: l, t: t, known: uint64(len(l.Chain.Blocks)), header: func(*record.Header) {}}
}

func (c *chained) Batch(_ context.Context, _ service.Caller, gtin, lot string) (b record.Batch, err error) {
	if gtin != l1.GTIN || lot != l1.Lot {
		err = &trace.Error{Code: trace.BatchUnknown}
	}
	return b, err
}

func (c *chained) Endorse(_ context.Context, query, request string) ([]byte, error) {
	var r trace.HistoryRequest
	if err := trace.Unmarshal([]byte(request), &r); err != nil || query != string(trace.StateHistory) {
		return nil, errors.New("not asked for a history")
	}
	return c.Statement(r, nil), nil
}

func (c *chained) BlockNumbered(_ context.Context, number uint64) ([]byte, error) {
	return proto.Marshal(c.Chain.Blocks[number])
}

func (c *chained) EventBlocks(_ context.Context, gtin, lot string, from uint64, most int) (all []uint64, err error) {
	for _, b := range c.Chain.Blocks[from:] {
		told, ok := proof.ReadTold(b.Data.Data[0], historytest.Contract)
		if ok && b.Header.Number != c.missing &&
			slices.Contains(told.Event.Batches(), trace.HistoryRequest{GTIN: gtin, Lot: lot}) {
			all = append(all, b.Header.Number)
		}
	}
	return all[:min(most, 3, len(all))], nil
}

func (c *chained) Headers(_ context.Context, from uint64, most int) (all []record.Header, err error) {
	for _, b := range c.Chain.Blocks[from:] {
		h := record.Header{Number: b.Header.Number, Data: proof.Hash(b.Header.DataHash)}
		copy(h.Previous[:], b.Header.PreviousHash)
		c.header(&h)
		all = append(all, h)
	}
	return all[:min(most, 4, len(all))], nil
}

func (c *chained) Peers(context.Context) ([]record.PeerHealth, error) {
	return []record.PeerHealth{{Answers: true, Height: uint64(len(c.Chain.Blocks))}, {}}, nil
}

func (c *chained) Checkpoint(context.Context) (record.Checkpoint, error) {
	return record.Checkpoint{NextBlock: c.known}, nil
}

func (c *chained) LastReconciliation(context.Context) (r record.Reconciliation, ok bool, err error) {
	return r, false, nil
}

// history asks as somebody, and writes the file.
func (c *chained) history(ctx context.Context, role trace.Role, lot string, from uint64) ([]byte, error) {
	s := &Service{Goods: c, Endorser: c, Numbered: c, Chain: c, Peers: c, Reconciliations: c,
		Trust: &c.Network.Trust, Now: servicetest.Clock}
	file, err := s.History(ctx, service.Caller{Party: "auditor", Role: role}, l1.GTIN, lot, from)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = file.Write(&out)
	return out.Bytes(), err
}

// The file that an auditor gets is proved, wherever its chain begins.
func TestHistory(t *testing.T) {
	c := newChained(t)
	for _, from := range []uint64{0, 1, 9, 1000} {
		file, err := c.history(t.Context(), trace.RoleAuditor, "L1", from)
		if err != nil {
			t.Fatal(err)
		}
		r, err := history.Verify(bytes.NewReader(file), c.Network.Trust, history.Options{Batch: l1})
		if err != nil || r.Events < 8 || r.Last.Number != c.known-1 {
			t.Errorf("from %d: %v, %d events up to block %d", from, err, r.Events, r.Last.Number)
		}
		if from > 0 && from < 10 && r.First.Number != from-1 {
			t.Errorf("from %d it begins behind block %d", from, r.First.Number)
		}
	}
}

// Others get none; and what became of the read model shows, before the file or in it.
func TestNoHistory(t *testing.T) {
	c := newChained(t)
	for _, role := range []trace.Role{trace.RoleProducer, trace.RoleSeller, trace.RoleInspector} {
		if _, err := c.history(t.Context(), role, "L1", 0); trace.CodeOf(err) != trace.NotAllowed {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := c.history(t.Context(), trace.RolePlatform, "L9", 0); trace.CodeOf(err) != trace.BatchUnknown {
		t.Errorf("of no batch: %v", err)
	}
	blocks, _ := c.EventBlocks(t.Context(), l1.GTIN, l1.Lot, 0, 3)
	c.missing = blocks[1]
	if _, err := c.history(t.Context(), trace.RoleAuditor, "L1", 0); !errors.Is(err, history.ErrBehind) {
		t.Errorf("without an event: %v", err)
	}
	c.missing, c.header = 0, func(h *record.Header) {
		if h.Number == blocks[1]+1 {
			h.Data[0]++
		}
	}
	file, err := c.history(t.Context(), trace.RoleAuditor, "L1", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := history.Verify(bytes.NewReader(file), c.Network.Trust, history.Options{}); err == nil {
		t.Error("another block's hash is not noticed")
	}
	c.known--
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var unavailable *record.Unavailable
	if _, err := c.history(ctx, trace.RoleAuditor, "L1", 0); !errors.As(err, &unavailable) {
		t.Errorf("behind the peers: %v", err)
	}
}

package evidence

import (
	"context"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

type house struct {
	peers   []record.PeerHealth
	block   *uint64
	senders []string
	asked   bool
}

var hash = []byte{0xab, 0xcd}

func (h *house) Peers(context.Context) ([]record.PeerHealth, error) { return h.peers, nil }
func (h *house) Checkpoint(context.Context) (record.Checkpoint, error) {
	return record.Checkpoint{NextBlock: 10, LastHash: hash}, nil
}
func (h *house) LastReconciliation(context.Context) (record.Reconciliation, bool, error) {
	return record.Reconciliation{}, false, nil
}
func (h *house) Transaction(_ context.Context, c service.Caller, txID string) (record.Transaction, error) {
	if c.Party == "rival" {
		return record.Transaction{}, &trace.Error{Code: service.TransactionUnknown, Field: "txId"}
	}
	return record.Transaction{TxID: txID, Block: h.block}, nil
}
func (h *house) PartiesOfBlock(context.Context, uint64) ([]string, error) { return h.senders, nil }
func (h *house) BlockOf(context.Context, string) ([]byte, error) {
	h.asked = true
	return nil, &record.Unavailable{Err: errors.New("no peer")}
}

// Of each peer it is said whether its newest block is the read model's, and how far the farthest is ahead.
func TestLedgerHealth(t *testing.T) {
	h := &house{
		peers: []record.PeerHealth{
			{Answers: true, Height: 10, LastHash: hex.EncodeToString(hash)},
			{Answers: true, Height: 10, LastHash: "00"},
			{Answers: true, Height: 14},
			{Answers: true, Height: 8},
			{},
		},
	}
	s := &Service{Peers: h, Reconciliations: h, Now: servicetest.Clock}
	v, err := s.LedgerHealth(t.Context())
	if err != nil || v.Reconciliation != nil || v.Lag != 4 {
		t.Fatalf("%+v %v", v, err)
	}
	for i, want := range []Agreement{Agrees, Differs, OtherBlock, OtherBlock, NotKnown} {
		if got := v.Peers[i].Agreement; got != want {
			t.Errorf("peer %d %s, want %s", i, got, want)
		}
	}
}

// Peers are asked for a block only where there is something to prove to this caller.
func TestWhatIsNotProved(t *testing.T) {
	block := uint64(4)
	for name, x := range map[string]struct {
		party string
		block *uint64
		trust *proof.Trust
		code  trace.Code
		asked bool
	}{
		"another's":       {"rival", &block, &proof.Trust{}, service.TransactionUnknown, false},
		"in no block yet": {"maker", nil, &proof.Trust{}, service.TransactionUnknown, false},
		"without trust":   {"maker", &block, nil, "", false},
		"no peer answers": {"maker", &block, &proof.Trust{}, "", true},
	} {
		h := &house{block: x.block}
		s := &Service{Sight: h, Senders: h, Blocks: h, Trust: x.trust}
		_, err := s.TransactionProof(t.Context(), service.Caller{Party: x.party}, "tx")
		var unavailable *record.Unavailable
		if trace.CodeOf(err) != x.code || x.code == "" && !errors.As(err, &unavailable) || h.asked != x.asked {
			t.Errorf("%s: %v, asked %v", name, err, h.asked)
		}
	}
}

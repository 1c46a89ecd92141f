package evidence

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Peers asks every peer how far it is, within a few seconds.
type Peers interface {
	Peers(ctx context.Context) ([]record.PeerHealth, error)
}

// Reconciliations reads how far the read model is and how it compared last.
type Reconciliations interface {
	Checkpoint(ctx context.Context) (record.Checkpoint, error)
	LastReconciliation(ctx context.Context) (record.Reconciliation, bool, error)
}

// LedgerHealth is how the ledger's copies and the read model stand to each other
// now. Lag is how many blocks the read model is behind the farthest peer.
type LedgerHealth struct {
	At             time.Time              `json:"at"`
	Channel        string                 `json:"channel"`
	Peers          []PeerState            `json:"peers"`
	Blocks         uint64                 `json:"blocks"`
	CheckedAt      time.Time              `json:"checkedAt,omitzero"`
	Halted         string                 `json:"halted,omitempty"`
	Lag            uint64                 `json:"lag"`
	Reconciliation *record.Reconciliation `json:"reconciliation,omitempty"`
}

// Agreement says whether a peer's newest block is the read model's.
type Agreement string

// The agreements. Blocks of different heights cannot be compared by their hash.
const (
	Agrees     Agreement = "agrees"
	Differs    Agreement = "differs"
	OtherBlock Agreement = "other_height"
	NotKnown   Agreement = "unknown"
)

// PeerState is a peer with how it stands to the read model.
type PeerState struct {
	record.PeerHealth
	Agreement Agreement `json:"agreement"`
}

// LedgerHealth tells how far every peer and the read model are.
func (s *Service) LedgerHealth(ctx context.Context) (LedgerHealth, error) {
	peers, err := s.Peers.Peers(ctx)
	if err != nil {
		return LedgerHealth{}, err
	}
	at, err := s.Reconciliations.Checkpoint(ctx)
	if err != nil {
		return LedgerHealth{}, err
	}
	last, known, err := s.Reconciliations.LastReconciliation(ctx)
	h := LedgerHealth{
		At:        s.Now(),
		Channel:   at.Channel,
		Peers:     []PeerState{},
		Blocks:    at.NextBlock,
		CheckedAt: at.CheckedAt,
		Halted:    at.Halted,
	}
	if known {
		h.Reconciliation = &last
	}
	for _, p := range peers {
		h.Peers = append(h.Peers, PeerState{p, agreement(p, at)})
		if p.Height > at.NextBlock {
			h.Lag = max(h.Lag, p.Height-at.NextBlock)
		}
	}
	return h, err
}

func agreement(p record.PeerHealth, at record.Checkpoint) Agreement {
	switch {
	case !p.Answers:
		return NotKnown
	case p.Height != at.NextBlock:
		return OtherBlock
	case p.LastHash == hex.EncodeToString(at.LastHash):
		return Agrees
	}
	return Differs
}

// Package evidence shows what the ledger's answers rest on: the proof of a transaction,
// and how peers and read model stand to each other.
package evidence

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Blocks gives the block, common.Block in protobuf, that holds a transaction.
type Blocks interface {
	BlockOf(ctx context.Context, txID string) ([]byte, error)
}

// Senders says who sent the transactions of a block.
type Senders interface {
	PartiesOfBlock(ctx context.Context, block uint64) ([]string, error)
}

// Sight gives a transaction to those who may see it.
type Sight interface {
	Transaction(ctx context.Context, c service.Caller, txID string) (record.Transaction, error)
}

// Goods gives a batch to those who may see it.
type Goods interface {
	Batch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error)
}

// Service answers for the ledger's evidence. All fields are required but Trust:
// what proofs are checked against, nil where the gateway was given none.
type Service struct {
	Blocks          Blocks
	Senders         Senders
	Peers           Peers
	Reconciliations Reconciliations
	Sight           Sight
	Goods           Goods
	Chain           Chain
	Numbered        Numbered
	Endorser        Endorser
	Trust           *proof.Trust
	Now             func() time.Time
}

var errNoTrust = errors.New("the gateway was given no trust file")

// TransactionProof is what the reader's own browser checks a transaction with,
// and the texts of the checks. What Trust is worth depends on how it came: who
// trusts nobody compares it with a copy of his own (docs/proofs.md).
type TransactionProof struct {
	proof.Transaction
	Trust   proof.Trust                 `json:"trust"`
	Titles  map[proof.Check]trace.Text  `json:"titles"`
	Reasons map[proof.Reason]trace.Text `json:"reasons"`
}

// TransactionProof proves a transaction to the party that sent it and to those
// who see all. Its block comes whole where the caller may see all of it.
func (s *Service) TransactionProof(ctx context.Context, c service.Caller, txID string) (TransactionProof, error) {
	t, err := s.Sight.Transaction(ctx, c, txID)
	if err != nil {
		return TransactionProof{}, err
	}
	if t.Block == nil {
		return TransactionProof{}, service.Refuse(service.TransactionUnknown, "txId", "no_block_yet")
	}
	if s.Trust == nil {
		return TransactionProof{}, &record.Unavailable{Err: errNoTrust}
	}
	whole := c.SeesAll()
	if !whole {
		parties, err := s.Senders.PartiesOfBlock(ctx, *t.Block)
		if err != nil {
			return TransactionProof{}, err
		}
		whole = !slices.ContainsFunc(parties, func(p string) bool { return p != c.Party })
	}
	data, err := s.Blocks.BlockOf(ctx, txID)
	if err != nil {
		return TransactionProof{}, err
	}
	block, err := proof.ReadBlock(data, txID)
	return TransactionProof{proof.OfTransaction(block, whole), *s.Trust, proof.TransactionTitles, proof.Reasons}, err
}

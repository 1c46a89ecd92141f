package service

import (
	"context"
	"errors"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
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
func (s *Service) TransactionProof(ctx context.Context, c Caller, txID string) (TransactionProof, error) {
	t, err := s.Transaction(ctx, c, txID)
	if err != nil {
		return TransactionProof{}, err
	}
	if t.Block == nil {
		return TransactionProof{}, trace.Errorf(TransactionUnknown, "txId", "the transaction is in no block yet")
	}
	if s.Trust == nil {
		return TransactionProof{}, &Unavailable{Err: errNoTrust}
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

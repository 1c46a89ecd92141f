package store

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// EventBlocks gives the numbers of the blocks with events of a batch, ascending, from one on, so many at most.
func (s *Store) EventBlocks(ctx context.Context, gtin, lot string, from uint64, most int) ([]uint64, error) {
	rows, err := s.db.QueryContext(ctx, `select distinct block from ledger.event_line
		where gtin = $1 and lot = $2 and block >= $3 order by block limit $4`, gtin, lot, int64(from), most)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (number uint64, err error) {
		return number, row.Scan(&number)
	})
}

// Headers gives the blocks' headers from one on, so many at most.
func (s *Store) Headers(ctx context.Context, from uint64, most int) ([]record.Header, error) {
	rows, err := s.db.QueryContext(ctx, `select number, prev_hash, data_hash from ledger.block
		where number >= $1 order by number limit $2`, int64(from), most)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (h record.Header, err error) {
		var previous, data []byte
		if err := row.Scan(&h.Number, &previous, &data); err != nil {
			return h, err
		}
		if len(data) != len(proof.Hash{}) || len(previous) != len(proof.Hash{}) && (h.Number > 0 || len(previous) > 0) {
			return h, fmt.Errorf("block %d: its header has no hashes", h.Number)
		}
		copy(h.Previous[:], previous)
		h.Data = proof.Hash(data)
		return h, nil
	})
}

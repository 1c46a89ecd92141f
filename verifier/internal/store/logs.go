package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// lostEntry says whether an entry of a log was lost, or anchored with lost ones (see gateway/restore).
const lostEntry = `select exists (select from app.log_gap where log = $1 and from_seq <= $2 and to_seq > $2)`

// LogEntry gives an entry of an anchored log; nil where there is none, or where
// it is not anchored yet.
func (s *Store) LogEntry(ctx context.Context, log string, seq int64) (*feedback.LogEntry, error) {
	e, err := database.Bounded(ctx, func() (e feedback.LogEntry, err error) {
		if err := s.db.QueryRowContext(ctx, lostEntry, log, seq).Scan(&e.Lost); err != nil || e.Lost {
			return e, err
		}
		var digests pq.ByteaArray
		err = s.db.QueryRowContext(ctx, `select e.salt, e.digest, coalesce(app.log_source(e.ref), ''), a.from_seq, a.to_seq, a.root, a.tx_id, a.block,
				(select array_agg(x.digest order by x.seq) from app.log_entry x where x.log = $1 and x.seq >= a.from_seq and x.seq < a.to_seq)
			from app.log_entry e join ledger.anchor a on a.log = $1 and a.from_seq <= $2 and a.to_seq > $2
			where e.log = $1 and e.seq = $2`, log, seq).
			Scan(&e.Salt, &e.Digest, &e.Text, &e.From, &e.To, &e.Root, &e.TxID, &e.Block, &digests)
		e.Digests = digests
		return e, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a log entry: %w", err)
	}
	return &e, nil
}

// AnchorsAfter gives the ledger's anchors of all logs after a place in the chain, in the chain's order.
func (s *Store) AnchorsAfter(ctx context.Context, block int64, position, most int) ([]feedback.Anchored, error) {
	all, err := database.Bounded(ctx, func() (all []feedback.Anchored, err error) {
		rows, err := s.db.QueryContext(
			ctx,
			`select a.doc, a.tx_id, a.block, t.position from ledger.anchor a join ledger.tx t using (tx_id)
			where (a.block, t.position) > ($1, $2) order by a.block, t.position limit $3`,
			block,
			position,
			most,
		)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var a feedback.Anchored
			var doc []byte
			if err := rows.Scan(&doc, &a.TxID, &a.Block, &a.Position); err != nil {
				return nil, err
			}
			if err := json.Unmarshal(doc, &a.Anchor); err != nil {
				return nil, err
			}
			all = append(all, a)
		}
		return all, rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read the anchors: %w", err)
	}
	return all, nil
}

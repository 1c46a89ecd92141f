package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

//go:embed records.sql
var recordsQuery string

// Records reads everything there is about a unit, all of one moment, in one
// round trip. It reads it for any unit: a batch or a row that is not there is
// nil or empty in the answer. It returns when the context ends.
func (s *Store) Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error) {
	document, err := database.Bounded(ctx, func() (document []byte, err error) {
		row, err := s.read.queryRow(ctx, u.GTIN, u.Lot, u.Index)
		if err != nil {
			return nil, err
		}
		return document, row.Scan(&document)
	})
	if err != nil {
		return nil, fmt.Errorf("read the records of a unit: %w", err)
	}
	var r verdict.Records
	if err := json.Unmarshal(document, &r); err != nil {
		return nil, fmt.Errorf("read the records of a unit: %w", err)
	}
	return &r, nil
}

// onceStatement prepares a statement the first time Postgres answers, and
// keeps it as long as the pool. database/sql prepares it again on every new connection.
type onceStatement struct {
	db       *sql.DB
	query    string
	prepared atomic.Pointer[sql.Stmt]
}

func (o *onceStatement) queryRow(ctx context.Context, args ...any) (*sql.Row, error) {
	stmt, err := o.get(ctx) //nolint:sqlclosecheck // it is kept
	if err != nil {
		return nil, err
	}
	return stmt.QueryRowContext(ctx, args...), nil
}

func (o *onceStatement) get(ctx context.Context) (*sql.Stmt, error) {
	if stmt := o.prepared.Load(); stmt != nil {
		return stmt, nil
	}
	stmt, err := o.db.PrepareContext(ctx, o.query)
	if err != nil {
		return nil, err
	}
	if !o.prepared.CompareAndSwap(nil, stmt) {
		_ = stmt.Close() //nolint:sqlclosecheck // somebody was faster
	}
	return o.prepared.Load(), nil
}

// Commitments reads the stored PIN commitments of units of the batch whose tree has a root (see verifier/rules/seal,
// Batch.Commitments): fewer than are asked for where fewer are stored. They must be of one run.
func (s *Store) Commitments(ctx context.Context, root [32]byte, first, count int64) ([]byte, error) {
	run := first / seal.CommitmentRun * seal.CommitmentRun
	got, err := database.Bounded(ctx, func() (got []byte, err error) {
		err = s.db.QueryRowContext(ctx, `select substring(commitments from $3::int for $4::int)
			from app.unit_commitment where units_root = $1 and first = $2`, root[:], run, 32*(first-run)+1, 32*count).Scan(&got)
		return got, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read PIN commitments: %w", err)
	}
	return got, nil
}

// TreeRow reads the stored row of the Merkle tree with a root (see
// verifier/rules/seal, Tree.Row). It answers nil where none is stored.
func (s *Store) TreeRow(ctx context.Context, root [32]byte) ([]byte, error) {
	row, err := database.Bounded(ctx, func() (row []byte, err error) {
		err = s.db.QueryRowContext(ctx, `select tree_row from app.unit_tree where units_root = $1`, root[:]).Scan(&row)
		return row, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a batch's tree: %w", err)
	}
	return row, nil
}

package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/touchstone-trace/touchstone/verifier/verdict"
)

//go:embed records.sql
var recordsQuery string

// Records reads everything there is about a unit, all of one moment, in one
// round trip. It reads it for any unit: a batch or a row that is not there is
// nil or empty in the answer. It returns when the context ends.
func (s *Store) Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error) {
	document, err := bounded(ctx, func() (document []byte, err error) {
		stmt, err := s.read.prepare(ctx)
		if err != nil {
			return nil, err
		}
		err = stmt.QueryRowContext(ctx, u.GTIN, u.Lot, u.Index).Scan(&document)
		return document, err
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

// onceStatement prepares a statement the first time Postgres answers.
// database/sql prepares it again on every new connection.
type onceStatement struct {
	db    *sql.DB
	query string
	mu    sync.Mutex
	stmt  *sql.Stmt
}

func (o *onceStatement) prepare(ctx context.Context) (*sql.Stmt, error) {
	o.mu.Lock()
	stmt := o.stmt
	o.mu.Unlock()
	if stmt != nil {
		return stmt, nil
	}
	stmt, err := o.db.PrepareContext(ctx, o.query)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stmt == nil {
		o.stmt = stmt
	}
	return o.stmt, nil
}

// TreeRow reads the stored row of the Merkle tree with a root (see
// verifier/seal, Tree.Row). It answers nil where none is stored.
func (s *Store) TreeRow(ctx context.Context, root [32]byte) ([]byte, error) {
	row, err := bounded(ctx, func() (row []byte, err error) {
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

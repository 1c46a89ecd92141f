package store

import (
	"context"

	"github.com/lib/pq"
)

// CreateDatabase creates an empty database on the same server.
func (s *Store) CreateDatabase(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, "create database "+pq.QuoteIdentifier(name))
	return err
}

// DropDatabase drops a database that CreateDatabase created.
func (s *Store) DropDatabase(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, "drop database if exists "+pq.QuoteIdentifier(name)+" with (force)")
	return err
}

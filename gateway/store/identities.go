package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Identity gives a party's sealed identity; false where it has none.
func (s *Store) Identity(ctx context.Context, party string) (record.SealedIdentity, bool, error) {
	var id record.SealedIdentity
	err := s.db.QueryRowContext(ctx, `select party, msp, name, certificate, sealed_key, expires_at
		from app.identity where party = $1`, party).
		Scan(&id.Party, &id.MSP, &id.Name, &id.Certificate, &id.SealedKey, &id.ExpiresAt)
	if errors.Is(err, sql.ErrNoRows) {
		return record.SealedIdentity{}, false, nil
	}
	return id, err == nil, err
}

// SaveIdentity stores an identity in place of the one that expires at replaces,
// or of none where that is the zero time. It answers false, and stores nothing,
// where somebody else was faster.
func (s *Store) SaveIdentity(ctx context.Context, id record.SealedIdentity, replaces time.Time) (bool, error) {
	query := `update app.identity set msp = $2, name = $3, certificate = $4, sealed_key = $5, expires_at = $6,
		updated_at = now() where party = $1 and expires_at = $7`
	args := []any{id.Party, id.MSP, id.Name, id.Certificate, id.SealedKey, id.ExpiresAt, replaces}
	if replaces.IsZero() {
		query = `insert into app.identity (party, msp, name, certificate, sealed_key, expires_at)
			values ($1, $2, $3, $4, $5, $6) on conflict (party) do nothing`
		args = args[:6]
	}
	result, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

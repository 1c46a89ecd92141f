package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
)

// fingerprinted lists the read model's tables and what counts of their rows. The
// checkpoint's times and its halted mark are not derived from blocks.
func fingerprinted() []fingerprintedTable {
	tables := []fingerprintedTable{{"checkpoint", "channel, next_block, last_hash"}}
	add := func(names ...string) {
		for _, name := range names {
			tables = append(tables, fingerprintedTable{name, "t.*"})
		}
	}
	add("block", "tx", "holding", "unit_event", "event_line")
	for _, k := range kept {
		add(k.tables...)
	}
	return tables
}

type fingerprintedTable struct{ table, columns string }

// Fingerprint is a SHA-256, in hex, over the whole read model in a canonical
// order. Two read models of the same blocks have the same one.
func (s *Store) Fingerprint(ctx context.Context) (string, error) {
	h := sha256.New()
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	for _, f := range fingerprinted() {
		query := fmt.Sprintf(
			`select r from (select row(%s)::text as r from ledger.%s t) x order by r collate "C"`,
			f.columns,
			f.table,
		)
		if err := hashRows(ctx, tx, h, query); err != nil {
			return "", fmt.Errorf("fingerprint of ledger.%s: %w", f.table, err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func hashRows(ctx context.Context, tx *sql.Tx, h hash.Hash, query string) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	count := uint64(0)
	for ; rows.Next(); count++ {
		var row sql.RawBytes
		if err := rows.Scan(&row); err != nil {
			return err
		}
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(row))))
		h.Write(row)
	}
	h.Write(binary.BigEndian.AppendUint64(nil, ^count)) // ends the table
	return rows.Err()
}

package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

// Snapshot is the read model as it is at one moment. It holds a connection until Close.
type Snapshot struct{ tx *sql.Tx }

// Snapshot begins one. It only reads, so any role will do that may read the schema.
func (s *Store) Snapshot(ctx context.Context) (*Snapshot, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	// The other side may have to catch up first; a row of a large table waits for all to be sorted.
	_, err = tx.ExecContext(
		ctx,
		`set local idle_in_transaction_session_timeout = '10min'; set local statement_timeout = '10min'`,
	)
	if err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return &Snapshot{tx}, nil
}

// Close ends it.
func (s *Snapshot) Close() error { return s.tx.Rollback() }

// Checkpoint says up to which block it is.
func (s *Snapshot) Checkpoint(ctx context.Context) (record.Checkpoint, error) {
	return readCheckpoint(s.tx.QueryRowContext(ctx, checkpointQuery))
}

// Compared are the tables that blocks decide, in the order in which they are compared.
func Compared() []string {
	var names []string
	for _, f := range fingerprinted() {
		names = append(names, f.table)
	}
	return names
}

// Rows gives a table's rows in the order of their keys. What is not derived from blocks is left out.
func (s *Snapshot) Rows(ctx context.Context, table string) iter.Seq2[record.Row, error] {
	return func(yield func(record.Row, error) bool) {
		rows, err := s.query(ctx, table)
		if err != nil {
			yield(record.Row{}, fmt.Errorf("ledger.%s: %w", table, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row record.Row
			var columns []byte
			if err = rows.Scan(&row.Key, &columns); err == nil {
				err = json.Unmarshal(columns, &row.Columns)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(record.Row{}, fmt.Errorf("ledger.%s: %w", table, err))
		}
	}
}

func (s *Snapshot) query(ctx context.Context, table string) (*sql.Rows, error) {
	i := slices.IndexFunc(fingerprinted(), func(f fingerprintedTable) bool { return f.table == table })
	if i < 0 {
		return nil, errors.New("no table that blocks decide")
	}
	key, err := s.key(ctx, table)
	if err != nil {
		return nil, err
	}
	return s.tx.QueryContext(ctx, fmt.Sprintf(
		`select jsonb_build_array(%s)::text, to_jsonb(t) from (select %s from ledger.%s t) t order by jsonb_build_array(%[1]s)::text collate "C"`,
		key,
		fingerprinted()[i].columns,
		table,
	))
}

// key is a table's primary key, or all of its columns where it has none that is compared.
func (s *Snapshot) key(ctx context.Context, table string) (string, error) {
	var columns []string
	err := s.tx.QueryRowContext(ctx, `select coalesce(array_agg(a.attname::text order by k.n), '{}')
		from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, n)
		join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
		where i.indisprimary and i.indrelid = ('ledger.' || $1)::regclass and a.attname <> 'only_one'`, table).
		Scan((*pq.StringArray)(&columns))
	if err != nil || len(columns) == 0 {
		return "''", err // of one row at most
	}
	for i, c := range columns {
		columns[i] = "t." + pq.QuoteIdentifier(c)
	}
	return strings.Join(columns, ", "), nil
}

// Decided names the transaction that decided a row, of a read model that was made of blocks: the last one that
// wrote the object of which the row is a part.
func (s *Snapshot) Decided(ctx context.Context, table string, row record.Row) (txID string, err error) {
	text := func(column string) (value string) {
		_ = json.Unmarshal(row.Columns[column], &value)
		return value
	}
	if id := text("changed_tx_id"); id != "" {
		return id, nil
	}
	find := func(condition string, values ...any) (string, error) {
		var id sql.NullString
		err := s.tx.QueryRowContext(ctx, `select tx_id from ledger.tx t where code = 'VALID' and `+condition+
			` order by block desc, position desc limit 1`, values...).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return id.String, err
	}
	switch doc := bytes.TrimSpace(row.Columns["doc"]); {
	case len(doc) > 0:
		txID, err = find(
			`exists (select from jsonb_each(event) e where e.value = $1 or jsonb_typeof(e.value) = 'array' and e.value @> jsonb_build_array($1::jsonb))`,
			string(doc),
		)
	case table == "recall_scope":
		txID, err = find(`event->'recall'->>'id' = $1 and event->>'type' = 'recalled'`, text("recall_id"))
	case table == "transformation_input":
		txID, err = find(
			`event->'transformation'->>'gtin' = $1 and event->'transformation'->>'lot' = $2`,
			text("into_gtin"),
			text("into_lot"),
		)
	}
	if txID == "" {
		txID = text("tx_id")
	}
	return txID, err
}

// Digests are those of a log's entries, as the database has them now.
func (s *Snapshot) Digests(ctx context.Context, log string, from, to int64) ([][]byte, error) {
	rows, err := s.tx.QueryContext(
		ctx,
		`select digest from app.log_entry where log = $1 and seq >= $2 and seq < $3 order by seq`,
		log,
		from,
		to,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (d []byte, err error) { return d, row.Scan(&d) })
}

// OpenForReading prepares connections of somebody who only reads, with two at most.
func OpenForReading(databaseURL string) (*Store, error) {
	address, err := database.Address(databaseURL, settings)
	if err != nil {
		return nil, err
	}
	db, err := database.Pool(address, 2, 1)
	if err != nil {
		return nil, err
	}
	return &Store{db: db, url: address}, nil
}

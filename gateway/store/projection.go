package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// ErrMoved means that the read model is not where the projector took it to be:
// another one has moved it on.
var ErrMoved = errors.New("the read model was moved on by somebody else")

// newBlock is the channel on which every commit of the projection is announced.
const newBlock = "ledger_block"

// Checkpoint says how far the read model has come: the zero Checkpoint where
// it is empty.
func (s *Store) Checkpoint(ctx context.Context) (record.Checkpoint, error) {
	return readCheckpoint(s.db.QueryRowContext(ctx, checkpointQuery))
}

const checkpointQuery = `select channel, next_block, last_hash, checked_at, coalesce(halted, '') from ledger.checkpoint`

func readCheckpoint(row scanner) (record.Checkpoint, error) {
	var c record.Checkpoint
	var next int64
	var checked sql.NullTime
	err := row.Scan(&c.Channel, &next, &c.LastHash, &checked, &c.Halted)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Checkpoint{}, nil
	}
	c.NextBlock, c.CheckedAt = uint64(next), checked.Time.UTC()
	return c, err
}

// Project moves the read model from one checkpoint to the next in one
// transaction. plan gets every run that touches the units named, and says what
// changes; it may be called more than once. It fails with ErrMoved where the
// read model is not at from.
func (s *Store) Project(ctx context.Context, from, to record.Checkpoint, units []trace.Line,
	plan func([]record.Placed) (record.Changes, error)) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if err := lockCheckpoint(ctx, tx, from); err != nil {
			return err
		}
		held, err := runsTouching(ctx, tx, units)
		if err != nil {
			return err
		}
		changes, err := plan(held)
		if err != nil {
			return err
		}
		if err := writeChanges(ctx, tx, changes); err != nil {
			return err
		}
		return moveCheckpoint(ctx, tx, to)
	})
}

// lockCheckpoint also gives a long catch-up more time than a request has.
func lockCheckpoint(ctx context.Context, tx *sql.Tx, want record.Checkpoint) error {
	if _, err := tx.ExecContext(ctx, `set local statement_timeout = '5min'`); err != nil {
		return err
	}
	at, err := readCheckpoint(tx.QueryRowContext(ctx, checkpointQuery+` for update`))
	if err != nil {
		return err
	}
	if at.Channel != want.Channel && at.Channel != "" || at.NextBlock != want.NextBlock ||
		!bytes.Equal(at.LastHash, want.LastHash) {
		return ErrMoved
	}
	return nil
}

func moveCheckpoint(ctx context.Context, tx *sql.Tx, to record.Checkpoint) error {
	_, err := tx.ExecContext(ctx, `insert into ledger.checkpoint (channel, next_block, last_hash) values ($1, $2, $3)
		on conflict (only_one) do update set channel = excluded.channel, next_block = excluded.next_block,
		last_hash = excluded.last_hash, halted = null`, to.Channel, int64(to.NextBlock), to.LastHash)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `select pg_notify($1, $2)`, newBlock, fmt.Sprint(to.NextBlock))
	return err
}

// Level notes that the read model, if it is still before block next, was just
// found to be level with the channel.
func (s *Store) Level(ctx context.Context, next uint64) error {
	_, err := s.db.ExecContext(
		ctx,
		`update ledger.checkpoint set checked_at = now(), halted = null, level_home = app.home() where next_block = $1`,
		int64(next),
	)
	return err
}

// Halt notes why the projection stopped.
func (s *Store) Halt(ctx context.Context, channel, reason string) error {
	_, err := s.db.ExecContext(
		ctx,
		`insert into ledger.checkpoint (channel, next_block, last_hash, halted) values ($1, 0, '', $2)
		on conflict (only_one) do update set halted = excluded.halted`,
		channel,
		reason,
	)
	return err
}

// EmptyReadModel forgets everything that was projected: all tables of the schema, whichever there are.
func (s *Store) EmptyReadModel(ctx context.Context) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		var all string
		err := tx.QueryRowContext(ctx, `select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables where schemaname = 'ledger'`).
			Scan(&all)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "truncate "+all)
		return err
	})
}

// runsTouching reads the runs that contain, border or overlap the units.
func runsTouching(ctx context.Context, tx *sql.Tx, units []trace.Line) ([]record.Placed, error) {
	if len(units) == 0 {
		return nil, nil
	}
	lines, err := json.Marshal(lineRows(units))
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(
		ctx,
		`select distinct h.gtin, h.lot, h.start, h.stop, h.holder, h.state, h.reason, h.container, h.tx_id
		from json_to_recordset($1) as m(gtin text, lot text, start bigint, stop bigint)
		cross join lateral (select max(x.start) as start from ledger.holding x
			where x.gtin = m.gtin and x.lot = m.lot and x.start < m.start) before
		join ledger.holding h on h.gtin = m.gtin and h.lot = m.lot
			and h.start between coalesce(before.start, m.start) and m.stop`,
		lines,
	)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var runs []record.Placed
	for rows.Next() {
		var r record.Placed
		if err := rows.Scan(
			&r.GTIN, &r.Lot, &r.Start, &r.Stop, &r.Holder, &r.State, &r.Reason, &r.Container, &r.TxID,
		); err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, rows.Err()
}

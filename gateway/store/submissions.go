package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// A transaction that the read model has in a block is known, whether or not who sent it lived to note that.
const (
	submissionColumns = `s.tx_id, s.party, s.transaction, s.envelope, s.ref, s.note, s.prepared_at,
		coalesce(s.block, t.block), coalesce(s.code, t.code), coalesce(s.refusal, '')`
	submissionTables = `app.submission s left join ledger.tx t on t.tx_id = s.tx_id and s.code is null`
)

// Prepare writes a transaction down before it is sent. The lock on the hold's row
// keeps a takeover apart: it comes before, and nothing is written, or it finds
// this row. Errors: record.ErrTakenOver.
func (s *Store) Prepare(ctx context.Context, p record.Pending) error {
	result, err := s.db.ExecContext(
		ctx,
		`with mine as (select from app.idempotency where account = $8 and key = $9 and holder = $10 for share)
		insert into app.submission (tx_id, party, transaction, envelope, ref, note, prepared_at)
		select $1, $2, $3, $4::bytea, $5, $6::jsonb, $7::timestamptz where $10 = '' or exists (select from mine)`,
		p.TxID,
		p.Party,
		p.Transaction,
		p.Envelope,
		p.Ref,
		nullJSON(p.Note),
		p.PreparedAt,
		p.Hold.Account,
		p.Hold.Key,
		p.Hold.Holder,
	)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return record.ErrTakenOver
}

func nullJSON(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return string(b)
}

// Settle notes what became of a transaction. The first outcome stands. The
// envelope, most of the row, is dropped: it was kept to be sent again.
func (s *Store) Settle(ctx context.Context, txID string, o record.Outcome) error {
	_, err := s.db.ExecContext(ctx, `update app.submission set block = $2, code = $3, settled_at = now(), envelope = ''
		where tx_id = $1 and code is null`, txID, int64(o.Block), o.Code)
	return err
}

// Refuse notes that the orderers will not take a transaction. It is not to be
// sent again; SettleRefused finds out what became of it.
func (s *Store) Refuse(ctx context.Context, txID, reason string) error {
	_, err := s.db.ExecContext(ctx, `update app.submission set refused_at = now(), refusal = $2
		where tx_id = $1 and code is null and refused_at is null`, txID, reason)
	return err
}

// lingers is how long after the last time that a transaction was sent an orderer
// may still be bringing it into a block. Another gateway may send what it read
// just before the refusal (see ledger.Resolver), and the ledger's times may be
// 5 minutes off (see maxSkew in chaincode/contract).
const lingers = 15 * time.Minute

// SettleRefused settles the refused transactions whose end is certain: those that
// are in a block after all, and those in none, once a transaction of long after
// the refusal is in one. One statement sees one state of the read model.
func (s *Store) SettleRefused(ctx context.Context) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.submission s set block = t.block, code = coalesce(t.code, $1), settled_at = now(), envelope = ''
		from app.submission r left join ledger.tx t using (tx_id)
		where s.tx_id = r.tx_id and s.code is null and r.code is null and r.refused_at is not null and (t.tx_id is not null or r.refused_at + $2::interval <
			(select at from ledger.tx where code = $3 order by block desc, position desc limit 1))`,
		record.NeverOrdered,
		lingers.String(),
		record.Valid,
	)
	return err
}

// Unsettled gives up to limit transactions that were prepared before a moment,
// have no outcome and are not refused, the oldest first.
func (s *Store) Unsettled(ctx context.Context, before time.Time, limit int) ([]record.Pending, error) {
	rows, err := s.db.QueryContext(ctx, `select `+submissionColumns+` from `+submissionTables+`
		where s.code is null and refused_at is null and prepared_at < $1 order by prepared_at limit $2`, before, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var pending []record.Pending
	for rows.Next() {
		sub, err := scanSubmission(rows)
		if err != nil {
			return nil, err
		}
		pending = append(pending, sub.Pending)
	}
	return pending, rows.Err()
}

// Submission gives a transaction that was sent; false where there is none.
func (s *Store) Submission(ctx context.Context, txID string) (record.Submission, bool, error) {
	return s.oneSubmission(ctx, `select `+submissionColumns+` from `+submissionTables+` where s.tx_id = $1`, txID)
}

// LastSubmission gives the newest transaction that was sent with a reference;
// false where there is none.
func (s *Store) LastSubmission(ctx context.Context, ref string) (record.Submission, bool, error) {
	return s.oneSubmission(ctx, `select `+submissionColumns+` from `+submissionTables+`
		where ref = $1 and ref <> '' order by prepared_at desc limit 1`, ref)
}

func (s *Store) oneSubmission(ctx context.Context, query, arg string) (record.Submission, bool, error) {
	sub, err := scanSubmission(s.db.QueryRowContext(ctx, query, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return record.Submission{}, false, nil
	}
	return sub, err == nil, err
}

// scanner is a row or rows.
type scanner interface{ Scan(dest ...any) error }

func scanSubmission(row scanner) (record.Submission, error) {
	var sub record.Submission
	var note []byte
	var block sql.NullInt64
	var code sql.NullString
	err := row.Scan(
		&sub.TxID, &sub.Party, &sub.Transaction, &sub.Envelope, &sub.Ref, &note, &sub.PreparedAt, &block, &code,
		&sub.Refusal,
	)
	if err != nil {
		return record.Submission{}, err
	}
	sub.Note = note
	if code.Valid {
		sub.Outcome = &record.Outcome{Block: uint64(block.Int64), Code: code.String}
	}
	return sub, nil
}

// Outcome looks a transaction up in the read model; false where no block that
// was projected has it.
func (s *Store) Outcome(ctx context.Context, txID string) (record.Outcome, bool, error) {
	var block int64
	var o record.Outcome
	err := s.db.QueryRowContext(ctx, `select block, code from ledger.tx where tx_id = $1`, txID).Scan(&block, &o.Code)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Outcome{}, false, nil
	}
	o.Block = uint64(block)
	return o, err == nil, err
}

package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// SaveComplaint keeps a complaint and the wish to have it on the ledger, both
// or none. It answers false where the device or its network has
// complained too often, or about this unit already.
func (s *Store) SaveComplaint(ctx context.Context, c feedback.Complaint) (bool, error) {
	return s.keep(ctx, complaints, c.Network, func(tx *sql.Tx) (bool, error) { return takeComplaint(ctx, tx, c) })
}

// What is kept of shoppers, each counted for itself.
const (
	complaints = iota
	reports
)

// keep runs take in a transaction, which commits where take answers true. A network's
// are taken one after the other, so that they are counted rightly.
func (s *Store) keep(ctx context.Context, what int, network []byte, take func(*sql.Tx) (bool, error)) (bool, error) {
	attempt := func() (bool, error) {
		tx, err := s.db.BeginTx(ctx, nil)
		if err != nil {
			return false, err
		}
		defer tx.Rollback()
		if _, err := tx.ExecContext(
			ctx, `select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), $2))`, network, what,
		); err != nil {
			return false, err
		}
		if ok, err := take(tx); err != nil || !ok {
			return false, err
		}
		return true, tx.Commit()
	}
	ok, err := database.Bounded(ctx, func() (bool, error) { return once.Again(attempt) })
	if err != nil {
		err = fmt.Errorf("keep a complaint or report: %w", err)
	}
	return ok, err
}

func takeComplaint(ctx context.Context, tx *sql.Tx, c feedback.Complaint) (bool, error) {
	var today, here int
	err := tx.QueryRowContext(ctx, `select count(*), count(*) filter (where gtin = $2 and lot = $3 and unit_index = $4)
		from scan.complaint where device = $1 and created_at > now() - $5::interval`, c.Device, c.Unit.GTIN, c.Unit.Lot, c.Unit.Index, feedback.SenderCounted.String()).Scan(&today, &here)
	if err != nil || today >= feedback.PerDevice || here >= feedback.PerDeviceAndUnit {
		return false, err
	}
	err = tx.QueryRowContext(ctx, `select count(*), count(*) filter (where c.gtin = $2 and c.lot = $3 and c.unit_index = $4)
		from scan.complaint_network n join scan.complaint c on c.id = n.complaint_id
		where n.network = $1 and n.created_at > now() - $5::interval`, c.Network, c.Unit.GTIN, c.Unit.Lot, c.Unit.Index, feedback.SenderCounted.String()).
		Scan(&today, &here)
	if err != nil || today >= feedback.PerNetwork || here >= feedback.PerNetworkAndUnit {
		return false, err
	}
	return true, insertComplaint(ctx, tx, c)
}

func insertComplaint(ctx context.Context, tx *sql.Tx, c feedback.Complaint) error {
	_, err := tx.ExecContext(
		ctx,
		`insert into scan.complaint (id, token_hash, gtin, lot, unit_index, text, salt, evidence_hash, device)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		c.ID,
		c.TokenHash[:],
		c.Unit.GTIN,
		c.Unit.Lot,
		c.Unit.Index,
		c.Text,
		c.Salt[:],
		c.EvidenceHash[:],
		c.Device,
	)
	if err != nil {
		return err
	}
	for i, p := range c.Photos {
		sum := sha256.Sum256(p)
		if _, err := tx.ExecContext(
			ctx,
			`insert into scan.complaint_photo (complaint_id, number, sha256, data) values ($1, $2, $3, $4)`,
			c.ID,
			i+1,
			sum[:],
			p,
		); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(
		ctx,
		`insert into scan.complaint_network (complaint_id, network) values ($1, $2)`,
		c.ID,
		c.Network,
	)
	if err != nil {
		return err
	}
	// Who has scratched the coating had the item in his hands, which nobody does by the dozen.
	_, err = tx.ExecContext(
		ctx,
		`insert into scan.complaint_pin (complaint) select $1 where exists (select 1 from scan.pin_entry
		where gtin = $2 and lot = $3 and unit_index = $4 and device = $5 and accepted)`,
		c.ID,
		c.Unit.GTIN,
		c.Unit.Lot,
		c.Unit.Index,
		c.Device,
	)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `select app.ask_ledger($1, 'open')`, c.ID)
	return err
}

// Case gives the case that a secret link follows, by the hash of its token; nil
// where there is none.
func (s *Store) Case(ctx context.Context, tokenHash [32]byte) (*feedback.Case, error) {
	return readJSON[feedback.Case](ctx, s, `select jsonb_build_object(
		'case', c.id, 'receivedAt', c.created_at, 'lot', c.lot, 'product', p.doc -> 'name', 'complaint', l.doc,
		'withdrawn', exists (select 1 from app.complaint_task t where t.complaint_id = c.id and t.kind = 'withdraw'),
		'weighs', exists (select from app.complaint_ground where complaint = c.id union all select from scan.complaint_pin where complaint = c.id),
		'answerText', coalesce(a.text, ''), 'seq', e.seq)
		from scan.complaint c left join ledger.complaint l using (id) left join ledger.product p on p.gtin = c.gtin
		left join app.complaint_statement a on a.complaint_id = c.id and a.evidence_hash = decode(l.doc #>> '{answer,evidenceHash}', 'hex')
		left join app.log_entry e on e.ref = 'complaint/' || c.id
		where c.token_hash = $1`, tokenHash[:])
}

// readJSON reads one JSON document; nil where there is no row.
func readJSON[T any](ctx context.Context, s *Store, query string, args ...any) (*T, error) {
	document, err := database.Bounded(ctx, func() (document []byte, err error) {
		err = s.db.QueryRowContext(ctx, query, args...).Scan(&document)
		return document, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var v T
	return &v, json.Unmarshal(document, &v)
}

// WithdrawComplaint keeps the shopper's wish to take a complaint back, by the
// hash of the link's token. It answers false where no such complaint is pending.
func (s *Store) WithdrawComplaint(ctx context.Context, tokenHash [32]byte) (bool, error) {
	return s.one(ctx,
		`select app.ask_ledger(c.id, 'withdraw') from scan.complaint c left join ledger.complaint l using (id)
		where c.token_hash = $1 and coalesce(l.status, 'open') in ('open', 'answered')`, tokenHash[:])
}

// one runs a statement and reports whether it met one row.
func (s *Store) one(ctx context.Context, statement string, args ...any) (bool, error) {
	n, err := database.Bounded(ctx, func() (int64, error) {
		result, err := s.db.ExecContext(ctx, statement, args...)
		if err != nil {
			return 0, err
		}
		return result.RowsAffected()
	})
	return n == 1, err
}

// Decisions gives decided complaints, the newest first, at most limit from
// offset on; where a respondent is named, those against it. It shows of a
// complaint what everybody may read.
func (s *Store) Decisions(ctx context.Context, respondent string, offset, limit int) ([]feedback.Decision, error) {
	all, err := readJSON[[]feedback.Decision](
		ctx,
		s,
		`select coalesce(jsonb_agg(d.doc order by d.at desc, d.id), '[]') from (
		select c.id, (c.doc #>> '{decisions,-1,at}')::timestamptz as at, jsonb_strip_nulls(jsonb_build_object(
			'case', c.id, 'gtin', c.gtin, 'lot', c.lot, 'product', p.doc -> 'name', 'brand', p.doc ->> 'brand',
			'respondent', r.doc -> 'name', 'status', c.status, 'outcome', c.outcome, 'openedAt', c.opened_at,
			'answeredAt', c.doc #> '{answer,at}', 'decisions', c.doc -> 'decisions', 'txId', c.tx_id)) as doc
		from ledger.complaint c join ledger.product p on p.gtin = c.gtin join ledger.party r on r.id = c.respondent
		where c.status in ('decided', 'appealed') and (c.respondent = $3 or $3 = '')
		order by at desc, c.id limit $2 offset $1) d`,
		offset,
		limit,
		respondent,
	)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return *all, nil
}

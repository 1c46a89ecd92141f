package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// SaveReport keeps a report. It answers false where its sender has reported too
// often, or this code already.
func (s *Store) SaveReport(ctx context.Context, r feedback.Report) (bool, error) {
	return s.keep(ctx, reports, r.Network, func(tx *sql.Tx) (bool, error) { return takeReport(ctx, tx, r) })
}

func takeReport(ctx context.Context, tx *sql.Tx, r feedback.Report) (bool, error) {
	var device, code, network int
	err := tx.QueryRowContext(ctx, `select count(*) filter (where device = $2), count(*) filter (where device = $2 and code_id = $3), count(*)
		from scan.report where network = $1 and created_at > now() - $4::interval`, r.Network, r.Device, r.CodeID, feedback.SenderCounted.String()).
		Scan(&device, &code, &network)
	if err != nil || device >= feedback.ReportsPerDevice || code >= feedback.ReportsPerDeviceAndCode ||
		network >= feedback.ReportsPerNetwork {
		return false, err
	}
	_, err = tx.ExecContext(
		ctx,
		`insert into scan.reported_code as c (id, code) values ($1, $2) on conflict (id) do update set code = c.code`,
		r.CodeID,
		r.Code,
	)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(
		ctx,
		`insert into scan.report (id, token_hash, code_id, place, text, contact, device, network) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.ID,
		r.TokenHash[:],
		r.CodeID,
		r.Place,
		r.Text,
		r.Contact,
		r.Device,
		r.Network,
	)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `select app.tell('report', $1)`, r.ID)
	return err == nil, err
}

// Receipt gives what the link of a report shows, by the hash of its token; nil
// where there is none.
func (s *Store) Receipt(ctx context.Context, tokenHash [32]byte) (*feedback.Acknowledgement, error) {
	return readJSON[feedback.Acknowledgement](ctx, s, `select jsonb_build_object('report', id, 'receivedAt', created_at,
		'closed', closed_at is not null, 'mayContact', contact <> '') from scan.report where token_hash = $1`, tokenHash[:])
}

// WithdrawReport removes a report with all that it says, by the hash of its
// link's token. It answers false where there is none.
func (s *Store) WithdrawReport(ctx context.Context, tokenHash [32]byte) (bool, error) {
	return s.one(ctx, `delete from scan.report where token_hash = $1 and code_id = ( -- which is held first
		select id from scan.reported_code where id = (select code_id from scan.report where token_hash = $1) for update)`,
		tokenHash[:])
}

// ForgetReports removes what has been kept as long as it may be: from where a
// complaint came, who sent a
// report, how to reach them, and in the end all of it.
func (s *Store) ForgetReports(ctx context.Context, now time.Time) error {
	var failed error
	for _, f := range []struct {
		statement string
		kept      time.Duration
	}{
		{`update scan.report set device = null, network = null where created_at < $1 and device is not null`, feedback.ReporterKept},
		{`delete from scan.complaint_network where created_at < $1`, feedback.ReporterKept},
		{`update scan.report set contact = '' where contact <> '' and (created_at < $1 or closed_at is not null)`, feedback.ContactKept},
		{`delete from scan.report where created_at < $1 and code_id = any (array( -- which are held first
			select id from scan.reported_code where id in (select code_id from scan.report where created_at < $1) order by id for update))`, feedback.ReportKept},
		{`delete from scan.reported_code c where $1::timestamptz is not null and not exists (select 1 from scan.report r where r.code_id = c.id)`, 0},
	} {
		_, err := database.Bounded(
			ctx, func() (sql.Result, error) { return s.db.ExecContext(ctx, f.statement, now.Add(-f.kept)) },
		)
		failed = errors.Join(failed, err)
	}
	if failed != nil {
		return fmt.Errorf("forget reports: %w", failed)
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// ImportRowPage gives decided rows of an import in the file's order, those after
// a row's number; only the good or only the refused ones where ok is not nil.
func (s *Store) ImportRowPage(ctx context.Context, id string, ok *bool, after, limit int) ([]json.RawMessage, error) {
	rows, err := s.db.QueryContext(ctx, `select doc from app.import_row
		where job_id = $1 and number > $2 and ($3::boolean is null or ok = $3) order by number limit $4`, id, after, ok, limit)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (json.RawMessage, error) {
		var doc []byte
		err := row.Scan(&doc)
		return doc, err
	})
}

// ImportCounts says how many rows of an import are decided, each way.
func (s *Store) ImportCounts(ctx context.Context, id string) (good, refused int64, err error) {
	err = s.db.QueryRowContext(ctx, `select count(*) filter (where ok), count(*) filter (where not ok) from app.import_row where job_id = $1`, id).
		Scan(&good, &refused)
	return good, refused, err
}

// DecidedRows gives the numbers of an import's decided rows.
func (s *Store) DecidedRows(ctx context.Context, id string) (map[int]bool, error) {
	rows, err := s.db.QueryContext(ctx, `select number from app.import_row where job_id = $1`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	decided := map[int]bool{}
	for rows.Next() {
		var number int
		if err := rows.Scan(&number); err != nil {
			return nil, err
		}
		decided[number] = true
	}
	return decided, rows.Err()
}

// RedoImport queues an import that is over once more, with another request and
// input, and forgets what was decided about some rows. It answers false where
// the job is not over, or others are quicker.
func (s *Store) RedoImport(ctx context.Context, j record.Job, forget []int) (queued bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(
			ctx,
			`update app.job set status = 'queued', request = $2, input = $3, attempts_before = attempt,
				error = null, finished_at = null, lease_until = null, done = done - $4
			where id = $1 and status in ('done', 'failed')`,
			j.ID,
			string(j.Request),
			j.Input,
			len(forget),
		)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if queued = n > 0; err != nil || !queued {
			return err
		}
		if _, err := tx.ExecContext(
			ctx,
			`delete from app.import_row where job_id = $1 and number = any($2)`,
			j.ID,
			pq.Array(forget),
		); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `select pg_notify($1, $2)`, jobChannel, j.ID)
		return err
	})
	return queued, err
}

// maxHeadings bounds what a party can say of headings.
const maxHeadings = 1000

// ImportHeadings gives what a party has said of headings before.
func (s *Store) ImportHeadings(ctx context.Context, party, kind string) (map[string]string, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select heading, field from app.import_heading where party = $1 and kind = $2`,
		party,
		kind,
	)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var heading, field string
		if err := rows.Scan(&heading, &field); err != nil {
			return nil, err
		}
		all[heading] = field
	}
	return all, rows.Err()
}

// SaveImportHeadings keeps what a party says of headings, in place of what it said before.
func (s *Store) SaveImportHeadings(ctx context.Context, party, kind string, fields map[string]string) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, party); err != nil {
			return err
		}
		for heading, field := range fields {
			if _, err := tx.ExecContext(ctx, `insert into app.import_heading (party, kind, heading, field)
				select $1, $2, $3, $4 where (select count(*) from app.import_heading where party = $1) < $5
				on conflict (party, kind, heading) do update set field = excluded.field`, party, kind, heading, field, maxHeadings); err != nil {
				return err
			}
		}
		return nil
	})
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// A job that its worker has been silent about for jobLease is taken up again,
// at most jobAttempts times.
const (
	jobLease    = 30 * time.Second
	jobAttempts = 5
	jobPause    = 10 * time.Second // before a job that was interrupted is taken up again
	jobChannel  = "touchstone_job"
)

// ErrLostJob is the answer to a worker whose job somebody else took up.
var ErrLostJob = errors.New("the job was taken up by another worker")

const jobColumns = `id, kind, account, party, status, request, done, total, coalesce(content_type, ''), coalesce(error, ''), attempt, created_at, coalesce(size, 0), finished_at`

func scanJob(row scanner, more ...any) (record.Job, error) {
	var j record.Job
	var request []byte
	err := row.Scan(append([]any{&j.ID, &j.Kind, &j.Account, &j.Party, &j.Status, &request, &j.Done, &j.Total,
		&j.ContentType, &j.Error, &j.Attempt, &j.CreatedAt, &j.Size, &j.FinishedAt}, more...)...)
	j.Request = request
	return j, err
}

// AddJob queues a job, unless it is there already, and wakes the workers; false
// where its party has as many jobs or as large files as it may have.
func (s *Store) AddJob(ctx context.Context, j record.Job, most record.JobLimits) (added bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if added, err = mayWork(ctx, tx, j.Party, j.ID, most); err != nil || !added {
			return err
		}
		return addJob(ctx, tx, j)
	})
	return added, err
}

func addJob(ctx context.Context, tx *sql.Tx, j record.Job) error {
	_, err := tx.ExecContext(ctx, `insert into app.job (id, kind, account, party, request, input, total)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing`, j.ID, j.Kind, j.Account, j.Party, string(j.Request), j.Input, j.Total)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `select pg_notify($1, $2)`, jobChannel, j.ID)
	return err
}

// mayWork says whether a party may have one job more beside those that wait or
// run and the files that are kept for it. The party's next one waits for it.
func mayWork(ctx context.Context, tx *sql.Tx, party, id string, most record.JobLimits) (may bool, err error) {
	if err := takeTurns(ctx, tx, party); err != nil {
		return false, err
	}
	return may, tx.QueryRowContext(ctx, `select count(*) filter (where status in ('queued', 'running')) < $3
			and coalesce(sum(size) filter (where status = 'done' and finished_at > now() - make_interval(days => $5)), 0) < $4
		from app.job where party = $1 and id <> $2`, party, id, most.Open, most.Bytes, most.Days).Scan(&may)
}

// Job gives a job without its input; false where there is none.
func (s *Store) Job(ctx context.Context, id string) (record.Job, bool, error) {
	j, err := scanJob(s.db.QueryRowContext(ctx, `select `+jobColumns+` from app.job where id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return record.Job{}, false, nil
	}
	return j, err == nil, err
}

var jobs = list{
	from: "app.job j",
	doc: `jsonb_build_object('id', j.id, 'kind', j.kind, 'account', j.account, 'party', j.party, 'status', j.status, 'request', j.request, 'done', j.done,
		'total', j.total, 'contentType', coalesce(j.content_type, ''), 'error', coalesce(j.error, ''), 'attempt', j.attempt,
		'createdAt', j.created_at, 'size', coalesce(j.size, 0), 'finishedAt', j.finished_at)`,
	key:   []column{{"j.id", "text"}},
	order: "-createdAt",
	sorts: map[string]column{"createdAt": {"j.created_at", "timestamptz"}, "total": {"j.total", "bigint"}},
	match: found("j.words", ""),
}

// Jobs lists a party's jobs, the newest first where nothing else is asked for.
func (s *Store) Jobs(ctx context.Context, f record.JobFilter, p record.Paging) (record.Page[record.Job], error) {
	var w where
	w.add("j.party = ?", f.Party)
	w.given(f.Kind, "j.kind = ?")
	w.given(string(f.Status), "j.status = ?")
	return listPage[record.Job](ctx, s, jobs, w, p)
}

// ClaimJob takes the oldest job that waits, or whose worker has gone silent;
// false where there is none. A job out of attempts fails.
func (s *Store) ClaimJob(ctx context.Context) (record.Job, bool, error) {
	if _, err := s.db.ExecContext(ctx, `with given_up as (update app.job set status = 'failed', finished_at = now(),
			error = coalesce(error, 'JOB_BROKEN: its worker died each time')
			where status = 'running' and lease_until < now() and attempt - attempts_before >= $1 returning id)
		delete from app.job_piece using given_up where job_id = given_up.id`, jobAttempts); err != nil {
		return record.Job{}, false, err
	}
	var input []byte
	j, err := scanJob(s.db.QueryRowContext(ctx, `update app.job set status = 'running', attempt = attempt + 1,
			lease_until = now() + $1::interval
		where id = (select id from app.job where status = 'queued' or (status = 'running' and lease_until < now())
			order by created_at limit 1 for update skip locked)
		returning `+jobColumns+`, input`, jobLease.String()), &input)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Job{}, false, nil
	}
	j.Input = input
	return j, err == nil, err
}

// RenewJob keeps a claimed job and notes how far it is. Errors: ErrLostJob.
func (s *Store) RenewJob(ctx context.Context, j record.Job, done, total int64) error {
	return s.ifMine(s.db.ExecContext(ctx, `update app.job set lease_until = now() + $3::interval, done = $4, total = $5
		where id = $1 and attempt = $2 and status = 'running'`, j.ID, j.Attempt, jobLease.String(), done, total))
}

// FinishJob ends a claimed job: done, or failed where failure says why; then
// what it made so far goes. Errors: ErrLostJob.
func (s *Store) FinishJob(ctx context.Context, j record.Job, contentType, failure string) error {
	err := s.ifMine(s.db.ExecContext(ctx, `update app.job set status = case when $4 = '' then 'done' else 'failed' end,
			content_type = nullif($3, ''), error = nullif($4, ''), finished_at = now(),
			size = (select sum(octet_length(data)) from app.job_piece where job_id = $1), lease_until = null, input = null,
			done = case when $4 = '' then total else done end
		where id = $1 and attempt = $2 and status = 'running'`, j.ID, j.Attempt, contentType, failure))
	if err == nil && failure != "" {
		_, err = s.db.ExecContext(ctx, `delete from app.job_piece where job_id = $1`, j.ID)
	}
	return err
}

// CancelJob ends a job that is not over, with what it made so far. Its worker
// finds out when it next writes or renews.
func (s *Store) CancelJob(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(
		ctx,
		`with cancelled as (update app.job set status = 'cancelled', finished_at = now(), lease_until = null, error = null
			where id = $1 and status in ('queued', 'running') returning id)
		delete from app.job_piece using cancelled where job_id = cancelled.id`,
		id,
	)
	return err
}

// RepeatJob queues a job anew that failed, was cancelled, or whose file is gone,
// and wakes the workers; false where its party has as much as it may have.
func (s *Store) RepeatJob(ctx context.Context, j record.Job, most record.JobLimits) (may bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if may, err = mayWork(ctx, tx, j.Party, j.ID, most); err != nil || !may {
			return err
		}
		_, err := tx.ExecContext(
			ctx,
			`update app.job set status = 'queued', attempts_before = attempt, done = 0, error = null,
				content_type = null, size = null, finished_at = null, lease_until = null
			where id = $1 and (status in ('failed', 'cancelled') or status = 'done' and finished_at < now() - make_interval(days => $2))`,
			j.ID,
			most.Days,
		)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `select pg_notify($1, $2)`, jobChannel, j.ID)
		return err
	})
	return may, err
}

// PutBackJob lets go of a claimed job for a while and notes why. Errors: ErrLostJob.
func (s *Store) PutBackJob(ctx context.Context, j record.Job, failure string) error {
	return s.ifMine(s.db.ExecContext(ctx, `update app.job set error = $3, lease_until = now() + $4::interval
		where id = $1 and attempt = $2 and status = 'running'`, j.ID, j.Attempt, failure, jobPause.String()))
}

func (s *Store) ifMine(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrLostJob)
	}
	return nil
}

// AddImportRows keeps decided rows, as JSON by row number, and the job's
// progress with them. A row that is decided stays as it is. Errors: ErrLostJob.
func (s *Store) AddImportRows(ctx context.Context, j record.Job, rows map[int]json.RawMessage) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		numbers, docs := make([]int64, 0, len(rows)), make([]string, 0, len(rows))
		for number, doc := range rows {
			numbers, docs = append(numbers, int64(number)), append(docs, string(doc))
		}
		if _, err := tx.ExecContext(ctx, `insert into app.import_row (job_id, number, doc) select $1, number, doc::jsonb
			from unnest($2::int[], $3::text[]) as r (number, doc) on conflict (job_id, number) do nothing`, j.ID, pq.Array(numbers), pq.Array(docs)); err != nil {
			return err
		}
		return s.ifMine(tx.ExecContext(ctx, `update app.job set lease_until = now() + $3::interval,
			done = (select count(*) from app.import_row where job_id = $1)
			where id = $1 and attempt = $2 and status = 'running'`, j.ID, j.Attempt, jobLease.String()))
	})
}

// JobNotices ticks when a job was added, and every few seconds, because a
// notice can get lost. It ends with the context.
func (s *Store) JobNotices(ctx context.Context) <-chan struct{} {
	ticks := make(chan struct{}, 1)
	listener := pq.NewListener(s.url, time.Second, time.Minute, nil)
	go func() {
		defer listener.Close()
		_ = listener.Listen(jobChannel) // where it fails, the clock below is enough
		for {
			select {
			case ticks <- struct{}{}:
			default:
			}
			select {
			case <-ctx.Done():
				return
			case <-listener.Notify:
			case <-time.After(5 * time.Second):
			}
		}
	}()
	return ticks
}

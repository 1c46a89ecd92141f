package store

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

const pieceSize = 1 << 20

// JobFile gives a writer of what a claimed job makes; it begins anew what an
// earlier attempt left. Close it to write the last piece.
func (s *Store) JobFile(ctx context.Context, j record.Job) (io.WriteCloser, error) {
	_, err := s.db.ExecContext(ctx, `delete from app.job_piece where job_id =
		(select id from app.job where id = $1 and attempt = $2 and status = 'running' for share)`, j.ID, j.Attempt)
	return &pieces{ctx: ctx, s: s, job: j}, err
}

type pieces struct {
	ctx    context.Context
	s      *Store
	job    record.Job
	number int
	buffer []byte
}

func (p *pieces) Write(b []byte) (int, error) {
	p.buffer = append(p.buffer, b...)
	for len(p.buffer) >= pieceSize {
		if err := p.flush(pieceSize); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

func (p *pieces) Close() error { return p.flush(len(p.buffer)) }

// flush holds the job's row, so that no piece of a job that was taken over or
// cancelled meanwhile comes after what its successor removed.
func (p *pieces) flush(n int) error {
	err := p.s.ifMine(p.s.db.ExecContext(p.ctx, `insert into app.job_piece (job_id, number, data)
		select id, $3, $4 from app.job where id = $1 and attempt = $2 and status = 'running' for share`,
		p.job.ID, p.job.Attempt, p.number, p.buffer[:n]))
	p.number++
	p.buffer = append(p.buffer[:0], p.buffer[n:]...)
	return err
}

// ForgetJobFiles removes the files of jobs that ended so many days ago, and what
// is left of jobs that made none.
func (s *Store) ForgetJobFiles(ctx context.Context, days int) error {
	_, err := s.db.ExecContext(ctx, `delete from app.job_piece using app.job j where j.id = job_id
		and (j.status in ('failed', 'cancelled') or j.finished_at < now() - make_interval(days => $1))`, days)
	return err
}

// OpenJobFile reads what a job made, piece by piece.
func (s *Store) OpenJobFile(ctx context.Context, id string) io.Reader {
	return &pieceReader{ctx: ctx, s: s, id: id}
}

type pieceReader struct {
	ctx    context.Context
	s      *Store
	id     string
	number int
	rest   []byte
}

func (r *pieceReader) Read(b []byte) (int, error) {
	for len(r.rest) == 0 {
		err := r.s.db.QueryRowContext(r.ctx, `select data from app.job_piece where job_id = $1 and number = $2`, r.id, r.number).
			Scan(&r.rest)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		r.number++
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

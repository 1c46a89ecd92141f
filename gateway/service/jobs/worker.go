package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Queue hands out jobs. A job whose worker falls silent is handed out again;
// the methods that take a Job refuse the worker that lost it.
type Queue interface {
	ClaimJob(ctx context.Context) (record.Job, bool, error)
	RenewJob(ctx context.Context, j record.Job, done, total int64) error
	FinishJob(ctx context.Context, j record.Job, contentType, failure string) error
	PutBackJob(ctx context.Context, j record.Job, failure string) error
}

// Run does a job for its caller and says of which type the file is that it made,
// empty where it made none.
type Run func(ctx context.Context, c service.Caller, j record.Job, p *Progress) (contentType string, err error)

// Worker runs jobs until its context ends.
type Worker struct {
	Kinds map[string]Run // who does jobs of a kind
	Queue Queue
	Wake  <-chan struct{} // ticks when there may be something to do
	Log   *slog.Logger
}

// renewEvery is well within the lease that the queue gives.
const renewEvery = 3 * time.Second

// Progress is how far a job is, from the goroutines that do it.
type Progress struct{ Done, Total atomic.Int64 }

// Run does the jobs one after the other; run as many as jobs should run at a time.
func (w *Worker) Run(ctx context.Context) {
	for {
		j, ok, err := w.Queue.ClaimJob(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.Log.Warn("cannot ask for jobs", "error", err)
		case ok:
			w.do(ctx, j)
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-w.Wake:
		case <-time.After(5 * time.Second):
		}
	}
}

// do runs a job and finishes it. Where it ended for a reason that passes, the
// reason is noted and somebody takes it up again in a while.
func (w *Worker) do(ctx context.Context, j record.Job) {
	log := w.Log.With("job", j.ID, "kind", j.Kind, "attempt", j.Attempt)
	var p Progress
	p.Done.Store(j.Done)
	p.Total.Store(j.Total)
	jobCtx, stop := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { w.renew(jobCtx, stop, j, &p) })
	var contentType string
	err := service.Guarded(func() (err error) {
		contentType, err = w.run(jobCtx, j, &p)
		return err
	})
	stop()
	renewing.Wait()
	switch {
	case ctx.Err() != nil:
		return
	case err != nil && Transient(err):
		log.Warn("job interrupted", "error", err)
		err = w.Queue.PutBackJob(ctx, j, failure(err))
	default:
		log.Info("job finished", "error", err)
		err = w.Queue.FinishJob(ctx, j, contentType, failure(err))
	}
	if err != nil {
		log.Warn("cannot write down how a job ended", "error", err)
	}
}

func (w *Worker) run(ctx context.Context, j record.Job, p *Progress) (string, error) {
	var r struct {
		Role trace.Role `json:"role"`
	}
	if err := json.Unmarshal(j.Request, &r); err != nil {
		return "", err
	}
	c := service.Caller{Account: j.Account, Role: r.Role, Party: j.Party}
	if run, known := w.Kinds[j.Kind]; known {
		return run(ctx, c, j, p)
	}
	return "", fmt.Errorf("no worker knows jobs of kind %q", j.Kind)
}

// renew keeps the lease and gives the job up where it was lost.
func (w *Worker) renew(ctx context.Context, stop func(), j record.Job, p *Progress) {
	for wait.For(ctx, renewEvery) {
		if err := w.Queue.RenewJob(ctx, j, p.Done.Load(), p.Total.Load()); err != nil && ctx.Err() == nil {
			w.Log.Warn("cannot keep job", "job", j.ID, "error", err)
			stop()
			return
		}
	}
}

// Transient errors say nothing about the job itself: doing it again may succeed.
// Any other would be met again, so the job ends with it at once.
func Transient(err error) bool {
	var refused *trace.Error
	var unavailable *record.Unavailable
	var unknown *record.OutcomeUnknown
	return !errors.As(err, &refused) &&
		(record.Unreachable(err) || errors.As(err, &unavailable) || errors.As(err, &unknown))
}

// failure is what a job's party is told, in the form that trace.ParseError reads.
func failure(err error) string {
	var refused *trace.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.Error()
	case record.NoRoom(err):
		return service.Refuse(service.JobNoRoom, "", "job_no_room").
			Error()
	case Transient(err):
		return service.Refuse(service.JobInterrupted, "", "job_begins_again").
			Error()
	}
	return service.Refuse(service.JobBroken, "", "job_broken").Error()
}

// Package jobs is the queue of long work: what waits, what runs, and who does it.
package jobs

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Store keeps jobs.
type Store interface {
	AddJob(ctx context.Context, j record.Job, most record.JobLimits) (bool, error)
	Job(ctx context.Context, id string) (record.Job, bool, error)
	Jobs(ctx context.Context, f record.JobFilter, p record.Paging) (record.Page[record.Job], error)
}

// Service answers for jobs. All fields are required.
type Service struct {
	Store Store
	Now   func() time.Time
}

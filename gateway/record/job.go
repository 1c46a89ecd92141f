package record

import (
	"encoding/json"
	"time"
)

// JobStatus is where a job is.
type JobStatus string

// The statuses of a job.
const (
	JobQueued  JobStatus = "queued"
	JobRunning JobStatus = "running"
	JobDone    JobStatus = "done"
	JobFailed  JobStatus = "failed"

	JobCancelled JobStatus = "cancelled" // by somebody of its party
)

// Job is long work that survives its worker. Attempt counts how often a worker
// took it up; what an earlier attempt still tries to write is refused.
type Job struct {
	ID          string
	Kind        string
	Account     string
	Party       string
	Status      JobStatus
	Request     json.RawMessage
	Input       []byte // only in a claimed job
	Done, Total int64
	ContentType string // of what it made, empty where there is no file
	Size        int64  // of that file, in bytes
	Error       string // why it failed or was interrupted last, as trace.ParseError reads it
	Attempt     int
	CreatedAt   time.Time
	FinishedAt  *time.Time // nil while it is not over
}

// Over reports whether a job will not change any more.
func (s JobStatus) Over() bool { return s == JobDone || s == JobFailed || s == JobCancelled }

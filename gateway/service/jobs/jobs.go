package jobs

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Job is a job as its party sees it. File says where to fetch what it made.
type Job struct {
	ID        string           `json:"id"`
	Kind      string           `json:"kind"`
	Status    record.JobStatus `json:"status"`
	Done      int64            `json:"done"`
	Total     int64            `json:"total"`
	CreatedAt time.Time        `json:"createdAt"`
	File      string           `json:"file,omitempty"`
	FileUntil *time.Time       `json:"fileUntil,omitempty"` // when the file goes, or went
	Size      int64            `json:"size,omitempty"`      // of the file, in bytes
	Error     string           `json:"error,omitempty"`
	Labels    *JobLabels       `json:"labels,omitempty"`
	Failure   *trace.Error     `json:"-"`                 // Error taken apart
	Problem   any              `json:"problem,omitempty"` // Failure as gateway/api words it for the caller
}

// Request is what a job has to do, and in which role its caller asked.
type Request struct {
	Role trace.Role `json:"role"`
	Of   any        `json:"of"`
}

// Queue adds a job. A named request that is taken up again finds the job that
// its first attempt added.
func (s *Service) Queue(ctx context.Context, c service.Caller, j record.Job, request any) (Job, error) {
	j, err := s.New(c, j, request)
	if err != nil {
		return Job{}, err
	}
	added, err := s.Store.AddJob(ctx, j, Limits)
	return s.View(j), WithinLimits(added, err)
}

// New makes a job of a request; it is in no queue yet.
func (s *Service) New(c service.Caller, j record.Job, request any) (record.Job, error) {
	doc, err := json.Marshal(Request{Role: c.Role, Of: request})
	j.ID, j.Account, j.Party, j.Request = strings.ToLower(service.NewID("j", c)), c.Account, c.Party, doc
	j.Status, j.CreatedAt = record.JobQueued, s.Now()
	return j, err
}

// JobLabels says whose labels a job makes, and as which file.
type JobLabels struct {
	GTIN   string `json:"gtin"`
	Lot    string `json:"lot"`
	Format string `json:"format"`
	From   int64  `json:"from"`
}

// labelsOf reads whose labels a job makes; nil where it makes none.
func labelsOf(j record.Job) *JobLabels {
	var r struct {
		GTIN  string `json:"gtin"`
		Lot   string `json:"lot"`
		Order *struct {
			Format string `json:"format"`
			From   int64  `json:"from"`
		} `json:"order"`
	}
	if json.Unmarshal(j.Request, &Request{Of: &r}) != nil || r.Order == nil {
		return nil
	}
	return &JobLabels{r.GTIN, r.Lot, r.Order.Format, r.Order.From}
}

// FileDays is how long a job's file is kept.
const FileDays = 7

// Limits are what one party may have at a time, so that it does not take all
// room and all workers. A million labels are about 1.5 GB.
var Limits = record.JobLimits{Open: 20, Bytes: 10 << 30, Days: FileDays}

// WithinLimits refuses a job beyond the limits.
func WithinLimits(within bool, err error) error {
	if err == nil && !within {
		err = service.Refuse(
			service.JobLimit, "", "most_jobs", "jobs", Limits.Open, "gigabytes", Limits.Bytes>>30, "days", FileDays,
		)
	}
	return err
}

// FileUntil is when a job's file goes; nil where it makes none.
func FileUntil(j record.Job) *time.Time {
	if j.Status != record.JobDone || j.ContentType == "" || j.FinishedAt == nil {
		return nil
	}
	until := j.FinishedAt.AddDate(0, 0, FileDays)
	return &until
}

// View shows a job to its party.
func (s *Service) View(j record.Job) Job {
	v := Job{
		ID:        j.ID,
		Kind:      j.Kind,
		Status:    j.Status,
		Done:      j.Done,
		Total:     j.Total,
		CreatedAt: j.CreatedAt,
		Size:      j.Size,
		Error:     j.Error,
		Failure:   parseFailure(j.Error),
		Labels:    labelsOf(j),
	}
	if v.FileUntil = FileUntil(j); v.FileUntil != nil && s.Now().Before(*v.FileUntil) {
		v.File = "/api/v1/jobs/" + j.ID + "/file"
	}
	return v
}

// Find gives a job to the party that asked for it.
func (s *Service) Find(ctx context.Context, c service.Caller, id string) (record.Job, error) {
	j, ok, err := s.Store.Job(ctx, id)
	return service.Found(j, ok && j.Party == c.Party, err)(service.JobUnknown, "id", id)
}

// Job says how far a job of the caller's party is.
func (s *Service) Job(ctx context.Context, c service.Caller, id string) (Job, error) {
	j, err := s.Find(ctx, c, id)
	return s.View(j), err
}

// ListJobs gives the jobs of the caller's party of a kind, or all where it is
// empty, the newest first.
func (s *Service) ListJobs(
	ctx context.Context, c service.Caller, f record.JobFilter, p record.Paging,
) (record.Page[Job], error) {
	f.Party = c.Party
	jobs, err := s.Store.Jobs(ctx, f, p)
	return record.PageOf(jobs, s.View), err
}

// parseFailure reads what failure wrote.
func parseFailure(text string) *trace.Error {
	if e, ok := trace.ParseStored(text); ok || text == "" {
		return e
	}
	return service.Refuse(service.JobBroken, "", "job_broken")
}

package service

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// The kinds of jobs.
const (
	jobLabels = "labels"
	jobImport = "import"
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

// jobRequest is what a job has to do, and in which role its caller asked.
type jobRequest struct {
	Role trace.Role `json:"role"`
	Of   any        `json:"of"`
}

// queue adds a job. A named request that is taken up again finds the job that
// its first attempt added.
func (s *Service) queue(ctx context.Context, c Caller, j record.Job, request any) (Job, error) {
	j, err := s.newJob(c, j, request)
	if err != nil {
		return Job{}, err
	}
	added, err := s.Jobs.AddJob(ctx, j, jobLimits)
	return s.jobView(j), withinLimits(added, err)
}

// queueLabels adds a job that makes labels of units, and notes them as made.
func (s *Service) queueLabels(ctx context.Context, c Caller, r labelRequest, job labels.Job, units []trace.Line) (Job, error) {
	j, err := s.newJob(c, record.Job{Kind: jobLabels, Total: int64(job.Count)}, r)
	if err != nil {
		return Job{}, err
	}
	added, voided, err := s.Jobs.AddLabelsJob(ctx, j, jobLimits, units, made(job))
	if err == nil && voided != nil {
		err = voidedCodes(*voided)
	}
	return s.jobView(j), withinLimits(added, err)
}

func (s *Service) newJob(c Caller, j record.Job, request any) (record.Job, error) {
	doc, err := json.Marshal(jobRequest{Role: c.Role, Of: request})
	j.ID, j.Account, j.Party, j.Request = strings.ToLower(NewID("j", c)), c.Account, c.Party, doc
	j.Status, j.CreatedAt = record.JobQueued, s.Now()
	return j, err
}

// JobLabels says whose labels a job makes.
type JobLabels struct {
	GTIN   string        `json:"gtin"`
	Lot    string        `json:"lot"`
	Format labels.Format `json:"format"`
	From   int64         `json:"from"`
}

func jobLabelsOf(j record.Job) *JobLabels {
	var r labelRequest
	if j.Kind != jobLabels || json.Unmarshal(j.Request, &jobRequest{Of: &r}) != nil {
		return nil
	}
	return &JobLabels{r.GTIN, r.Lot, r.Order.Format, r.Order.From}
}

// FileDays is how long a job's file is kept.
const FileDays = 7

// jobLimits are what one party may have at a time, so that it does not take all
// room and all workers. A million labels are about 1.5 GB.
var jobLimits = record.JobLimits{Open: 20, Bytes: 10 << 30, Days: FileDays}

func withinLimits(within bool, err error) error {
	if err == nil && !within {
		err = trace.Errorf(JobLimit, "", "at most %d jobs wait or run at a time, and %d GB of files are kept for %d days; cancel a job or wait for one to end",
			jobLimits.Open, jobLimits.Bytes>>30, FileDays)
	}
	return err
}

// fileUntil is when a job's file goes; nil where it makes none.
func fileUntil(j record.Job) *time.Time {
	if j.Status != record.JobDone || j.ContentType == "" || j.FinishedAt == nil {
		return nil
	}
	until := j.FinishedAt.AddDate(0, 0, FileDays)
	return &until
}

func (s *Service) jobView(j record.Job) Job {
	v := Job{ID: j.ID, Kind: j.Kind, Status: j.Status, Done: j.Done, Total: j.Total, CreatedAt: j.CreatedAt, Size: j.Size, Error: j.Error, Failure: parseFailure(j.Error), Labels: jobLabelsOf(j)}
	if v.FileUntil = fileUntil(j); v.FileUntil != nil && s.Now().Before(*v.FileUntil) {
		v.File = "/api/v1/jobs/" + j.ID + "/file"
	}
	return v
}

// job gives a job to the party that asked for it.
func (s *Service) job(ctx context.Context, c Caller, id string) (record.Job, error) {
	j, ok, err := s.Jobs.Job(ctx, id)
	return Found(j, ok && j.Party == c.Party, err)(JobUnknown, "id", "job "+id)
}

// Job says how far a job of the caller's party is.
func (s *Service) Job(ctx context.Context, c Caller, id string) (Job, error) {
	j, err := s.job(ctx, c, id)
	return s.jobView(j), err
}

// ListJobs gives the jobs of the caller's party of a kind, or all where it is
// empty, the newest first.
func (s *Service) ListJobs(ctx context.Context, c Caller, f record.JobFilter, p record.Paging) (record.Page[Job], error) {
	f.Party = c.Party
	jobs, err := s.Jobs.Jobs(ctx, f, p)
	return record.PageOf(jobs, s.jobView), err
}

// labelsJob gives a job of the caller's party that makes labels.
func (s *Service) labelsJob(ctx context.Context, c Caller, id string) (record.Job, error) {
	j, err := s.job(ctx, c, id)
	if err == nil && j.Kind != jobLabels {
		err = trace.Errorf(JobUnknown, "id", "job %s makes no labels", id)
	}
	return j, err
}

// CancelJob stops the making of labels. What is over stays as it is, so that it
// does not matter how often it is asked for.
func (s *Service) CancelJob(ctx context.Context, c Caller, id string) (Job, error) {
	if _, err := s.labelsJob(ctx, c, id); err != nil {
		return Job{}, err
	}
	if err := s.Jobs.CancelJob(ctx, id); err != nil {
		return Job{}, err
	}
	return s.Job(ctx, c, id)
}

// RepeatJob has labels made again that failed, were cancelled, or whose file is
// gone. What is under way or has its file stays as it is.
func (s *Service) RepeatJob(ctx context.Context, c Caller, id string) (Job, error) {
	j, err := s.labelsJob(ctx, c, id)
	if err != nil {
		return Job{}, err
	}
	var r labelRequest
	if err := json.Unmarshal(j.Request, &jobRequest{Of: &r}); err != nil {
		return Job{}, err
	}
	if err := s.Audit(ctx, c, "labels_print", r); err != nil {
		return Job{}, err
	}
	if err := withinLimits(s.Jobs.RepeatJob(ctx, j, jobLimits)); err != nil {
		return Job{}, err
	}
	return s.Job(ctx, c, id)
}

// JobFile gives what a finished job made.
func (s *Service) JobFile(ctx context.Context, c Caller, id string) (LabelFile, error) {
	j, err := s.job(ctx, c, id)
	if err != nil {
		return LabelFile{}, err
	}
	until := fileUntil(j)
	switch {
	case !j.Status.Over():
		return LabelFile{}, trace.Errorf(JobNotDone, "id", "the job is %s and has no file yet", j.Status)
	case until == nil:
		return LabelFile{}, trace.Errorf(JobNoFile, "id", "the job is %s and made no file", j.Status)
	case !s.Now().Before(*until):
		return LabelFile{}, trace.Errorf(JobFileGone, "id", "files are kept for %d days; have it made again", FileDays)
	}
	if err := s.Audit(ctx, c, "labels_fetch", map[string]string{"job": id}); err != nil {
		return LabelFile{}, err
	}
	return LabelFile{ContentType: j.ContentType, Size: j.Size, Name: "labels-" + id + extension(j.ContentType), Write: func(w io.Writer) error {
		n, err := io.Copy(w, s.Files.OpenJobFile(ctx, id))
		if err == nil && n != j.Size {
			err = fmt.Errorf("%d of the %d bytes of job %s's file: %w", n, j.Size, id, io.ErrUnexpectedEOF)
		}
		return err
	}}, nil
}

// parseFailure reads what failure wrote.
func parseFailure(text string) *trace.Error {
	if e, ok := trace.ParseStored(text); ok || text == "" {
		return e
	}
	return &trace.Error{Code: JobBroken, Message: text}
}

// extension gives a file name's ending: application/zip is .zip, image/svg+xml .svg.
func extension(contentType string) string {
	_, subtype, _ := strings.Cut(contentType, "/")
	end := strings.IndexAny(subtype+";", ";+")
	return "." + subtype[:end]
}

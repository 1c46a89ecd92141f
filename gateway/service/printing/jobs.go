package printing

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
)

// queueLabels adds a job that makes labels of units, and notes them as made.
func (s *Service) queueLabels(
	ctx context.Context, c service.Caller, r labelRequest, job labels.Job, units []trace.Line,
) (jobs.Job, error) {
	j, err := s.Jobs.New(c, record.Job{Kind: JobKind, Total: int64(job.Count)}, r)
	if err != nil {
		return jobs.Job{}, err
	}
	added, voided, err := s.Store.AddLabelsJob(ctx, j, jobs.Limits, units, made(job))
	if err == nil && voided != nil {
		err = voidedCodes(*voided)
	}
	return s.Jobs.View(j), jobs.WithinLimits(added, err)
}

// labelsJob gives a job of the caller's party that makes labels.
func (s *Service) labelsJob(ctx context.Context, c service.Caller, id string) (record.Job, error) {
	j, err := s.Jobs.Find(ctx, c, id)
	if err == nil && j.Kind != JobKind {
		err = service.Refuse(service.JobUnknown, "id", "no_label_job", "job", id)
	}
	return j, err
}

// CancelJob stops the making of labels. What is over stays as it is, so that it
// does not matter how often it is asked for.
func (s *Service) CancelJob(ctx context.Context, c service.Caller, id string) (jobs.Job, error) {
	if _, err := s.labelsJob(ctx, c, id); err != nil {
		return jobs.Job{}, err
	}
	if err := s.Store.CancelJob(ctx, id); err != nil {
		return jobs.Job{}, err
	}
	return s.job(ctx, c, id)
}

// RepeatJob has labels made again that failed, were cancelled, or whose file is
// gone. What is under way or has its file stays as it is.
func (s *Service) RepeatJob(ctx context.Context, c service.Caller, id string) (jobs.Job, error) {
	j, err := s.labelsJob(ctx, c, id)
	if err != nil {
		return jobs.Job{}, err
	}
	var r labelRequest
	if err := json.Unmarshal(j.Request, &jobs.Request{Of: &r}); err != nil {
		return jobs.Job{}, err
	}
	if err := s.Writer.Audit(ctx, c, "labels_print", r); err != nil {
		return jobs.Job{}, err
	}
	if err := jobs.WithinLimits(s.Store.RepeatJob(ctx, j, jobs.Limits)); err != nil {
		return jobs.Job{}, err
	}
	return s.job(ctx, c, id)
}

// JobFile gives what a finished job made.
func (s *Service) JobFile(ctx context.Context, c service.Caller, id string) (service.Download, error) {
	j, err := s.Jobs.Find(ctx, c, id)
	if err != nil {
		return service.Download{}, err
	}
	until := jobs.FileUntil(j)
	switch {
	case !j.Status.Over():
		return service.Download{}, service.Refuse(service.JobNotDone, "id", "job_no_file_yet")
	case until == nil:
		return service.Download{}, service.Refuse(service.JobNoFile, "id", "job_no_file")
	case !s.Writer.Now().Before(*until):
		return service.Download{}, service.Refuse(service.JobFileGone, "id", "file_gone", "days", jobs.FileDays)
	}
	if err := s.Writer.Audit(ctx, c, "labels_fetch", map[string]string{"job": id}); err != nil {
		return service.Download{}, err
	}
	return service.Download{
		ContentType: j.ContentType,
		Size:        j.Size,
		Name:        "labels-" + id + extension(j.ContentType),
		Write: func(w io.Writer) error {
			n, err := io.Copy(w, s.Store.OpenJobFile(ctx, id))
			if err == nil && n != j.Size {
				err = fmt.Errorf("%d of the %d bytes of job %s's file: %w", n, j.Size, id, io.ErrUnexpectedEOF)
			}
			return err
		},
	}, nil
}

// extension gives a file name's ending: application/zip is .zip, image/svg+xml .svg.
func extension(contentType string) string {
	_, subtype, _ := strings.Cut(contentType, "/")
	end := strings.IndexAny(subtype+";", ";+")
	return "." + subtype[:end]
}

// JobKind is the kind of the jobs that make labels.
const JobKind = "labels"

// job shows a job to the caller as it is now.
func (s *Service) job(ctx context.Context, c service.Caller, id string) (jobs.Job, error) {
	j, err := s.Jobs.Find(ctx, c, id)
	return s.Jobs.View(j), err
}

package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

func (h handlers) PrintLabels(ctx context.Context, r PrintLabelsRequestObject) (PrintLabelsResponseObject, error) {
	file, job, err := h.s.Printing.Labels(ctx, callerOf(ctx), r.Gtin, r.Lot, *r.Body)
	if err != nil {
		return nil, err
	}
	if job.ID != "" {
		return PrintLabels202JSONResponse{
			Body:    worded(ctx, job),
			Headers: PrintLabels202ResponseHeaders{Location: "/api/v1/jobs/" + job.ID},
		}, nil
	}
	body, headers, err := streamed(file)
	return PrintLabels200AsteriskResponse{
		Body:        body,
		ContentType: file.ContentType,
		Headers:     PrintLabels200ResponseHeaders{headers},
	}, err
}

// streamed reads a file while it is made. What cannot be made at all is an
// error and not the beginning of an answer. Closing the reader stops the making.
func streamed(file service.Download) (io.Reader, string, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(service.Guarded(func() error { return file.Write(w) })) }()
	first := bufio.NewReader(r)
	if _, err := first.Peek(1); err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	return struct {
		io.Reader
		io.Closer
	}{first, r}, mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}), nil
}

// worded says in the caller's language why a job failed.
func worded(ctx context.Context, j jobs.Job) jobs.Job {
	if e := j.Failure; e != nil {
		j.Problem = briefly(ctx, e)
	}
	return j
}

// briefly words a refusal within an answer.
func briefly(ctx context.Context, e *trace.Error) JobProblem {
	language, _ := ctx.Value(languageKey{}).(string)
	title := problem.Title(e.Code)
	return JobProblem{
		Code:   string(e.Code),
		Field:  e.Field,
		Title:  title.In(language),
		Titles: title,
		Detail: e.Detail().In(language),
	}
}

func (h handlers) ListJobs(ctx context.Context, r ListJobsRequestObject) (ListJobsResponseObject, error) {
	p := r.Params
	v, err := h.s.Jobs.ListJobs(
		ctx,
		callerOf(ctx),
		record.JobFilter{Kind: string(p.Kind), Status: p.Status},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	for i, j := range v.Items {
		v.Items[i] = worded(ctx, j)
	}
	return ListJobs200JSONResponse(v), err
}

func (h handlers) GetJob(ctx context.Context, r GetJobRequestObject) (GetJobResponseObject, error) {
	v, err := h.s.Jobs.Job(ctx, callerOf(ctx), r.ID)
	return GetJob200JSONResponse(worded(ctx, v)), err
}

func (h handlers) CancelJob(ctx context.Context, r CancelJobRequestObject) (CancelJobResponseObject, error) {
	v, err := h.s.Printing.CancelJob(ctx, callerOf(ctx), r.ID)
	return CancelJob200JSONResponse(worded(ctx, v)), err
}

func (h handlers) RepeatJob(ctx context.Context, r RepeatJobRequestObject) (RepeatJobResponseObject, error) {
	v, err := h.s.Printing.RepeatJob(ctx, callerOf(ctx), r.ID)
	return RepeatJob200JSONResponse(worded(ctx, v)), err
}

func (h handlers) GetJobFile(ctx context.Context, r GetJobFileRequestObject) (GetJobFileResponseObject, error) {
	file, err := h.s.Printing.JobFile(ctx, callerOf(ctx), r.ID)
	if err != nil {
		return nil, err
	}
	body, headers, err := streamed(file)
	return longFile{
		GetJobFile200AsteriskResponse{
			Body:          body,
			ContentType:   file.ContentType,
			ContentLength: file.Size,
			Headers:       GetJobFile200ResponseHeaders{headers},
		},
	}, err
}

// longFile is an answer that takes as long as its reader needs, as long as he
// goes on reading: a million labels are gigabytes.
type longFile struct{ GetJobFile200AsteriskResponse }

func (f longFile) VisitGetJobFileResponse(w http.ResponseWriter) error {
	return f.GetJobFile200AsteriskResponse.VisitGetJobFileResponse(patient{w, http.NewResponseController(w)})
}

type patient struct {
	http.ResponseWriter
	connection *http.ResponseController
}

// patience is how long a reader may take for what was last sent to him.
const patience = time.Minute

func (p patient) Write(b []byte) (int, error) {
	if err := p.connection.SetWriteDeadline(time.Now().Add(patience)); err != nil &&
		!errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.ResponseWriter.Write(b)
}

package importing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// JobKind is the kind of the jobs that import spreadsheets.
const JobKind = "import"

// Import is a spreadsheet on its way to the ledger.
type Import struct {
	ID      string           `json:"id"`
	Kind    imports.Kind     `json:"kind"`
	Status  record.JobStatus `json:"status"`
	Done    int64            `json:"done"`
	Total   int64            `json:"total"`
	DryRun  bool             `json:"dryRun"`
	Good    int64            `json:"good"`
	Refused int64            `json:"refused"`
	Rows    []ImportRow      `json:"rows"`
	Error   string           `json:"error,omitempty"`
	Note    string           `json:"note,omitempty"`
	Notes   *trace.Text      `json:"notes,omitempty"`
	ImportSheet
}

type importRequest struct {
	Kind    imports.Kind    `json:"kind"`
	DryRun  bool            `json:"dryRun"`
	Sheet   ImportSheet     `json:"sheet"`
	Mapping imports.Mapping `json:"mapping,omitzero"`
	Redo    bool            `json:"redo,omitempty"` // the input is rows of an earlier run, not a file
}

// importPatience is how long a caller waits for a short import before it is
// told where to ask.
const importPatience = 10 * time.Second

// QueueImport reads a spreadsheet and has its good rows registered, without
// waiting for that. Errors: FILE_UNREADABLE, COLUMNS_MISSING.
func (s *Service) QueueImport(
	ctx context.Context, c service.Caller, kind imports.Kind, dryRun bool, m imports.Mapping, file []byte,
) (Import, error) {
	m, err := s.mapping(ctx, c, kind, m)
	if err != nil {
		return Import{}, err
	}
	read, err := s.readSheet(ctx, c, kind, file, m)
	if err != nil {
		return Import{}, err
	}
	if err := s.keepHeadings(ctx, c, kind, m, read); err != nil {
		return Import{}, err
	}
	job, err := s.Jobs.Queue(
		ctx,
		c,
		record.Job{Kind: JobKind, Input: file, Total: int64(len(read.Rows))},
		importRequest{Kind: kind, DryRun: dryRun, Sheet: sheetOf(read), Mapping: m},
	)
	if err != nil {
		return Import{}, err
	}
	return s.importSummary(ctx, c, job.ID)
}

// ImportFile is QueueImport that waits for the rows where that is soon.
func (s *Service) ImportFile(
	ctx context.Context, c service.Caller, kind imports.Kind, dryRun bool, m imports.Mapping, file []byte,
) (Import, error) {
	job, err := s.QueueImport(ctx, c, kind, dryRun, m, file)
	if err != nil {
		return Import{}, err
	}
	waiting, cancel := context.WithTimeout(ctx, importPatience)
	defer cancel()
	for {
		j, err := s.Jobs.Find(ctx, c, job.ID)
		if err != nil {
			return Import{}, err
		}
		if j.Status.Over() || !wait.For(waiting, 100*time.Millisecond) {
			return s.importOf(ctx, j)
		}
	}
}

// readSheet reads a spreadsheet in the turn of the caller's party.
func (s *Service) readSheet(
	ctx context.Context, c service.Caller, kind imports.Kind, file []byte, m imports.Mapping,
) (read imports.File, err error) {
	taken := s.Decoding.Do(ctx, c.Party, imports.Weigh(file), func() error {
		read, err = imports.ReadMapped(kind, file, m)
		return nil
	})
	if taken != nil {
		return imports.File{}, taken
	}
	return read, err
}

// Import says how far an import of the caller's party is.
func (s *Service) Import(ctx context.Context, c service.Caller, id string) (Import, error) {
	j, err := s.Jobs.Find(ctx, c, id)
	if err != nil {
		return Import{}, err
	}
	return s.importOf(ctx, j)
}

// ImportSummary is Import without its rows, of which there may be many.
func (s *Service) ImportSummary(ctx context.Context, c service.Caller, id string) (Import, error) {
	return s.importSummary(ctx, c, id)
}

func (s *Service) importSummary(ctx context.Context, c service.Caller, id string) (Import, error) {
	j, err := s.Jobs.Find(ctx, c, id)
	if err != nil {
		return Import{}, err
	}
	return s.summaryOf(ctx, j)
}

func (s *Service) importOf(ctx context.Context, j record.Job) (Import, error) {
	v, err := s.summaryOf(ctx, j)
	if err != nil {
		return v, err
	}
	v.Rows, err = s.importRowsOf(ctx, j.ID, nil, 0, imports.MaxRows)
	return v, err
}

func (s *Service) summaryOf(ctx context.Context, j record.Job) (Import, error) {
	var r importRequest
	if j.Kind != JobKind {
		return Import{}, service.Refuse(service.JobUnknown, "id", "no_import")
	}
	if err := json.Unmarshal(j.Request, &jobs.Request{Of: &r}); err != nil {
		return Import{}, err
	}
	v := Import{
		ID:          j.ID,
		Kind:        r.Kind,
		Status:      j.Status,
		Total:       j.Total,
		DryRun:      r.DryRun,
		Rows:        []ImportRow{},
		Error:       j.Error,
		ImportSheet: r.Sheet,
	}
	if r.DryRun {
		v.Notes = &nothingWritten
	}
	var err error
	v.Good, v.Refused, err = s.Store.ImportCounts(ctx, j.ID)
	v.Done = v.Good + v.Refused
	return v, err
}

// importWorkers is how many rows of one import are registered at a time: they
// then share blocks.
const importWorkers = 16

// Run decides every row that no earlier attempt has decided.
func (s *Service) Run(ctx context.Context, c service.Caller, j record.Job, p *jobs.Progress) (string, error) {
	var r importRequest
	if err := json.Unmarshal(j.Request, &jobs.Request{Of: &r}); err != nil {
		return "", err
	}
	rows, err := s.inputRows(ctx, c, j, r)
	if err != nil {
		return "", err
	}
	decided, err := s.Store.DecidedRows(ctx, j.ID)
	if err != nil {
		return "", err
	}
	p.Done.Store(int64(len(decided)))
	out := &rowWriter{ctx: ctx, rows: s.Store, job: j, progress: p, waiting: map[int]json.RawMessage{}}
	if r.Kind == imports.Serials {
		return "", errors.Join(s.runSerials(ctx, c, j, r, rows, decided, out), out.flush())
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(importWorkers)
	for _, row := range rows {
		if decided[row.Number] {
			continue
		}
		g.Go(func() error {
			rowCaller := c
			rowCaller.Ref, rowCaller.Resumed = fmt.Sprintf("import/%s/%d", j.ID, row.Number), j.Attempt > 1
			result, err := s.patiently(gctx, rowCaller, row, r.DryRun)
			if err != nil {
				return err
			}
			return out.add(result)
		})
	}
	return "", errors.Join(g.Wait(), out.flush())
}

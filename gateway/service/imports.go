package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Import is a spreadsheet on its way to the ledger.
type Import struct {
	ID     string           `json:"id"`
	Kind   imports.Kind     `json:"kind"`
	Status record.JobStatus `json:"status"`
	Done   int64            `json:"done"`
	Total  int64            `json:"total"`
	DryRun bool             `json:"dryRun"`
	Rows   []ImportRow      `json:"rows"`
	Error  string           `json:"error,omitempty"`
}

// ImportRow is what became of a row; Number counts as the spreadsheet does, the
// heading being row 1. Reason is a code in lower case, nil where OK.
type ImportRow struct {
	Number   int         `json:"row"`
	OK       bool        `json:"ok"`
	Reason   *string     `json:"reason"`
	Message  string      `json:"message"`
	Messages *trace.Text `json:"messages,omitempty"`
	GTIN     string      `json:"gtin,omitempty"`
	Lot      string      `json:"lot,omitempty"`
}

type importRequest struct {
	Kind   imports.Kind `json:"kind"`
	DryRun bool         `json:"dryRun"`
}

// importPatience is how long a caller waits for a short import before it is
// told where to ask.
const importPatience = 20 * time.Second

// ImportFile reads a spreadsheet and has its good rows registered, which it
// waits for where that is soon. Errors: FILE_UNREADABLE, COLUMNS_MISSING.
func (s *Service) ImportFile(ctx context.Context, c Caller, kind imports.Kind, dryRun bool, file []byte) (Import, error) {
	rows, err := imports.Read(kind, file)
	if err != nil {
		return Import{}, err
	}
	job, err := s.queue(ctx, c, record.Job{Kind: jobImport, Input: file, Total: int64(len(rows))}, importRequest{kind, dryRun})
	if err != nil {
		return Import{}, err
	}
	deadline := time.After(importPatience)
	for {
		j, err := s.job(ctx, c, job.ID)
		if err != nil {
			return Import{}, err
		}
		if j.Status.Over() {
			return s.importOf(ctx, j)
		}
		select {
		case <-ctx.Done():
			return Import{}, ctx.Err()
		case <-deadline:
			return s.importOf(ctx, j)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Import says how far an import of the caller's party is.
func (s *Service) Import(ctx context.Context, c Caller, id string) (Import, error) {
	j, err := s.job(ctx, c, id)
	if err != nil {
		return Import{}, err
	}
	return s.importOf(ctx, j)
}

func (s *Service) importOf(ctx context.Context, j record.Job) (Import, error) {
	var r importRequest
	if j.Kind != jobImport {
		return Import{}, trace.Errorf(JobUnknown, "id", "this job is no import")
	}
	if err := json.Unmarshal(j.Request, &jobRequest{Of: &r}); err != nil {
		return Import{}, err
	}
	docs, err := s.Rows.ImportRows(ctx, j.ID)
	if err != nil {
		return Import{}, err
	}
	v := Import{ID: j.ID, Kind: r.Kind, Status: j.Status, Done: int64(len(docs)), Total: j.Total, DryRun: r.DryRun,
		Rows: make([]ImportRow, len(docs)), Error: j.Error}
	for i, doc := range docs {
		if err := json.Unmarshal(doc, &v.Rows[i]); err != nil {
			return Import{}, err
		}
	}
	return v, nil
}

// importWorkers is how many rows of one import are registered at a time: they
// then share blocks.
const importWorkers = 16

// runImport decides every row that no earlier attempt has decided.
func (s *Service) runImport(ctx context.Context, c Caller, j record.Job, p *progress) error {
	var r importRequest
	if err := json.Unmarshal(j.Request, &jobRequest{Of: &r}); err != nil {
		return err
	}
	rows, err := imports.Read(r.Kind, j.Input)
	if err != nil {
		return err
	}
	before, err := s.importOf(ctx, j)
	if err != nil {
		return err
	}
	decided := map[int]bool{}
	for _, row := range before.Rows {
		decided[row.Number] = true
	}
	p.done.Store(int64(len(decided)))
	out := &rowWriter{ctx: ctx, rows: s.Rows, job: j, progress: p, waiting: map[int]json.RawMessage{}}
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
	return errors.Join(g.Wait(), out.flush())
}

// rowPatience is how often a row is tried while the ledger cannot be reached.
const rowPatience = 8

// patiently imports a row; while the ledger cannot be reached, or does not say
// what became of the row, it waits and asks again.
func (s *Service) patiently(ctx context.Context, c Caller, row imports.Row, dryRun bool) (ImportRow, error) {
	for attempt := 1; ; attempt++ {
		remark, err := s.importRow(ctx, c, row, dryRun)
		if err == nil || !transient(err) {
			return rowResult(row, remark, err), nil
		}
		if attempt == rowPatience {
			return ImportRow{}, err
		}
		c.Resumed = true
		select {
		case <-ctx.Done():
			return ImportRow{}, ctx.Err()
		case <-time.After(time.Duration(attempt) * time.Second):
		}
	}
}

// importRow decides a row. The remark, where there is one, says what a good
// row's owner should know.
func (s *Service) importRow(ctx context.Context, c Caller, row imports.Row, dryRun bool) (remark *trace.Text, err error) {
	switch {
	case row.Err != nil:
		return nil, row.Err
	case row.Batch != nil:
		return nil, s.importBatch(ctx, c, *row.Batch, dryRun)
	default:
		return s.importProduct(ctx, c, *row.Product, dryRun)
	}
}

// otherContents is the remark on a product that the importer has registered
// before and now describes in other words.
var otherContents = trace.Text{
	ZhCN: "该商品已登记过，登记内容与本行不同；登记内容不会被覆盖，仍以原登记为准。",
	En:   "Registered before, with other contents than this row; what is registered stays as it is.",
}

// importProduct registers a product that is not there yet. The importer's own
// product that is there already is fine.
func (s *Service) importProduct(ctx context.Context, c Caller, p trace.Product, dryRun bool) (*trace.Text, error) {
	p.Owner = c.Party
	if err := s.mayRegister(ctx, c.Party, p.GTIN); err != nil {
		return nil, err
	}
	old, ok, err := s.Goods.Product(ctx, p.GTIN)
	switch {
	case err != nil:
		return nil, err
	case ok && old == p:
		return nil, nil
	case ok && old.Owner == c.Party:
		return &otherContents, nil
	case ok:
		return nil, trace.Errorf(trace.ProductExists, "gtin", "%s is registered by another party", p.GTIN)
	case dryRun:
		return nil, nil
	}
	_, err = s.RegisterProduct(ctx, c, p)
	return nil, err
}

func (s *Service) importBatch(ctx context.Context, c Caller, b trace.Batch, dryRun bool) error {
	b, err := s.completeBatch(ctx, c, b)
	if err != nil {
		return err
	}
	old, ok, err := s.Goods.Batch(ctx, b.GTIN, b.Lot)
	if err != nil {
		return err
	}
	if ok && sameBatch(old, b) && old.Producer == c.Party {
		return nil
	}
	if ok {
		return trace.Errorf(trace.BatchExists, "lot", "lot %s is registered with other contents", b.Lot)
	}
	if dryRun {
		return nil
	}
	_, err = s.RegisterBatch(ctx, c, b)
	return err
}

// sameBatch compares what a spreadsheet says of a batch.
func sameBatch(a, b trace.Batch) bool {
	return a.Quantity == b.Quantity && a.ProducedOn == b.ProducedOn && a.ExpiresOn == b.ExpiresOn &&
		a.Origin == b.Origin && a.Line == b.Line
}

func rowResult(row imports.Row, remark *trace.Text, err error) ImportRow {
	r := ImportRow{Number: row.Number, OK: err == nil, GTIN: row.GTIN, Lot: row.Lot, Messages: remark}
	var refused *trace.Error
	if errors.As(err, &refused) {
		reason := strings.ToLower(string(refused.Code))
		text := imports.Explain(refused)
		r.Reason, r.Messages = &reason, &text
	}
	return r
}

// rowWriter keeps decided rows many at a time.
type rowWriter struct {
	ctx      context.Context
	rows     Rows
	job      record.Job
	progress *progress

	mu      sync.Mutex
	waiting map[int]json.RawMessage
	last    time.Time
}

func (w *rowWriter) add(r ImportRow) error {
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.waiting[r.Number] = doc
	w.progress.done.Add(1)
	due := len(w.waiting) >= 200 || time.Since(w.last) > 500*time.Millisecond
	w.mu.Unlock()
	if due {
		return w.flush()
	}
	return nil
}

func (w *rowWriter) flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.waiting) == 0 {
		return nil
	}
	err := w.rows.AddImportRows(w.ctx, w.job, w.waiting)
	w.waiting, w.last = map[int]json.RawMessage{}, time.Now()
	return err
}

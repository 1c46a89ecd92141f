package importing

import (
	"context"
	"encoding/json"
	"reflect"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// rowPatience is how often a row is tried while the ledger cannot be reached.
const rowPatience = 8

// rowPauses add up to half a minute.
var rowPauses = wait.BackOff{First: time.Second, Longest: 5 * time.Second}

// patience does something for a caller; while the ledger cannot be reached, or
// does not say what became of it, it waits and does it again. What f refuses is
// f's to keep.
func patience(ctx context.Context, c *service.Caller, f func() error) error {
	for attempt := 1; ; attempt++ {
		err := f()
		if err == nil || !jobs.Transient(err) {
			return nil
		}
		if attempt == rowPatience {
			return err
		}
		c.Resumed = true
		if !wait.For(ctx, rowPauses.After(attempt)) {
			return ctx.Err()
		}
	}
}

// patiently imports a row.
func (s *Service) patiently(
	ctx context.Context, c service.Caller, row imports.Row, dryRun bool,
) (r ImportRow, err error) {
	err = patience(ctx, &c, func() error {
		remark, err := s.importRow(ctx, c, row, dryRun)
		r = rowResult(row, remark, err)
		return err
	})
	return r, err
}

// importRow decides a row that could be read, and completes what it says. The
// remark, where there is one, says what a good row's owner should know.
func (s *Service) importRow(
	ctx context.Context, c service.Caller, row imports.Row, dryRun bool,
) (remark *trace.Text, err error) {
	switch {
	case len(row.Faults) > 0:
		return nil, row.Faults[0].Err
	case row.Batch != nil:
		return s.importBatch(ctx, c, row.Batch, dryRun)
	default:
		return s.importProduct(ctx, c, *row.Product, dryRun)
	}
}

// otherContents is the remark on a product that the importer has registered
// before and now describes in other words.
var otherContents = text("otherContents")

// importProduct registers a product that is not there yet. The importer's own
// product that is there already is fine.
func (s *Service) importProduct(
	ctx context.Context, c service.Caller, p trace.Product, dryRun bool,
) (*trace.Text, error) {
	p.Owner = c.Party
	if err := s.Goods.MayRegister(ctx, c.Party, p.GTIN); err != nil {
		return nil, err
	}
	old, ok, err := s.Store.Product(ctx, p.GTIN)
	switch {
	case err != nil:
		return nil, err
	case ok && sameProduct(old.Product, p):
		return nil, nil
	case ok && old.Owner == c.Party:
		return &otherContents, nil
	case ok:
		return nil, service.Refuse(trace.ProductExists, "gtin", "product_of_another", "gtin", p.GTIN)
	case dryRun:
		return nil, nil
	}
	_, err = s.Goods.RegisterProduct(ctx, c, p)
	return nil, err
}

// importBatch registers a batch that is not there yet, and fills in its expiry
// where the row says none.
func (s *Service) importBatch(ctx context.Context, c service.Caller, b *trace.Batch, dryRun bool) (*trace.Text, error) {
	complete, err := s.Goods.CompleteBatch(ctx, c, *b)
	b.ExpiresOn = complete.ExpiresOn
	if err != nil {
		return nil, err
	}
	old, ok, err := s.Store.Batch(ctx, b.GTIN, b.Lot)
	if err != nil {
		return nil, err
	}
	if ok && sameBatch(old.Batch, complete) && old.Producer == c.Party {
		return nil, nil
	}
	if ok {
		return nil, otherBatch(b.Lot)
	}
	remark, err := s.Goods.AlikeRemark(ctx, b.GTIN, b.Lot)
	if err != nil || dryRun {
		return remark, err
	}
	_, err = s.Goods.RegisterBatch(ctx, c, goods.BatchOrder{Batch: complete})
	return remark, err
}

// sameProduct compares what a spreadsheet says of a product.
func sameProduct(a, b trace.Product) bool {
	a.Corrections, b.Corrections = nil, nil
	return reflect.DeepEqual(a, b)
}

// sameBatch compares what a spreadsheet says of a batch.
func sameBatch(a, b trace.Batch) bool {
	return a.Quantity == b.Quantity && a.ProducedOn == b.ProducedOn && a.ExpiresOn == b.ExpiresOn &&
		a.Origin == b.Origin && a.Line == b.Line
}

// rowWriter keeps decided rows many at a time.
type rowWriter struct {
	ctx      context.Context
	rows     Store
	job      record.Job
	progress *jobs.Progress

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
	w.progress.Done.Add(1)
	due := len(w.waiting) >= 1000 || time.Since(w.last) > 500*time.Millisecond
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

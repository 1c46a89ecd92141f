package service

import (
	"context"
	"encoding/json"
	"io"
	"iter"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// LabelOrder asks for the labels of units From to From+Count of a batch; a
// Count of 0 means the rest of it.
type LabelOrder struct {
	Format   string `json:"format"`
	Template string `json:"template,omitempty"`
	From     int64  `json:"from,omitempty"`
	Count    int64  `json:"count,omitempty"`
}

// MaxLabelsAtOnce is how many labels are made while the caller waits; more are a job.
const MaxLabelsAtOnce = 5_000

// LabelFile is a file that is made while it is written.
type LabelFile struct {
	ContentType string
	Write       func(io.Writer) error
}

type labelRequest struct {
	GTIN  string     `json:"gtin"`
	Lot   string     `json:"lot"`
	Order LabelOrder `json:"order"`
}

// Labels gives the labels of units of the caller's own batch: a file or, for
// many, the job that makes it (with an id that is not empty).
func (s *Service) Labels(ctx context.Context, c Caller, gtin, lot string, o LabelOrder) (LabelFile, Job, error) {
	file, count, err := s.prepareLabels(ctx, c, labelRequest{gtin, lot, o}, nil)
	if err != nil {
		return LabelFile{}, Job{}, err
	}
	if err := s.audit(ctx, c, "labels_print", labelRequest{gtin, lot, o}); err != nil {
		return LabelFile{}, Job{}, err
	}
	if count <= MaxLabelsAtOnce {
		return file, Job{}, nil
	}
	job, err := s.queue(ctx, c, record.Job{Kind: jobLabels, Total: count}, labelRequest{gtin, lot, o})
	return LabelFile{}, job, err
}

// prepareLabels checks everything that can be refused before the first byte.
func (s *Service) prepareLabels(ctx context.Context, c Caller, r labelRequest, made func()) (LabelFile, int64, error) {
	b, err := s.ownBatch(ctx, c, r.GTIN, r.Lot)
	if err != nil {
		return LabelFile{}, 0, err
	}
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: r.Order.From, Count: r.Order.Count}
	if line.Count == 0 {
		line.Count = b.Quantity - line.From
	}
	if line.From < 0 || line.Count < 1 || line.Count > b.Quantity || line.To() > b.Quantity {
		return LabelFile{}, 0, trace.Errorf(trace.LineOutOfRange, "from", "the batch has %d units", b.Quantity)
	}
	p, err := s.Product(ctx, b.GTIN)
	if err != nil {
		return LabelFile{}, 0, err
	}
	contentType, write, err := s.Printer.Prepare(Labels{Format: r.Order.Format, Template: r.Order.Template, Product: p,
		Batch: b, URIBase: s.URIBase, Count: line.Count, Units: counted(ctx, s.derive(b, line), made)})
	return LabelFile{ContentType: contentType, Write: write}, line.Count, err
}

// counted calls made for every unit and stops when the caller is gone.
func counted(ctx context.Context, units iter.Seq2[seal.Unit, error], made func()) iter.Seq2[seal.Unit, error] {
	return func(yield func(seal.Unit, error) bool) {
		for u, err := range units {
			if ctx.Err() != nil {
				yield(u, ctx.Err())
				return
			}
			if made != nil {
				made()
			}
			if !yield(u, err) {
				return
			}
		}
	}
}

func (s *Service) runLabels(ctx context.Context, c Caller, j record.Job, p *progress) (contentType string, err error) {
	var r labelRequest
	if err := json.Unmarshal(j.Request, &jobRequest{Of: &r}); err != nil {
		return "", err
	}
	file, count, err := s.prepareLabels(ctx, c, r, func() { p.done.Add(1) })
	if err != nil {
		return "", err
	}
	p.total.Store(count)
	w, err := s.Files.JobFile(ctx, j)
	if err != nil {
		return "", err
	}
	if err := file.Write(w); err != nil {
		return "", err
	}
	return file.ContentType, w.Close()
}

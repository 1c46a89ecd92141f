package service

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// LabelOrder asks for the labels of units From to From+Count of a batch; a
// Count of 0 means the rest of it. PIN adds the scratch field.
type LabelOrder struct {
	Format   labels.Format `json:"format"`
	Template string        `json:"template,omitempty"`
	Symbol   labels.Symbol `json:"symbol,omitempty"`
	From     int64         `json:"from,omitempty"`
	Count    int64         `json:"count,omitempty"`
	PIN      bool          `json:"pin,omitempty"`
}

// MaxLabelsAtOnce is how many labels are made while the caller waits; more are a job.
const MaxLabelsAtOnce = 5_000

// LabelFile is a file that is made while it is written. Write refuses with a
// *trace.Error, before it writes anything, what cannot be printed.
type LabelFile struct {
	ContentType string
	Name        string
	Size        int64 // in bytes, 0 where it is not known yet
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
	request := labelRequest{gtin, lot, o}
	job, err := s.labelJob(ctx, c, request)
	if err != nil {
		return LabelFile{}, Job{}, err
	}
	if err := s.audit(ctx, c, "labels_print", request); err != nil {
		return LabelFile{}, Job{}, err
	}
	if job.Count <= MaxLabelsAtOnce {
		return labelFile(ctx, job), Job{}, nil
	}
	if err := tryOne(ctx, job); err != nil {
		return LabelFile{}, Job{}, err
	}
	queued, err := s.queue(ctx, c, record.Job{Kind: jobLabels, Total: int64(job.Count)}, request)
	return LabelFile{}, queued, err
}

func labelFile(ctx context.Context, job labels.Job) LabelFile {
	contentType, extension := job.FileType()
	return LabelFile{ContentType: contentType, Name: "labels-" + job.Product.Lot + "." + extension,
		Write: func(w io.Writer) error { return labels.Write(ctx, w, job) }}
}

// tryOne finds out before a job is queued whether its labels can be printed.
func tryOne(ctx context.Context, job labels.Job) error {
	all := job.Units
	job.Count = 1
	job.Units = func(yield func(labels.Unit, error) bool) {
		for u, err := range all {
			yield(u, err)
			return
		}
	}
	return labels.Write(ctx, io.Discard, job)
}

// usualTemplate is the layout of an order that names none: sheets for PDF,
// which an office prints, single labels for all else.
func usualTemplate(f labels.Format) string {
	if f == labels.PDF {
		return "a4-3x8"
	}
	return "roll-50x30"
}

// labelJob turns an order into labels of the caller's own batch.
func (s *Service) labelJob(ctx context.Context, c Caller, r labelRequest) (labels.Job, error) {
	b, err := s.ownBatch(ctx, c, r.GTIN, r.Lot)
	if err != nil {
		return labels.Job{}, err
	}
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: r.Order.From, Count: r.Order.Count}
	if line.Count == 0 {
		line.Count = b.Quantity - line.From
	}
	if line.From < 0 || line.Count < 1 || line.Count > b.Quantity || line.To() > b.Quantity {
		return labels.Job{}, trace.Errorf(trace.LineOutOfRange, "from", "the batch has %d units", b.Quantity)
	}
	p, err := s.Product(ctx, b.GTIN)
	if err != nil {
		return labels.Job{}, err
	}
	template := cmp.Or(r.Order.Template, usualTemplate(r.Order.Format))
	return labels.Job{Format: r.Order.Format, Template: template, Symbol: r.Order.Symbol, PIN: r.Order.PIN, Count: int(line.Count),
		Product: labels.Product{Brand: p.Brand, NameZH: p.Name.ZhCN, NameEN: p.Name.En, Lot: b.Lot,
			ExpiresOn: string(b.ExpiresOn), Host: s.host()},
		Units: s.labelUnits(b, s.derive(b, line))}, nil
}

func (s *Service) labelUnits(b trace.Batch, units iter.Seq2[seal.Unit, error]) iter.Seq2[labels.Unit, error] {
	return func(yield func(labels.Unit, error) bool) {
		for u, err := range units {
			uri := gs1.UnitURI(s.URIBase, gs1.GTIN(b.GTIN), b.Lot, u.Serial)
			if !yield(labels.Unit{Index: u.Index, Serial: u.Serial, URI: uri, PIN: u.PIN}, err) {
				return
			}
		}
	}
}

// host is where codes lead, in words.
func (s *Service) host() string {
	_, host, found := strings.Cut(s.URIBase, "://")
	if !found {
		host = s.URIBase
	}
	return strings.ToLower(strings.TrimSuffix(host, "/"))
}

func (s *Service) runLabels(ctx context.Context, c Caller, j record.Job, p *progress) (contentType string, err error) {
	var r labelRequest
	if err := json.Unmarshal(j.Request, &jobRequest{Of: &r}); err != nil {
		return "", err
	}
	job, err := s.labelJob(ctx, c, r)
	if err != nil {
		return "", err
	}
	p.total.Store(int64(job.Count))
	job.Progress = func(done int) { p.done.Store(int64(done)) }
	w, err := s.Files.JobFile(ctx, j)
	if err != nil {
		return "", err
	}
	file := labelFile(ctx, job)
	if err := file.Write(w); err != nil {
		return "", err
	}
	return file.ContentType, w.Close()
}

package printing

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// LabelOrder asks for the labels of units From to From+Count of a batch, a Count
// of 0 meaning the rest of it, or of the units that Codes name: to print a
// damaged label again, its last six characters are enough. Trial asks for one
// label with a made-up code instead, to try printer and paper.
type LabelOrder struct {
	Format labels.Format `json:"format"`
	LabelStyle
	From    int64    `json:"from,omitempty"`
	Count   int64    `json:"count,omitempty"`
	Codes   []string `json:"codes,omitempty"`
	Trial   bool     `json:"trial,omitempty"`
	Printer string   `json:"printer,omitempty"`
	DPI     int      `json:"dpi,omitempty"`
}

// MaxLabelsAtOnce is how many labels are made while the caller waits; more are a job.
const MaxLabelsAtOnce = 5_000

type labelRequest struct {
	GTIN  string     `json:"gtin"`
	Lot   string     `json:"lot"`
	Order LabelOrder `json:"order"`
}

// Labels gives the labels of units of the caller's own batch: a file or, for
// many, the job that makes it (with an id that is not empty).
func (s *Service) Labels(
	ctx context.Context, c service.Caller, gtin, lot string, o LabelOrder,
) (service.Download, jobs.Job, error) {
	request := labelRequest{gtin, lot, o}
	job, units, err := s.labelJob(ctx, c, request)
	if err != nil {
		return service.Download{}, jobs.Job{}, err
	}
	if o.Trial {
		return labelFile(ctx, job), jobs.Job{}, nil
	}
	if err := tryOne(ctx, job); err != nil {
		return service.Download{}, jobs.Job{}, err
	}
	if err := s.Writer.Audit(ctx, c, "labels_print", request); err != nil {
		return service.Download{}, jobs.Job{}, err
	}
	if job.Count > MaxLabelsAtOnce {
		request.Order.Design = job.Design // as it is now, whatever becomes of it while the job waits
		queued, err := s.queueLabels(ctx, c, request, job, units)
		return service.Download{}, queued, err
	}
	voided, err := s.Store.LabelsMade(ctx, units, made(job))
	if err == nil && voided != nil {
		err = voidedCodes(*voided)
	}
	return labelFile(ctx, job), jobs.Job{}, err
}

func made(job labels.Job) record.LabelsMade {
	if job.PIN {
		return record.MadeWithPINs
	}
	return record.MadeWithoutPINs
}

func voidedCodes(l trace.Line) error {
	return service.Refuse(service.CodesVoided, "from", "codes_voided", "from", l.From+1, "to", l.To())
}

func labelFile(ctx context.Context, job labels.Job) service.Download {
	contentType, extension := job.FileType()
	return service.Download{ContentType: contentType, Name: "labels-" + job.Product.Lot + "." + extension,
		Write: func(w io.Writer) error { return labels.Write(ctx, w, job) }}
}

// tryOne finds out, before labels are noted as made, whether they can be printed.
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

// labelJob turns an order into labels of units of the caller's own batch.
func (s *Service) labelJob(ctx context.Context, c service.Caller, r labelRequest) (labels.Job, []trace.Line, error) {
	b, err := s.Sight.OwnBatch(ctx, c, r.GTIN, r.Lot)
	if err != nil {
		return labels.Job{}, nil, err
	}
	p, err := s.labelProduct(ctx, b)
	if err != nil {
		return labels.Job{}, nil, err
	}
	r.Order.Template = cmp.Or(r.Order.Template, usualTemplate(r.Order.Format))
	job, err := s.styled(
		ctx,
		c,
		labels.Job{Format: r.Order.Format, Product: p, DPI: r.Order.DPI, Trial: r.Order.Trial},
		r.Order.LabelStyle,
	)
	if err != nil {
		return job, nil, err
	}
	if err := s.throughPrinter(ctx, c, r.Order.Printer, &job); err != nil {
		return job, nil, err
	}
	if r.Order.Trial {
		job.Count, job.Units = 1, single(s.sampleUnit(gs1.GTIN(b.GTIN), b.Lot))
		return job, nil, nil
	}
	if err := s.Quality.Stated(ctx, b); err != nil {
		return job, nil, err
	}
	lines, err := s.labelLines(ctx, c, b, r.Order)
	if err != nil {
		return job, nil, err
	}
	var units []iter.Seq2[seal.Unit, error]
	for _, line := range lines {
		job.Count += int(line.Count)
		units = append(units, s.Units.Derive(ctx, b, line))
	}
	job.Units = s.labelUnits(b, concat(units))
	if b.Listed && job.Count > 1 {
		roomiest, err := labels.Roomiest(job.Units)
		if err != nil {
			return job, nil, err
		}
		job.Roomiest = &roomiest
	}
	return job, lines, nil
}

func single(u labels.Unit) iter.Seq2[labels.Unit, error] {
	return func(yield func(labels.Unit, error) bool) { yield(u, nil) }
}

// concat walks sequences one after the other, to the first error.
func concat[T any](all []iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, one := range all {
			for v, err := range one {
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
	}
}

// labelLines are the units of a batch that an order asks for.
func (s *Service) labelLines(ctx context.Context, c service.Caller, b trace.Batch, o LabelOrder) ([]trace.Line, error) {
	if len(o.Codes) > 0 {
		return s.linesOfCodes(ctx, c, b, o.Codes)
	}
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: o.From, Count: o.Count}
	if line.Count == 0 {
		line.Count = b.Quantity - line.From
	}
	if line.From < 0 || line.From >= b.Quantity || line.Count < 1 || line.Count > b.Quantity-line.From {
		return nil, service.Refuse(trace.LineOutOfRange, "from", "batch_has", "units", b.Quantity)
	}
	if o.Count != 0 {
		return []trace.Line{line}, nil
	}
	left, err := s.Store.Unvoided(ctx, line)
	if err == nil && len(left) == 0 {
		return nil, voidedCodes(line)
	}
	return left, err
}

// linesOfCodes are the units of a batch that codes name, each by one code.
func (s *Service) linesOfCodes(
	ctx context.Context, c service.Caller, b trace.Batch, scanned []string,
) (lines []trace.Line, err error) {
	resolved, err := s.Codes.ResolveCodes(ctx, c, codes.Request{Codes: scanned, GTIN: b.GTIN, Lot: b.Lot})
	if err != nil {
		return nil, err
	}
	for i, code := range resolved.Items {
		field := fmt.Sprintf("codes[%d]", i)
		switch {
		case code.Fault != nil:
			return nil, code.Fault.Err.At(field)
		case len(code.Choices) > 0:
			return nil, service.Refuse(trace.FieldInvalid, field, "batch_ends_so", "units", len(code.Choices))
		case code.Unit == nil || code.Unit.GTIN != b.GTIN || code.Unit.Lot != b.Lot:
			return nil, service.Refuse(trace.FieldInvalid, field, "no_unit_of_lot", "lot", b.Lot)
		}
		lines = append(lines, trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: code.Unit.Index, Count: 1})
	}
	return lines, nil
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

// Run makes the labels that a job asks for, and keeps the file.
func (s *Service) Run(
	ctx context.Context, c service.Caller, j record.Job, p *jobs.Progress,
) (contentType string, err error) {
	var r labelRequest
	if err := json.Unmarshal(j.Request, &jobs.Request{Of: &r}); err != nil {
		return "", err
	}
	job, _, err := s.labelJob(ctx, c, r)
	if err != nil {
		return "", err
	}
	p.Total.Store(int64(job.Count))
	job.Progress = func(done int) { p.Done.Store(int64(done)) }
	w, err := s.Store.JobFile(ctx, j)
	if err != nil {
		return "", err
	}
	file := labelFile(ctx, job)
	if err := file.Write(w); err != nil {
		return "", err
	}
	return file.ContentType, w.Close()
}

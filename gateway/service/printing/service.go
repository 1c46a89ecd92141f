// Package printing makes labels of units, in layouts and for printers that parties
// keep, at once or as a job.
package printing

import (
	"context"
	"io"
	"iter"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// What labels are asked for in; what it means is in gateway/labels.
type (
	// Design is a layout of a party's own.
	Design = labels.Design
	// Symbol is the kind of code on a label.
	Symbol = labels.Symbol
)

// MaxLogo is the largest logo that is taken, in bytes.
const MaxLogo = labels.MaxLogo

// Store keeps what parties print with, and knows which labels were made.
type Store interface {
	Kits
	// LabelsMade notes it of units of one batch; noted twice is noted once. It
	// notes nothing where some are voided, or about to be, and gives one run of those.
	LabelsMade(ctx context.Context, units []trace.Line, how record.LabelsMade) (voided *trace.Line, err error)
	// Unvoided gives those of the units that are not voided, nor about to be.
	Unvoided(ctx context.Context, units trace.Line) ([]trace.Line, error)
	AddLabelsJob(
		ctx context.Context, j record.Job, most record.JobLimits, units []trace.Line, how record.LabelsMade,
	) (added bool, voided *trace.Line, err error)
	CancelJob(ctx context.Context, id string) error
	RepeatJob(ctx context.Context, j record.Job, most record.JobLimits) (bool, error)
	JobFile(ctx context.Context, j record.Job) (io.WriteCloser, error)
	OpenJobFile(ctx context.Context, id string) io.Reader
}

// Kits keeps layouts, printers and logos.
type Kits interface {
	LabelKits(ctx context.Context, party string, kind record.KitKind) ([]record.LabelKit, error)
	LabelKit(ctx context.Context, party string, kind record.KitKind, id string) (record.LabelKit, bool, error)
	SaveLabelKit(ctx context.Context, party string, k record.LabelKit) (version int, err error)
	DeleteLabelKit(ctx context.Context, party string, kind record.KitKind, id string) (bool, error)
	SaveLogo(ctx context.Context, party, id string, png []byte) (bool, error)
	Logo(ctx context.Context, party, id string) ([]byte, bool, error)
}

// Sight gives a registered product, and a batch to its producer alone.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
	OwnBatch(ctx context.Context, c service.Caller, gtin, lot string) (trace.Batch, error)
}

// Units makes units one by one; it ends after the first error.
type Units interface {
	Derive(ctx context.Context, b trace.Batch, line trace.Line) iter.Seq2[seal.Unit, error]
}

// Codes says what codes name.
type Codes interface {
	ResolveCodes(ctx context.Context, c service.Caller, r codes.Request) (codes.ResolvedCodes, error)
}

// Quality refuses goods that nobody has looked at yet.
type Quality interface {
	Stated(ctx context.Context, b trace.Batch) error
}

// Jobs makes jobs of requests, and finds the caller's.
type Jobs interface {
	New(c service.Caller, j record.Job, request any) (record.Job, error)
	Find(ctx context.Context, c service.Caller, id string) (record.Job, error)
	View(j record.Job) jobs.Job
}

// Service makes labels. All fields are required; URIBase is what their codes begin
// with, Decoding the memory that logos are read in.
type Service struct {
	Writer   *service.Writer
	Store    Store
	Sight    Sight
	Units    Units
	Codes    Codes
	Quality  Quality
	Jobs     Jobs
	URIBase  string
	Decoding *share.Memory
}

// Package importing registers products and batches from spreadsheets, row by row.
package importing

import (
	"context"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Store keeps the decided rows of imports, and what headings mean to a party.
type Store interface {
	AddImportRows(ctx context.Context, j record.Job, rows map[int]json.RawMessage) error
	ImportRowPage(ctx context.Context, id string, ok *bool, after, limit int) ([]json.RawMessage, error)
	ImportCounts(ctx context.Context, id string) (good, refused int64, err error)
	DecidedRows(ctx context.Context, id string) (map[int]bool, error)
	RedoImport(ctx context.Context, j record.Job, forget []int) (bool, error)
	ImportHeadings(ctx context.Context, party, kind string) (map[string]string, error)
	SaveImportHeadings(ctx context.Context, party, kind string, fields map[string]string) error
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
}

// Goods registers what a row holds, and says before what would become of it.
type Goods interface {
	RegisterProduct(ctx context.Context, c service.Caller, p trace.Product) (goods.ProductWritten, error)
	RegisterBatch(ctx context.Context, c service.Caller, o goods.BatchOrder) (goods.BatchWritten, error)
	Foresight
}

// Foresight is what a dry run asks.
type Foresight interface {
	MayRegister(ctx context.Context, party, gtin string) error
	CompleteBatch(ctx context.Context, c service.Caller, b trace.Batch) (trace.Batch, error)
	AlikeRemark(ctx context.Context, gtin, lot string) (*trace.Text, error)
}

// Units gives a batch's keys, and of serials those that other lots have.
type Units interface {
	KeysOf(b trace.Batch) (*seal.Batch, error)
	Taken(ctx context.Context, b trace.Batch, serials []string) (map[string]string, error)
}

// Jobs queues jobs, and finds the caller's.
type Jobs interface {
	Queue(ctx context.Context, c service.Caller, j record.Job, request any) (jobs.Job, error)
	Find(ctx context.Context, c service.Caller, id string) (record.Job, error)
}

// Service imports spreadsheets. All fields are required; Decoding is the memory that they are read in.
type Service struct {
	Store    Store
	Goods    Goods
	Units    Units
	Jobs     Jobs
	Decoding *share.Memory
}

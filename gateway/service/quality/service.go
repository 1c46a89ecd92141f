// Package quality keeps the standards, records inspections, and holds and releases batches.
package quality

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Store reads standards, inspections and holds.
type Store interface {
	Standard(ctx context.Context, id string) (trace.Standard, bool, error)
	Standards(ctx context.Context, category string, p record.Paging) (record.Page[trace.Standard], error)
	Quality(ctx context.Context, gtin, lot string) (trace.Quality, bool, error)
	Inspections(ctx context.Context, gtin, lot string) ([]trace.Inspection, error)
	AllInspections(
		ctx context.Context, f record.InspectionFilter, p record.Paging,
	) (record.Page[trace.Inspection], error)
	AwaitingInspection(
		ctx context.Context, producer string, on trace.Date, p record.Paging,
	) (record.Page[record.Batch], error)
	InspectionRecord(ctx context.Context, producer, category string) (trace.Record, bool, error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
}

// Sight gives a registered product, and a batch to those who may see or inspect it.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
	TestedBatch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error)
}

// Service answers for quality. All fields are required.
type Service struct {
	Writer *service.Writer
	Store  Store
	Sight  Sight
}

// Package sight is what a caller may see: each object is given to those whom it
// concerns and to those who see all, and does not exist for anybody else (decision 71).
package sight

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Store reads what parties ask to see.
type Store interface {
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
	Products(ctx context.Context, f record.ProductFilter, p record.Paging) (record.Page[record.Product], error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
	Batches(ctx context.Context, f record.BatchFilter, p record.Paging) (record.Page[record.Batch], error)
	BatchSeenBy(ctx context.Context, party, gtin, lot string) (bool, error)
	LotsAlike(ctx context.Context, gtin, lot string) ([]string, error)
	Shipment(ctx context.Context, id string) (trace.Shipment, bool, error)
	Case(ctx context.Context, id string) (trace.Case, bool, error)
	// Container keeps to those that the party handles, where one is given.
	Container(ctx context.Context, party, sscc string) (trace.Container, bool, error)
	Transaction(ctx context.Context, txID string) (record.Transaction, bool, error)
}

// Service shows what a caller may see.
type Service struct{ Store Store }

var _ service.Sight = (*Service)(nil)

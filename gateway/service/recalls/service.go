// Package recalls calls goods back, and tells whom that reaches.
package recalls

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Store reads recalls and whom they reach.
type Store interface {
	Recall(ctx context.Context, id string) (trace.Recall, bool, error)
	Recalls(ctx context.Context, f record.RecallFilter, p record.Paging) (record.Page[trace.Recall], error)
	RecallHolders(ctx context.Context, id string) ([]record.RecallHolder, error)
	HoldersOf(ctx context.Context, units []trace.Line) ([]record.RecallHolder, error)
	Descendants(ctx context.Context, units []trace.Line) ([]record.Relative, error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
}

// Sight gives a registered product.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
}

// Codes reads the codes that a recall names units by.
type Codes interface {
	UnitsOf(ctx context.Context, c service.Caller, field string, r codes.Request) ([]trace.Line, error)
}

// Service answers for recalls. All fields are required.
type Service struct {
	Writer *service.Writer
	Store  Store
	Sight  Sight
	Codes  Codes
}

// Package cases follows up what does not fit between two parties, by itself where a
// till or a receipt refuses goods, and keeps the terms that it is held to.
package cases

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Store reads cases, and what a refusal is told by.
type Store interface {
	Cases(ctx context.Context, f record.CaseFilter, p record.Paging) (record.Page[trace.Case], error)
	PendingCase(ctx context.Context, like trace.Case) (id string, waiting int, err error)
	CustodyTerms(ctx context.Context) (trace.CustodyTerms, error)
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
	Shipment(ctx context.Context, id string) (trace.Shipment, bool, error)
	ShipmentsOf(
		ctx context.Context, party string, units []trace.Line, most int,
	) ([]record.Proved[trace.Shipment], error)
	Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error)
}

// Sight gives a case to those who may see it.
type Sight interface {
	Case(ctx context.Context, c service.Caller, id string) (trace.Case, error)
}

// Service answers for cases. All fields are required; Platform is the party that decides them.
type Service struct {
	Writer   *service.Writer
	Store    Store
	Sight    Sight
	Platform string
}

// Package custody moves goods between parties: shipping, receiving, selling, taking
// back, taking out, containers, and what corrects those.
package custody

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/cases"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Store reads shipments and containers; a party that is not empty keeps to its own.
type Store interface {
	Shipments(ctx context.Context, f record.ShipmentFilter, p record.Paging) (record.Page[trace.Shipment], error)
	Containers(ctx context.Context, party string, outermost bool, p record.Paging) (record.Page[trace.Container], error)
}

// Codes reads the codes that a request names goods by.
type Codes interface {
	GoodsOf(ctx context.Context, c service.Caller, field string, r codes.Request) (codes.Things, error)
	UnitsOf(ctx context.Context, c service.Caller, field string, r codes.Request) ([]trace.Line, error)
}

// Cases follows up what a till or a receipt refuses.
type Cases interface {
	FollowUp(ctx context.Context, c service.Caller, h cases.Handover, err error) error
}

// Sight gives a shipment to those who may see it.
type Sight interface {
	Shipment(ctx context.Context, c service.Caller, id string) (trace.Shipment, error)
}

// Service answers for custody. All fields are required.
type Service struct {
	Writer *service.Writer
	Store  Store
	Codes  Codes
	Cases  Cases
	Sight  Sight
}

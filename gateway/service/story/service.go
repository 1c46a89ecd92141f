// Package story tells where goods come from and went, as a list, a graph or a
// report, each caller as much as it may know.
package story

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Store reads what happened to units, where they are, and what was made from what.
type Store interface {
	Events(ctx context.Context, u record.Units) ([]record.ProvenanceEvent, error)
	FirstEvents(ctx context.Context, u record.Units, most int) ([]record.ProvenanceEvent, error)
	Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error)
	Ancestors(ctx context.Context, units []trace.Line) ([]record.Relative, error)
	Descendants(ctx context.Context, units []trace.Line) ([]record.Relative, error)
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
	Drawing
	// ShownPictures gives the pictures that a product's page shows.
	ShownPictures(ctx context.Context, gtin string, most int) ([][]byte, error)
}

// Drawing reads what a graph is drawn from.
type Drawing interface {
	BatchesNamed(ctx context.Context, names []record.BatchName) ([]record.Proved[trace.Batch], error)
	Transformation(ctx context.Context, gtin, lot string) (trace.Transformation, bool, error)
	ShipmentsOf(
		ctx context.Context, party string, units []trace.Line, most int,
	) ([]record.Proved[trace.Shipment], error)
	ContainersOf(ctx context.Context, units []trace.Line, most int) ([]record.Proved[trace.Container], error)
	HoldingCounts(ctx context.Context, units []trace.Line) ([]record.GraphHolding, error)
	Names(ctx context.Context, gtins, parties []string) (map[string]trace.Text, error)
}

// Sight gives a batch to those who may see it.
type Sight interface {
	Batch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error)
	SeesBatch(ctx context.Context, c service.Caller, gtin, lot string) (bool, error)
}

// Units finds units by their serials, and serials by their units.
type Units interface {
	IndexOf(ctx context.Context, b trace.Batch, serial string) (index int64, found bool, err error)
	SerialIn(ctx context.Context, b trace.Batch, index int64) (string, error)
}

// Codes gives the one unit that a code names, with its batch.
type Codes interface {
	Told(ctx context.Context, c service.Caller, field string, r codes.Request) (codes.NamedUnit, trace.Batch, error)
}

// Service tells stories. All fields are required.
type Service struct {
	Store Store
	Sight Sight
	Units Units
	Codes Codes
	Now   func() time.Time
}

// Package codes says what codes name: what is on a unit's label or a container's,
// whole, or in part as people type it.
package codes

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Store reads where units are, and lots that are spelt alike.
type Store interface {
	LotsAlike(ctx context.Context, gtin, lot string) ([]string, error)
	Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error)
}

// Sight gives what the caller may see.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
	Batch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error)
	Batches(
		ctx context.Context, c service.Caller, f record.BatchFilter, p record.Paging,
	) (record.Page[record.Batch], error)
	Container(ctx context.Context, c service.Caller, sscc string) (trace.Container, error)
	Shipment(ctx context.Context, c service.Caller, id string) (trace.Shipment, error)
}

// Units finds units by their serials, and serials by their units.
type Units interface {
	IndexOf(ctx context.Context, b trace.Batch, serial string) (index int64, found bool, err error)
	SerialIn(ctx context.Context, b trace.Batch, index int64) (string, error)
	EndingsIn(ctx context.Context, b trace.Batch, run trace.Line, endings []string) (map[string][]int64, error)
}

// Service reads codes. Make it with New.
type Service struct {
	store     Store
	sight     Sight
	units     Units
	keys      *seal.Keyring
	searching *share.Pool // has one for each search by the end of a serial, by party
}

// New gives the room; keys tell a code of ours by its tag.
func New(store Store, sight Sight, units Units, keys *seal.Keyring) *Service {
	return &Service{store: store, sight: sight, units: units, keys: keys, searching: share.New(searches, 1)}
}

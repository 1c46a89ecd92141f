// Package goods registers products and batches, makes goods of goods, and corrects
// what was registered.
package goods

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Store reads goods and who may register them, and keeps the stored half of unit codes.
type Store interface {
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
	LotsAlike(ctx context.Context, gtin, lot string) ([]string, error)
	Party(ctx context.Context, id string) (trace.Party, bool, error)
	Transformation(ctx context.Context, gtin, lot string) (trace.Transformation, bool, error)
	SaveUnitTree(ctx context.Context, root [32]byte, quantity int64, row []byte) error
	// SaveCommitments keeps what programs without the key of PINs need of units for proofs.
	SaveCommitments(ctx context.Context, root [32]byte, first int64, run []byte) error
	SaveSerials(ctx context.Context, root [32]byte, serials []string) error
	// ForgetUnits removes the tree, the commitments and the serials under a root that no batch has.
	ForgetUnits(ctx context.Context, root [32]byte) error
	LabelCounts(ctx context.Context, gtin, lot string, quantity int64) (record.LabelCounts, error)
	// BeginVoiding keeps labels of units from being made until EndVoiding, or until
	// the fate of what is sent with ref is known; false where some were made.
	BeginVoiding(ctx context.Context, ref string, units trace.Line) (begun bool, err error)
	EndVoiding(ctx context.Context, ref string) error
}

// Sight gives a registered product, and a batch to those who may see it.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
	Batch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error)
	SeesBatch(ctx context.Context, c service.Caller, gtin, lot string) (bool, error)
}

// Units gives a batch's keys, and of serials those that other lots have.
type Units interface {
	KeysOf(b trace.Batch) (*seal.Batch, error)
	Taken(ctx context.Context, b trace.Batch, serials []string) (map[string]string, error)
}

// Codes gives the one unit that a code names.
type Codes interface {
	One(ctx context.Context, c service.Caller, field string, r codes.Request) (trace.Line, error)
}

// Service answers for goods. Make it with New.
type Service struct {
	writer *service.Writer
	store  Store
	sight  Sight
	units  Units
	codes  Codes
	epoch  func() uint32 // of the master key under which codes are made now
	large  *share.Pool   // has one for each big tree that is computed at a time, by party
}

// bigTrees is how many big batches are committed to at a time: each uses all cores.
const bigTrees = 2

// New gives the room; epoch is that of the master key under which codes are made now.
func New(w *service.Writer, store Store, sight Sight, units Units, c Codes, epoch func() uint32) *Service {
	return &Service{
		writer: w,
		store:  store,
		sight:  sight,
		units:  units,
		codes:  c,
		epoch:  epoch,
		large:  share.New(bigTrees, 1),
	}
}

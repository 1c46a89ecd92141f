// Package projector turns blocks into the read model: it checks that each block
// follows the one before, works out what its transactions changed, and has
// changes and checkpoint written in one database transaction. Where a block is
// missing, does not follow, or contradicts the read model, it halts and says so.
//
// It knows nothing of SQL and submits nothing.
package projector

import (
	"context"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Source is where blocks come from. Blocks' channel closes when its stream ends.
type Source interface {
	Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error)
	Height(ctx context.Context) (uint64, error)
}

// Status is how the projection stands. Height is the number of blocks that the
// channel is known to have.
type Status struct {
	record.Checkpoint
	Height uint64
	Leader bool
}

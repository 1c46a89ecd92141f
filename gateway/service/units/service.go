// Package units knows the codes of units: it derives serials and PINs from the keys,
// and finds a unit by its serial.
package units

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Store keeps the serials of batches that brought their own, and which codes were read.
type Store interface {
	Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error)
	SerialIndex(ctx context.Context, root [32]byte, serial string) (index int64, found bool, err error)
	SerialsTaken(ctx context.Context, gtin, but string, read []string) (lots map[string]string, err error)
	SerialsEnding(ctx context.Context, root [32]byte, ending string, from, count int64) ([]int64, error)
	// LabelsMade notes it of units of one batch; noted twice is noted once. It
	// notes nothing where some are voided, or about to be, and gives one run of those.
	LabelsMade(ctx context.Context, units []trace.Line, how record.LabelsMade) (voided *trace.Line, err error)
}

// Sight gives a batch to its producer alone.
type Sight interface {
	OwnBatch(ctx context.Context, c service.Caller, gtin, lot string) (trace.Batch, error)
}

// Service answers for units. All fields are required; URIBase is what their codes begin with.
type Service struct {
	Writer  *service.Writer // for the audit log
	Store   Store
	Sight   Sight
	Keys    *seal.Keyring
	URIBase string
}

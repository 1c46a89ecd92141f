// Package presenting is what merchants and creators say about goods: presentations
// with their pictures and links, badges for shops' pages, endorsements.
package presenting

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// Goods says which batches a party has had to do with.
type Goods interface {
	BatchSeenBy(ctx context.Context, party, gtin, lot string) (bool, error)
	Batches(ctx context.Context, f record.BatchFilter, p record.Paging) (record.Page[record.Batch], error)
}

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
}

// Sight gives registered products, and batches by the lot as somebody wrote it.
type Sight interface {
	Product(ctx context.Context, gtin string) (record.Product, error)
	BatchLike(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
}

// Service answers for presentations, badges and endorsements. All fields are
// required; URIBase is the scheme and host of the verifier's pages, Decoding the
// memory that pictures are read in.
type Service struct {
	Writer        *service.Writer
	Presentations Presentations
	Pictures      Pictures
	Badges        Badges
	Creators      Creators
	Goods         Goods
	Parties       Parties
	Sight         Sight
	URIBase       string
	Decoding      *share.Memory
}

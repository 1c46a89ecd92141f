package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Entry says where a record stands on the ledger: the transaction that wrote it
// first and the one that changed it last, which are the same until it is changed.
type Entry struct {
	TxID         string `json:"txId"`
	Block        uint64 `json:"block"`
	ChangedTxID  string `json:"changedTxId"`
	ChangedBlock uint64 `json:"changedBlock"`
}

// Product is a registered product with its place on the ledger.
type Product struct {
	trace.Product
	Entry
	RegisteredAt time.Time `json:"registeredAt"`
}

// Batch is a registered batch with its place on the ledger.
type Batch struct {
	trace.Batch
	Entry
	ProductName trace.Text   `json:"productName"`
	Labels      *LabelCounts `json:"labels,omitempty"` // for its producer
}

// ProductFilter narrows a list of products; empty fields do not.
type ProductFilter struct {
	Owner    string
	Brand    string
	Category string
}

// BatchFilter narrows a list of batches; empty fields do not. SeenBy keeps to
// what that party made, or has or had in hand. ExpiresBefore is a day that is
// not in any more.
type BatchFilter struct {
	GTIN, Producer string
	Status         trace.BatchStatus
	SeenBy         string
	ExpiresBefore  trace.Date
	Correcting     bool // only those with a correction that waits for the platform
}

// View is a way of looking at a list that somebody named: the query of its address.
type View struct {
	ID    string `json:"id"`
	List  string `json:"list"`
	Name  string `json:"name"`
	Query string `json:"query"`
}

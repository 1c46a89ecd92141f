package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Placed is units [Start, Stop) of one batch that are in one place, and the
// transaction that put them there.
type Placed struct {
	GTIN  string
	Lot   string
	Start int64
	Stop  int64
	trace.Place
	TxID string
}

// ObjectVersion is an object as a transaction left it. TxID and Block are those of
// the transaction that wrote it first: a reader that has the object already
// keeps its own. LastTxID and LastBlock are those of the one that left it so.
type ObjectVersion struct {
	trace.Object
	TxID      string
	Block     uint64
	LastTxID  string
	LastBlock uint64
}

// Changes is what a stretch of consecutive blocks does to the read model. Each
// object appears once, as it stands after the last of them.
type Changes struct {
	Blocks   []Block
	Objects  []ObjectVersion
	Recalled []RecalledUnits
	Notices  []NewNotice
	Units    []UnitFact
	Lines    []EventLine
	Gone     []Placed // runs to delete, as they were read
	Runs     []Placed // runs to insert
}

// RecalledUnits are units that a recall reaches.
type RecalledUnits struct {
	Recall string
	trace.Line
}

// UnitFact is something that happened to one unit by itself.
type UnitFact struct {
	trace.UnitEvent
	TxID string
}

// EventLine says that an event is about some units.
type EventLine struct {
	trace.Line
	Block    uint64
	Position int
	TxID     string
}

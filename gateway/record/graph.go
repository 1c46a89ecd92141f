package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// NodeKind says what a node of a provenance graph stands for.
type NodeKind string

// The kinds. A making is a transformation, between what went in and what came out.
const (
	NodeBatch     NodeKind = "batch"
	NodeMaking    NodeKind = "making"
	NodeContainer NodeKind = "container"
	NodeShipment  NodeKind = "shipment"
	NodeParty     NodeKind = "party"
)

// GraphNode is one thing that goods went through. Depth counts transformations
// from the batch that the graph is about: negative towards what it was made from.
// TxIDs are the transactions that prove it, the first one first. More says that
// neighbours of it were left off. Holdings, of a party, is what it has now.
type GraphNode struct {
	ID       string         `json:"id"`
	Kind     NodeKind       `json:"kind"`
	Name     trace.Text     `json:"name,omitzero"`
	GTIN     string         `json:"gtin,omitempty"`
	Lot      string         `json:"lot,omitempty"`
	Quantity int64          `json:"quantity,omitempty"`
	Party    string         `json:"party,omitempty"`
	To       string         `json:"to,omitempty"`
	Status   string         `json:"status,omitempty"`
	At       time.Time      `json:"at,omitzero"`
	Until    time.Time      `json:"until,omitzero"`
	Depth    int            `json:"depth"`
	Holdings []GraphHolding `json:"holdings,omitempty"`
	TxIDs    []string       `json:"txIds,omitempty"`
	More     bool           `json:"more,omitempty"`
}

// GraphHolding is how many units of a batch a party has in one state.
type GraphHolding struct {
	GTIN  string      `json:"gtin"`
	Lot   string      `json:"lot"`
	Party string      `json:"-"`
	State trace.State `json:"state"`
	Count int64       `json:"count"`
}

// EdgeKind says how goods went from one node to the next.
type EdgeKind string

// The kinds of edges.
const (
	EdgeRegistered EdgeKind = "registered"
	EdgeUsed       EdgeKind = "used"
	EdgeMade       EdgeKind = "made"
	EdgePacked     EdgeKind = "packed"
	EdgeShipped    EdgeKind = "shipped"
	EdgeReceived   EdgeKind = "received"
)

// GraphEdge is a step from one node to another, forward in time, of so many units.
type GraphEdge struct {
	From  string   `json:"from"`
	To    string   `json:"to"`
	Kind  EdgeKind `json:"kind"`
	Units int64    `json:"units,omitempty"`
}

// Graph is where goods came from and went. Left says how many nodes were left
// off at least, of which the nodes marked More are the neighbours.
type Graph struct {
	Center string      `json:"center"`
	Nodes  []GraphNode `json:"nodes"`
	Edges  []GraphEdge `json:"edges"`
	Left   int         `json:"left"`
}

// Proved is a document with the transactions that wrote it.
type Proved[T any] struct {
	Doc   T
	TxIDs []string
}

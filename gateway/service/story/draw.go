package story

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// graph is a provenance graph while it is drawn. Units are those it is about, of
// the batch in its middle first.
type graph struct {
	most  int
	left  int
	units []trace.Line
	nodes []*record.GraphNode
	at    map[string]*record.GraphNode
	edges []record.GraphEdge
	edge  map[[3]string]int
}

func newGraph(center trace.Line, most int) *graph {
	g := &graph{most: most, units: []trace.Line{center}, at: map[string]*record.GraphNode{}, edge: map[[3]string]int{}}
	g.node(
		record.GraphNode{
			ID:   batchNode(center.GTIN, center.Lot),
			Kind: record.NodeBatch,
			GTIN: center.GTIN,
			Lot:  center.Lot,
		},
	)
	return g
}

func batchNode(gtin, lot string) string  { return "batch:" + gtin + "/" + lot }
func makingNode(gtin, lot string) string { return "making:" + gtin + "/" + lot }
func partyNode(id string) string         { return "party:" + id }

// node gives the node of an id, which it adds where there is room; else nil.
func (g *graph) node(n record.GraphNode) *record.GraphNode {
	if old := g.at[n.ID]; old != nil {
		return old
	}
	if g.room() == 0 {
		g.left++
		return nil
	}
	g.nodes, g.at[n.ID] = append(g.nodes, &n), &n
	return &n
}

func (g *graph) room() int { return g.most - len(g.nodes) }

func (g *graph) party(id string) *record.GraphNode {
	return g.node(record.GraphNode{ID: partyNode(id), Kind: record.NodeParty, Party: id})
}

// link joins two nodes; a node whose neighbour has no room is marked.
func (g *graph) link(from, to string, kind record.EdgeKind, units int64) {
	a, b := g.at[from], g.at[to]
	if a == nil || b == nil {
		for _, n := range []*record.GraphNode{a, b} {
			if n != nil {
				n.More = true
			}
		}
		return
	}
	key := [3]string{from, to, string(kind)}
	if i, known := g.edge[key]; known {
		g.edges[i].Units += units
		return
	}
	g.edge[key] = len(g.edges)
	g.edges = append(g.edges, record.GraphEdge{From: from, To: to, Kind: kind, Units: units})
}

func (g *graph) addRelative(r record.Relative, sign int) {
	n := g.node(
		record.GraphNode{
			ID:    batchNode(r.GTIN, r.Lot),
			Kind:  record.NodeBatch,
			GTIN:  r.GTIN,
			Lot:   r.Lot,
			Depth: sign * r.Depth,
		},
	)
	if n == nil {
		if via := g.at[batchNode(r.Via.GTIN, r.Via.Lot)]; via != nil {
			via.More = true
		}
		return
	}
	g.units = append(g.units, r.Lines...)
}

func (g *graph) tellBatch(b record.Proved[trace.Batch]) {
	n := g.at[batchNode(b.Doc.GTIN, b.Doc.Lot)]
	n.Quantity, n.Party, n.At, n.Status, n.TxIDs = b.Doc.Quantity, b.Doc.Producer, b.Doc.RegisteredAt, string(
		b.Doc.Status,
	), b.TxIDs
	if p := g.party(b.Doc.Producer); p == nil {
		n.More = true
	}
}

// producer gives who made a batch that tellBatch was told of.
func (g *graph) producer(gtin, lot string) string {
	if n := g.at[batchNode(gtin, lot)]; n != nil {
		return n.Party
	}
	return ""
}

// addMaking puts a transformation between its inputs and what it made; a batch
// that was made of nothing on the ledger its producer simply registered.
func (g *graph) addMaking(t trace.Transformation) {
	into := g.at[batchNode(t.GTIN, t.Lot)]
	id := makingNode(t.GTIN, t.Lot)
	g.node(
		record.GraphNode{ID: id, Kind: record.NodeMaking, Party: t.By, At: t.At, Depth: into.Depth, TxIDs: into.TxIDs},
	)
	g.link(id, into.ID, record.EdgeMade, t.Quantity)
	g.link(partyNode(t.By), id, record.EdgeRegistered, 0)
	for _, i := range t.Inputs {
		if from := batchNode(i.GTIN, i.Lot); g.at[from] != nil {
			g.link(from, id, record.EdgeUsed, i.Count)
		}
	}
}

func shipmentNode(id string) string    { return "shipment:" + id }
func containerNode(sscc string) string { return "container:" + sscc }

// addShipment adds a shipment with both its ends.
func (g *graph) addShipment(u trace.Line, x record.Proved[trace.Shipment]) {
	batch := g.at[batchNode(u.GTIN, u.Lot)]
	status := "in_transit"
	if !x.Doc.ReceivedAt.IsZero() {
		status = "received"
	}
	g.node(
		record.GraphNode{
			ID:     shipmentNode(x.Doc.ID),
			Kind:   record.NodeShipment,
			Party:  x.Doc.From,
			To:     x.Doc.To,
			Status: status,
			At:     x.Doc.DispatchedAt,
			Until:  x.Doc.ReceivedAt,
			Depth:  batch.Depth,
			TxIDs:  x.TxIDs,
		},
	)
	if batch.Party != x.Doc.From {
		g.party(x.Doc.From)
	}
	g.party(x.Doc.To)
}

// linkShipment leads from the containers that were shipped, and from who had the
// units or from their batch where that is its producer, to who received them.
func (g *graph) linkShipment(u trace.Line, x trace.Shipment, inside map[string]int64) {
	batch, id, sent := g.at[batchNode(u.GTIN, u.Lot)], shipmentNode(x.ID), sharedUnits(u, x.Lines)
	loose := sent
	for _, sscc := range x.Containers {
		if g.at[containerNode(sscc)] != nil && inside[sscc] > 0 {
			g.link(containerNode(sscc), id, record.EdgeShipped, inside[sscc])
			loose -= inside[sscc]
		}
	}
	if batch.Party != x.From {
		g.link(partyNode(x.From), id, record.EdgeShipped, sent)
	} else if loose > 0 {
		g.link(batch.ID, id, record.EdgeShipped, loose)
	}
	if !x.ReceivedAt.IsZero() {
		g.link(id, partyNode(x.To), record.EdgeReceived, sent)
	}
}

// addContainer leads from the batch into the container, and from the containers
// in it; one that was opened keeps what it held.
func (g *graph) addContainer(u trace.Line, x record.Proved[trace.Container], inside map[string]int64) {
	id := containerNode(x.Doc.SSCC)
	status := "closed"
	if !x.Doc.UnpackedAt.IsZero() {
		status = "opened"
	}
	g.node(
		record.GraphNode{
			ID:     id,
			Kind:   record.NodeContainer,
			Party:  x.Doc.PackedBy,
			Status: status,
			At:     x.Doc.PackedAt,
			Until:  x.Doc.UnpackedAt,
			Depth:  g.at[batchNode(u.GTIN, u.Lot)].Depth,
			TxIDs:  x.TxIDs,
		},
	)
	if packed := sharedUnits(u, x.Doc.Lines); packed > 0 {
		g.link(batchNode(u.GTIN, u.Lot), id, record.EdgePacked, packed)
	}
	for _, inner := range x.Doc.Containers {
		if inside[inner] > 0 {
			g.link(containerNode(inner), id, record.EdgePacked, inside[inner])
		}
	}
}

// contained counts the units of u in containers by SSCC, at any depth inside.
func contained(u trace.Line, all []record.Proved[trace.Container]) map[string]int64 {
	known, counts := map[string]trace.Container{}, map[string]int64{}
	for _, x := range all {
		known[x.Doc.SSCC] = x.Doc
	}
	var count func(c trace.Container) int64
	count = func(c trace.Container) int64 {
		n := sharedUnits(u, c.Lines)
		for _, inner := range c.Containers {
			n += count(known[inner])
		}
		counts[c.SSCC] = n
		return n
	}
	for _, c := range known {
		count(c)
	}
	return counts
}

func (g *graph) tellHolding(h record.GraphHolding) {
	if n := g.at[partyNode(h.Party)]; n != nil {
		n.Holdings = append(n.Holdings, h)
	}
}

// sharedUnits counts the units of lines that are among u.
func sharedUnits(u trace.Line, lines []trace.Line) (n int64) {
	for _, l := range lines {
		if l.GTIN == u.GTIN && l.Lot == u.Lot {
			n += max(0, min(l.To(), u.To())-max(l.From, u.From))
		}
	}
	return n
}

// drawn joins each batch that nobody made out of others to its producer, and
// gives the graph.
func (g *graph) drawn() record.Graph {
	for _, n := range g.nodes {
		if n.Kind == record.NodeBatch && g.at[makingNode(n.GTIN, n.Lot)] == nil {
			g.link(partyNode(n.Party), n.ID, record.EdgeRegistered, n.Quantity)
		}
	}
	drawn := record.Graph{
		Center: g.nodes[0].ID,
		Nodes:  []record.GraphNode{},
		Edges:  append([]record.GraphEdge{}, g.edges...),
		Left:   g.left,
	}
	for _, n := range g.nodes {
		drawn.Nodes = append(drawn.Nodes, *n)
	}
	return drawn
}

// Command readmodel is for tests that need a read model and may not import what
// writes it. It takes requests on its input, one JSON value a line, and answers
// each with a line: empty, or what went wrong.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// request changes one database, in one of the ways.
type request struct {
	Database string          `json:"database"`
	TxID     string          `json:"txId"`
	Event    json.RawMessage `json:"event"` // a block of one transaction with this event
	Units    *units          `json:"units"`
	Labels   *labels         `json:"labels"`
	Close    bool            `json:"close"`
}

// units are those of a batch: its tree, and its serials where they are listed.
type units struct {
	Root     [32]byte `json:"root"`
	Quantity int64    `json:"quantity"`
	Row      []byte   `json:"row"`
	Serials  []string `json:"serials"`

	Commitments [][]byte `json:"commitments"` // in runs, as seal.Batch.Commitments gives them
}

// labels were made of units.
type labels struct {
	Line trace.Line        `json:"line"`
	How  record.LabelsMade `json:"how"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	open := databases{}
	for in.Scan() {
		if err := open.do(in.Bytes()); err != nil {
			fmt.Println(strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println()
		}
	}
}

// databases are those that requests have named, by URL.
type databases map[string]*store.Store

func (d databases) do(line []byte) error {
	var r request
	if err := trace.Unmarshal(line, &r); err != nil {
		return err
	}
	s := d[r.Database]
	if s == nil {
		var err error
		if s, err = store.Open(r.Database); err != nil {
			return err
		}
		d[r.Database] = s
	}
	ctx := context.Background()
	switch {
	case r.Close:
		delete(d, r.Database)
		return s.Close()
	case r.Units != nil:
		for i, run := range r.Units.Commitments {
			if err := s.SaveCommitments(ctx, r.Units.Root, int64(i)*seal.CommitmentRun, run); err != nil {
				return err
			}
		}
		if err := s.SaveUnitTree(ctx, r.Units.Root, r.Units.Quantity, r.Units.Row); err != nil {
			return err
		}
		return s.SaveSerials(ctx, r.Units.Root, r.Units.Serials)
	case r.Labels != nil:
		_, err := s.LabelsMade(ctx, []trace.Line{r.Labels.Line}, r.Labels.How)
		return err
	default:
		return project(ctx, s, r.TxID, r.Event)
	}
}

// project writes a block of one event and says that the read model is level.
func project(ctx context.Context, s *store.Store, id string, content json.RawMessage) error {
	var e trace.Event
	if err := json.Unmarshal(content, &e); err != nil {
		return err
	}
	at, err := s.Checkpoint(ctx)
	if err != nil {
		return err
	}
	hash := []byte(id)
	blocks := []record.Block{
		{Number: at.NextBlock, Hash: hash, PrevHash: at.LastHash, DataHash: hash, Txs: []record.Tx{{
			ID: id, Code: "VALID", Function: string(e.Type), MSP: "ProducerMSP", Identity: e.By,
			Endorsers: []string{"ProducerMSP/peer0", "AuditorMSP/peer0"}, At: e.At, Event: &e, EventJSON: content,
		}}},
	}
	next := record.Checkpoint{Channel: "trace", NextBlock: at.NextBlock + 1, LastHash: hash}
	lines := make([]trace.Line, len(e.Moves))
	for i, m := range e.Moves {
		lines[i] = m.Line
	}
	err = s.Project(
		ctx,
		at,
		next,
		lines,
		func(held []record.Placed) (record.Changes, error) { return projector.Plan(blocks, held) },
	)
	if err != nil {
		return err
	}
	return s.Level(ctx, next.NextBlock)
}

package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Model is a read model at one moment: a database's, or one that was exported. Rows are in the order of their keys.
type Model interface {
	Rows(ctx context.Context, table string) iter.Seq2[record.Row, error]
}

// Replayed is a Model that was made of blocks, and knows which transaction decided a row.
type Replayed interface {
	Model
	Decided(ctx context.Context, table string, row record.Row) (txID string, err error)
}

// Compare tells every value in which a read model is not what the blocks give, and how many there are.
func Compare(
	ctx context.Context, tables []string, blocks Replayed, model Model, tell func(record.Difference),
) (found int, err error) {
	for _, table := range tables {
		c := comparison{ctx: ctx, table: table, blocks: blocks, tell: tell}
		if err := c.run(model); err != nil {
			return found + c.found, fmt.Errorf("compare ledger.%s: %w", table, err)
		}
		found += c.found
	}
	return found, nil
}

type comparison struct {
	ctx    context.Context
	table  string
	blocks Replayed
	tell   func(record.Difference)
	found  int
	wait   []undecided
}

// undecided is a difference in a row that the blocks gave, before it is known which transaction did.
type undecided struct {
	record.Difference
	row record.Row
}

// maxDecided bounds of how many differences of a table the transaction is told; beyond, the table is another one.
const maxDecided = 1000

func (c *comparison) run(model Model) error {
	if err := c.merge(model); err != nil {
		return err
	}
	for _, d := range c.wait {
		var err error
		if d.TxID, err = c.blocks.Decided(c.ctx, c.table, d.row); err != nil {
			return err
		}
		c.tell(d.Difference)
	}
	return nil
}

// merge goes through both sides at once, as both are in the same order.
func (c *comparison) merge(model Model) error {
	next, stop := iter.Pull2(model.Rows(c.ctx, c.table))
	defer stop()
	theirs, err, more := next()
	for ours, failed := range c.blocks.Rows(c.ctx, c.table) {
		if failed != nil {
			return failed
		}
		for ; more && err == nil && theirs.Key < ours.Key; theirs, err, more = next() {
			c.added(theirs)
		}
		if more && err != nil {
			return err
		}
		if !more || theirs.Key != ours.Key {
			c.differs(record.Difference{Row: ours.Key, Blocks: whole(ours)}, ours)
			continue
		}
		c.columns(ours, theirs)
		theirs, err, more = next()
	}
	for ; more && err == nil; theirs, err, more = next() {
		c.added(theirs)
	}
	return err
}

func (c *comparison) columns(ours, theirs record.Row) {
	names := maps.Clone(ours.Columns)
	maps.Copy(names, theirs.Columns)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, b := ours.Columns[name], theirs.Columns[name]
		if bytes.Equal(a, b) {
			continue
		}
		if a, b := compact(a), compact(b); a != b {
			c.differs(record.Difference{Row: ours.Key, Column: name, Blocks: a, Model: b}, ours)
		}
	}
}

// added tells of a row that the blocks did not give.
func (c *comparison) added(row record.Row) {
	c.found++
	c.tell(record.Difference{Table: c.table, Row: row.Key, Model: whole(row)})
}

func (c *comparison) differs(d record.Difference, row record.Row) {
	c.found++
	d.Table = c.table
	if c.found > maxDecided {
		c.tell(d)
		return
	}
	c.wait = append(c.wait, undecided{d, row})
}

// compact is a value without white space, which an export does not keep.
func compact(value json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return string(value)
	}
	return b.String()
}

func whole(r record.Row) string {
	text, err := json.Marshal(r.Columns)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

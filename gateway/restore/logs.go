package restore

import (
	"bytes"
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Logs are the logs off the ledger. Anchored answers all anchors, those of a log
// in their order, that no gap covers.
type Logs interface {
	Anchored(ctx context.Context) ([]record.Anchored, error)
	Digests(ctx context.Context, log string, from, to int64) ([][]byte, error)
	SaveGap(ctx context.Context, g record.Gap) error
}

// logs finds what a log has lost, and says so where its entries are asked for. A
// restored log ends too early: nothing behind its first missing entry is there.
// Anything else is no trace of a backup, and is told and left as it is.
func (c *Check) logs(ctx context.Context) error {
	anchors, err := c.Database.Anchored(ctx)
	if err != nil {
		return err
	}
	for len(anchors) > 0 {
		a := anchors[0]
		if a.Here == a.To-a.From {
			if err := c.unchanged(ctx, a); err != nil {
				return err
			}
			anchors = anchors[1:]
			continue
		}
		run := leading(anchors)
		if err := c.gap(ctx, run); err != nil {
			return err
		}
		anchors = anchors[len(run):]
	}
	return nil
}

// leading gives the anchors at the beginning that are not whole, of one log.
func leading(anchors []record.Anchored) []record.Anchored {
	n := 1
	for n < len(anchors) && anchors[n].Log == anchors[0].Log && anchors[n].From == anchors[n-1].To && anchors[n].Here < anchors[n].To-anchors[n].From {
		n++
	}
	return anchors[:n]
}

func (c *Check) gap(ctx context.Context, run []record.Anchored) error {
	first, end := run[0], run[len(run)-1].To
	present := first.Here
	for _, a := range run[1:] {
		present += a.Here
	}
	missing := end - first.From - present
	if present != first.Here || first.Last != first.From+first.Here-1 {
		c.Tell(lost(fmt.Sprintf("%d entries of the log of %s between %d and %d", missing, first.Log, first.From, end-1),
			"others behind them are there, so they were not lost with a backup; find out who removed them"))
		return nil
	}
	if err := c.Database.SaveGap(ctx, record.Gap{Log: first.Log, From: first.From, To: end}); err != nil {
		return err
	}
	c.Tell(lost(
		fmt.Sprintf("entries %d to %d of the log of %s", first.From+first.Here, end-1, first.Log),
		fmt.Sprintf(
			"only the anchors of them are on the ledger; those from %d on are answered LOG_ENTRY_LOST, and the log goes on with %d",
			first.From,
			end,
		),
	))
	return nil
}

// unchanged holds an anchor that has all its entries against its root.
func (c *Check) unchanged(ctx context.Context, a record.Anchored) error {
	digests, err := c.Database.Digests(ctx, a.Log, a.From, a.To)
	if err != nil {
		return err
	}
	if !bytes.Equal(proof.Root(digests), a.Root) {
		c.Tell(lost(
			fmt.Sprintf("entries %d to %d of the log of %s", a.From, a.To-1, a.Log),
			"they are not those that were anchored (LOG_ENTRY_CHANGED); their numbers were given twice, or somebody changed them",
		))
	}
	return nil
}

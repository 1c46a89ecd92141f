package ledger

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Unresolved is what a Resolver works on: the journal's overdue transactions,
// the oldest first, what the read model knows of one, and those that were
// refused, which it settles by itself.
type Unresolved interface {
	Unsettled(ctx context.Context, before time.Time, limit int) ([]record.Pending, error)
	Outcome(ctx context.Context, txID string) (record.Outcome, bool, error)
	SettleRefused(ctx context.Context) error
}

// Resolver finds out what became of transactions whose outcome is not known. It
// never guesses: a transaction is settled by the block it is in. One that is in
// none is sent again, the very same envelope, which the ledger takes once
// however often it arrives. One that the orderers refuse is not sent again, and
// is settled when the ledger has gone on without it. Several gateways may resolve
// at once.
type Resolver struct {
	Client *Client
	Source Unresolved
	// Overdue is how long after it was prepared a transaction is looked at;
	// it must be longer than a Submit takes. 0 means a minute.
	Overdue time.Duration
	// Every is the pause between rounds, 0 means 5 seconds.
	Every time.Duration
}

const (
	resolveAtOnce = 100
	// roundTime bounds a round, so that nothing is sent that the journal said
	// longer ago was to be sent.
	roundTime = 5 * time.Minute
)

// Run resolves until ctx ends.
func (r *Resolver) Run(ctx context.Context) error {
	every, overdue := r.Every, r.Overdue
	if every == 0 {
		every = 5 * time.Second
	}
	if overdue == 0 {
		overdue = time.Minute
	}
	wait.Every(ctx, every, func() {
		if err := r.round(ctx, time.Now().Add(-overdue)); err != nil && ctx.Err() == nil {
			r.Client.Log.Warn("cannot resolve unknown outcomes now", "error", err)
		}
	})
	return ctx.Err()
}

func (r *Resolver) round(ctx context.Context, before time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, roundTime)
	defer cancel()
	if err := r.Source.SettleRefused(ctx); err != nil {
		return err
	}
	pending, err := r.Source.Unsettled(ctx, before, resolveAtOnce)
	if err != nil {
		return err
	}
	r.Client.metrics.unsettled.Set(float64(len(pending)))
	for _, p := range pending {
		if err := r.resolve(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (r *Resolver) resolve(ctx context.Context, p record.Pending) error {
	outcome, found, err := r.Source.Outcome(ctx, p.TxID)
	if err != nil {
		return err
	}
	if found {
		return r.Client.Journal.Settle(ctx, p.TxID, outcome)
	}
	return r.Client.Resend(ctx, p)
}

// Resend sends a journalled envelope again, which is safe however often it
// arrives, and waits for its block. What became of it stands in the journal
// afterwards, or is unknown still, which is no error.
func (c *Client) Resend(ctx context.Context, p record.Pending) error {
	id, err := c.Signers(ctx, c.Reader)
	if err != nil {
		return err
	}
	c.metrics.resent.Inc()
	_, err = c.commit(ctx, id, p.TxID, p.Envelope)
	if reason, ok := refusedByOrderers(err); ok {
		c.Log.Warn(
			"the orderers refuse a transaction of unknown outcome; it is not sent again",
			"tx",
			p.TxID,
			"prepared_at",
			p.PreparedAt,
			"reason",
			reason,
		)
		return c.Journal.Refuse(ctx, p.TxID, reason)
	}
	c.Log.Info("sent a transaction of unknown outcome again", "tx", p.TxID, "prepared_at", p.PreparedAt, "result", err)
	return nil
}

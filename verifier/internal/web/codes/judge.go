package codes

import (
	"context"
	"regexp"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Records reads what is known about a unit. It returns when the context ends.
type Records interface {
	Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error)
}

// Level knows how far the ledger is from somewhere else than the read model (see
// verifier/internal/level). Since gives the last moment at which the ledger is known to
// have had no more than so many blocks, Newer tells when there is more to know.
type Level interface {
	Since(blocks uint64) time.Time
	Newer() <-chan struct{}
}

// Voucher has the facts behind a genuine answer signed by the ledger's organisations
// (see verifier/internal/countersign). anew gathers the evidence again.
type Voucher interface {
	Vouch(ctx context.Context, e verdict.Evidence, anew func() verdict.Evidence) verdict.Answer
}

// Judge gives verdicts.
type Judge struct {
	Book    *Book
	Records Records
	Level   Level         // nil: the read model's own word for when it was level is taken
	MaxAge  time.Duration // how long ago the read model may have been level with the ledger
	Voucher Voucher       // nil: answers rest on the records alone
	Claims  bool          // a first owner can be written to the ledger
}

// PartyForm is the form of a party's id.
var PartyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// Asker is where a question comes from: the party in whose shop, and the
// country. Either is empty where it is not known.
type Asker struct{ Seller, Market string }

// levelTime bounds what a verdict waits for records that are a few blocks behind.
const levelTime = 700 * time.Millisecond

// Of answers for a code. Only a verdict that has nothing against the unit but
// the age of its records waits for newer ones.
func (j *Judge) Of(ctx context.Context, c Code, asked Asker) verdict.Answer {
	ctx, cancel := context.WithTimeout(ctx, visitor.AnswerTime)
	defer cancel()
	for patience := time.After(levelTime); ; {
		newer := j.newer()
		e := j.gather(ctx, c, asked)
		w := verdict.Weigh(e)
		if newer == nil || w.Verdict != verdict.Unavailable || !stale(e) {
			return j.vouched(ctx, e, w, func() verdict.Evidence { return j.gather(ctx, c, asked) })
		}
		select {
		case <-newer:
		case <-patience:
			return verdict.Judge(e)
		case <-ctx.Done():
			return verdict.Judge(e)
		}
	}
}

func (j *Judge) vouched(
	ctx context.Context, e verdict.Evidence, w verdict.Weighed, anew func() verdict.Evidence,
) verdict.Answer {
	if j.Voucher == nil || !w.NeedsSignatures() {
		return verdict.Judge(e)
	}
	return j.Voucher.Vouch(ctx, e, anew)
}

func (j *Judge) newer() <-chan struct{} {
	if j.Level == nil {
		return nil
	}
	return j.Level.Newer()
}

// Dated puts the peers' word for when records were level with the ledger in place of their own.
func (j *Judge) Dated(at *verdict.Ledger) {
	if j.Level != nil && at != nil {
		at.CheckedAt = j.Level.Since(uint64(at.Height))
	}
}

func stale(e verdict.Evidence) bool {
	return e.Records != nil && e.Records.Ledger != nil && e.Now.Sub(e.Records.Ledger.CheckedAt) > e.MaxAge
}

// gather collects the evidence about a code. Whatever cannot be had in time
// stays missing, and the verdict says so.
func (j *Judge) gather(ctx context.Context, c Code, asked Asker) verdict.Evidence {
	e := verdict.Evidence{
		Now:    j.Book.Now(),
		Code:   c.State,
		Unit:   c.Unit,
		Serial: c.Serial,
		Epoch:  c.Epoch,
		Seller: asked.Seller,
		Market: asked.Market,
		MaxAge: j.MaxAge,
		Claims: j.Claims,
	}
	if c.State != verdict.CodeIssued {
		return e
	}
	records, err := j.Records.Records(ctx, c.Unit)
	if err != nil {
		j.Book.Log.Error("no records for a verdict", "error", err)
		return e
	}
	j.Dated(records.Ledger)
	e.Records = records
	if records.Batch != nil {
		_, e.Membership = j.Book.Membership(ctx, c, *records.Batch)
	}
	return e
}

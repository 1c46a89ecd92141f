package countersign

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Disputes keeps what records and ledger said where they did not agree. The
// ledger's side is nil where it could not be read.
type Disputes interface {
	Disputed(ctx context.Context, records trace.Facts, ledger *trace.Facts) error
}

const (
	settle  = 1200 * time.Millisecond // how long records that differ are read anew: a block may just have come
	again   = 60 * time.Millisecond   // between two readings
	tries   = 3                       // where no answer can be believed: peers that are a block apart sign different answers
	evident = 3 * time.Second         // to keep both sides
)

// Vouch gives the answer to evidence, with the signatures that a genuine one needs.
// Any other answer waits for nobody. anew gathers the evidence again.
func (c *Countersigner) Vouch(ctx context.Context, e verdict.Evidence, anew func() verdict.Evidence) verdict.Answer {
	differed, failed := false, 0
	var last trace.Facts
	for patience := time.After(c.settle); ; {
		w := verdict.Weigh(e)
		if !w.NeedsSignatures() {
			if differed && w.Verdict == verdict.Unavailable {
				return c.dispute(e, last)
			}
			return verdict.Judge(e)
		}
		last = facts.Of(e.Records, e.Unit)
		signed, err := c.countersign(ctx, last)
		switch {
		case err == nil && bornOut(w, e, last):
			e.Signatures = verdict.Signatures{Outcome: verdict.Countersigned, By: signed.by, At: signed.stated}
			return verdict.Judge(e)
		case err == nil:
			return c.dispute(e, last)
		case errors.Is(err, ErrDiffers):
			differed = true
		default:
			failed++
		}
		if !differed && (failed == tries || errors.Is(err, ErrBusy)) || !wait(ctx, patience) {
			return c.withheld(e, last, differed)
		}
		e = anew()
	}
}

// wait pauses before another reading; false where there is no time for one.
func wait(ctx context.Context, patience <-chan time.Time) bool {
	select {
	case <-time.After(again):
		return true
	case <-patience:
		return false
	case <-ctx.Done():
		return false
	}
}

func (c *Countersigner) withheld(e verdict.Evidence, f trace.Facts, differed bool) verdict.Answer {
	if differed {
		return c.dispute(e, f)
	}
	e.Signatures.Outcome = verdict.Unsigned
	return verdict.Judge(e)
}

// bornOut reports whether the facts alone lead to what would be said: records hold
// more than facts, and nobody signed that.
func bornOut(w verdict.Weighed, e verdict.Evidence, f trace.Facts) bool {
	alone := facts.Evidence(f, e.Now)
	alone.ByOwner, alone.Seller, alone.Market = e.ByOwner, e.Seller, e.Market
	b := verdict.Weigh(alone)
	if w.Verdict == verdict.Genuine {
		return b.Verdict == verdict.Genuine
	}
	return b.Owner == verdict.Genuine
}

// dispute says that nothing can be said, sounds the alarm and keeps both sides.
func (c *Countersigner) dispute(e verdict.Evidence, f trace.Facts) verdict.Answer {
	c.disputes.total.Inc()
	c.log.Error("records and ledger differ", "gtin", f.GTIN, "lot", f.Lot, "index", f.Index)
	c.disputes.keep(c.ledger, f, c.log)
	e.Signatures.Outcome = verdict.Disputed
	return verdict.Judge(e)
}

// disputes keeps both sides, a few at a time: of a database that differs everywhere
// not every unit has to be kept.
type disputes struct {
	kept   Disputes
	places chan struct{}
	total  prometheus.Counter
}

func newDisputes(kept Disputes) disputes {
	return disputes{kept: kept, places: make(chan struct{}, 2), total: prometheus.NewCounter(prometheus.CounterOpts{
		Name: "touchstone_disputed_facts_total",
		Help: "Answers withheld because the read model and what organisations signed differ.",
	})}
}

func (d disputes) keep(ledger Ledger, ours trace.Facts, log *slog.Logger) {
	select {
	case d.places <- struct{}{}:
	default:
		return
	}
	go func() {
		defer func() { <-d.places }()
		ctx, cancel := context.WithTimeout(context.Background(), evident)
		defer cancel()
		if err := d.kept.Disputed(ctx, ours, stated(ctx, ledger, ours)); err != nil {
			log.Error(
				"disputed facts are not kept", "gtin", ours.GTIN, "lot", ours.Lot, "index", ours.Index, "error",
				err,
			)
		}
	}()
}

// stated is what one peer says of the unit now; nil where none answers.
func stated(ctx context.Context, ledger Ledger, ours trace.Facts) *trace.Facts {
	request, err := trace.Marshal(trace.FactsRequest{Units: []trace.FactsAsked{facts.Asked(ours)}})
	if err != nil {
		return nil
	}
	answer, err := ledger.Evaluate(ctx, string(trace.GetFacts), string(request))
	if err != nil {
		return nil
	}
	var theirs []trace.Facts
	if json.Unmarshal(answer, &theirs) != nil || len(theirs) != 1 {
		return nil
	}
	return &theirs[0]
}

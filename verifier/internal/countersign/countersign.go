// Package countersign has the facts that a verdict rests on signed by peers of two
// organisations while the shopper waits (decision 90). Those who ask within a few
// milliseconds share a pair of signatures.
//
// It knows nothing of SQL, HTTP or Fabric's client, and has no rule of its own: it
// says whether the ledger states the same facts, who signed that, and when.
package countersign

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Ledger has queries endorsed by peers of two organisations; Evaluate asks one peer alone.
type Ledger interface {
	Endorse(ctx context.Context, query, request string) (proof.Answer, error)
	Evaluate(ctx context.Context, query, request string) ([]byte, error)
}

// Heights tells how long the chain is, and when that was last so; zero where it is not known (see verifier/internal/level).
type Heights interface {
	Latest() (blocks uint64, at time.Time)
}

// ErrDiffers says that the ledger states other facts than those asked about.
var ErrDiffers = errors.New("the ledger states other facts")

// ErrBusy says that more is asked than can be answered.
var ErrBusy = errors.New("too many facts wait for signatures")

const (
	gather   = 6 * time.Millisecond // how long the first of a group waits for others
	inFlight = 24                   // groups before peers at one time
	queued   = 2048                 // units that wait for a group
	askTime  = 1300 * time.Millisecond
	keep     = time.Second      // how long an agreement serves whoever asks the same: a recall shows within two
	still    = 30 * time.Second // how long it does while the ledger has no further block, of which peers are asked twice a second
	recent   = still            // how long what was signed for a verdict serves its proof
	keptMost = 4096
)

// Countersigner is safe for concurrent use.
type Countersigner struct {
	ledger    Ledger
	heights   Heights // nil: not known
	authority *proof.Authority
	maxAge    time.Duration
	now       func() time.Time
	log       *slog.Logger
	queue     chan *asking
	places    chan struct{}
	kept      kept
	disputes  disputes
	settle    time.Duration
	outcomes  *prometheus.CounterVec
	seconds   prometheus.Histogram
}

// New makes a Countersigner that believes signatures by the trust, of answers not
// older than maxAge. It serves while Run runs.
func New(
	ledger Ledger, heights Heights, trust proof.Trust, maxAge time.Duration, kept Disputes, log *slog.Logger,
	metrics *prometheus.Registry,
) (*Countersigner, error) {
	authority, err := proof.NewAuthority(trust)
	if err != nil {
		return nil, err
	}
	c := &Countersigner{
		ledger:    ledger,
		heights:   heights,
		authority: authority,
		maxAge:    maxAge,
		now:       time.Now,
		log:       log,
		queue:     make(chan *asking, queued),
		places:    make(chan struct{}, inFlight),
		disputes:  newDisputes(kept),
		settle:    settle,
		outcomes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "touchstone_countersigned_total",
			Help: "Units whose facts two organisations were asked to sign, by what came of it: agreed, differs or unanswered.",
		}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "touchstone_countersign_seconds",
			Help:    "Time until facts were signed by two organisations, for whoever waited.",
			Buckets: []float64{.0025, .005, .01, .025, .05, .1, .25, .5, 1, 2},
		}),
	}
	for _, outcome := range []string{agreed, differs, unanswered} {
		c.outcomes.WithLabelValues(outcome) // so that there is a number before there is one to count
	}
	metrics.MustRegister(c.outcomes, c.seconds, c.disputes.total)
	return c, nil
}

// asking is one unit's facts on their way.
type asking struct {
	waits context.Context // whoever asked has left once it is over
	facts trace.Facts
	leaf  []byte // the facts' canonical JSON
	done  chan struct{}
	got   agreement
	err   error
}

// Countersign has facts signed, and waits for it as long as the context lasts. The
// error is ErrDiffers where the organisations signed that the ledger states other facts;
// any other one means that no two of them have said anything that can be believed.
func (c *Countersigner) Countersign(ctx context.Context, f trace.Facts) (proof.Signed, error) {
	a, err := c.countersign(ctx, f)
	return a.signed, err
}

func (c *Countersigner) countersign(ctx context.Context, f trace.Facts) (agreement, error) {
	leaf, err := trace.Marshal(f)
	if err != nil {
		return agreement{}, err
	}
	if a, found := c.kept.get(string(leaf), c.now(), still); found && c.holds(a) {
		return a, nil
	}
	began := c.now()
	a := &asking{waits: ctx, facts: f, leaf: leaf, done: make(chan struct{})}
	select {
	case c.queue <- a:
	default:
		return agreement{}, c.count(ErrBusy)
	}
	select {
	case <-a.done:
		c.seconds.Observe(c.now().Sub(began).Seconds())
		return a.got, c.count(a.err)
	case <-ctx.Done():
		return agreement{}, c.count(ctx.Err())
	}
}

// holds reports whether what was agreed on may be said again: for a moment in any case, and for longer while the
// ledger has not got a block since before it was asked about.
func (c *Countersigner) holds(a agreement) bool {
	now := c.now()
	if now.Sub(a.at) < keep {
		return true
	}
	blocks, at := c.height()
	return blocks > 0 && blocks == a.blocks && now.Sub(at) < keep && now.Sub(a.stated) < min(still, c.maxAge/2)
}

func (c *Countersigner) height() (blocks uint64, at time.Time) {
	if c.heights == nil {
		return 0, time.Time{}
	}
	return c.heights.Latest()
}

// Recent gives what was signed of the same facts a moment ago, for proofs of a verdict that was given then.
func (c *Countersigner) Recent(f trace.Facts) (proof.Signed, bool) {
	leaf, err := trace.Marshal(f)
	if err != nil {
		return proof.Signed{}, false
	}
	a, found := c.kept.get(string(leaf), c.now(), recent)
	return a.signed, found
}

// What comes of asking.
const (
	agreed     = "agreed"
	differs    = "differs"
	unanswered = "unanswered"
)

func (c *Countersigner) count(err error) error {
	outcome := unanswered
	switch {
	case err == nil:
		outcome = agreed
	case errors.Is(err, ErrDiffers):
		outcome = differs
	}
	c.outcomes.WithLabelValues(outcome).Inc()
	return err
}

// Run gathers what is asked into groups until the context ends. While all places
// are taken, groups fill up.
func (c *Countersigner) Run(ctx context.Context) {
	for {
		var group []*asking
		select {
		case <-ctx.Done():
			return
		case a := <-c.queue:
			group = append(group, a)
		}
		for soon, place := time.After(gather), chan<- struct{}(nil); place == nil || len(group) > 0; {
			var more <-chan *asking
			if len(group) < trace.MaxFacts {
				more = c.queue
			} else {
				place = c.places
			}
			select {
			case <-ctx.Done():
				return
			case a := <-more:
				group = append(group, a)
			case <-soon:
				place = c.places
			case place <- struct{}{}:
				go func(group []*asking) {
					c.ask(ctx, group)
					<-c.places
				}(group)
				group = nil
			}
		}
	}
}

// ask asks about a group. Where its root is another one, each unit is asked about
// alone, for the others may well agree.
func (c *Countersigner) ask(ctx context.Context, group []*asking) {
	if group = slices.DeleteFunc(group, func(a *asking) bool { return a.waits.Err() != nil }); len(group) == 0 {
		return // nobody waits for it
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	err := c.state(ctx, group)
	if errors.Is(err, ErrDiffers) && len(group) > 1 {
		for _, a := range group {
			c.ask(ctx, []*asking{a})
		}
		return
	}
	if err != nil && !errors.Is(err, ErrDiffers) {
		c.log.Warn("facts are not signed", "units", len(group), "error", err)
	}
	for _, a := range group {
		a.err = err
		close(a.done)
	}
}

// state has a group's facts stated and signed, and gives each unit what was signed of it.
func (c *Countersigner) state(ctx context.Context, group []*asking) error {
	var request trace.FactsRequest
	leaves := make([][]byte, len(group))
	for i, a := range group {
		request.Units, leaves[i] = append(request.Units, facts.Asked(a.facts)), a.leaf
	}
	text, err := trace.Marshal(request)
	if err != nil {
		return err
	}
	blocks, _ := c.height()
	answer, err := c.ledger.Endorse(ctx, string(trace.StateFacts), string(text))
	if err != nil {
		return err
	}
	said, err := c.authority.Answered(answer, request, c.now(), c.maxAge)
	if err != nil {
		return err
	}
	root, err := hex.DecodeString(said.Root)
	if err != nil {
		return err
	}
	if !bytes.Equal(root, proof.Root(leaves)) {
		return ErrDiffers
	}
	for i, a := range group {
		s, err := signed(answer, a.facts, leaves, i)
		if err != nil {
			return err
		}
		a.got = agreement{signed: s, by: said.Signers, stated: said.At, at: c.now(), blocks: blocks}
		c.kept.put(string(a.leaf), a.got)
	}
	return nil
}

func signed(answer proof.Answer, f trace.Facts, leaves [][]byte, i int) (proof.Signed, error) {
	s := proof.Signed{Answer: answer, Index: i, Path: []proof.Hash{}, Facts: f}
	for _, step := range proof.Path(leaves, i) {
		var h proof.Hash
		if err := h.UnmarshalText([]byte(step)); err != nil {
			return s, fmt.Errorf("path: %w", err)
		}
		s.Path = append(s.Path, h)
	}
	return s, nil
}

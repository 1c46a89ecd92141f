package countersign

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// ledger states of every unit what it is asked about, with whatever is changed,
// and signs it as a network does.
type ledger struct {
	network *prooftest.Network
	numbers *prometheus.Registry
	change  func(*trace.Facts)
	before  func(context.Context) error
	spoil   func(*proof.Answer)
	calls   atomic.Int64
	units   atomic.Int64
	mu      sync.Mutex                         // the network is one
	known   func(trace.FactsAsked) trace.Facts // what it states; nil: see of

	disputed [][2]trace.Facts
}

func (l *ledger) Endorse(ctx context.Context, query, request string) (proof.Answer, error) {
	l.calls.Add(1)
	var r trace.FactsRequest
	if err := trace.Unmarshal([]byte(request), &r); err != nil || query != "StateFacts" {
		return proof.Answer{}, errors.New("not what the contract takes")
	}
	l.units.Add(int64(len(r.Units)))
	if l.before != nil {
		if err := l.before(ctx); err != nil {
			return proof.Answer{}, err
		}
	}
	var all []trace.Facts
	for _, u := range r.Units {
		f := l.of(u)
		if l.change != nil {
			l.change(&f)
		}
		all = append(all, f)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.network.At = time.Now()
	answer := l.network.State(all, func(s *prooftest.Stated) { s.Request = r })[0].Answer
	if l.spoil != nil {
		l.spoil(&answer)
	}
	return answer, nil
}

func (l *ledger) Evaluate(_ context.Context, _, request string) ([]byte, error) {
	var r trace.FactsRequest
	if err := trace.Unmarshal([]byte(request), &r); err != nil {
		return nil, err
	}
	f := l.of(r.Units[0])
	if l.change != nil {
		l.change(&f)
	}
	return trace.Marshal([]trace.Facts{f})
}

func (l *ledger) Disputed(_ context.Context, records trace.Facts, theirs *trace.Facts) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.disputed = append(l.disputed, [2]trace.Facts{records, *theirs})
	return nil
}

func (l *ledger) of(u trace.FactsAsked) trace.Facts {
	if l.known != nil {
		return l.known(u)
	}
	return of(u.Index)
}

// of is a unit that nothing stands against.
func of(index int64) trace.Facts {
	return trace.Facts{
		GTIN:  "06998801000036",
		Lot:   "L",
		Index: index,
		Batch: &trace.Batch{
			GTIN:       "06998801000036",
			Lot:        "L",
			Quantity:   1 << 20,
			Producer:   "maker",
			ProducedOn: "2026-09-01",
			Status:     trace.BatchRegistered,
		},
		Product: &trace.Product{GTIN: "06998801000036", Name: trace.Text{ZhCN: "茶"}, Owner: "maker"},
		Place:   &trace.Place{Holder: "shop", State: trace.Sold},
		Left:    true,
		Recalls: []trace.Recall{},
		Rulings: []trace.Ruled{},
		Parties: []trace.Party{
			{
				ID:       "maker",
				Roles:    []trace.Role{trace.RoleProducer},
				Status:   trace.StatusQualified,
				Prefixes: []string{"6998801"},
			},
			{ID: "shop", Roles: []trace.Role{trace.RoleSeller}, Status: trace.StatusQualified},
		},
	}
}

func start(t *testing.T, l *ledger) *Countersigner {
	t.Helper()
	l.network, l.numbers = prooftest.New(t), prometheus.NewRegistry()
	c, err := New(l, nil, l.network.Trust, time.Minute, l, slog.New(slog.DiscardHandler), l.numbers)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan struct{})
	go func() { c.Run(ctx); close(ran) }()
	t.Cleanup(func() { stop(); <-ran })
	return c
}

// TestSharedSignatures: many who ask at one time share signatures, and each gets
// what proves its own unit.
func TestSharedSignatures(t *testing.T) {
	l := &ledger{}
	c := start(t, l)
	var asked sync.WaitGroup
	for i := range int64(64) {
		asked.Go(func() {
			s, err := c.Countersign(context.Background(), of(i))
			if err != nil {
				t.Error(err)
				return
			}
			said, err := proof.VerifySigned(s, l.network.Trust, "06998801000036", "L", i, time.Minute)
			if err != nil || len(said.Signers) < 2 {
				t.Errorf("unit %d: %+v %v", i, said, err)
			}
		})
	}
	asked.Wait()
	if n := l.calls.Load(); n > 32 {
		t.Errorf("%d proposals for 64 units", n)
	}
}

// TestKept: who asks the same again within a moment is served from memory; not for long, and not for other facts.
func TestKept(t *testing.T) {
	l := &ledger{}
	c := start(t, l)
	var clock atomic.Int64
	begin := time.Now()
	c.now = func() time.Time { return begin.Add(time.Duration(clock.Load())) }
	ask := func(f trace.Facts) {
		if _, err := c.Countersign(context.Background(), f); err != nil && !errors.Is(err, ErrDiffers) {
			t.Error(err)
		}
	}
	ask(of(1))
	ask(of(1))
	other := of(1)
	other.Left = false
	ask(other)
	clock.Store(int64(keep))
	ask(of(1))
	if _, found := c.Recent(of(1)); !found {
		t.Error("nothing is kept for the proof")
	}
	clock.Add(int64(recent))
	if _, found := c.Recent(of(1)); found {
		t.Error("kept for too long")
	}
	if n := l.calls.Load(); n != 3 {
		t.Errorf("%d proposals, want 3", n)
	}
	for i := range int64(3 * keptMost) {
		c.kept.put(strconv.FormatInt(i, 10), agreement{at: c.now()})
	}
	if n := len(c.kept.newer) + len(c.kept.older); n > keptMost {
		t.Errorf("%d are kept", n)
	}
}

// chain is one of so many blocks, as peers told at a moment.
type chain struct {
	blocks uint64
	at     time.Time
}

func (c *chain) Latest() (uint64, time.Time) { return c.blocks, c.at }

// TestUnchanged: while the ledger has no further block nothing is asked again, for half a minute; any block, or a
// ledger that nobody has told of lately, ends that.
func TestUnchanged(t *testing.T) {
	l, heights := &ledger{}, &chain{}
	c := start(t, l)
	c.heights = heights
	now := time.Now()
	c.now = func() time.Time { return now }
	pass := func(d time.Duration, blocks uint64, told time.Duration, want int64, what string) {
		t.Helper()
		now = now.Add(d)
		*heights = chain{blocks, now.Add(-told)}
		before := l.calls.Load()
		if _, err := c.Countersign(context.Background(), of(1)); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got := l.calls.Load() - before; got != want {
			t.Errorf("%s: %d proposals, want %d", what, got, want)
		}
	}
	pass(0, 9, 0, 1, "the first")
	pass(20*time.Second, 9, keep/2, 0, "no further block")
	pass(0, 9, keep, 1, "nobody has told lately")
	pass(keep, 10, 0, 1, "a further block")
	pass(keep, 10, 0, 0, "no further one")
	pass(still, 10, 0, 1, "half a minute later")
	pass(keep, 0, 0, 1, "a chain that nobody knows")
}

// TestDiffers: of a group in which the ledger states something else of one unit, that one differs and the others agree.
func TestDiffers(t *testing.T) {
	l := &ledger{change: func(f *trace.Facts) { f.Left = f.Index != 3 }}
	c := start(t, l)
	var asked sync.WaitGroup
	for i := range int64(8) {
		asked.Go(func() {
			if _, err := c.Countersign(context.Background(), of(i)); errors.Is(err, ErrDiffers) != (i == 3) ||
				i != 3 && err != nil {
				t.Errorf("unit %d: %v", i, err)
			}
		})
	}
	asked.Wait()
}

// TestNotBelieved: what is not signed by two organisations' peers, about this request, and now.
func TestNotBelieved(t *testing.T) {
	for name, spoil := range map[string]func(*ledger){
		"nobody answers":       func(l *ledger) { l.before = func(context.Context) error { return errors.New("no peer answers") } },
		"one signature":        func(l *ledger) { l.spoil = func(a *proof.Answer) { a.Endorsements = a.Endorsements[:1] } },
		"the same twice":       func(l *ledger) { l.spoil = func(a *proof.Answer) { a.Endorsements[1] = a.Endorsements[0] } },
		"a changed answer":     func(l *ledger) { l.spoil = func(a *proof.Answer) { a.Response[len(a.Response)-3] ^= 1 } },
		"a changed request":    func(l *ledger) { l.spoil = func(a *proof.Answer) { a.Proposal[len(a.Proposal)-9] ^= 1 } },
		"a changed signature":  func(l *ledger) { l.spoil = func(a *proof.Answer) { a.Endorsements[0].Signature[9] ^= 1 } },
		"other organisations'": func(l *ledger) { l.network = prooftest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			l := &ledger{}
			c := start(t, l)
			spoil(l)
			if _, err := c.Countersign(context.Background(), of(1)); err == nil || errors.Is(err, ErrDiffers) {
				t.Errorf("believed: %v", err)
			}
		})
	}
}

// TestHangs: whoever asked leaves when its time is over; a ledger that hangs keeps
// no more than the places busy, and what cannot wait is refused at once.
func TestHangs(t *testing.T) {
	var now, most atomic.Int64
	l := &ledger{before: func(ctx context.Context) error {
		for n := now.Add(1); n > most.Load(); n = now.Load() {
			most.Store(n)
		}
		<-ctx.Done()
		now.Add(-1)
		return ctx.Err()
	}}
	c := start(t, l)
	ctx, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer stop()
	var asked sync.WaitGroup
	for i := range int64(queued + 2*inFlight*trace.MaxFacts) {
		asked.Go(func() {
			_, err := c.Countersign(ctx, of(i))
			if !errors.Is(err, ErrBusy) && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("unit %d: %v", i, err)
			}
		})
	}
	asked.Wait()
	if n := most.Load(); n > inFlight {
		t.Errorf("%d proposals at one time", n)
	}
}

// TestLeft: what nobody waits for any more is not asked.
func TestLeft(t *testing.T) {
	l := &ledger{}
	c := start(t, l)
	ctx, leave := context.WithCancel(context.Background())
	leave()
	for i := range int64(20) {
		if _, err := c.Countersign(ctx, of(i)); err == nil {
			t.Errorf("unit %d: signed for nobody", i)
		}
	}
	if _, err := c.Countersign(context.Background(), of(100)); err != nil {
		t.Error(err)
	}
	if n := l.units.Load(); n != 1 {
		t.Errorf("%d units were asked about, want the one that somebody waits for", n)
	}
}

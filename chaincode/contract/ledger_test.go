package contract

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"

	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// ledger runs the real chaincode over committed state in memory.
type ledger struct {
	t     testing.TB
	cc    shim.Chaincode
	now   time.Time // the endorser's clock
	at    time.Time // the proposer's
	state map[string][]byte
	txs   int
	told  []noted
}

// call is one transaction before a peer of the ledger.
type call struct {
	contracttest.Call
	l *ledger
}

// txID is the id of the newest transaction.
func (l *ledger) txID() string { return "tx-" + strconv.Itoa(l.txs) }

func (l *ledger) call(who identity, args ...string) *call {
	return &call{l: l, Call: contracttest.Call{
		State: l.state, TxID: l.txID(), Creator: who.serialized, At: l.at, Args: args,
	}}
}

// unread are the kinds of keys that are written without being read: new objects under ids of their
// own, and notes that no batch's story rests on.
var unread = map[string]bool{
	"anchor":          true,
	"booking":         true,
	"case":            true,
	"complaint-terms": true,
	"custody-terms":   true,
	"pending":         true,
	"prefix":          true,
	"returned":        true,
	"story":           true,
	"transformation":  true,
}

// wantReadBeforeWritten holds every transaction to what makes a batch's history provably complete (decision 91): a key
// that is written was read, so that its version before is among what endorsers sign.
func (c *call) wantReadBeforeWritten(name trace.Transaction) {
	c.l.t.Helper()
	for k := range c.Writes {
		if kind, _, _ := strings.Cut(strings.TrimPrefix(k, "\x00"), "\x00"); !c.Reads[k] && !unread[kind] {
			c.l.t.Fatalf("%s writes %q unread", name, k)
		}
	}
}

// noon is when the tests take place: a day in the middle of China's day.
var noon = time.Date(2026, 10, 2, 4, 0, 0, 0, time.UTC)

func newLedger(t testing.TB) *ledger {
	l := &ledger{t: t, now: noon, at: noon, state: map[string][]byte{}}
	cc, err := New(func() time.Time { return l.now })
	if err != nil {
		t.Fatal(err)
	}
	l.cc = cc
	return l
}

// fork gives an independent copy of the ledger.
func (l *ledger) fork(t testing.TB) *ledger {
	f := newLedger(t)
	f.now, f.at, f.state, f.txs, f.told = l.now, l.at, maps.Clone(l.state), l.txs, slices.Clone(l.told)
	return f
}

// sleep lets time pass, for the endorser and the proposer alike.
func (l *ledger) sleep(d time.Duration) { l.now, l.at = l.now.Add(d), l.at.Add(d) }

// invoke runs a chaincode function without committing it.
func (l *ledger) invoke(who identity, args ...string) (*call, []byte, error) {
	l.txs++
	c := l.call(who, args...)
	r := l.cc.Invoke(c)
	if r.Status == shim.OK {
		return c, r.Payload, nil
	}
	if e, ok := trace.ParseError(r.Message); ok {
		return c, nil, e
	}
	return c, nil, errors.New(r.Message)
}

// submit runs a transaction and commits it. Whatever the transaction, exactly
// one event equal to the answer goes with a success, and nothing with a refusal.
func (l *ledger) submit(who identity, name trace.Transaction, request any) (trace.Event, error) {
	l.t.Helper()
	text, ok := request.(string)
	if !ok {
		data, err := trace.Marshal(request)
		if err != nil {
			l.t.Fatal(err)
		}
		text = string(data)
	}
	c, payload, err := l.invoke(who, string(name), text)
	if err != nil {
		if len(c.Writes) > 0 || len(c.Events) > 0 {
			l.t.Fatalf("%s was refused (%v) but wrote %d keys and %d events", name, err, len(c.Writes), len(c.Events))
		}
		return trace.Event{}, err
	}
	if len(c.Events) != 1 || string(c.Events[0]) != string(payload) {
		l.t.Fatalf("%s emitted %d events %q and answered %q", name, len(c.Events), c.Events, payload)
	}
	if c.Paged {
		l.t.Fatalf("%s paged and wrote, which a peer refuses", name)
	}
	c.wantReadBeforeWritten(name)
	c.Commit()
	var e trace.Event
	if err := trace.Unmarshal(payload, &e); err != nil {
		l.t.Fatalf("%s: event: %v", name, err)
	}
	c.wantOfItsBatches(name, e)
	l.tell(c.GetTxID(), e, payload)
	return e, nil
}

// must is submit for what the test takes for granted.
func (l *ledger) must(who identity, name trace.Transaction, request any) trace.Event {
	l.t.Helper()
	e, err := l.submit(who, name, request)
	if err != nil {
		l.t.Fatalf("%s by %s: %v", name, who.name, err)
	}
	return e
}

// query answers a query into v.
func query[V any](l *ledger, who identity, name trace.Query, args ...string) (v V, err error) {
	l.t.Helper()
	c, payload, err := l.invoke(who, append([]string{string(name)}, args...)...)
	if len(c.Writes) > 0 {
		l.t.Fatalf("query %s wrote", name)
	}
	if err != nil {
		return v, err
	}
	return v, trace.Unmarshal(payload, &v)
}

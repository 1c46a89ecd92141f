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
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

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

// call is one transaction before a peer, as a chaincode sees it: it reads what
// is committed, never what it has written itself. What the contract does not
// use is left to the nil interface.
type call struct {
	shim.ChaincodeStubInterface
	l       *ledger
	creator []byte
	args    []string
	writes  map[string][]byte
	reads   map[string]bool
	singly  map[string]bool // read, and not in a range
	events  [][]byte
	paged   bool
}

func (c *call) GetTxID() string                   { return "tx-" + strconv.Itoa(c.l.txs) }
func (c *call) GetCreator() ([]byte, error)       { return c.creator, nil }
func (c *call) DelState(k string) error           { return c.PutState(k, nil) }
func (c *call) StartWriteBatch()                  {}
func (c *call) FinishWriteBatch() error           { return nil }
func (c *call) PutState(k string, v []byte) error { c.writes[k] = v; return nil }

func (c *call) GetTxTimestamp() (*timestamppb.Timestamp, error) { return timestamppb.New(c.l.at), nil }

func (c *call) GetFunctionAndParameters() (string, []string) { return c.args[0], c.args[1:] }

func (c *call) GetState(k string) ([]byte, error) {
	c.reads[k], c.singly[k] = true, true
	return c.l.state[k], nil
}

func (c *call) GetMultipleStates(keys ...string) (values [][]byte, err error) {
	for _, k := range keys {
		v, _ := c.GetState(k)
		values = append(values, v)
	}
	return values, nil
}

func (c *call) SetEvent(name string, payload []byte) error {
	if name != trace.EventName {
		return errors.New("unexpected event " + name)
	}
	c.events = append(c.events, payload)
	return nil
}

func (c *call) GetStateByPartialCompositeKey(kind string, parts []string) (shim.StateQueryIteratorInterface, error) {
	prefix, err := shim.CreateCompositeKey(kind, parts)
	found, _ := c.between(prefix, prefix+"\U0010FFFF", queryLimit)
	return found, err
}

func (c *call) GetStateByRange(from, to string) (shim.StateQueryIteratorInterface, error) {
	if strings.HasPrefix(from, "\x00") {
		return nil, errors.New("a range of composite keys, which the shim refuses")
	}
	found, _ := c.between(from, to, queryLimit)
	return found, nil
}

func (c *call) GetStateByPartialCompositeKeyWithPagination(
	kind string, parts []string, size int32, bookmark string,
) (shim.StateQueryIteratorInterface, *peer.QueryResponseMetadata, error) {
	prefix, err := shim.CreateCompositeKey(kind, parts)
	found, next := c.between(max(prefix, bookmark), prefix+"\U0010FFFF", min(int(size), queryLimit))
	c.paged = true
	return found, &peer.QueryResponseMetadata{FetchedRecordsCount: int32(len(*found)), Bookmark: next}, err
}

// queryLimit is a peer's ledger.state.totalQueryLimit: it ends any range there,
// without an error.
const queryLimit = 100_000

// between gives the committed keys from one up to another, no more than some,
// and the key after those.
func (c *call) between(from, to string, most int) (*rows, string) {
	found := &rows{}
	for _, k := range c.l.sortedKeys() {
		if k < from || k >= to {
			continue
		}
		if len(*found) == most {
			return found, k
		}
		c.reads[k] = true
		*found = append(*found, &queryresult.KV{Key: k, Value: c.l.state[k]})
	}
	return found, ""
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
	for k := range c.writes {
		if kind, _, _ := strings.Cut(strings.TrimPrefix(k, "\x00"), "\x00"); !c.reads[k] && !unread[kind] {
			c.l.t.Fatalf("%s writes %q unread", name, k)
		}
	}
}

func (l *ledger) sortedKeys() []string { return slices.Sorted(maps.Keys(l.state)) }

type rows []*queryresult.KV

func (r *rows) HasNext() bool { return len(*r) > 0 }
func (r *rows) Close() error  { return nil }
func (r *rows) Next() (*queryresult.KV, error) {
	first := (*r)[0]
	*r = (*r)[1:]
	return first, nil
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
	c := &call{
		l: l, creator: who.serialized, args: args,
		writes: map[string][]byte{}, reads: map[string]bool{}, singly: map[string]bool{},
	}
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
		if len(c.writes) > 0 || len(c.events) > 0 {
			l.t.Fatalf("%s was refused (%v) but wrote %d keys and %d events", name, err, len(c.writes), len(c.events))
		}
		return trace.Event{}, err
	}
	if len(c.events) != 1 || string(c.events[0]) != string(payload) {
		l.t.Fatalf("%s emitted %d events %q and answered %q", name, len(c.events), c.events, payload)
	}
	if c.paged {
		l.t.Fatalf("%s paged and wrote, which a peer refuses", name)
	}
	c.wantReadBeforeWritten(name)
	c.commit()
	var e trace.Event
	if err := trace.Unmarshal(payload, &e); err != nil {
		l.t.Fatalf("%s: event: %v", name, err)
	}
	c.wantOfItsBatches(name, e)
	l.tell(c.GetTxID(), e, payload)
	return e, nil
}

func (c *call) commit() {
	for k, v := range c.writes {
		if v == nil {
			delete(c.l.state, k)
		} else {
			c.l.state[k] = v
		}
	}
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
	if len(c.writes) > 0 {
		l.t.Fatalf("query %s wrote", name)
	}
	if err != nil {
		return v, err
	}
	return v, trace.Unmarshal(payload, &v)
}

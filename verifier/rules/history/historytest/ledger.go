// Package historytest is a ledger for tests of histories: the real contract, whose transactions are endorsed, ordered
// and signed as a network's are, with what they read and wrote.
package historytest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/contract"
	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// Contract is the contract's name.
const Contract = "touchstone"

// Ledger is the contract over a state in memory, and the chain of its blocks. Every transaction has a block of its own,
// but for what Beside adds.
type Ledger struct {
	Network *prooftest.Network
	Chain   *prooftest.Chain
	// Beside are transactions that stand in the next block before it.
	Beside []prooftest.Tx
	// Unnoted, where set, takes the notes out of what transactions write, as before there were any.
	Unnoted bool

	t       testing.TB
	cc      shim.Chaincode
	state   map[string]entry
	signers map[string][]byte
	last    string
	count   int
}

type entry struct {
	value []byte
	at    *kvrwset.Version
}

// New gives an empty one.
func New(t testing.TB) *Ledger {
	l := &Ledger{Network: prooftest.New(t), t: t, state: map[string]entry{}, signers: map[string][]byte{}}
	l.Network.At = time.Now().UTC().Add(-time.Hour)
	l.Chain = l.Network.Chain()
	var err error
	if l.cc, err = contract.New(func() time.Time { return l.Network.At }); err != nil {
		t.Fatal(err)
	}
	return l
}

// LastTx is the id of the last transaction that passed.
func (l *Ledger) LastTx() string { return l.last }

// Pass lets time pass.
func (l *Ledger) Pass(d time.Duration) { l.Network.At = l.Network.At.Add(d) }

func (l *Ledger) call(mspID, party string, args ...string) *call {
	if l.signers[mspID+party] == nil {
		l.signers[mspID+party] = contracttest.Member(mspID, party)
	}
	l.count++
	nonce := fmt.Sprintf("%024d", l.count)
	id := sha256.Sum256(slices.Concat([]byte(nonce), l.Network.Submitter.Serialized()))
	return &call{
		l: l, creator: l.signers[mspID+party], args: args, nonce: nonce, id: hex.EncodeToString(id[:]),
		reads: map[string]bool{}, writes: map[string][]byte{},
	}
}

// Submit runs a transaction of a party and, where it passes, puts it into a block.
func (l *Ledger) Submit(mspID, party string, name trace.Transaction, request any) (trace.Event, error) {
	l.t.Helper()
	text, err := trace.Marshal(request)
	if err != nil {
		l.t.Fatal(err)
	}
	c := l.call(mspID, party, string(name), string(text))
	payload, err := c.run()
	if err != nil {
		return trace.Event{}, err
	}
	var e trace.Event
	if err := trace.Unmarshal(payload, &e); err != nil {
		l.t.Fatal(err)
	}
	c.forget()
	l.Chain.Add(append(slices.Clone(l.Beside), prooftest.Tx{Event: e, Set: c.set(), Nonce: c.nonce})...)
	at := &kvrwset.Version{BlockNum: uint64(len(l.Chain.Blocks) - 1), TxNum: uint64(len(l.Beside))}
	l.Beside, l.last = nil, c.id
	for k, v := range c.writes {
		if l.state[k] = (entry{v, at}); v == nil {
			delete(l.state, k)
		}
	}
	return e, nil
}

// Raced runs a transaction that will not be valid: it stands beside the next one, and lost the race against it.
func (l *Ledger) Raced(mspID, party string, name trace.Transaction, request any) {
	l.t.Helper()
	text, err := trace.Marshal(request)
	if err != nil {
		l.t.Fatal(err)
	}
	c := l.call(mspID, party, string(name), string(text))
	payload, err := c.run()
	var e trace.Event
	if err := errors.Join(err, trace.Unmarshal(payload, &e)); err != nil {
		l.t.Fatal(err)
	}
	l.Beside = append(l.Beside, prooftest.Tx{
		Event: e, Set: c.set(), Nonce: c.nonce, Code: peer.TxValidationCode_MVCC_READ_CONFLICT,
	})
}

// Forge puts an event of a batch into a block that no contract made, with what it writes of the batch: kinds of keys and
// their values. The note is "right", "none", or another value.
func (l *Ledger) Forge(batch trace.HistoryRequest, e trace.Event, note string, writes map[string]string) prooftest.Tx {
	l.t.Helper()
	c := l.call(trace.ProducerMSP, "maker")
	key := func(kind string, more ...string) string {
		k, err := shim.CreateCompositeKey(kind, append([]string{batch.GTIN, batch.Lot}, more...))
		if err != nil {
			l.t.Fatal(err)
		}
		return k
	}
	for kind, value := range writes {
		c.writes[key(kind)] = []byte(value)
	}
	payload, err := trace.Marshal(e)
	if err != nil {
		l.t.Fatal(err)
	}
	if note == "right" {
		note = `"` + trace.EventDigest(payload) + `"`
	}
	if note != "none" {
		c.writes[key("story", c.id)] = []byte(note)
	}
	tx := prooftest.Tx{Event: e, Set: c.set(), Nonce: c.nonce}
	l.Chain.Add(tx)
	return tx
}

// Query answers a query of the contract.
func (l *Ledger) Query(name trace.Query, args ...string) ([]byte, error) {
	return l.call(trace.AuditorMSP, "reader", append([]string{string(name)}, args...)...).run()
}

// Statement has the organisations state a batch's history, after change, where there is one, has had its way with it.
func (l *Ledger) Statement(batch trace.HistoryRequest, change func(*trace.HistoryRoot, *kvrwset.KVRWSet)) []byte {
	l.t.Helper()
	request, err := trace.Marshal(batch)
	if err != nil {
		l.t.Fatal(err)
	}
	c := l.call(trace.AuditorMSP, "reader", string(trace.StateHistory), string(request))
	payload, err := c.run()
	if err != nil {
		l.t.Fatal(err)
	}
	set := c.set()
	if change != nil {
		var root trace.HistoryRoot
		if err := trace.Unmarshal(payload, &root); err != nil {
			l.t.Fatal(err)
		}
		change(&root, set)
		if payload, err = trace.Marshal(root); err != nil {
			l.t.Fatal(err)
		}
	}
	answer := l.Network.Answer(string(trace.StateHistory), request, Contract, &peer.ChaincodeAction{
		ChaincodeId: &peer.ChaincodeID{Name: Contract, Version: "1"}, Results: results(set),
		Response: &peer.Response{Status: 200, Payload: payload},
	})
	envelope, err := answer.Envelope()
	if err != nil {
		l.t.Fatal(err)
	}
	return envelope
}

func results(set *kvrwset.KVRWSet) []byte {
	inner, err := proto.Marshal(set)
	data, err2 := proto.Marshal(
		&rwset.TxReadWriteSet{NsRwset: []*rwset.NsReadWriteSet{{Namespace: Contract, Rwset: inner}}},
	)
	if err := errors.Join(err, err2); err != nil {
		panic(err)
	}
	return data
}

// File writes a batch's history, with a chain from a block on.
func (l *Ledger) File(batch trace.HistoryRequest, from uint64) []byte {
	l.t.Helper()
	return l.FileOf(l.Statement(batch, nil), from)
}

// FileOf writes the history that a statement is about.
func (l *Ledger) FileOf(statement []byte, from uint64) []byte {
	l.t.Helper()
	var out bytes.Buffer
	var previous proof.Hash
	if from > 0 {
		previous = proof.HeadOf(l.Chain.Blocks[from-1].GetHeader()).Hash
	}
	w, err := history.NewWriter(&out, Contract, statement, from, previous)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, b := range l.Chain.Blocks[from:] {
		if err := w.Block(b); err != nil {
			l.t.Fatal(err)
		}
	}
	if err := w.End(l.Chain.Blocks[len(l.Chain.Blocks)-1]); err != nil {
		l.t.Fatal(err)
	}
	return out.Bytes()
}

// call is one transaction before a peer. What the contract does not use is left to the nil interface.
type call struct {
	shim.ChaincodeStubInterface
	l         *Ledger
	creator   []byte
	args      []string
	nonce, id string
	reads     map[string]bool
	ranges    []*kvrwset.RangeQueryInfo
	writes    map[string][]byte
}

func (c *call) run() ([]byte, error) {
	r := c.l.cc.Invoke(c)
	if r.GetStatus() == shim.OK {
		return r.GetPayload(), nil
	}
	if refused, ok := trace.ParseError(r.GetMessage()); ok {
		return nil, refused
	}
	return nil, errors.New(r.GetMessage())
}

// forget takes the notes away where the ledger is one from before there were any.
func (c *call) forget() {
	for k := range c.writes {
		if c.l.Unnoted && bytes.HasPrefix([]byte(k), []byte("\x00story\x00")) {
			delete(c.writes, k)
		}
	}
}

// set is what was read and written, as a peer tells it.
func (c *call) set() *kvrwset.KVRWSet {
	set := &kvrwset.KVRWSet{RangeQueriesInfo: c.ranges}
	for _, k := range slices.Sorted(maps.Keys(c.reads)) {
		set.Reads = append(set.Reads, &kvrwset.KVRead{Key: k, Version: c.l.state[k].at})
	}
	for _, k := range slices.Sorted(maps.Keys(c.writes)) {
		v := c.writes[k]
		set.Writes = append(set.Writes, &kvrwset.KVWrite{Key: k, Value: v, IsDelete: v == nil})
	}
	return set
}

func (c *call) GetTxID() string                              { return c.id }
func (c *call) GetCreator() ([]byte, error)                  { return c.creator, nil }
func (c *call) DelState(k string) error                      { return c.PutState(k, nil) }
func (c *call) StartWriteBatch()                             {}
func (c *call) FinishWriteBatch() error                      { return nil }
func (c *call) PutState(k string, v []byte) error            { c.writes[k] = v; return nil }
func (c *call) SetEvent(string, []byte) error                { return nil }
func (c *call) GetFunctionAndParameters() (string, []string) { return c.args[0], c.args[1:] }

func (c *call) GetState(k string) ([]byte, error) {
	c.reads[k] = true
	return c.l.state[k].value, nil
}

func (c *call) GetTxTimestamp() (*timestamppb.Timestamp, error) {
	return timestamppb.New(c.l.Network.At), nil
}

func (c *call) GetMultipleStates(keys ...string) (values [][]byte, err error) {
	for _, k := range keys {
		v, _ := c.GetState(k)
		values = append(values, v)
	}
	return values, nil
}

func (c *call) GetStateByPartialCompositeKey(kind string, parts []string) (shim.StateQueryIteratorInterface, error) {
	prefix, err := shim.CreateCompositeKey(kind, parts)
	return c.under(prefix, prefix+"\U0010FFFF"), err
}

func (c *call) GetStateByRange(from, to string) (shim.StateQueryIteratorInterface, error) {
	return c.under(from, to), nil
}

func (c *call) GetStateByPartialCompositeKeyWithPagination(
	kind string, parts []string, _ int32, _ string,
) (shim.StateQueryIteratorInterface, *peer.QueryResponseMetadata, error) {
	found, err := c.GetStateByPartialCompositeKey(kind, parts)
	return found, &peer.QueryResponseMetadata{}, err
}

// mostRaw is how many keys of a range a peer tells one by one; of more it tells a hash.
const mostRaw = 50

func (c *call) under(from, to string) *rows {
	var found rows
	reads := &kvrwset.QueryReads{}
	for k, v := range c.l.state {
		if k >= from && k < to {
			found = append(found, &queryresult.KV{Key: k, Value: v.value})
		}
	}
	slices.SortFunc(found, func(a, b *queryresult.KV) int { return bytes.Compare([]byte(a.Key), []byte(b.Key)) })
	info := &kvrwset.RangeQueryInfo{StartKey: from, EndKey: to, ItrExhausted: true}
	for _, kv := range found {
		reads.KvReads = append(reads.KvReads, &kvrwset.KVRead{Key: kv.Key, Version: c.l.state[kv.Key].at})
	}
	info.ReadsInfo = &kvrwset.RangeQueryInfo_RawReads{RawReads: reads}
	if len(found) > mostRaw {
		info.ReadsInfo = &kvrwset.RangeQueryInfo_ReadsMerkleHashes{
			ReadsMerkleHashes: &kvrwset.QueryReadsMerkleSummary{MaxDegree: mostRaw},
		}
	}
	c.ranges = append(c.ranges, info)
	return &found
}

type rows []*queryresult.KV

func (r *rows) HasNext() bool { return len(*r) > 0 }
func (r *rows) Close() error  { return nil }
func (r *rows) Next() (*queryresult.KV, error) {
	first := (*r)[0]
	*r = (*r)[1:]
	return first, nil
}

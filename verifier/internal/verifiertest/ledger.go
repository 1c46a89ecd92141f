package verifiertest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/contract"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
)

// Ledger is the real contract over a state in memory, and a World whose read model
// is written from its events alone.
type Ledger struct {
	*World
	Now     time.Time
	cc      shim.Chaincode
	state   map[string][]byte
	signers map[string][]byte
}

// NewLedger gives an empty one.
func NewLedger(t testing.TB) *Ledger {
	t.Helper()
	l := &Ledger{
		World:   empty(t, databasetest.URL(t)),
		Now:     time.Now().UTC(),
		state:   map[string][]byte{},
		signers: map[string][]byte{},
	}
	var err error
	if l.cc, err = contract.New(func() time.Time { return l.Now }); err != nil {
		t.Fatal(err)
	}
	return l
}

// Submit runs a transaction of a party and, where it passes, commits and projects it.
func (l *Ledger) Submit(mspID, party string, name trace.Transaction, request any) (trace.Event, error) {
	l.t.Helper()
	text, err := trace.Marshal(request)
	if err != nil {
		l.t.Fatal(err)
	}
	c := &call{
		l:       l,
		creator: l.signer(mspID, party),
		args:    []string{string(name), string(text)},
		writes:  map[string][]byte{},
	}
	r := l.cc.Invoke(c)
	if r.GetStatus() != shim.OK {
		if refused, ok := trace.ParseError(r.GetMessage()); ok {
			return trace.Event{}, refused
		}
		return trace.Event{}, errors.New(r.GetMessage())
	}
	for k, v := range c.writes {
		if l.state[k] = v; v == nil {
			delete(l.state, k)
		}
	}
	var e trace.Event
	if err := trace.Unmarshal(r.GetPayload(), &e); err != nil {
		l.t.Fatal(err)
	}
	l.project(e)
	return e, nil
}

// Query answers a query of the contract.
func (l *Ledger) Query(name trace.Query, args ...string) ([]byte, error) {
	r := l.cc.Invoke(
		&call{l: l, creator: l.signer(trace.AuditorMSP, "reader"), args: append([]string{string(name)}, args...)},
	)
	if r.GetStatus() != shim.OK {
		return nil, errors.New(r.GetMessage())
	}
	return r.GetPayload(), nil
}

// LastTx is the id of the last transaction that passed.
func (l *Ledger) LastTx() string { return fmt.Sprintf("%064x", l.Height()) }

// Pass lets time pass.
func (l *Ledger) Pass(d time.Duration) { l.Now = l.Now.Add(d) }

func (l *Ledger) signer(mspID, name string) []byte {
	if l.signers[mspID+name] == nil {
		l.signers[mspID+name] = historytest.Creator(l.t, mspID, name)
	}
	return l.signers[mspID+name]
}

// call is one transaction before a peer. What the contract does not use is left to the nil interface.
type call struct {
	shim.ChaincodeStubInterface
	l       *Ledger
	creator []byte
	args    []string
	writes  map[string][]byte
}

func (c *call) GetTxID() string                              { return fmt.Sprintf("%064x", c.l.blocks+1) }
func (c *call) GetCreator() ([]byte, error)                  { return c.creator, nil }
func (c *call) DelState(k string) error                      { return c.PutState(k, nil) }
func (c *call) StartWriteBatch()                             {}
func (c *call) FinishWriteBatch() error                      { return nil }
func (c *call) PutState(k string, v []byte) error            { c.writes[k] = v; return nil }
func (c *call) SetEvent(string, []byte) error                { return nil }
func (c *call) GetState(k string) ([]byte, error)            { return c.l.state[k], nil }
func (c *call) GetFunctionAndParameters() (string, []string) { return c.args[0], c.args[1:] }

func (c *call) GetTxTimestamp() (*timestamppb.Timestamp, error) { return timestamppb.New(c.l.Now), nil }

func (c *call) GetMultipleStates(keys ...string) (values [][]byte, err error) {
	for _, k := range keys {
		values = append(values, c.l.state[k])
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

func (c *call) under(from, to string) *rows {
	var found rows
	for _, k := range slices.Sorted(maps.Keys(c.l.state)) {
		if strings.Compare(k, from) >= 0 && strings.Compare(k, to) < 0 {
			found = append(found, &queryresult.KV{Key: k, Value: c.l.state[k]})
		}
	}
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

package verifiertest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"

	"github.com/touchstone-trace/touchstone/chaincode/contract"
	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
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
	c := l.call(mspID, party, string(name), string(text))
	r := l.cc.Invoke(c)
	if r.GetStatus() != shim.OK {
		if refused, ok := trace.ParseError(r.GetMessage()); ok {
			return trace.Event{}, refused
		}
		return trace.Event{}, errors.New(r.GetMessage())
	}
	c.Commit()
	var e trace.Event
	if err := trace.Unmarshal(r.GetPayload(), &e); err != nil {
		l.t.Fatal(err)
	}
	l.project(e)
	return e, nil
}

// Query answers a query of the contract.
func (l *Ledger) Query(name trace.Query, args ...string) ([]byte, error) {
	r := l.cc.Invoke(l.call(trace.AuditorMSP, "reader", append([]string{string(name)}, args...)...))
	if r.GetStatus() != shim.OK {
		return nil, errors.New(r.GetMessage())
	}
	return r.GetPayload(), nil
}

// LastTx is the id of the last transaction that passed.
func (l *Ledger) LastTx() string { return fmt.Sprintf("%064x", l.Height()) }

// Pass lets time pass.
func (l *Ledger) Pass(d time.Duration) { l.Now = l.Now.Add(d) }

// call is one transaction of somebody.
func (l *Ledger) call(mspID, name string, args ...string) *contracttest.Call {
	return &contracttest.Call{
		State: l.state, TxID: fmt.Sprintf("%064x", l.blocks+1), Creator: l.signer(mspID, name), At: l.Now, Args: args,
	}
}

func (l *Ledger) signer(mspID, name string) []byte {
	if l.signers[mspID+name] == nil {
		l.signers[mspID+name] = contracttest.Member(mspID, name)
	}
	return l.signers[mspID+name]
}

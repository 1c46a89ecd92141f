package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/contract"
	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// oneProcess stands for Fabric between the real contract and the real read
// model: every transaction is a block of its own. Faults are set by tests.
type oneProcess struct {
	db    *store.Store // with the gateway's rights
	model *store.Store // with the projector's
	cc    shim.Chaincode

	mu         sync.Mutex
	state      map[string][]byte
	identities map[string][]byte
	at         record.Checkpoint

	crashAfterJournal bool // the gateway dies before it sends
	crashAfterCommit  bool // the gateway dies before it notes that the transaction is in a block
	unsent            map[string]func() (record.Commit, error)
	silentCommit      bool // the transaction is written, the answer is lost
	down              bool // no peer can be reached
	unread            bool // the read model does not come to the block
	sent              int
}

func newOneProcess(t testing.TB, db, model *store.Store) *oneProcess {
	cc, err := contract.New(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return &oneProcess{
		db:         db,
		model:      model,
		cc:         cc,
		state:      map[string][]byte{},
		identities: map[string][]byte{},
		unsent:     map[string]func() (record.Commit, error){},
	}
}

// Enrol makes a certificate as Fabric CA does.
func (l *oneProcess) Enrol(_ context.Context, mspID, party string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.identities[party] != nil {
		return nil
	}
	var attributes map[string]string
	if mspID == trace.PlatformMSP {
		attributes = contracttest.Operator
	}
	l.identities[party] = contracttest.Enrol(mspID, party, attributes)
	return nil
}

// Submit has the contract decide, journals, and projects the block.
func (l *oneProcess) Submit(ctx context.Context, call record.Call) (record.Commit, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return record.Commit{}, &record.Unavailable{Err: errors.New("no peer")}
	}
	stub, answer, err := l.invoke(call)
	if err != nil {
		return record.Commit{}, err
	}
	if err := l.db.Prepare(ctx, record.Pending{
		TxID:        stub.TxID,
		Party:       call.Party,
		Transaction: call.Transaction,
		Envelope:    []byte("signed"),
		Ref:         call.Ref,
		Note:        call.Note,
		PreparedAt:  time.Now(),
		Hold:        call.Hold,
	}); err != nil {
		return record.Commit{}, err
	}
	l.sent++
	commit := func() (record.Commit, error) {
		return l.commit(context.WithoutCancel(ctx), call, stub, answer)
	}
	switch {
	case l.crashAfterJournal:
		l.unsent[stub.TxID] = commit
		return record.Commit{}, &record.OutcomeUnknown{TxID: stub.TxID, Err: errors.New("killed")}
	case l.silentCommit || l.crashAfterCommit:
		if _, err := commit(); err != nil {
			return record.Commit{}, err
		}
		return record.Commit{}, &record.OutcomeUnknown{TxID: stub.TxID, Err: errors.New("no answer")}
	}
	return commit()
}

// call is one transaction of a party.
func (l *oneProcess) call(party string, args ...string) *contracttest.Call {
	id := sha256.Sum256([]byte(rand.Text()))
	return &contracttest.Call{
		State: l.state, TxID: hex.EncodeToString(id[:]), Creator: l.identities[party], At: time.Now(), Args: args,
	}
}

// invoke has the contract decide.
func (l *oneProcess) invoke(call record.Call) (*contracttest.Call, []byte, error) {
	stub := l.call(call.Party)
	request, err := trace.Marshal(call.Request)
	if err != nil {
		return stub, nil, err
	}
	stub.Args = []string{string(call.Transaction), string(request)}
	answer := l.cc.Invoke(stub)
	if answer.Status == shim.OK {
		return stub, answer.Payload, nil
	}
	if e, ok := trace.ParseError(answer.Message); ok {
		return stub, nil, e
	}
	return stub, nil, errors.New(answer.Message)
}

// Try has the contract decide, and forgets it.
func (l *oneProcess) Try(_ context.Context, call record.Call) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return &record.Unavailable{Err: errors.New("no peer")}
	}
	_, _, err := l.invoke(call)
	return err
}

func (l *oneProcess) commit(
	ctx context.Context, call record.Call, s *contracttest.Call, payload []byte,
) (record.Commit, error) {
	var e trace.Event
	if err := json.Unmarshal(payload, &e); err != nil {
		return record.Commit{}, err
	}
	number := l.at.NextBlock
	hash := sha256.Sum256([]byte(s.TxID))
	party := e.By
	tx := record.Tx{
		ID:        s.TxID,
		Code:      record.Valid,
		Function:  string(call.Transaction),
		MSP:       trace.PlatformMSP,
		Identity:  party,
		Endorsers: []string{"PlatformMSP/peer0", "ProducerMSP/peer0"},
		At:        e.At,
		Event:     &e,
		EventJSON: payload,
	}
	block := record.Block{Number: number, Hash: hash[:], PrevHash: hash[:], DataHash: hash[:], Txs: []record.Tx{tx}}
	to := record.Checkpoint{Channel: "trace", NextBlock: number + 1, LastHash: hash[:], CheckedAt: time.Now()}
	var units []trace.Line
	for _, m := range e.Moves {
		units = append(units, m.Line)
	}
	err := l.model.Project(ctx, l.at, to, units, func(held []record.Placed) (record.Changes, error) {
		return projector.Plan([]record.Block{block}, held)
	})
	if err == nil {
		err = l.model.Level(ctx, to.NextBlock)
	}
	if err != nil {
		return record.Commit{}, err
	}
	s.Commit()
	l.at = to
	if l.crashAfterCommit {
		return record.Commit{Position: record.Position{TxID: s.TxID}}, nil
	}
	err = l.db.Settle(ctx, s.TxID, record.Outcome{Block: number, Code: record.Valid})
	return record.Commit{Position: record.Position{TxID: s.TxID, Block: number}, Event: e}, err
}

// Resend commits what was journalled and not sent.
func (l *oneProcess) Resend(_ context.Context, p record.Pending) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.unsent[p.TxID]()
	return err
}

// WaitFor has nothing to wait for: Submit projects.
func (l *oneProcess) WaitFor(context.Context, uint64) error {
	if l.unread {
		return context.DeadlineExceeded
	}
	return nil
}

// BlockOf gives a block with the transaction and, behind it, another one.
func (l *oneProcess) BlockOf(_ context.Context, txID string) ([]byte, error) {
	envelopes := [][]byte{envelopeOf(txID), envelopeOf("another")}
	return proto.Marshal(
		&common.Block{
			Header: &common.BlockHeader{Number: 1, PreviousHash: make([]byte, 32), DataHash: make([]byte, 32)},
			Data: &common.BlockData{
				Data: envelopes,
			},
			Metadata: &common.BlockMetadata{Metadata: [][]byte{nil, nil, {0, 0}}},
		},
	)
}

func envelopeOf(txID string) []byte {
	header, _ := proto.Marshal(&common.ChannelHeader{TxId: txID, Timestamp: timestamppb.Now()})
	payload, _ := proto.Marshal(&common.Payload{Header: &common.Header{ChannelHeader: header}})
	envelope, _ := proto.Marshal(&common.Envelope{Payload: payload})
	return envelope
}

// Endorse states a history without events, whatever it is asked for.
func (l *oneProcess) Endorse(_ context.Context, query, request string) ([]byte, error) {
	return prooftest.New(nil).Answer(query, []byte(request), "touchstone", &peer.ChaincodeAction{
		Response: &peer.Response{Status: 200, Payload: []byte(`{"count":0}`)},
	}).Envelope()
}

func (l *oneProcess) BlockNumbered(ctx context.Context, _ uint64) ([]byte, error) {
	return l.BlockOf(ctx, "none")
}

// Peers are one that is level and one that does not answer.
func (l *oneProcess) Peers(context.Context) ([]record.PeerHealth, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return []record.PeerHealth{
		{
			MSP:          trace.PlatformMSP,
			Organization: "platform",
			Answers:      true,
			Height:       l.at.NextBlock,
			LastHash:     hex.EncodeToString(l.at.LastHash),
		},
		{MSP: trace.ProducerMSP, Organization: "producer"},
	}, nil
}

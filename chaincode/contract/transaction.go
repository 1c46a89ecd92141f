package contract

import (
	"time"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// maxSkew is how far a transaction's timestamp, which is the proposer's, may
// be from the endorser's clock.
const maxSkew = 5 * time.Minute

// maxRequest bounds a request, in bytes.
const maxRequest = 1 << 20

// transaction is what a rule has in hand: the ledger's state, who acts, when.
type transaction struct {
	*state
	name  trace.Transaction
	who   creator
	by    trace.Party // the acting party; see actor for the one case without
	at    time.Time
	today trace.Date
	moves []trace.Move

	containers []trace.Container // those that changed
}

// submit runs one transaction that writes: it decodes the request, finds who
// acts, holds that against trace.Transactions, runs the rule, and only when
// all of that is well writes the state and the event. A refusal writes nothing.
func submit[R any](c *Contract, ctx contractapi.TransactionContextInterface, name trace.Transaction, request string,
	rule func(*transaction, R) (trace.Event, error)) (string, error) {
	var r R
	if len(request) > maxRequest {
		return "", trace.Refuse(trace.RequestMalformed, "", "too_many_bytes", "bytes", len(request), "most", maxRequest)
	}
	if err := trace.Unmarshal([]byte(request), &r); err != nil {
		return "", err
	}
	t, err := c.begin(ctx, name)
	if err != nil {
		return "", err
	}
	event, err := rule(t, r)
	if err != nil {
		return "", err
	}
	return t.commit(event)
}

// begin opens a transaction for the party that signed it.
func (c *Contract) begin(ctx contractapi.TransactionContextInterface, name trace.Transaction) (*transaction, error) {
	at, err := c.timestamp(ctx)
	if err != nil {
		return nil, err
	}
	t := &transaction{state: newState(ctx.GetStub()), name: name, at: at, today: trace.DayOf(at)}
	if t.who, err = creatorOf(ctx.GetStub()); err != nil {
		return nil, err
	}
	if t.by, err = t.actor(); err != nil {
		return nil, err
	}
	return t, nil
}

// timestamp gives the transaction's time, to the millisecond, after holding it
// against the endorser's own clock.
func (c *Contract) timestamp(ctx contractapi.TransactionContextInterface) (time.Time, error) {
	stamp, err := ctx.GetStub().GetTxTimestamp()
	if err != nil {
		return time.Time{}, err
	}
	at := stamp.AsTime()
	if skew := at.Sub(c.now()); skew.Abs() > maxSkew {
		return time.Time{}, trace.Refuse(trace.ClockSkew, "", "clock_off", "by", skew.Round(time.Second))
	}
	return at.UTC().Truncate(time.Millisecond), nil
}

// commit writes what the rule has changed, notes its one event with the batches that it is about, and emits it.
func (t *transaction) commit(e trace.Event) (string, error) {
	e.At, e.By, e.Moves, e.Containers = t.at, t.by.ID, t.moves, t.containers
	payload, err := trace.Marshal(e)
	if err != nil {
		return "", err
	}
	if err := t.note(e, payload); err != nil {
		return "", err
	}
	if err := t.flush(); err != nil {
		return "", err
	}
	return string(payload), t.stub.SetEvent(trace.EventName, payload)
}

// ownName refuses a request that names somebody else as its author.
func (t *transaction) ownName(field, name string) error {
	if name != "" && name != t.by.ID {
		return trace.Refuse(trace.NotAllowed, field, "signs_as", "party", t.by.ID, "named", trace.Quoted(40, name))
	}
	return nil
}

// mustBeEmpty refuses a field that only the ledger fills.
func mustBeEmpty(field string, empty bool) error {
	if empty {
		return nil
	}
	return trace.Refuse(trace.FieldInvalid, field, "ledger_sets")
}

// allow gives the first refusal of several.
func allow(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

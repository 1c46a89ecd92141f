// Package contracttest is a peer for tests: it gives the contract what it reads from
// committed state in memory, and keeps what it writes. It knows nothing of the contract.
package contracttest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Call is one transaction before a peer, as a chaincode sees it: it reads what is
// committed, never what it has written itself. What the contract does not use is left
// to the nil interface.
type Call struct {
	shim.ChaincodeStubInterface
	State   map[string][]byte // what is committed
	TxID    string
	Creator []byte
	At      time.Time // the proposer's clock
	Args    []string  // the function's name first

	Writes map[string][]byte // nil for a key that is deleted
	Reads  map[string]bool
	Singly map[string]bool // read, and not in a range
	Events [][]byte
	Paged  bool
}

// Commit writes what the call wrote into the state.
func (c *Call) Commit() {
	for k, v := range c.Writes {
		if v == nil {
			delete(c.State, k)
		} else {
			c.State[k] = v
		}
	}
}

// GetTxID gives the transaction's id.
func (c *Call) GetTxID() string { return c.TxID }

// GetCreator gives who signed.
func (c *Call) GetCreator() ([]byte, error) { return c.Creator, nil }

// DelState deletes a key.
func (c *Call) DelState(k string) error { return c.PutState(k, nil) }

// StartWriteBatch changes nothing here.
func (c *Call) StartWriteBatch() {}

// FinishWriteBatch changes nothing here.
func (c *Call) FinishWriteBatch() error { return nil }

// GetFunctionAndParameters gives what is called, with what.
func (c *Call) GetFunctionAndParameters() (string, []string) { return c.Args[0], c.Args[1:] }

// GetTxTimestamp gives the proposer's time.
func (c *Call) GetTxTimestamp() (*timestamppb.Timestamp, error) { return timestamppb.New(c.At), nil }

// PutState keeps a write, which no read of this call sees.
func (c *Call) PutState(k string, v []byte) error {
	if c.Writes == nil {
		c.Writes = map[string][]byte{}
	}
	c.Writes[k] = v
	return nil
}

// GetState reads what is committed.
func (c *Call) GetState(k string) ([]byte, error) {
	c.read(k)
	if c.Singly == nil {
		c.Singly = map[string]bool{}
	}
	c.Singly[k] = true
	return c.State[k], nil
}

func (c *Call) read(k string) {
	if c.Reads == nil {
		c.Reads = map[string]bool{}
	}
	c.Reads[k] = true
}

// GetMultipleStates reads several keys.
func (c *Call) GetMultipleStates(keys ...string) (values [][]byte, err error) {
	for _, k := range keys {
		v, _ := c.GetState(k)
		values = append(values, v)
	}
	return values, nil
}

// SetEvent keeps an event of the one name that the contract uses.
func (c *Call) SetEvent(name string, payload []byte) error {
	if name != trace.EventName {
		return errors.New("unexpected event " + name)
	}
	c.Events = append(c.Events, payload)
	return nil
}

// GetStateByPartialCompositeKey reads the keys below a part of one.
func (c *Call) GetStateByPartialCompositeKey(kind string, parts []string) (shim.StateQueryIteratorInterface, error) {
	prefix, err := shim.CreateCompositeKey(kind, parts)
	found, _ := c.between(prefix, prefix+"\U0010FFFF", QueryLimit)
	return found, err
}

// GetStateByRange reads keys that are not composite, as the shim does.
func (c *Call) GetStateByRange(from, to string) (shim.StateQueryIteratorInterface, error) {
	if strings.HasPrefix(from, "\x00") {
		return nil, errors.New("a range of composite keys, which the shim refuses")
	}
	found, _ := c.between(from, to, QueryLimit)
	return found, nil
}

// GetStateByPartialCompositeKeyWithPagination reads a page of them.
func (c *Call) GetStateByPartialCompositeKeyWithPagination(
	kind string, parts []string, size int32, bookmark string,
) (shim.StateQueryIteratorInterface, *peer.QueryResponseMetadata, error) {
	prefix, err := shim.CreateCompositeKey(kind, parts)
	found, next := c.between(max(prefix, bookmark), prefix+"\U0010FFFF", min(int(size), QueryLimit))
	c.Paged = true
	return found, &peer.QueryResponseMetadata{FetchedRecordsCount: int32(len(*found)), Bookmark: next}, err
}

// QueryLimit is a peer's ledger.state.totalQueryLimit: it ends any range there,
// without an error.
const QueryLimit = 100_000

// between gives the committed keys from one up to another, no more than some,
// and the key after those.
func (c *Call) between(from, to string, most int) (*rows, string) {
	found := &rows{}
	for _, k := range slices.Sorted(maps.Keys(c.State)) {
		if k < from || k >= to {
			continue
		}
		if len(*found) == most {
			return found, k
		}
		c.read(k)
		*found = append(*found, &queryresult.KV{Key: k, Value: c.State[k]})
	}
	return found, ""
}

type rows []*queryresult.KV

func (r *rows) HasNext() bool { return len(*r) > 0 }
func (r *rows) Close() error  { return nil }
func (r *rows) Next() (*queryresult.KV, error) {
	first := (*r)[0]
	*r = (*r)[1:]
	return first, nil
}

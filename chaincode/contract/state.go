package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// state is the ledger as a transaction sees it: what is committed, under what
// the transaction has changed itself. A peer does not show a transaction its
// own writes; without this, the second line of a request would not see the first.
type state struct {
	stub  shim.ChaincodeStubInterface
	seen  map[string][]byte
	dirty map[string]bool
}

func newState(stub shim.ChaincodeStubInterface) *state {
	return &state{stub: stub, seen: map[string][]byte{}, dirty: map[string]bool{}}
}

// key is a composite key: the kind of object, then what names it.
type key []string

func (k key) String() string { return fmt.Sprintf("%q", []string(k)) }

func (k key) compose() (string, error) {
	if ordered[k[0]] {
		return k.simple()
	}
	composed, err := shim.CreateCompositeKey(k[0], k[1:])
	if err != nil {
		return "", fmt.Errorf("key %v: %w", k, err)
	}
	return composed, nil
}

// get reads the value of a key into v and says whether there is one.
func (s *state) get(k key, v any) (bool, error) {
	composed, err := k.compose()
	if err != nil {
		return false, err
	}
	data, known := s.seen[composed]
	if !known {
		if data, err = s.stub.GetState(composed); err != nil {
			return false, fmt.Errorf("read %v: %w", k, err)
		}
		s.seen[composed] = data
	}
	return decode(k, data, v)
}

// prefetch reads many keys in one exchange with the peer.
func (s *state) prefetch(keys []key) error {
	var missing []string
	for _, k := range keys {
		composed, err := k.compose()
		if err != nil {
			return err
		}
		if _, known := s.seen[composed]; !known {
			missing = append(missing, composed)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	missing = slices.Compact(missing)
	values, err := s.stub.GetMultipleStates(missing...)
	if err != nil {
		return fmt.Errorf("read %d keys: %w", len(missing), err)
	}
	for i, v := range values {
		s.seen[missing[i]] = v
	}
	return nil
}

func decode(k key, data []byte, v any) (bool, error) {
	if len(data) == 0 {
		return false, nil
	}
	if err := json.Unmarshal(data, v); err != nil {
		return false, fmt.Errorf("value of %v: %w", k, err)
	}
	return true, nil
}

// put sets a key to the canonical JSON of v; delete removes it.
func (s *state) put(k key, v any) error {
	data, err := trace.Marshal(v)
	if err != nil {
		return err
	}
	return s.set(k, data)
}

func (s *state) delete(k key) error { return s.set(k, nil) }

func (s *state) set(k key, data []byte) error {
	composed, err := k.compose()
	if err != nil {
		return err
	}
	s.seen[composed], s.dirty[composed] = data, true
	return nil
}

// flush hands the changes to the peer, in the order of their keys.
func (s *state) flush() error {
	s.stub.StartWriteBatch()
	for _, k := range slices.Sorted(maps.Keys(s.dirty)) {
		var err error
		if data := s.seen[k]; data == nil {
			err = s.stub.DelState(k)
		} else {
			err = s.stub.PutState(k, data)
		}
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return s.stub.FinishWriteBatch()
}

package contract

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// A peer ends a range at its ledger.state.totalQueryLimit, 100,000 keys by
// default, without a word. So nothing here takes the end of an iterator for the
// end of a range: scan pages, walk begins again behind the last key, and some,
// which can do neither, refuses to answer where it has seen that many.

// pageSize is how many keys one page asks for, well below any limit of a peer.
const pageSize = 10_000

// mostKeys is where some gives up: the smallest limit that a peer should have.
const mostKeys = 100_000

// row gets what follows the partial key, and the value.
type row func(rest []string, value []byte) error

// scan reads every committed value under a partial key, in key order, page by
// page. A peer lets a transaction that has paged write nothing, so scan is for
// queries, and for finding the words of a refusal.
func (s *state) scan(partial key, each row) error {
	for bookmark := ""; ; {
		rows, page, err := s.stub.GetStateByPartialCompositeKeyWithPagination(
			partial[0], partial[1:], pageSize, bookmark,
		)
		if err != nil {
			return fmt.Errorf("scan %v: %w", partial, err)
		}
		if _, _, err := s.drain(rows, partial, each); err != nil {
			return err
		}
		if bookmark = page.GetBookmark(); bookmark == "" {
			return nil
		}
	}
}

// ordered are the kinds of keys that rules walk before they write. The shim
// lets no range of composite keys begin in their middle, so these are plain.
var ordered = map[string]bool{"used": true}

// simple is a plain key of the same order as a composite one.
func (k key) simple() (string, error) {
	for _, part := range k {
		if !utf8.ValidString(part) || strings.ContainsAny(part, "\x00\U0010FFFF") {
			return "", fmt.Errorf("key %v: not plain text", k)
		}
	}
	return strings.Join(k, "\x00") + "\x00", nil
}

// walk reads every committed value under a partial key of an ordered kind, in
// key order. It is for rules as well as for queries.
func (s *state) walk(partial key, each row) error {
	prefix, err := partial.simple()
	if err != nil {
		return err
	}
	for from := prefix; ; {
		rows, err := s.stub.GetStateByRange(from, prefix+"\U0010FFFF")
		if err != nil {
			return fmt.Errorf("walk %v: %w", partial, err)
		}
		n, last, err := s.drain(rows, partial, each)
		if err != nil || n == 0 {
			return err
		}
		from = last + "\x00"
	}
}

// errEnough ends a scan early.
var errEnough = errors.New("enough is known")

// some says whether any committed value under a partial key passes. It is for
// rules; where a peer may have shown it a part only, it is an error.
func (s *state) some(partial key, pass func(rest []string, value []byte) (bool, error)) (bool, error) {
	rows, err := s.stub.GetStateByPartialCompositeKey(partial[0], partial[1:])
	if err != nil {
		return false, fmt.Errorf("scan %v: %w", partial, err)
	}
	n, _, err := s.drain(rows, partial, func(rest []string, value []byte) error {
		found, err := pass(rest, value)
		if found && err == nil {
			err = errEnough
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return true, nil
	}
	if err == nil && n >= mostKeys {
		err = trace.Refuse(trace.FieldInvalid, "", "too_many_entries", "most", mostKeys, "key", partial)
	}
	return false, err
}

// drain goes through an iterator and closes it; it gives the number of keys and the last one.
func (s *state) drain(rows shim.StateQueryIteratorInterface, partial key, each row) (n int, last string, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.HasNext() {
		kv, err := rows.Next()
		if err != nil {
			return n, last, fmt.Errorf("scan %v: %w", partial, err)
		}
		parts := strings.Split(strings.Trim(kv.Key, "\x00"), "\x00")
		n, last = n+1, kv.Key
		if err := each(parts[len(partial):], kv.Value); err != nil {
			return n, last, err
		}
	}
	return n, last, nil
}

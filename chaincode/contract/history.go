package contract

import (
	"encoding/hex"
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// storyKey holds the trace.EventDigest of one event of a batch. Each event has a
// key of its own, which nobody reads but StateHistory: of those who write to a
// batch at the same time, none collides by it (decision 91).
func storyKey(b trace.HistoryRequest, txID string) key { return key{"story", b.GTIN, b.Lot, txID} }

// note counts the event in the history of every batch that it is about.
func (t *transaction) note(e trace.Event, payload []byte) error {
	for _, b := range e.Batches() {
		if err := t.put(storyKey(b, t.stub.GetTxID()), trace.EventDigest(payload)); err != nil {
			return err
		}
	}
	return nil
}

// StateHistory takes a trace.HistoryRequest and answers the trace.HistoryRoot, for
// peers to sign. What it rests on is read key by key, so that the versions of all
// of it are signed as well.
func (c *Contract) StateHistory(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	at, err := c.timestamp(ctx)
	if err != nil {
		return "", err
	}
	return answer(ctx, func(s *state) (trace.HistoryRoot, error) {
		var r trace.HistoryRequest
		if err := trace.Unmarshal([]byte(request), &r); err != nil {
			return trace.HistoryRoot{}, err
		}
		if err := r.Check(); err != nil {
			return trace.HistoryRoot{}, err
		}
		h := trace.HistoryRoot{Version: trace.HistoryVersion, At: at, GTIN: r.GTIN, Lot: r.Lot}
		err := allow(s.addStanding(&h), s.addCount(&h), s.readSingly(r))
		return h, err
	})
}

// addStanding adds where the batch stands.
func (s *state) addStanding(h *trace.HistoryRoot) error {
	var errs [4]error
	h.Batch, errs[0] = s.batch(h.GTIN, h.Lot)
	h.Quality, errs[1] = value[trace.Quality](s, qualityKey(h.GTIN, h.Lot))
	h.Recalled, errs[2] = s.recalled(h.GTIN, h.Lot)
	h.Recalled = append([]trace.RecalledLine{}, h.Recalled...)
	h.Holdings, errs[3] = s.holdings(h.GTIN, h.Lot)
	return allow(errs[:]...)
}

// addCount adds the count of the batch's events and the root over them.
func (s *state) addCount(h *trace.HistoryRoot) error {
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	partial := storyKey(trace.HistoryRequest{GTIN: h.GTIN, Lot: h.Lot}, "")[:3]
	err := s.scan(partial, func(rest []string, value []byte) error {
		n := trace.HistoryNote{Tx: rest[0]}
		if _, err := decode(partial, value, &n.Event); err != nil {
			return err
		}
		leaf, err := trace.Marshal(n)
		if err != nil {
			return err
		}
		h.Count++
		return tree.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil)
	})
	if err != nil {
		return err
	}
	root, err := tree.GetRootHash(nil)
	if h.Count == 0 {
		root = rfc6962.DefaultHasher.EmptyRoot()
	}
	h.Root = hex.EncodeToString(root)
	return err
}

// singly are the kinds of keys, beside the batch's own, that hold where its units
// are and what they went through.
var singly = []string{"holding", "unit", "flag", "rulings"}

// readSingly reads each of these keys of a batch by itself. A range longer than
// fifty keys is in a read set as a hash only; a key that was read by itself is there
// with the version that it had.
func (s *state) readSingly(r trace.HistoryRequest) error {
	keys := []key{confirmedKey(r.GTIN, r.Lot), leftKey(r.GTIN, r.Lot)}
	for _, kind := range singly {
		partial := key{kind, r.GTIN, r.Lot}
		err := s.scan(partial, func(rest []string, _ []byte) error {
			keys = append(keys, slices.Concat(partial, rest))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.prefetch(keys)
}

package history

import (
	"errors"
	"io"
	"slices"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Writer writes a history as it goes: the statement first, then the chain's blocks in their order, then the end. It
// checks no signature; Verify does.
type Writer struct {
	out      io.Writer
	contract string
	batch    trace.HistoryRequest
	root     trace.HistoryRoot
	noted    int64
	next     uint64
	last     proof.Hash
	between  []proof.Hash
}

// mostBetween is how many data hashes stand in one line.
const mostBetween = 1000

// ErrBehind says that the blocks ended before all events that the statement counts.
var ErrBehind = errors.New("history: the blocks end before the events that the organisations counted")

// NewWriter begins a file with what the organisations answered to StateHistory, common.Envelope as a gateway prepares
// it, and the first block's number and the hash that it names.
func NewWriter(out io.Writer, contract string, answer []byte, from uint64, previous proof.Hash) (*Writer, error) {
	w := &Writer{out: out, contract: contract, next: from, last: previous}
	a, err := proof.ReadAnswer(answer)
	if err != nil {
		return nil, err
	}
	var response peer.ProposalResponsePayload
	var action peer.ChaincodeAction
	if err := errors.Join(
		proto.Unmarshal(a.Response, &response),
		proto.Unmarshal(response.GetExtension(), &action),
		trace.Unmarshal(action.GetResponse().GetPayload(), &w.root),
	); err != nil {
		return nil, err
	}
	w.batch = trace.HistoryRequest{GTIN: w.root.GTIN, Lot: w.root.Lot}
	statement, err := a.Envelope()
	if err != nil {
		return nil, err
	}
	return w, w.write(Head{Version, w.root.GTIN, w.root.Lot, statement, from, previous})
}

func (w *Writer) write(line any) error {
	data, err := trace.Marshal(line)
	if err != nil {
		return err
	}
	_, err = w.out.Write(append(data, '\n'))
	return err
}

// Next is the number of the block that comes next.
func (w *Writer) Next() uint64 { return w.next }

// Between adds a block without an event of the batch, by its data hash.
func (w *Writer) Between(data proof.Hash) error {
	w.step(data)
	w.between = append(w.between, data)
	if len(w.between) < mostBetween {
		return nil
	}
	return w.flush()
}

func (w *Writer) step(data proof.Hash) {
	w.last = proof.Header{Number: w.next, Previous: w.last, Data: data}.Hash()
	w.next++
}

func (w *Writer) flush() error {
	if len(w.between) == 0 {
		return nil
	}
	between := w.between
	w.between = nil
	return w.write(Part{Between: between})
}

// Block adds a block as a peer keeps it, with those of its transactions that are events of the batch up to what the
// statement counts.
func (w *Writer) Block(block *common.Block) error {
	b := Block{Number: w.next, Previous: w.last, Envelopes: block.GetData().GetData(), Events: w.events(block)}
	if len(b.Events) == 0 {
		return w.Between(proof.Hash(block.GetHeader().GetDataHash()))
	}
	var err error
	if b.Ordering, err = orderingOf(block); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	w.step(proof.Hash(block.GetHeader().GetDataHash()))
	return w.write(Part{Block: &b})
}

// events are the places of the batch's events in a block. Noted ones beyond the count came after the statement.
func (w *Writer) events(block *common.Block) (all []int) {
	metadata := block.GetMetadata().GetMetadata()
	if len(metadata) <= int(common.BlockMetadataIndex_TRANSACTIONS_FILTER) {
		return nil
	}
	flags := metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER]
	key := newReplay(w.batch).storyKey
	for i, envelope := range block.GetData().GetData() {
		if i >= len(flags) || peer.TxValidationCode(flags[i]) != peer.TxValidationCode_VALID {
			continue
		}
		told, ok := proof.ReadTold(envelope, w.contract)
		if !ok || !slices.Contains(told.Event.Batches(), w.batch) {
			continue
		}
		if slices.ContainsFunc(told.Writes, func(x proof.Write) bool { return x.Key == key(told.TxID) }) {
			if w.noted == w.root.Count {
				continue
			}
			w.noted++
		}
		all = append(all, i)
	}
	return all
}

// End ends the file with the chain's last block, which was added before.
func (w *Writer) End(last *common.Block) error {
	if w.noted != w.root.Count {
		return ErrBehind
	}
	ordering, err := orderingOf(last)
	if err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	return w.write(Part{End: &End{proof.Head{Number: w.next - 1, Hash: w.last}, ordering}})
}

func orderingOf(block *common.Block) (o Ordering, err error) {
	value, signatures, err := proof.OrderedBy(block)
	return Ordering{append([]byte{}, value...), append([]proof.OrderingSignature{}, signatures...)}, err
}

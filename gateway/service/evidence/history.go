package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
)

// Chain is the headers of the ledger's blocks, and which blocks have events of a batch. What it gives wrongly makes a
// file that fails, and none that deceives.
type Chain interface {
	// EventBlocks gives the numbers of the blocks with events of a batch, ascending, from one on, so many at most.
	EventBlocks(ctx context.Context, gtin, lot string, from uint64, most int) ([]uint64, error)
	// Headers gives the blocks' headers from one on, so many at most.
	Headers(ctx context.Context, from uint64, most int) ([]record.Header, error)
}

// Numbered gives a block, common.Block in protobuf, by its number.
type Numbered interface {
	BlockNumbered(ctx context.Context, number uint64) ([]byte, error)
}

// Endorser has a query endorsed by peers of two organisations, and answers the envelope that they signed.
type Endorser interface {
	Endorse(ctx context.Context, query, request string) ([]byte, error)
}

// page is how many headers, and how many blocks' numbers, are read at once.
const page = 1000

// levelled bounds how long the read model is waited for.
var levelled = wait.BackOff{First: 50 * time.Millisecond, Longest: time.Second}

const levelTime = 10 * time.Second

var errBehind = errors.New("the read model has not every block that the peers have")

// History gives a batch's whole history as a file that proves itself (package history). Its blocks carry the
// transactions of others too, so it is for those who see all. The chain of headers begins at from, or where that is 0
// with the batch's first event, and goes up to the newest block.
func (s *Service) History(
	ctx context.Context, c service.Caller, gtin, lot string, from uint64,
) (service.Download, error) {
	if !c.SeesAll() {
		return service.Download{}, service.Refuse(trace.NotAllowed, "", "history_of_others")
	}
	if _, err := s.Goods.Batch(ctx, c, gtin, lot); err != nil {
		return service.Download{}, err
	}
	if s.Trust == nil {
		return service.Download{}, &record.Unavailable{Err: errNoTrust}
	}
	request, err := trace.Marshal(trace.HistoryRequest{GTIN: gtin, Lot: lot})
	if err != nil {
		return service.Download{}, err
	}
	statement, err := s.Endorser.Endorse(ctx, string(trace.StateHistory), string(request))
	if err != nil {
		return service.Download{}, &record.Unavailable{Err: err}
	}
	last, err := s.level(ctx)
	if err != nil {
		return service.Download{}, err
	}
	f := &historyFile{s: s, ctx: ctx, gtin: gtin, lot: lot, last: last}
	return service.Download{
		ContentType: "application/jsonl",
		Name:        fmt.Sprintf("history-%s-%s.jsonl", gtin, lot),
		Write:       func(w io.Writer) error { return f.write(w, statement, from) },
	}, nil
}

// level waits until the read model has every block that the peers have now, and gives the last.
func (s *Service) level(ctx context.Context) (last uint64, err error) {
	ctx, cancel := context.WithTimeout(ctx, levelTime)
	defer cancel()
	all, err := s.Peers.Peers(ctx)
	if err != nil {
		return 0, err
	}
	var height uint64
	for _, p := range all {
		height = max(height, p.Height)
	}
	err = levelled.Until(ctx, func() error {
		at, err := s.Reconciliations.Checkpoint(ctx)
		if err == nil && (at.NextBlock < height || at.NextBlock == 0) {
			err = &record.Unavailable{Err: errBehind}
		}
		last = at.NextBlock - 1
		return err
	}, func(error, time.Duration) {})
	return last, err
}

// historyFile is a file on its way out.
type historyFile struct {
	s         *Service
	ctx       context.Context
	gtin, lot string
	last      uint64
	out       *history.Writer
}

func (f *historyFile) write(w io.Writer, statement []byte, from uint64) error {
	blocks, err := f.s.Chain.EventBlocks(f.ctx, f.gtin, f.lot, 0, page)
	if err != nil || len(blocks) == 0 {
		return errors.Join(err, history.ErrBehind)
	}
	first := blocks[0]
	if from > 0 {
		first = min(first, from)
	}
	headers, err := f.s.Chain.Headers(f.ctx, first, 1)
	if err != nil || len(headers) == 0 {
		return errors.Join(err, history.ErrBehind)
	}
	if f.out, err = history.NewWriter(w, f.s.Trust.Chaincode, statement, first, headers[0].Previous); err != nil {
		return err
	}
	for len(blocks) > 0 {
		for _, number := range blocks {
			if number > f.last {
				break
			}
			if err := f.event(number); err != nil {
				return err
			}
		}
		if blocks, err = f.s.Chain.EventBlocks(f.ctx, f.gtin, f.lot, blocks[len(blocks)-1]+1, page); err != nil {
			return err
		}
	}
	if err := f.between(f.last + 1); err != nil {
		return err
	}
	end, err := f.block(f.last)
	if err != nil {
		return err
	}
	return f.out.End(end)
}

// event writes the headers up to a block with events, and that block.
func (f *historyFile) event(number uint64) error {
	if err := f.between(number); err != nil {
		return err
	}
	block, err := f.block(number)
	if err != nil {
		return err
	}
	return f.out.Block(block)
}

func (f *historyFile) between(until uint64) error {
	for f.out.Next() < until {
		headers, err := f.s.Chain.Headers(f.ctx, f.out.Next(), int(min(page, until-f.out.Next())))
		if err != nil || len(headers) == 0 {
			return errors.Join(err, history.ErrBehind)
		}
		for _, h := range headers {
			if err := f.out.Between(h.Data); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *historyFile) block(number uint64) (*common.Block, error) {
	data, err := f.s.Numbered.BlockNumbered(f.ctx, number)
	if err != nil {
		return nil, err
	}
	block := &common.Block{}
	return block, proto.Unmarshal(data, block)
}

package codes

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// SerialSource keeps the serials that factories brought for their batches. They
// bear no tag, so a database has to be asked for each.
type SerialSource interface {
	ListedBatches(ctx context.Context) ([]trace.Batch, error)
	// Serial finds a serial, however it was typed, and gives it as printed.
	Serial(ctx context.Context, root [32]byte, typed string) (index int64, serial string, found bool, err error)
	// Serials gives those of count units from one on.
	Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error)
	// OddLots walks lots that are not plain (label.PlainLot), those of batches of
	// block from on, up to next; there are more where next is not from. They are all
	// that the ledger had when the read model was last level with it.
	OddLots(ctx context.Context, from int64, walk func(gtin, lot string)) (next int64, level time.Time, err error)
}

// listedEvery is how often the batches are read that list their serials. One is
// shipped long after it was registered.
const listedEvery = time.Second

// Serials remembers which batches list their serials, and which lots are easily
// misread, so that a forged code of any other batch is refused without a database
// and after a few tries, and also while there is no database.
type Serials struct {
	SerialSource
	known atomic.Pointer[map[lotName][]trace.Batch] // nil until they were read
	lots  label.Lots
	block int64        // up to which lots were read
	level atomic.Int64 // when lots were all that the ledger had, in Unix seconds
}

// lotName is a batch's GTIN, and what all spellings of its lot have in common.
type lotName struct{ gtin, lot string }

func nameOf(gtin, lot string) lotName { return lotName{gtin, label.FoldLot(lot)} }

// NewSerials knows nothing until Read or Follow has read the batches.
func NewSerials(source SerialSource) *Serials { return &Serials{SerialSource: source} }

// Read reads the batches that list their serials.
func (s *Serials) Read(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, visitor.AnswerTime)
	defer cancel()
	all, err := s.ListedBatches(ctx)
	if err != nil {
		return err
	}
	known := map[lotName][]trace.Batch{}
	for _, b := range all {
		name := nameOf(b.GTIN, b.Lot)
		known[name] = append(known[name], b)
	}
	s.known.Store(&known)
	return s.readLots(ctx)
}

// lotsHold is how long the lots that are known count as all that goods in shops
// can bear.
const lotsHold = time.Hour

// readLots reads the lots that are not plain of the batches that are new.
func (s *Serials) readLots(ctx context.Context) error {
	for room := true; ; {
		next, level, err := s.OddLots(
			ctx, s.block, func(gtin, lot string) { room = s.lots.Add(gs1.GTIN(gtin), lot) && room },
		)
		if err != nil {
			return err
		}
		if next == s.block {
			if room {
				s.level.Store(level.Unix())
			}
			return nil
		}
		s.block = next
	}
}

// likeLots are the lots that a lot may have been: see label.Known.
func (b *Book) likeLots(gtin gs1.GTIN, lot string) (lots []string, whole bool) {
	if b.Serials == nil {
		return nil, false
	}
	return b.Serials.lots.Like(gtin, lot), b.Now().Sub(time.Unix(b.Serials.level.Load(), 0)) < lotsHold
}

// Follow reads them again and again until the context ends. It says when they
// cannot be read, once.
func (s *Serials) Follow(ctx context.Context, log *slog.Logger) {
	failed := false
	wait.Every(ctx, listedEvery, func() {
		err := s.Read(ctx)
		if err != nil && !failed && ctx.Err() == nil {
			log.Warn("the batches with listed serials cannot be read", "error", err)
		}
		failed = err != nil
	})
}

// of gives the batches that a reading can mean; false where nobody knows them yet.
func (s *Serials) of(r label.Reading) (batches []trace.Batch, read bool) {
	known := s.known.Load()
	if known == nil {
		return nil, false
	}
	return (*known)[nameOf(string(r.GTIN), r.Lot)], true
}

// checkListed checks a code that bears no tag of ours: its batch may list its
// serials, which false says it does not. Where the lists cannot be read nobody can tell.
func (b *Book) checkListed(l label.Label) (c Code, listed bool) {
	if b.Serials == nil {
		return Code{}, false
	}
	for _, r := range l.Readings {
		batches, read := b.Serials.of(r)
		if !read {
			return Code{}, true
		}
		for _, batch := range batches {
			if c = b.onList(batch, r.Serial); c.State != verdict.CodeNotIssued {
				return c, true
			}
			listed = true
		}
	}
	return Code{State: verdict.CodeNotIssued}, listed
}

// onList finds a serial on the list of its batch.
func (b *Book) onList(batch trace.Batch, serial string) Code {
	ctx, cancel := context.WithTimeout(context.Background(), visitor.AnswerTime)
	defer cancel()
	root, err := unitsRoot(batch)
	if err != nil {
		return Code{}
	}
	index, printed, found, err := b.Serials.Serial(ctx, root, serial)
	switch {
	case err != nil:
		b.Log.Error("no listed serials for a verdict", "gtin", batch.GTIN, "lot", batch.Lot, "error", err)
		return Code{}
	case !found:
		return Code{State: verdict.CodeNotIssued}
	}
	return Code{
		State:  verdict.CodeIssued,
		Serial: printed,
		Epoch:  uint32(batch.KeyEpoch),
		Unit:   verdict.Unit{GTIN: batch.GTIN, Lot: batch.Lot, Index: index},
	}
}

// listedAround gives the serials that a proof of a listed unit is made from.
func (b *Book) listedAround(ctx context.Context, batch trace.Batch, from, count int64) ([]string, error) {
	root, err := unitsRoot(batch)
	if err != nil {
		return nil, err
	}
	return b.Serials.Serials(ctx, root, from, count)
}

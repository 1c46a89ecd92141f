package units

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

func rootOf(b trace.Batch) (root [32]byte, err error) {
	_, err = hex.Decode(root[:], []byte(b.UnitsRoot))
	return root, err
}

// serialPage is how many listed serials are read at a time.
const serialPage = 5_000

// keysFor gives a batch's keys for count units from one on, with their serials
// where those are listed.
func (s *Service) keysFor(ctx context.Context, b trace.Batch, from, count int64) (*seal.Batch, error) {
	keys, err := s.KeysOf(b)
	if err != nil || !b.Listed {
		return keys, err
	}
	root, err := rootOf(b)
	if err != nil {
		return nil, err
	}
	serials, err := s.Store.Serials(ctx, root, from, count)
	return keys.WithSerials(from, serials), err
}

// IndexOf finds a unit of a batch by its serial.
func (s *Service) IndexOf(ctx context.Context, b trace.Batch, serial string) (int64, bool, error) {
	if b.Listed {
		root, err := rootOf(b)
		if err != nil {
			return 0, false, err
		}
		return s.Store.SerialIndex(ctx, root, serial)
	}
	issued, ok := s.Keys.Check(gs1.GTIN(b.GTIN), b.Lot, seal.Normalise(serial))
	return issued.Index, ok && issued.Index < b.Quantity && int(issued.Epoch) == b.KeyEpoch, nil
}

// EndingsIn finds the units of a run whose serials end so.
func (s *Service) EndingsIn(
	ctx context.Context, b trace.Batch, run trace.Line, endings []string,
) (map[string][]int64, error) {
	if !b.Listed {
		keys, err := s.KeysOf(b)
		if err != nil {
			return nil, err
		}
		return keys.FindEndings(ctx, endings, run.From, run.To())
	}
	root, err := rootOf(b)
	if err != nil {
		return nil, err
	}
	found := map[string][]int64{}
	for _, ending := range endings {
		if found[ending], err = s.Store.SerialsEnding(
			ctx, root, strings.ToUpper(ending), run.From, run.Count,
		); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// KeysOf gives the keys of a batch; where its serials are listed they are not among them.
func (s *Service) KeysOf(b trace.Batch) (*seal.Batch, error) {
	return s.Keys.Batch(uint32(b.KeyEpoch), gs1.GTIN(b.GTIN), b.Lot)
}

// Taken gives those serials that units of the product in other lots have, with the lot.
func (s *Service) Taken(ctx context.Context, b trace.Batch, serials []string) (map[string]string, error) {
	read := map[string]string{}
	for _, serial := range serials {
		read[seal.Normalise(serial)] = serial
	}
	found, err := s.Store.SerialsTaken(ctx, b.GTIN, b.Lot, slices.Collect(maps.Keys(read)))
	taken := map[string]string{}
	for normal, lot := range found {
		taken[read[normal]] = lot
	}
	return taken, err
}

// SerialIn gives the serial of a unit of a batch.
func (s *Service) SerialIn(ctx context.Context, b trace.Batch, index int64) (string, error) {
	keys, err := s.keysFor(ctx, b, index, 1)
	if err != nil {
		return "", err
	}
	u, err := keys.Unit(index)
	return u.Serial, err
}

package service

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// BatchOrder is a batch to register. Serials, where there are any, are those
// that its factory has printed already, one for each unit in their order.
type BatchOrder struct {
	trace.Batch
	Serials []string `json:"serials,omitempty"`
}

// MaxSerials bounds the serials that one batch may bring.
const MaxSerials = 200_000

// Serials keeps the serials of batches that brought their own.
type Serials interface {
	SaveSerials(ctx context.Context, root [32]byte, serials []string) error
	Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error)
	SerialIndex(ctx context.Context, root [32]byte, serial string) (index int64, found bool, err error)
	SerialsTaken(ctx context.Context, gtin, but string, read []string) (lots map[string]string, err error)
	SerialsEnding(ctx context.Context, root [32]byte, ending string, from, count int64) ([]int64, error)
}

// withSerials holds the order's serials against the rules and the quantity.
func (o *BatchOrder) withSerials() error {
	o.Listed = len(o.Serials) > 0
	if !o.Listed {
		return nil
	}
	if o.Quantity != int64(len(o.Serials)) {
		return trace.Errorf(trace.QuantityInvalid, "quantity", "the batch has %d units and %d serials; there must be one for each", o.Quantity, len(o.Serials))
	}
	seen := map[string]int{}
	for i, serial := range o.Serials {
		field := fmt.Sprintf("serials.%d", i)
		if gs1.ValidateSerial(serial) != nil || serial == "." || serial == ".." {
			return trace.Errorf(trace.FieldInvalid, field, "%.40q is no serial: 1 to 20 letters, digits or signs of GS1's character set", serial)
		}
		read := seal.Normalise(serial)
		if first, double := seen[read]; double {
			return trace.Errorf(trace.FieldInvalid, field, "%.40q looks like the serial in place %d; each unit needs its own", serial, first+1)
		}
		seen[read] = i
	}
	return nil
}

// untaken refuses serials that units of the product have in other lots.
func (s *Service) untaken(ctx context.Context, o BatchOrder) error {
	if !o.Listed {
		return nil
	}
	taken, err := s.takenSerials(ctx, o.Batch, o.Serials)
	for i, serial := range o.Serials {
		if lot, is := taken[serial]; is {
			return serialTaken(fmt.Sprintf("serials.%d", i), serial, lot)
		}
	}
	return err
}

// guessable says what the serials that a factory brings are worth: whoever can
// guess one can print a label that is recognised.
func guessable(serials []string) []trace.Text {
	if len(serials) == 0 {
		return nil
	}
	if following(serials) {
		return []trace.Text{serialsFollow}
	}
	if bits := freedom(serials); bits < 30 {
		return []trace.Text{serialsGuessed.With(wording.Args{"many": fmt.Sprintf("%.0f", math.Exp2(max(bits, 0)))})}
	}
	return nil
}

// What is said of serials that can be guessed.
var (
	serialsFollow  = text("serials.follow")
	serialsGuessed = text("serials.guessed")
)

// following says whether most serials are the one before plus a small step.
func following(serials []string) bool {
	sorted := slices.Sorted(slices.Values(serials))
	near := 0
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		if len(a) == len(b) && commonPrefix(a, b) >= len(a)-2 {
			near++
		}
	}
	return len(sorted) > 1 && near > len(sorted)/2
}

func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// freedom is how many bits a guesser lacks: what the places that vary could
// hold, less the number of serials that are real.
func freedom(serials []string) float64 {
	bits, longest := 0.0, 0
	for _, s := range serials {
		longest = max(longest, len(s))
	}
	for place := range longest {
		signs := map[byte]bool{}
		for _, s := range serials {
			if place < len(s) {
				signs[s[place]] = true
			}
		}
		bits += math.Log2(float64(max(1, len(signs))))
	}
	return bits - math.Log2(float64(len(serials)))
}

func rootOf(b trace.Batch) (root [32]byte, err error) {
	_, err = hex.Decode(root[:], []byte(b.UnitsRoot))
	return root, err
}

// serialPage is how many listed serials are read at a time.
const serialPage = 5_000

// keysFor gives a batch's keys for count units from one on, with their serials
// where those are listed.
func (s *Service) keysFor(ctx context.Context, b trace.Batch, from, count int64) (*seal.Batch, error) {
	keys, err := s.unitKeys(b)
	if err != nil || !b.Listed {
		return keys, err
	}
	root, err := rootOf(b)
	if err != nil {
		return nil, err
	}
	serials, err := s.Secrets.Serials(ctx, root, from, count)
	return keys.WithSerials(from, serials), err
}

// indexOf finds a unit of a batch by its serial.
func (s *Service) indexOf(ctx context.Context, b trace.Batch, serial string) (int64, bool, error) {
	if b.Listed {
		root, err := rootOf(b)
		if err != nil {
			return 0, false, err
		}
		return s.Secrets.SerialIndex(ctx, root, serial)
	}
	issued, ok := s.Keys.Check(gs1.GTIN(b.GTIN), b.Lot, seal.Normalise(serial))
	return issued.Index, ok && issued.Index < b.Quantity && int(issued.Epoch) == b.KeyEpoch, nil
}

// serialIn gives the serial of a unit of a batch.
func (s *Service) SerialIn(ctx context.Context, b trace.Batch, index int64) (string, error) {
	keys, err := s.keysFor(ctx, b, index, 1)
	if err != nil {
		return "", err
	}
	u, err := keys.Unit(index)
	return u.Serial, err
}

// endingIn finds the units of a run whose serials end so.
func (s *Service) endingsIn(ctx context.Context, b trace.Batch, run trace.Line, endings []string) (map[string][]int64, error) {
	if !b.Listed {
		keys, err := s.unitKeys(b)
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
		if found[ending], err = s.Secrets.SerialsEnding(ctx, root, strings.ToUpper(ending), run.From, run.Count); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// stated refuses to label goods that were made before they were registered
// until an inspector has said what they are.
func (s *Service) stated(ctx context.Context, b trace.Batch) error {
	if !b.Legacy {
		return nil
	}
	q, _, err := s.Quality.Quality(ctx, b.GTIN, b.Lot)
	if err != nil {
		return err
	}
	if q.Status(true) == trace.QualityAwaiting {
		return trace.Errorf(trace.BatchNotReleased, "lot", "lot %s was made before it was registered; an inspector looks at it first, then it is labelled", b.Lot)
	}
	return q.MayBeUsed(true)
}

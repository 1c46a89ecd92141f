package goods

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/gateway/service"
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

// WithSerials holds the order's serials against the rules and the quantity.
func (o *BatchOrder) WithSerials() error {
	o.Listed = len(o.Serials) > 0
	if !o.Listed {
		return nil
	}
	if o.Quantity != int64(len(o.Serials)) {
		return service.Refuse(
			trace.QuantityInvalid, "quantity", "serial_for_each", "units", o.Quantity, "serials", len(o.Serials),
		)
	}
	seen := map[string]int{}
	for i, serial := range o.Serials {
		field := fmt.Sprintf("serials.%d", i)
		if gs1.ValidateSerial(serial) != nil || serial == "." || serial == ".." {
			return service.Refuse(trace.FieldInvalid, field, "no_serial", "serial", trace.Quoted(40, serial))
		}
		read := seal.Normalise(serial)
		if first, double := seen[read]; double {
			return service.Refuse(
				trace.FieldInvalid, field, "serial_alike", "serial", trace.Quoted(40, serial), "place", first+1,
			)
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
	taken, err := s.units.Taken(ctx, o.Batch, o.Serials)
	for i, serial := range o.Serials {
		if lot, is := taken[serial]; is {
			return SerialTaken(fmt.Sprintf("serials.%d", i), serial, lot)
		}
	}
	return err
}

// Guessable says what the serials that a factory brings are worth: whoever can
// guess one can print a label that is recognised.
func Guessable(serials []string) []trace.Text {
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

// SerialTaken refuses a serial that a unit of another lot has.
func SerialTaken(field, serial, lot string) error {
	return service.Refuse(trace.FieldInvalid, field, "serial_taken", "serial", trace.Quoted(40, serial), "lot", lot)
}

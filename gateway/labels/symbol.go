package labels

import (
	"fmt"
	"math"
	"strings"

	"github.com/boombuler/barcode/datamatrix"
	"rsc.io/qr/coding"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Symbol names a kind of two-dimensional code.
type Symbol string

// The symbols. Any phone opens a QR code, which holds the unit's address. A GS1 DataMatrix is
// smaller and is what hospitals' and tills' readers expect; it holds the unit's GS1 element string
// and no address, so shoppers scan it on the page /scan.
const (
	QR         Symbol = "qr" // also where none is named
	DataMatrix Symbol = "datamatrix"
)

const (
	minModule = 0.4 // millimetres; below, phones fail on worn labels
	maxModule = 0.6 // above, the code crowds out the text without being read any better
)

// code is the room that the codes of a file share, so that every label looks the same, and how to draw one.
type code struct {
	modules int     // a side of the largest, without the quiet zone
	quiet   int     // modules of white around the code
	module  float64 // millimetres
	draw    func(Unit) ([][]bool, error)
}

// side is the code's width with its quiet zone, in millimetres.
func (c code) side() float64 { return float64(c.modules+2*c.quiet) * c.module }

// margin is the width of the quiet zone, in millimetres.
func (c code) margin() float64 { return float64(c.quiet) * c.module }

// inset is how far into the room a code begins that is smaller than the largest.
func (c code) inset(bits [][]bool) float64 { return float64((c.modules-len(bits))/2) * c.module }

// fitCode finds the code for the units within a square of the given size. The module is a whole number of the printer's
// dots, so that all modules are printed alike.
func fitCode(symbol Symbol, sample Unit, room, dot float64) (code, error) {
	smallest := math.Inf(1)
	for _, c := range candidates(symbol, sample) {
		least := math.Ceil(minModule/dot-1e-9) * dot
		most := math.Floor(math.Min(maxModule, room/float64(c.modules+2*c.quiet))/dot+1e-9) * dot
		if c.module = most; most >= least {
			return c, nil
		}
		smallest = math.Min(smallest, least*float64(c.modules+2*c.quiet))
	}
	if math.IsInf(smallest, 1) {
		return code{}, refuse(trace.FieldInvalid, "lot", "address_long")
	}
	return code{}, refuse(
		trace.FieldInvalid, "template", "code_room", "need", decimal(1, smallest), "room", decimal(1, room),
	)
}

// candidates are the codes that hold any unit like the sample, the best first.
func candidates(symbol Symbol, sample Unit) (all []code) {
	if symbol == DataMatrix {
		sample = longestLike(sample)
		if bits, err := drawDataMatrix(sample); err == nil {
			all = append(
				all, code{modules: len(bits), quiet: 1, draw: drawDataMatrix},
			) // ISO/IEC 16022 asks for one module
		}
		return all
	}
	longest := longestAddress(sample.URI)
	for _, level := range []coding.Level{coding.M, coding.L} {
		if q, fits := newQRCode(longest, level); fits {
			all = append(all, code{modules: q.side(), quiet: 4, draw: q.draw}) // ISO/IEC 18004
		}
	}
	return all
}

// longestLike answers a unit with a serial of the same length that takes the most room in a
// DataMatrix: digits are packed in pairs, and serials differ in how many they have.
func longestLike(u Unit) Unit {
	longest := strings.Repeat("Z", len(u.Serial))
	stem, _ := splitAddress(u.URI)
	return Unit{URI: stem + longest, Serial: longest}
}

// drawDataMatrix makes the modules of a GS1 DataMatrix, in the smallest size that holds the unit.
func drawDataMatrix(u Unit) ([][]bool, error) {
	elements, err := gs1.ParseLink(u.URI, gs1.Options{})
	if err != nil {
		return nil, fmt.Errorf("labels: a unit's address is no Digital Link: %w", err)
	}
	fnc1 := string([]byte{datamatrix.FNC1})
	symbol, err := datamatrix.Encode(strings.ReplaceAll(elements.ElementString(), "^", fnc1))
	if err != nil {
		return nil, fmt.Errorf("labels: a unit does not fit a DataMatrix: %w", err)
	}
	side := symbol.Bounds().Dx()
	bits := make([][]bool, side)
	for y := range bits {
		bits[y] = make([]bool, side)
		for x := range bits[y] {
			r, _, _, _ := symbol.At(x, y).RGBA()
			bits[y][x] = r == 0
		}
	}
	return bits, nil
}

// runs calls f for each horizontal run of black modules.
func runs(bits [][]bool, f func(x, y, length int)) {
	for y, row := range bits {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				f(from, y, x-from)
			}
		}
	}
}

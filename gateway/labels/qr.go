package labels

import (
	"fmt"
	"math"
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const (
	minModule = 0.4 // millimetres; below, phones fail on worn labels
	maxModule = 0.6 // above, the code crowds out the text without being read any better
	quietZone = 4   // modules of white around the code (ISO/IEC 18004)
)

// code is the shape that all QR codes of a file share, so that every label looks the same.
type code struct {
	version int
	level   qrcode.RecoveryLevel
	modules int     // a side, without the quiet zone
	module  float64 // millimetres
}

// side is the code's width with its quiet zone, in millimetres.
func (c code) side() float64 { return float64(c.modules+2*quietZone) * c.module }

// fitCode finds the code for the units' URIs within a square of the given size. It prefers error correction level M and
// makes do with L. The module is a whole number of the printer's dots, so that all modules are printed alike.
func fitCode(sample Unit, room, dot float64) (code, error) {
	smallest := math.Inf(1)
	for _, level := range []qrcode.RecoveryLevel{qrcode.Medium, qrcode.Low} {
		q, err := qrcode.New(longestLike(sample), level)
		if err != nil {
			continue // too long at this level
		}
		c := code{version: q.VersionNumber, level: level, modules: 17 + 4*q.VersionNumber}
		least := math.Ceil(minModule/dot-1e-9) * dot
		most := math.Floor(math.Min(maxModule, room/float64(c.modules+2*quietZone))/dot+1e-9) * dot
		if c.module = most; most >= least {
			return c, nil
		}
		smallest = math.Min(smallest, least*float64(c.modules+2*quietZone))
	}
	if math.IsInf(smallest, 1) {
		return code{}, trace.Errorf(trace.FieldInvalid, "lot", "the address of a unit is too long for a QR code")
	}
	return code{}, trace.Errorf(trace.FieldInvalid, "template", "the code would need %.1f mm but the label has room for %.1f mm; choose a larger template", smallest, room)
}

// longestLike answers a URI of the same length that takes the most room in a code: digits pack closer than letters, and
// serials differ in how many they have.
func longestLike(u Unit) string {
	return strings.TrimSuffix(u.URI, u.Serial) + strings.Repeat("Z", len(u.Serial))
}

// draw makes the modules of one code, without the quiet zone, row by row.
func (c code) draw(uri string) ([][]bool, error) {
	q, err := qrcode.NewWithForcedVersion(uri, c.version, c.level)
	if err != nil {
		return nil, fmt.Errorf("labels: a unit's address does not fit the code of the first unit: %w", err)
	}
	q.DisableBorder = true
	return q.Bitmap(), nil
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

package label

import (
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// maxTries bounds the respelt lots that one text is tried with, over all its readings.
const maxTries = 2 * maxSpellings

// Issued gives the unit that a code means: of its readings, and of the ways in
// which the lot may have been spelt, the one that bears a tag of ours. It asks
// no database. What was read is tried first, for that is nearly always right.
func (l Label) Issued(keys *seal.Keyring) (Reading, seal.Issued, bool) {
	for _, r := range l.Readings {
		if issued, ok := keys.Check(r.GTIN, r.Lot, r.Serial); ok {
			return r, issued, true
		}
	}
	tries := maxTries
	for _, r := range l.Readings {
		if !seal.IsSerial(r.Serial) {
			continue
		}
		for _, lot := range LotSpellings(r.Lot)[1:] {
			if tries--; tries < 0 {
				return Reading{}, seal.Issued{}, false
			}
			if issued, ok := keys.CheckOnce(r.GTIN, lot, r.Serial); ok {
				return Reading{GTIN: r.GTIN, Lot: lot, Serial: r.Serial}, issued, true
			}
		}
	}
	return Reading{}, seal.Issued{}, false
}

package label

import (
	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// maxTries bounds the respelt lots that one text is tried with, over all its readings.
const maxTries = 2 * maxSpellings

// Known gives the lots of a product's batches that a lot may have been before it
// was carried in other letters, but for the plain one (PlainLot). whole is false
// where not all of them are known.
type Known func(gtin gs1.GTIN, lot string) (lots []string, whole bool)

// Issued gives the unit that a code means: of its readings, and of the ways in
// which the lot may have been spelt, the one that bears a tag of ours. It asks
// no database. What was read is tried first, for that is nearly always right.
func (l Label) Issued(keys *seal.Keyring, known Known) (Reading, seal.Issued, bool) {
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
		for _, lot := range respelt(r, known) {
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

// respelt gives the other lots that a reading's may have been: those that there
// are, or the likely ones where nobody knows them.
func respelt(r Reading, known Known) []string {
	lots, whole := known(r.GTIN, r.Lot)
	if !whole {
		return unique(append(append([]string{r.Lot}, lots...), LotSpellings(r.Lot)...))[1:]
	}
	return unique(append([]string{r.Lot, PlainLot(r.Lot)}, lots...))[1:]
}

package label

import (
	"slices"
	"strings"
)

// maxSpellings bounds how many spellings of a lot are tried.
const maxSpellings = 36

// FoldLot gives what all spellings of a lot have in common.
func FoldLot(lot string) string { return strings.ReplaceAll(strings.ToLower(lot), "o", "0") }

// PlainLot gives the one spelling that has capital letters and no O; most lots
// are written so, but for an O.
func PlainLot(lot string) string { return strings.ReplaceAll(strings.ToUpper(lot), "O", "0") }

// LotSpellings gives the lots that a lot may have been before it was written in
// other letters, itself first, then the likely ones: all in capitals, all in
// small letters, O and 0 taken for each other throughout. Then come mixtures,
// where they are not too many. A tag is of one lot only, so trying others cannot
// make a forged code a right one.
func LotSpellings(lot string) []string {
	all := []string{lot}
	if FoldLot(lot) == lot && !strings.ContainsAny(lot, "0abcdefghijklmnopqrstuvwxyz") {
		return all // digits and signs only
	}
	for _, s := range []string{strings.ToUpper(lot), strings.ToLower(lot), lot} {
		all = append(
			all, s, strings.NewReplacer("O", "0", "o", "0").Replace(s), strings.ReplaceAll(s, "0", "O"),
			strings.ReplaceAll(s, "0", "o"),
		)
	}
	return unique(append(all, mixed(lot)...))
}

// unique drops what has come before.
func unique(all []string) []string {
	kept := all[:0:0]
	for _, s := range all {
		if !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// mixed gives every mixture, none where there are more than maxSpellings.
func mixed(lot string) []string {
	all := []string{""}
	for i := range len(lot) {
		choices := spellings(lot[i])
		if len(all)*len(choices) > maxSpellings {
			return nil
		}
		var longer []string
		for _, begin := range all {
			for _, c := range choices {
				longer = append(longer, begin+string(c))
			}
		}
		all = longer
	}
	return all
}

// spellings gives what a character may have been.
func spellings(c byte) []rune {
	switch {
	case c == '0' || c == 'O' || c == 'o':
		return []rune("0Oo")
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return []rune{rune(c &^ 0x20), rune(c | 0x20)}
	}
	return []rune{rune(c)}
}

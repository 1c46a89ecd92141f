package label

import "strings"

// maxSpellings bounds how many spellings of a lot are tried.
const maxSpellings = 36

// LotSpellings gives the lots that a lot may have been before it was written in
// other letters, itself first: small letters and capitals, O and 0. Where a lot
// has too many of both for every mixture, it is tried in one kind throughout. A
// tag is of one lot only, so trying others cannot make a forged code a right one.
func LotSpellings(lot string) []string {
	all := []string{lot}
	mixtures, bounded := mixed(lot)
	if !bounded {
		for _, s := range []string{strings.ToUpper(lot), strings.ToLower(lot)} {
			mixtures = append(mixtures, s, strings.NewReplacer("O", "0", "o", "0").Replace(s), strings.ReplaceAll(s, "0", "O"), strings.ReplaceAll(s, "0", "o"))
		}
	}
	for _, s := range mixtures {
		if s != lot {
			all = append(all, s)
		}
	}
	return all
}

// mixed gives every mixture; false where there are more than maxSpellings.
func mixed(lot string) (all []string, bounded bool) {
	all = []string{""}
	for i := range len(lot) {
		choices := spellings(lot[i])
		if len(all)*len(choices) > maxSpellings {
			return nil, false
		}
		var longer []string
		for _, begin := range all {
			for _, c := range choices {
				longer = append(longer, begin+string(c))
			}
		}
		all = longer
	}
	return all, true
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

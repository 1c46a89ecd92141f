package seal

import "slices"

// lastDraw ends the drawing of a code that is no number: one in 10^117 gets here.
const lastDraw = 255

// lettered tells whether some of the last n characters of a number is a letter that no spreadsheet
// reads in a number: any but E, for 36547E83 is 3.6547E+87 to it.
func lettered(bits uint64, n int) bool {
	for range n {
		if c := alphabet[bits&31]; c > '9' && c != 'E' {
			return true
		}
		bits >>= 5
	}
	return false
}

// months are those whose short names a code can spell, for 12DEC024 is a day to a spreadsheet.
var months = []string{"JAN", "FEB", "MAR", "APR", "MAY", "SEP", "DEC"}

// dated tells whether a PIN has a month's name and is digits otherwise.
func dated(pin [PINLength]byte) bool {
	for at := range PINLength - 2 {
		if slices.Contains(months, string(pin[at:at+3])) && digits(pin[:at]) && digits(pin[at+3:]) {
			return true
		}
	}
	return false
}

func digits(text []byte) bool {
	return !slices.ContainsFunc(text, func(c byte) bool { return c > '9' })
}

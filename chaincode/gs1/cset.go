package gs1

import "strings"

// The GS1 AI encodable character sets (General Specifications 7.11), each in the order of its character values.
const (
	digits     = "0123456789"
	cset82     = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`
	cset39     = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	cset64     = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
	hexDigits  = "0123456789ABCDEFabcdef"
	unreserved = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"
)

// charset answers "is this byte a member" by table.
type charset [256]bool

func newCharset(members string) *charset {
	var c charset
	for i := 0; i < len(members); i++ {
		c[members[i]] = true
	}
	return &c
}

// index is the position of the first byte of s outside the set, or -1.
func (c *charset) index(s string) int {
	for i := 0; i < len(s); i++ {
		if !c[s[i]] {
			return i
		}
	}
	return -1
}

var (
	isDigit      = newCharset(digits)
	isCSET82     = newCharset(cset82)
	isCSET39     = newCharset(cset39)
	isCSET64     = newCharset(cset64)
	isHex        = newCharset(hexDigits)
	isUnreserved = newCharset(unreserved)
)

// cset82Value maps a byte to its character value 0..81, or -1.
var cset82Value = func() (v [256]int) {
	for i := range v {
		v[i] = strings.IndexByte(cset82, byte(i))
	}
	return v
}()

func allDigits(s string) bool { return isDigit.index(s) < 0 }

// maxText is the length of a lot, AI (10), and of a serial, AI (21): X..20.
const maxText = 20

// ValidateLot checks a batch or lot number: 1 to 20 characters of CSET 82 (AI 10).
func ValidateLot(lot string) error { return validateText("lot", lot) }

// ValidateSerial checks a serial number: 1 to 20 characters of CSET 82 (AI 21).
func ValidateSerial(serial string) error { return validateText("serial", serial) }

func validateText(field, s string) error {
	if s == "" || len(s) > maxText {
		return fault(ErrLength, field, "must have 1 to 20 characters")
	}
	if i := isCSET82.index(s); i >= 0 {
		return fault(
			ErrCharacter,
			field,
			"may use only letters A-Z and a-z, digits, and !\"%&'()*+,-./:;<=>?_ without spaces",
		)
	}
	return nil
}

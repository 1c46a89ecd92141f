package gs1

import (
	"fmt"
	"strings"
)

// GTIN is a Global Trade Item Number in its 14-digit form, with a right check digit. Only ParseGTIN makes one.
type GTIN string

// SSCC is a Serial Shipping Container Code: 18 digits with a right check digit. Only ParseSSCC makes one.
type SSCC string

// ParseGTIN reads a GTIN-8, -12, -13 or -14 and answers its 14-digit form, padded with zeros on the left
// (General Specifications 3.3.2).
func ParseGTIN(s string) (GTIN, error) {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return "", fault(ErrLength, "GTIN", "must have 8, 12, 13 or 14 digits")
	}
	if err := checkKey("GTIN", s); err != nil {
		return "", err
	}
	if strings.Trim(s, "0") == "" {
		return "", fault(ErrValue, "GTIN", "must not be all zeros")
	}
	return GTIN(strings.Repeat("0", 14-len(s)) + s), nil
}

// ParseSSCC reads an SSCC of 18 digits.
func ParseSSCC(s string) (SSCC, error) {
	if len(s) != 18 {
		return "", fault(ErrLength, "SSCC", "must have 18 digits")
	}
	if err := checkKey("SSCC", s); err != nil {
		return "", err
	}
	return SSCC(s), nil
}

// checkKey checks the digits and the check digit of a numeric key.
func checkKey(field, s string) error {
	if !allDigits(s) {
		return fault(ErrCharacter, field, "must consist of the digits 0 to 9")
	}
	last := len(s) - 1
	if want := CheckDigit(s[:last]); s[last] != want {
		return fault(
			ErrCheckDigit,
			field,
			fmt.Sprintf("the last digit is %c but the others call for %c, so one of them is mistyped", s[last], want),
		)
	}
	return nil
}

// ValidateCompanyPrefix checks a GS1 Company Prefix: 4 to 12 digits (General Specifications 1.4.2).
func ValidateCompanyPrefix(prefix string) error {
	if len(prefix) < 4 || len(prefix) > 12 {
		return fault(ErrLength, "company prefix", "must have 4 to 12 digits")
	}
	if !allDigits(prefix) {
		return fault(ErrCharacter, "company prefix", "must consist of the digits 0 to 9")
	}
	return nil
}

// HasCompanyPrefix tells whether the GTIN was allocated under a GS1 Company Prefix, written without
// the indicator digit. A U.P.C. company prefix is written with its leading zero. An invalid prefix
// holds no GTIN.
func (g GTIN) HasCompanyPrefix(prefix string) bool {
	return len(g) == 14 && ValidateCompanyPrefix(prefix) == nil && strings.HasPrefix(string(g[1:]), prefix)
}

// HasCompanyPrefix tells whether the SSCC was allocated under a GS1 Company Prefix, which follows the extension digit
// (General Specifications 3.2.1). An invalid prefix holds no SSCC.
func (s SSCC) HasCompanyPrefix(prefix string) bool {
	return len(s) == 18 && ValidateCompanyPrefix(prefix) == nil && strings.HasPrefix(string(s[1:]), prefix)
}

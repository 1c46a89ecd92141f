package gs1

import "strings"

// A linter checks the content of one component beyond its characters and length, and answers nil
// where it is right. Names and rules are those of the syntax dictionary.
type linter func(s string) *flaw

// flaw is an Error that does not know its field yet.
type flaw struct {
	kind error
	fix  string
}

var linters map[string]linter

func init() { // in init because the coupon checks use other linters
	linters = map[string]linter{
		"csum":          lintCheckDigit,
		"csumalpha":     lintCheckPair,
		"gcppos1":       func(s string) *flaw { return lintCompanyPrefix(s) },
		"gcppos2":       func(s string) *flaw { return lintCompanyPrefix(s[min(1, len(s)):]) },
		"yymmdd":        func(s string) *flaw { return lintDate(centuryOf(s)+s, false) },
		"yymmd0":        func(s string) *flaw { return lintDate(centuryOf(s)+s, true) },
		"yyyymmdd":      func(s string) *flaw { return lintDate(s, false) },
		"hh":            func(s string) *flaw { return lintBelow(s, 24, "the hour must be 00 to 23") },
		"mi":            func(s string) *flaw { return lintBelow(s, 60, "the minute must be 00 to 59") },
		"ss":            func(s string) *flaw { return lintBelow(s, 60, "the second must be 00 to 59") },
		"hhmi":          lintHourMinute,
		"latitude":      func(s string) *flaw { return lintAtMost(s, "1800000000", "the latitude is out of range") },
		"longitude":     func(s string) *flaw { return lintAtMost(s, "3600000000", "the longitude is out of range") },
		"iso3166":       lintIn(countryNumbers, "is not an ISO 3166-1 numeric country code"),
		"iso3166999":    lintCountryOr999,
		"iso3166alpha2": lintIn(countryLetters, "is not an ISO 3166-1 alpha-2 country code"),
		"iso4217":       lintIn(currencyNumbers, "is not an ISO 4217 numeric currency code"),
		"packagetype":   lintIn(packageTypes, "is not a package type code of UN/ECE Recommendation 21"),
		"mediatype":     lintIn(mediaTypes, "is not an AIDC media type"),
		"yesno":         lintIn(newCodeList("0 1"), "must be 0 for no or 1 for yes"),
		"winding":       lintIn(newCodeList("0 1 9"), "the winding direction must be 0, 1 or 9"),
		"iso5218":       lintIn(newCodeList("0 1 2 9"), "must be an ISO 5218 code: 0, 1, 2 or 9"),
		"hyphen":        func(s string) *flaw { return lintIf(strings.Trim(s, "-") != "", "must be a hyphen") },
		"importeridx":   lintImporter,
		"nonzero":       func(s string) *flaw { return lintIf(strings.Trim(s, "0") == "", "must not be zero") },
		"zero":          func(s string) *flaw { return lintIf(strings.Trim(s, "0") != "", "must be zero") },
		"nozeroprefix":  func(s string) *flaw { return lintIf(len(s) > 1 && s[0] == '0', "must not begin with 0") },
		"hasnondigit": func(s string) *flaw {
			return lintIf(allDigits(s), "must hold a character that is not a digit")
		},
		"pieceoftotal":   lintPieceOfTotal,
		"posinseqslash":  lintPositionInSequence,
		"pcenc":          lintPercentEncoding,
		"iban":           lintIBAN,
		"couponcode":     lintCoupon,
		"couponposoffer": lintCouponOffer,
	}
}

// lintIf reports a wrong value.
func lintIf(wrong bool, fix string) *flaw {
	if wrong {
		return &flaw{ErrValue, fix}
	}
	return nil
}

func lintIn(list codeList, fix string) linter {
	return func(s string) *flaw { return lintIf(!list[s], fix) }
}

func lintCheckDigit(s string) *flaw {
	if s == "" || !allDigits(s) || s[len(s)-1] != CheckDigit(s[:len(s)-1]) {
		return &flaw{ErrCheckDigit, "the check digit does not fit the other digits"}
	}
	return nil
}

func lintCheckPair(s string) *flaw {
	if len(s) < 2 {
		return &flaw{ErrLength, "is too short for its two check characters"}
	}
	if pair, ok := checkPair(s[:len(s)-2]); !ok || pair != s[len(s)-2:] {
		return &flaw{ErrCheckDigit, "the two check characters do not fit the others"}
	}
	return nil
}

// lintCompanyPrefix checks what can be known without a register: a GS1 Company Prefix has at least four digits.
func lintCompanyPrefix(s string) *flaw {
	return lintIf(len(s) < 4 || !allDigits(s[:4]), "must begin with a GS1 Company Prefix, of at least 4 digits")
}

func lintCountryOr999(s string) *flaw {
	return lintIf(s != "999" && !countryNumbers[s], "is neither an ISO 3166-1 numeric country code nor 999")
}

func lintImporter(s string) *flaw {
	return lintIf(len(s) != 1 || isCSET64.index(s) >= 0, "the importer index must be one of A-Z, a-z, 0-9, - and _")
}

// lintPieceOfTotal checks the piece number and the total, two digits each, of an ITIP.
func lintPieceOfTotal(s string) *flaw {
	piece, total := s[:len(s)/2], s[len(s)/2:]
	wrong := len(s)%2 != 0 || strings.Trim(piece, "0") == "" || strings.Trim(total, "0") == "" || piece > total
	return lintIf(wrong, "the piece number must be 1 up to the total")
}

// lintPositionInSequence checks "2/3": the second of three.
func lintPositionInSequence(s string) *flaw {
	wrong := len(s) != 3 || s[1] != '/' || !allDigits(s[:1]) || !allDigits(s[2:]) || s[0] == '0' || s[0] > s[2]
	return lintIf(wrong, "must be written as 2/3: the position, a slash, and the total")
}

func lintPercentEncoding(s string) *flaw {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && (i+2 >= len(s) || isHex.index(s[i+1:i+3]) >= 0) {
			return &flaw{ErrValue, "each % must be followed by two hexadecimal digits"}
		}
	}
	return nil
}

// lintIBAN checks an international bank account number (ISO 13616-1, checksum of ISO 7064 mod 97-10).
func lintIBAN(s string) *flaw {
	if len(s) <= 10 || len(s) > 34 {
		return &flaw{ErrLength, "an IBAN has 11 to 34 characters"}
	}
	if !countryLetters[s[:2]] {
		return &flaw{ErrValue, "an IBAN begins with an ISO 3166-1 alpha-2 country code"}
	}
	sum := 0
	for _, c := range []byte(s[4:] + s[:4]) {
		switch {
		case c >= '0' && c <= '9':
			sum = (sum*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			sum = (sum*100 + int(c-'A') + 10) % 97
		default:
			return &flaw{ErrCharacter, "an IBAN consists of capital letters and digits"}
		}
	}
	if sum != 1 {
		return &flaw{ErrCheckDigit, "the IBAN's check digits do not fit"}
	}
	return nil
}

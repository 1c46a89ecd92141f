package gs1

import "time"

// centuryOf answers the century of a date that begins with a two-digit year. The General Specifications (7.12) count 49
// years back and 50 on from today; a clock is no part of this package, so the window is 1972 to 2071, in which the
// century changes nothing but the name: every year divisible by four is a leap year.
func centuryOf(yymmdd string) string {
	if yymmdd >= "72" {
		return "19"
	}
	return "20"
}

// lintDate checks YYYYMMDD. Where dayOptional, day 00 stands for a day that is not given.
func lintDate(s string, dayOptional bool) *flaw {
	if dayOptional && len(s) == 8 && s[6:] == "00" {
		s = s[:6] + "01"
	}
	if _, err := time.Parse("20060102", s); err != nil {
		return &flaw{ErrValue, "is not a date: check the month, and the day of the month"}
	}
	return nil
}

func lintHourMinute(s string) *flaw {
	if len(s) != 4 {
		return &flaw{ErrLength, "the time must be written HHMM"}
	}
	if s[:2] >= "24" || s[2:] >= "60" {
		return &flaw{ErrValue, "the time must be 0000 to 2359"}
	}
	return nil
}

// lintBelow checks a two-digit number.
func lintBelow(s string, limit int, fix string) *flaw {
	return lintIf(len(s) != 2 || !allDigits(s) || int(s[0]-'0')*10+int(s[1]-'0') >= limit, fix)
}

// lintAtMost compares two numbers of the same length.
func lintAtMost(s, limit, fix string) *flaw {
	return lintIf(len(s) != len(limit) || s > limit, fix)
}

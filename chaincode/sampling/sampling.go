// Package sampling is single sampling for inspection by attributes after
// ISO 2859-1 (GB/T 2828.1): code letters, sample sizes, acceptance and
// rejection numbers, and the rules that switch between normal, tightened and
// reduced inspection.
//
// It is arithmetic over the standard's tables and knows nothing of lots,
// products or the ledger.
package sampling

import (
	"errors"
	"slices"
)

// Level is an inspection level of table 1: how much is looked at for a lot size.
type Level string

// Levels lists the special levels, from the smallest samples, and the general
// ones, of which II is the usual.
var Levels = []Level{"S-1", "S-2", "S-3", "S-4", "I", "II", "III"}

// AQL is an acceptance quality limit as the standard writes it: nonconforming
// units per hundred, or nonconformities per hundred units (above 10 only these).
type AQL string

// AQLs lists the 26 of the standard, from the strictest.
var AQLs = []AQL{
	"0.010",
	"0.015",
	"0.025",
	"0.040",
	"0.065",
	"0.10",
	"0.15",
	"0.25",
	"0.40",
	"0.65",
	"1.0",
	"1.5",
	"2.5",
	"4.0",
	"6.5",
	"10",
	"15",
	"25",
	"40",
	"65",
	"100",
	"150",
	"250",
	"400",
	"650",
	"1000",
}

// Severity is how strictly a producer's lots are judged at the time.
type Severity string

// The severities.
const (
	Normal    Severity = "normal"
	Tightened Severity = "tightened"
	Reduced   Severity = "reduced"
)

// Plan is a single sampling plan: look at SampleSize units; Accept
// nonconforming ones or fewer accept the lot, Reject or more reject it. Letter
// is the code letter of the plan, after arrows. Full says that the whole lot is
// looked at, for the sample would not be smaller than it.
type Plan struct {
	Letter     string   `json:"letter"`
	Severity   Severity `json:"severity"`
	SampleSize int64    `json:"sampleSize"`
	Accept     int64    `json:"accept"`
	Reject     int64    `json:"reject"`
	Full       bool     `json:"full,omitempty"`
}

// The errors of Design.
var (
	ErrLotSize  = errors.New("a lot has at least 1 unit")
	ErrLevel    = errors.New("not an inspection level of ISO 2859-1")
	ErrAQL      = errors.New("not an AQL of ISO 2859-1")
	ErrSeverity = errors.New("not a severity of ISO 2859-1")
)

// Design gives the plan for a lot of so many units.
func Design(lot int64, level Level, aql AQL, s Severity) (Plan, error) {
	letter, err := CodeLetter(lot, level)
	if err != nil {
		return Plan{}, err
	}
	column := slices.Index(AQLs, aql)
	if column < 0 {
		return Plan{}, ErrAQL
	}
	table, ok := tables[s]
	if !ok {
		return Plan{}, ErrSeverity
	}
	row, accept := table.resolve(slices.Index(letters, letter), column)
	p := Plan{Letter: letters[row], Severity: s, SampleSize: table.sizes[row], Accept: accept, Reject: accept + 1}
	if p.SampleSize >= lot {
		p.SampleSize, p.Full = lot, true
	}
	return p, nil
}

// CodeLetter gives table 1: the code letter of a lot size at a level. Table 1
// begins with lots of 2; a lot of 1 has the same letter.
func CodeLetter(lot int64, level Level) (string, error) {
	if lot < 1 {
		return "", ErrLotSize
	}
	column, ok := table1[level]
	if !ok {
		return "", ErrLevel
	}
	row, _ := slices.BinarySearch(lotSizes, lot)
	return string(column[row]), nil
}

// Tighter gives the AQL one step stricter, and false for the strictest.
func (a AQL) Tighter() (AQL, bool) {
	i := slices.Index(AQLs, a)
	if i < 1 {
		return "", false
	}
	return AQLs[i-1], true
}

// Package verdict turns evidence about one unit into the answer a shopper gets:
// the verdict, the checks behind it, what the item is and which way it came, in
// Simplified Chinese and English.
//
// It is pure: no clock, no database, no HTTP. Whoever asks gathers the Evidence
// (verifier/internal/store) and shows the Answer (verifier/internal/web). It never says "genuine"
// of the thing in somebody's hand, only that it matches the genuine record, and
// it never says so where evidence is missing or stale.
package verdict

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Verdict is the answer in one word.
type Verdict string

// The verdicts, from best to worst. Missing evidence outweighs a caution, which
// would half vouch for the item, but not a reason to stop: a recall stays a
// recall while the records are out of reach. A code that was not issued here,
// or does not fit the ledger, outweighs everything else known about its unit.
const (
	Genuine       Verdict = "genuine"
	Caution       Verdict = "caution"
	Unavailable   Verdict = "unavailable"
	Stop          Verdict = "stop"
	NotRecognised Verdict = "not_recognised"
)

// Verdicts lists every verdict from best to worst.
var Verdicts = []Verdict{Genuine, Caution, Unavailable, Stop, NotRecognised}

func (v Verdict) worseThan(w Verdict) bool {
	return slices.Index(Verdicts, v) > slices.Index(Verdicts, w)
}

// CheckID names one of the questions asked about a unit.
type CheckID string

// The checks, in the order they are asked.
const (
	CheckCode       CheckID = "code"
	CheckLedger     CheckID = "ledger"
	CheckRecall     CheckID = "recall"
	CheckUnitState  CheckID = "unit_state"
	CheckExpiry     CheckID = "expiry"
	CheckQuality    CheckID = "quality"
	CheckCustody    CheckID = "custody"
	CheckMarket     CheckID = "market"
	CheckSeller     CheckID = "seller"
	CheckActivation CheckID = "activation"
	CheckPattern    CheckID = "scan_pattern"
	CheckComplaint  CheckID = "complaint"
	CheckSignatures CheckID = "signatures"
)

// Result is how a check went.
type Result string

// The results. Unknown means that the evidence for the check is missing or stale.
const (
	Pass    Result = "pass"
	Warn    Result = "warn"
	Fail    Result = "fail"
	Unknown Result = "unknown"
)

var results = map[Verdict]Result{Genuine: Pass, Caution: Warn, Unavailable: Unknown, Stop: Fail, NotRecognised: Fail}

// Check is the outcome of one check. Reason is empty where it passed. Detail
// holds the facts that the texts quote, under the names they have there.
type Check struct {
	ID     CheckID `json:"id"`
	Result Result  `json:"result"`
	Reason Reason  `json:"reason,omitempty"`
	Detail Detail  `json:"detail,omitempty"`

	finding Reason // as Reason, and also set where the check passed
}

// found makes a check from what it found.
func found(id CheckID, r Reason, d Detail) Check {
	c := Check{ID: id, Result: results[reasons[r].verdict], Detail: d, finding: r}
	if c.Result != Pass {
		c.Reason = r
	}
	return c
}

// as gives the check another reason to the outside than the one that chooses its texts.
func (c Check) as(r Reason) Check {
	c.Reason = r
	return c
}

// Verdict is the verdict that this check alone leads to.
func (c Check) Verdict() Verdict { return reasons[c.finding].verdict }

// Message gives what the check has to say.
func (c Check) Message() Message { return reasons[c.finding].message.fill(c.Detail) }

// Line says in one line what was found; where nothing could be, why not.
func (c Check) Line() trace.Text {
	m := c.Message()
	if m.Found == saysNothing {
		return m.Means
	}
	return m.Found
}

// worst gives the check that decides: the first of the worst.
func worst(checks []Check) Check {
	decides := checks[0]
	for _, c := range checks[1:] {
		if c.Verdict().worseThan(decides.Verdict()) {
			decides = c
		}
	}
	return decides
}

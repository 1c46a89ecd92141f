package verdict

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Pattern is what the scans of a unit, and of its batch, say by themselves.
type Pattern struct {
	Reasons       []PatternReason `json:"reasons"` // the worst first; none while an analyst's dismissal holds
	UnscoredSince time.Time       `json:"unscoredSince,omitzero"`
	Flag          *trace.UnitFlag `json:"flag"` // nil where nobody has ever ruled on the code
}

// PatternReason is a finding: so many scans in so many cities within so many days.
type PatternReason struct {
	Code   Reason `json:"code"`
	Count  int    `json:"count"`
	Cities int    `json:"cities"`
	Days   int    `json:"days"`
}

// patterns are the findings that scans can lead to.
var patterns = []Reason{CloneLikely, ScannedFarApart, ScannedOften}

// weighTime is how long a scan may wait to be weighed before its absence from
// the evidence counts as a gap. Usually it takes a second.
const weighTime = time.Minute

// checkPattern asks whether the code seems to be on other goods as well. Scans
// only ever call for caution; a person's confirmation on the ledger stops. Where
// scans wait to be weighed, what is known still counts, but nothing passes: the
// check is unknown and the verdict no better than caution.
func checkPattern(e Evidence) Check {
	p := e.Records.Pattern
	if p.Flag != nil && p.Flag.Copied() {
		last := p.Flag.Rulings[len(p.Flag.Rulings)-1]
		return found(CheckPattern, ConfirmedClone, Detail{"by": e.Records.name(last.By), "at": last.At})
	}
	for _, r := range p.Reasons {
		if slices.Contains(patterns, r.Code) {
			return found(CheckPattern, r.Code, Detail{"count": r.Count, "cities": r.Cities, "days": days(r.Days)})
		}
	}
	waits := !p.UnscoredSince.IsZero() && e.Now.Sub(p.UnscoredSince) > weighTime
	if waits || len(p.Reasons) > 0 { // of a kind that this program does not know
		c := found(CheckPattern, ScansNotWeighed, nil)
		c.Result = Unknown
		return c
	}
	return found(CheckPattern, usualPattern, nil)
}

package sampling

// State is how one producer's lots of one kind have fared, as far as the
// switching rules (clause 9) ask. The zero State is normal inspection with
// nothing inspected yet. It is kept as JSON; Severity "" is normal.
type State struct {
	Severity     Severity `json:"severity,omitempty"`
	Recent       []bool   `json:"recent,omitempty"`   // the last lots at this severity, at most 5: accepted or not
	Score        int      `json:"score,omitempty"`    // the switching score of normal inspection
	Rejected     int      `json:"rejected,omitempty"` // lots rejected since tightened inspection began
	Discontinued bool     `json:"discontinued,omitempty"`
}

// Now gives the severity at which the next lot is inspected.
func (s State) Now() Severity {
	if s.Severity == "" {
		return Normal
	}
	return s.Severity
}

// Outcome is what the first inspection of a lot has shown. Lots that are
// inspected again after a rejection do not count.
type Outcome struct {
	Accepted  bool
	Points    int  // of the switching score, see Points
	Irregular bool // production is not steady
	MayReduce bool // the responsible authority agrees to reduced inspection
}

const (
	window         = 5  // lots that the rules look back on
	toTighten      = 2  // of them rejected: tightened inspection
	toReduce       = 30 // switching score for reduced inspection
	toDiscontinue  = 5  // lots rejected on tightened inspection: none is inspected any more
	pointsByAQL    = 3
	pointsForSmall = 2
)

// Points gives what one lot adds to the switching score (9.3.3.2): 3 where the
// plan's Ac is 2 or more and the lot would have been accepted with the AQL one
// step tighter, 2 where Ac is 0 or 1 and it was accepted; 0 sets the score back.
func Points(lot int64, level Level, aql AQL, p Plan, nonconforming int64) int {
	if nonconforming > p.Accept {
		return 0
	}
	if p.Accept < 2 {
		return pointsForSmall
	}
	tighter, ok := aql.Tighter()
	if !ok {
		return 0
	}
	q, err := Design(lot, level, tighter, p.Severity)
	if err != nil || nonconforming > q.Accept {
		return 0
	}
	return pointsByAQL
}

// After gives the state after one more lot.
func (s State) After(o Outcome) State {
	switch s.Now() {
	case Tightened:
		return s.afterTightened(o)
	case Reduced:
		if !o.Accepted || o.Irregular || !o.MayReduce {
			return State{}
		}
		return s
	}
	return s.afterNormal(o)
}

func (s State) afterNormal(o Outcome) State {
	s.Recent = remember(s.Recent, o.Accepted)
	if count(s.Recent, false) >= toTighten {
		return State{Severity: Tightened}
	}
	if s.Score += o.Points; o.Points == 0 {
		s.Score = 0
	}
	if s.Score >= toReduce && o.MayReduce && !o.Irregular {
		return State{Severity: Reduced}
	}
	return s
}

func (s State) afterTightened(o Outcome) State {
	s.Recent = remember(s.Recent, o.Accepted)
	if count(s.Recent, true) == window {
		return State{}
	}
	if !o.Accepted {
		s.Rejected++
	}
	s.Discontinued = s.Rejected >= toDiscontinue
	return s
}

// Resumed gives the state in which inspection goes on after it was
// discontinued: tightened, once the producer has mended what was wrong (9.4).
func (s State) Resumed() State { return State{Severity: Tightened} }

func remember(recent []bool, accepted bool) []bool {
	all := append(append([]bool{}, recent...), accepted)
	return all[max(0, len(all)-window):]
}

func count(results []bool, want bool) (n int) {
	for _, r := range results {
		if r == want {
			n++
		}
	}
	return n
}

package verdict

import "time"

// Countersigning is what came of asking the ledger's organisations to sign what
// the records say (decision 90). The zero value means that nobody asked.
type Countersigning int

// The outcomes. Unsigned: no two organisations said anything in time that can be
// believed. Disputed: what they signed is something else, or leads to another verdict.
const (
	NotAsked Countersigning = iota
	Countersigned
	Unsigned
	Disputed
)

// Signatures says who signed the facts of a unit, and when.
type Signatures struct {
	Outcome Countersigning
	By      []string // MSP ids of the organisations
	At      time.Time
}

// SignedBy is Signatures in the public answer.
type SignedBy struct {
	By []string  `json:"by"`
	At time.Time `json:"at"`
}

// checkSignatures is asked only where nothing else stands against the unit: a
// reason to stop or to take care is told without waiting for anybody.
func checkSignatures(e Evidence, checks []Check) []Check {
	if e.Signatures.Outcome == NotAsked || worst(checks).Verdict() != Genuine {
		return checks
	}
	detail := Detail{"by": e.Signatures.By, "at": e.Signatures.At}
	switch e.Signatures.Outcome {
	case Countersigned:
		return append(checks, found(CheckSignatures, signedNow, detail))
	case Disputed:
		return append(checks, found(CheckSignatures, RecordsDiffer, nil))
	}
	return append(checks, found(CheckSignatures, SignaturesMissing, nil))
}

// Weighed is what Judge would say in one word, without its texts, which are most of the work.
type Weighed struct {
	Verdict Verdict
	Owner   Verdict // what the unit's owner would read; empty where it has none that could be known
}

// Weigh gives the verdicts that Judge gives to the same evidence.
func Weigh(e Evidence) Weighed {
	w := Weighed{Verdict: weigh(e)}
	if !e.ByOwner && w.Verdict != NotRecognised && e.owned() {
		e.ByOwner = true
		w.Owner = weigh(e)
	}
	return w
}

func weigh(e Evidence) Verdict { return worst(checkSignatures(e, examine(e))).Verdict() }

// owned reports whether the unit has an owner who could be known.
func (e Evidence) owned() bool {
	return e.batch() != nil && !e.Records.ActivatedAt.IsZero() && e.Records.Owned != nil && e.Records.Owned.Owner != ""
}

// NeedsSignatures reports whether somebody would read "genuine".
func (w Weighed) NeedsSignatures() bool { return w.Verdict == Genuine || w.Owner == Genuine }

func (e Evidence) signedBy() *SignedBy {
	if e.Signatures.Outcome != Countersigned {
		return nil
	}
	return &SignedBy{By: e.Signatures.By, At: e.Signatures.At}
}

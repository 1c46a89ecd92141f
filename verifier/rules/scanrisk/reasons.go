package scanrisk

import (
	"math"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Code names a reason, as the verdict's scan_pattern check does.
type Code string

// The reasons. ScannedOften says nothing against the item: its code is public,
// as after a photograph in the press, and copies would not be noticed by it.
const (
	ScannedOften    Code = "SCANNED_OFTEN"
	ScannedFarApart Code = "SCANNED_FAR_APART"
	CloneLikely     Code = "CLONE_LIKELY"
)

// Reason is one finding with the facts behind it.
type Reason struct {
	Code   Code
	Detail Detail
}

// Detail is what the finding rests on.
type Detail struct {
	Scans   int      `json:"scans"`
	Devices int      `json:"devices"`
	Places  int      `json:"places"` // apart from each other
	Days    int      `json:"days"`   // from the first scan to the last
	KM      int      `json:"km"`     // from the first place to the furthest; 0 where not known
	Signs   []Points `json:"signs"`
}

var reasonTexts = trace.Table[Code](texts, "reason",
	ScannedOften, ScannedFarApart, CloneLikely)

// Text says the reason to an analyst, in both languages; what a shopper is told
// is for verifier/rules/verdict.
func (r Reason) Text() trace.Text {
	d := r.Detail
	return reasonTexts[r.Code].With(
		wording.Args{"scans": d.Scans, "devices": d.Devices, "places": d.Places, "days": d.Days},
	)
}

func (u *Unit) reason(code Code, s Signs) Reason {
	d := Detail{Scans: int(u.Scans), Devices: s.Devices, Signs: s.points()}
	first, last := uint32(math.MaxUint32), uint32(0)
	for i := range u.Visitors {
		v := &u.Visitors[i]
		first, last = min(first, v.First), max(last, v.Last)
		if i == 0 || v.Far {
			d.Places++
		}
		if km, known := v.Places[0].apart(u.Visitors[0].Places[0]); known {
			d.KM = max(d.KM, int(km))
		}
	}
	d.Days = int(last-first)/day + 1
	return Reason{code, d}
}

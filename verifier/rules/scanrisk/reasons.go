package scanrisk

import (
	"math"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
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

var texts = map[Code]trace.Text{
	ScannedOften: {
		ZhCN: "这枚编码已被 {devices} 台设备查询 {scans} 次，很可能已公开流传，例如被拍照发布。这不说明商品有问题，但如果有人复制这枚编码，也难以从查询中看出来。",
		En:   "This code was asked about {scans|time|times}, by {devices|device|devices}; it is probably public, for instance from a photograph. That says nothing against the item, but copies would hardly be noticed among so many.",
	},
	ScannedFarApart: {
		ZhCN: "这枚编码在 {days} 天内于 {places} 个相距较远的地方被查询。商品可能被转卖过，编码也可能被复制。",
		En:   "This code was scanned in {places|place|places} far apart within {days|day|days}. The item may have been resold, or its label copied.",
	},
	CloneLikely: {
		ZhCN: "{devices} 台互不相关的设备在 {days} 天内于 {places} 个相距较远的地方查询过这枚编码，一件商品不大可能如此，标签很可能已被复制。",
		En:   "{devices|device|devices} scanned this code in {places|place|places} far apart within {days|day|days}, which one item hardly explains: the label has probably been copied.",
	},
}

// Text says the reason to an analyst, in both languages; what a shopper is told
// is for verifier/rules/verdict.
func (r Reason) Text() trace.Text {
	t := texts[r.Code]
	fact := func(name string) string { return strconv.Itoa(r.Detail.fact(name)) }
	return trace.Text{ZhCN: trace.Fill(t.ZhCN, fact), En: trace.Fill(t.En, fact)}
}

func (d *Detail) fact(name string) int {
	switch name {
	case "scans":
		return d.Scans
	case "devices":
		return d.Devices
	case "places":
		return d.Places
	default: // "days", the last that texts name
		return d.Days
	}
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

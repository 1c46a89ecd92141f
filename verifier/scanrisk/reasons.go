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
		ZhCN: "这枚编码已被 {devices} 台设备查询 {scans} 次，它很可能已公开流传，例如被拍照发布。这不说明您手中的商品有问题，但也不能只凭这枚编码断定它是真品：请核对防伪涂层下的 PIN 码和卖家。",
		En:   "This code was asked about {scans|time|times}, by {devices|device|devices}; it is probably public, for instance from a photograph. That is no sign against your item, but the code alone does not show that yours is the one it was made for: check the PIN under the coating and the seller.",
	},
	ScannedFarApart: {
		ZhCN: "这枚编码在 {days} 天内于 {places} 个相距较远的地方被查询。它可能被转卖过，也可能被复制。请核对卖家，并刮开涂层核对 PIN 码。",
		En:   "This code was scanned in {places|place|places} far apart within {days|day|days}. The item may have been resold, or its label copied. Check the seller, and the PIN under the coating.",
	},
	CloneLikely: {
		ZhCN: "{devices} 台互不相关的设备在 {days} 天内于 {places} 个相距较远的地方查询过这枚编码，一件商品不大可能如此，标签很可能已被复制。请先不要购买或使用，联系卖家或在此投诉。",
		En:   "{devices|device|devices} scanned this code in {places|place|places} far apart within {days|day|days}, which one item hardly explains: the label has probably been copied. Do not buy or use the item yet; ask the seller or complain here.",
	},
}

// Text says the reason to a shopper, in both languages.
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

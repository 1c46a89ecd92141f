package verdict

import (
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// mayClaim reports whether the unit can be claimed: nobody has, its label may
// bear a PIN, and it may well be in the reader's hands.
func (a Answer) mayClaim(e Evidence) bool {
	return e.Claims && a.Item != nil && a.Owner == nil && e.Records.PINs != WithoutPINs && a.AtHand()
}

// AtHand reports whether nothing about the way the unit came makes it unlikely
// to be in the reader's hands.
func (a Answer) AtHand() bool {
	if a.Verdict != Genuine && a.Verdict != Caution {
		return false
	}
	for _, c := range a.Checks {
		if c.Result != Pass && (c.ID == CheckCustody || c.ID == CheckUnitState) {
			return false
		}
	}
	return true
}

// scratch says to use the PIN where a finding leaves open which of two items is
// the original: on labels known to have one, and on labels that may.
var scratch = map[bool]trace.Text{
	true:  {ZhCN: "请刮开标签上的涂层，核对防伪码；对不上的，", En: "Scratch off the coating on the label and verify the PIN; if it is not right, "},
	false: {ZhCN: "标签上有涂层的，请刮开核对防伪码；没有的，", En: "If the label has a scratch field, scratch it and verify the PIN; if not, "},
}

// PINs help where these are found.
var settledByPIN = map[Reason]bool{CloneLikely: true, ScannedFarApart: true, ScannedOften: true, ScansNotWeighed: true, CounterfeitInBatch: true}

// The original of a confirmed clone is told by its brand, who needs something to go by.
var (
	yoursByLink = trace.Text{ZhCN: "请凭您的所有者链接，请品牌方分辨您的是不是原来那一件。", En: "Show the brand your owner's link: it tells whether yours is the original."}
	tellByLink  = trace.Text{ZhCN: "请把卖家信息告知品牌方。您若是登记的所有者，可凭所有者链接请品牌方分辨。", En: "Tell the brand who offered it. If you are its registered owner, the owner's link tells the brand whether yours is the original."}
	tellByPIN   = map[bool]trace.Text{
		true:  {ZhCN: "请把卖家信息告知品牌方；已经拥有的，可凭涂层下的防伪码，请品牌方分辨。", En: "Tell the brand who offered it. If you own one, the PIN under the coating tells the brand whether yours is the original."},
		false: {ZhCN: "请把卖家信息告知品牌方；已经拥有的，若标签上有涂层，可凭其下的防伪码，请品牌方分辨。", En: "Tell the brand who offered it. If you own one and its label has a coating, the PIN under it tells the brand whether yours is the original."},
	}
)

// withPIN gives what to do about a finding, by whether there is a PIN to do it with.
func (a Answer) withPIN(e Evidence, finding Reason) trace.Text {
	printed := a.PINs == WithPINs
	switch {
	case finding == ConfirmedClone && e.ByOwner:
		return yoursByLink
	case finding == ConfirmedClone && a.Owner != nil:
		return tellByLink
	case finding == ConfirmedClone && a.PINs != WithoutPINs:
		return tellByPIN[printed]
	case settledByPIN[finding] && a.MayClaim:
		return trace.Text{ZhCN: scratch[printed].ZhCN + a.Message.Do.ZhCN, En: scratch[printed].En + strings.ToLower(a.Message.Do.En[:1]) + a.Message.Do.En[1:]}
	}
	return a.Message.Do
}

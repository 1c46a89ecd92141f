package verdict

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
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
	true:  text("scratch.printed"),
	false: text("scratch.perhaps"),
}

// PINs help where these are found.
var settledByPIN = map[Reason]bool{
	CloneLikely:        true,
	ScannedFarApart:    true,
	ScannedOften:       true,
	ScansNotWeighed:    true,
	CounterfeitInBatch: true,
}

// The original of a confirmed clone is told by its brand, who needs something to go by.
var (
	yoursByLink = text("yoursByLink")
	tellByLink  = text("tellByLink")
	tellByPIN   = map[bool]trace.Text{
		true:  text("tellByPIN.printed"),
		false: text("tellByPIN.perhaps"),
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
		return scratch[printed].With(wording.Args{"do": a.Message.Do})
	}
	return a.Message.Do
}

package trace

import (
	"slices"
	"time"
)

// CustodyTerms are what the platform sets for goods that change hands: how long
// what did not arrive stays open, how long a receipt can be amended by both
// sides and a booking undone by who made it, how long a case may wait, and
// which expired goods may still be given away.
type CustodyTerms struct {
	OpenDays      int64           `json:"openDays"`
	AmendMinutes  int64           `json:"amendMinutes"`
	UndoMinutes   int64           `json:"undoMinutes"`
	AnswerMinutes int64           `json:"answerMinutes"`
	DecideMinutes int64           `json:"decideMinutes"`
	Expired       []ExpiredPolicy `json:"expired,omitempty"`
}

func (x CustodyTerms) object() Object { return Object{"custody_terms", "", x} }

// DefaultCustodyTerms hold until the platform sets others: a fortnight for what
// did not arrive, a day to amend or undo, two days to answer a case and seven to
// decide it; no expired goods go anywhere but home.
var DefaultCustodyTerms = CustodyTerms{
	OpenDays:      14,
	AmendMinutes:  24 * 60,
	UndoMinutes:   24 * 60,
	AnswerMinutes: 48 * 60,
	DecideMinutes: 7 * 24 * 60,
}

// Purpose is why goods are sent that may not be sold any more.
type Purpose string

// The purposes. None is the usual one: trade.
const (
	ForDonation Purpose = "donation"
	ForDisposal Purpose = "disposal"
)

// ExpiredPolicy says what may still be done with expired goods of a category:
// sent for donation up to so many days after they expired, and for disposal.
type ExpiredPolicy struct {
	Category     string `json:"category"`
	DonationDays int    `json:"donationDays,omitempty"`
	Disposal     bool   `json:"disposal,omitempty"`
}

const (
	maxOpenDays     = 366
	maxDonationDays = 3660
	maxPolicies     = 200
)

// Check validates the terms: a day to a year, a minute to a year, each category once.
func (t CustodyTerms) Check() error {
	if t.OpenDays < 1 || t.OpenDays > maxOpenDays {
		return Refuse(FieldInvalid, "openDays", "days_from_one", "most", maxOpenDays)
	}
	if t.DecideMinutes < t.AnswerMinutes {
		return Refuse(FieldInvalid, "decideMinutes", "decide_before_answer")
	}
	if len(t.Expired) > maxPolicies {
		return Refuse(FieldInvalid, "expired", "too_many", "n", len(t.Expired), "most", maxPolicies)
	}
	return firstError(
		checkMinutes("amendMinutes", t.AmendMinutes), checkMinutes("undoMinutes", t.UndoMinutes),
		checkMinutes("answerMinutes", t.AnswerMinutes), checkMinutes("decideMinutes", t.DecideMinutes),
		checkPolicies(t.Expired),
	)
}

func checkPolicies(all []ExpiredPolicy) error {
	for i, p := range all {
		if err := required("expired.category", p.Category, maxShort); err != nil {
			return err
		}
		if p.DonationDays < 0 || p.DonationDays > maxDonationDays {
			return Refuse(FieldInvalid, "expired.donationDays", "days_from_zero", "most", maxDonationDays)
		}
		if slices.ContainsFunc(all[:i], func(x ExpiredPolicy) bool { return x.Category == p.Category }) {
			return Refuse(FieldInvalid, "expired.category", "twice", "name", p.Category)
		}
	}
	return nil
}

// Allows says whether goods of a category that expired on a day may be sent for
// a purpose today.
func (t CustodyTerms) Allows(purpose Purpose, category string, expired, today Date) bool {
	i := slices.IndexFunc(t.Expired, func(p ExpiredPolicy) bool { return p.Category == category })
	if i < 0 {
		return false
	}
	switch purpose {
	case ForDonation:
		return today <= expired.AddDays(t.Expired[i].DonationDays) && t.Expired[i].DonationDays > 0
	case ForDisposal:
		return t.Expired[i].Disposal
	}
	return false
}

// Relaxes says whether a category has a rule of its own for expired goods.
func (t CustodyTerms) Relaxes(category string) bool {
	return slices.ContainsFunc(t.Expired, func(p ExpiredPolicy) bool { return p.Category == category })
}

// OpenUntil is until when what did not arrive stays open.
func (t CustodyTerms) OpenUntil(from time.Time) time.Time { return from.AddDate(0, 0, int(t.OpenDays)) }

package trace

import (
	"slices"
	"strings"
	"time"
)

// Cause is what did not fit.
type Cause string

// The causes.
const (
	CauseExtraUnits  Cause = "extra_units"
	CauseShortage    Cause = "shortage"
	CauseDamage      Cause = "damage"
	CauseWrongLot    Cause = "wrong_lot"
	CauseMissingData Cause = "missing_data"
	CauseUnknownCode Cause = "unknown_code"
	CauseTillRefused Cause = "till_refused"
	CauseOther       Cause = "other"
)

// Causes lists every cause.
var Causes = []Cause{
	CauseExtraUnits,
	CauseShortage,
	CauseDamage,
	CauseWrongLot,
	CauseMissingData,
	CauseUnknownCode,
	CauseTillRefused,
	CauseOther,
}

// Fix is what the opener of a case proposes.
type Fix string

// The fixes. An accepted FixBookExtra is booked by the ledger at once; what the
// others need is done by other transactions, or outside.
const (
	FixBookExtra   Fix = "book_extra"
	FixTakeBack    Fix = "take_back"
	FixReplace     Fix = "send_replacement"
	FixCredit      Fix = "credit"
	FixCorrectData Fix = "correct_data"
	FixRecount     Fix = "recount"
	FixOther       Fix = "other"
)

// Fixes lists every fix.
var Fixes = []Fix{FixBookExtra, FixTakeBack, FixReplace, FixCredit, FixCorrectData, FixRecount, FixOther}

// CaseStatus is where a case stands.
type CaseStatus string

// The statuses. Escalated is never written: it is a pending one whose deadline
// has passed (see Case.StatusAt).
const (
	CaseOpen      CaseStatus = "open"
	CaseDisputed  CaseStatus = "disputed"
	CaseResolved  CaseStatus = "resolved"
	CaseDecided   CaseStatus = "decided"
	CaseWithdrawn CaseStatus = "withdrawn"
	CaseEscalated CaseStatus = "escalated"
)

// Case is an exception between two parties: what did not fit, who has to act,
// until when, and what was proposed. Opener says it, With has to answer; With
// is empty where nobody but the platform can. Lines may name units that are not
// on the ledger: that may be what is wrong. Code is the text of a code as read.
type Case struct {
	ID       string        `json:"id"`
	Cause    Cause         `json:"cause"`
	Fix      Fix           `json:"fix"`
	Shipment string        `json:"shipment,omitempty"`
	Opener   string        `json:"opener"`
	With     string        `json:"with,omitempty"`
	Lines    []Line        `json:"lines,omitempty"`
	Code     string        `json:"code,omitempty"`
	Note     string        `json:"note,omitempty"`
	Status   CaseStatus    `json:"status"`
	OpenedAt time.Time     `json:"openedAt"`
	AnswerBy time.Time     `json:"answerBy"`
	DecideBy time.Time     `json:"decideBy"`
	Answer   *CaseAnswer   `json:"answer,omitempty"`
	Decision *CaseDecision `json:"decision,omitempty"`
	EndedAt  time.Time     `json:"endedAt,omitzero"`
}

func (x Case) object() Object { return Object{"case", x.ID, x} }

// CaseAnswer is what the other party says to the proposed fix.
type CaseAnswer struct {
	Accept bool      `json:"accept"`
	Note   string    `json:"note,omitempty"`
	At     time.Time `json:"at"`
}

// CaseOutcome is what the platform finds.
type CaseOutcome string

// The outcomes: the opener is right, the other party is, or nobody can tell.
const (
	CaseUpheld     CaseOutcome = "upheld"
	CaseDismissed  CaseOutcome = "dismissed"
	CaseCannotTell CaseOutcome = "cannot_tell"
)

// CaseDecision is the platform's. It moves no goods: only their holder does.
type CaseDecision struct {
	Outcome CaseOutcome `json:"outcome"`
	Note    string      `json:"note"`
	By      string      `json:"by"`
	At      time.Time   `json:"at"`
}

// The requests about cases.
type (
	// OpenCaseRequest opens a case. With may be empty where Shipment is given.
	OpenCaseRequest struct {
		ID       string `json:"id"`
		Cause    Cause  `json:"cause"`
		Fix      Fix    `json:"fix"`
		Shipment string `json:"shipment,omitempty"`
		With     string `json:"with,omitempty"`
		Lines    []Line `json:"lines,omitempty"`
		Code     string `json:"code,omitempty"`
		Note     string `json:"note,omitempty"`
	}
	// AnswerCaseRequest accepts the proposed fix, or disputes it with a note.
	AnswerCaseRequest struct {
		ID     string `json:"id"`
		Accept bool   `json:"accept"`
		Note   string `json:"note,omitempty"`
	}
	// DecideCaseRequest is the platform's word on a disputed or escalated case.
	DecideCaseRequest struct {
		ID      string      `json:"id"`
		Outcome CaseOutcome `json:"outcome"`
		Note    string      `json:"note"`
	}
	// CaseRequest names a case.
	CaseRequest struct {
		ID string `json:"id"`
	}
)

const maxCode = 300

// Check validates the request on its own: what a cause needs to be looked into is there.
func (r OpenCaseRequest) Check() error {
	if !slices.Contains(Causes, r.Cause) {
		return Refuse(FieldInvalid, "cause", "one_of", "names", Causes)
	}
	if !slices.Contains(Fixes, r.Fix) {
		return Refuse(FieldInvalid, "fix", "one_of", "names", Fixes)
	}
	if (r.Fix == FixBookExtra) != (r.Cause == CauseExtraUnits) {
		return Refuse(FieldInvalid, "fix", "fix_of_cause", "fix", FixBookExtra, "cause", CauseExtraUnits)
	}
	if strings.TrimSpace(r.Note) == "" && len(r.Lines) == 0 && r.Code == "" {
		return Refuse(FieldInvalid, "note", "case_says_nothing")
	}
	if err := firstError(
		CheckID("id", r.ID), checkText("note", r.Note, maxReason), checkText("code", r.Code, maxCode),
	); err != nil {
		return err
	}
	if r.Shipment != "" {
		if err := CheckID("shipment", r.Shipment); err != nil {
			return err
		}
	}
	if r.With != "" {
		if err := checkPartyID("with", r.With); err != nil {
			return err
		}
	}
	if len(r.Lines) == 0 {
		return nil
	}
	return CheckLines(r.Lines)
}

// Check requires a reason for a dispute.
func (r AnswerCaseRequest) Check() error {
	if err := firstError(CheckID("id", r.ID), checkText("note", r.Note, maxReason)); err != nil || r.Accept {
		return err
	}
	return required("note", r.Note, maxReason)
}

// Check validates the request on its own; the note is required.
func (r DecideCaseRequest) Check() error {
	if outcomes := []CaseOutcome{CaseUpheld, CaseDismissed, CaseCannotTell}; !slices.Contains(outcomes, r.Outcome) {
		return Refuse(FieldInvalid, "outcome", "one_of", "names", outcomes)
	}
	return firstError(CheckID("id", r.ID), required("note", r.Note, maxReason))
}

// Check validates the case's number.
func (r CaseRequest) Check() error { return CheckID("id", r.ID) }

// NextDue is the deadline of the step that the case waits for, the zero time
// where it waits for none.
func (c Case) NextDue() time.Time {
	switch {
	case c.Status == CaseOpen && c.With != "":
		return c.AnswerBy
	case c.Status == CaseOpen, c.Status == CaseDisputed:
		return c.DecideBy
	}
	return time.Time{}
}

// StatusAt says where the case stands at an instant: escalated where a deadline
// has passed, for nothing has to run for that.
func (c Case) StatusAt(now time.Time) CaseStatus {
	if due := c.NextDue(); !due.IsZero() && now.After(due) {
		return CaseEscalated
	}
	return c.Status
}

// OwnerAt is the party that has to act, the given platform where it is the
// platform, "" where the case has ended.
func (c Case) OwnerAt(now time.Time, platform string) string {
	switch {
	case c.NextDue().IsZero():
		return ""
	case c.StatusAt(now) == CaseOpen && c.With != "":
		return c.With
	}
	return platform
}

// MayAnswer says whether the other party can still answer.
func (c Case) MayAnswer() error { return c.mustBe("answered", CaseOpen) }

// MayWithdraw says whether the opener can still take the case back.
func (c Case) MayWithdraw() error { return c.mustBe("withdrawn", CaseOpen, CaseDisputed) }

// MayDecide says whether the platform may decide at that instant: nobody is
// decided against unheard, so an open case waits for its answer or its deadline.
func (c Case) MayDecide(now time.Time) error {
	if c.Status == CaseOpen && c.With != "" && !now.After(c.AnswerBy) {
		return Refuse(DecisionEarly, "id", "may_be_answered", "id", c.ID, "until", c.AnswerBy.Format(time.RFC3339))
	}
	return c.mustBe("decided", CaseOpen, CaseDisputed)
}

func (c Case) mustBe(wish string, statuses ...CaseStatus) error {
	if slices.Contains(statuses, c.Status) {
		return nil
	}
	return Refuse(CaseConflict, "id", "cannot_be", "id", c.ID, "status", c.Status, "wish", wish)
}

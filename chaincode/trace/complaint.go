package trace

import (
	"slices"
	"time"
)

// ComplaintStatus is where a complaint stands.
type ComplaintStatus string

// The statuses. Escalated is never written: it is any pending status once its
// deadline has passed (see Complaint.StatusAt).
const (
	ComplaintOpen      ComplaintStatus = "open"
	ComplaintAnswered  ComplaintStatus = "answered"
	ComplaintDecided   ComplaintStatus = "decided"
	ComplaintAppealed  ComplaintStatus = "appealed"
	ComplaintWithdrawn ComplaintStatus = "withdrawn"
	ComplaintEscalated ComplaintStatus = "escalated"
)

// ComplaintStatuses lists every status that can be asked for.
var ComplaintStatuses = []ComplaintStatus{
	ComplaintOpen,
	ComplaintAnswered,
	ComplaintDecided,
	ComplaintAppealed,
	ComplaintWithdrawn,
	ComplaintEscalated,
}

// Outcome is what the platform found about the unit complained of.
type Outcome string

// The outcomes. A complaint that its shopper took back ends without a decision
// and has the outcome withdrawn.
const (
	CounterfeitConfirmed Outcome = "counterfeit_confirmed"
	FoundGenuine         Outcome = "genuine"
	CannotTell           Outcome = "cannot_tell"
	OutcomeWithdrawn     Outcome = "withdrawn"
)

var decidable = []Outcome{CounterfeitConfirmed, FoundGenuine, CannotTell}

// DecisionKind says which of a complaint's decisions one is.
type DecisionKind string

// The kinds: the decision that ends a complaint, the one that ends its appeal,
// and any later correction. None replaces another; the last one counts.
const (
	FirstDecision  DecisionKind = "decision"
	AppealDecision DecisionKind = "appeal"
	Amendment      DecisionKind = "amendment"
)

// Complaint is a shopper's complaint about one unit, and holds nothing about
// the shopper: EvidenceHash is the SHA-256 of the salted bundle of text and
// photos that is kept off the ledger. Respondent is the party that held or had
// sold the unit when the complaint was opened.
type Complaint struct {
	ID           string          `json:"id"`
	GTIN         string          `json:"gtin"`
	Lot          string          `json:"lot"`
	Index        int64           `json:"index"`
	Respondent   string          `json:"respondent"`
	EvidenceHash string          `json:"evidenceHash"`
	Status       ComplaintStatus `json:"status"`
	OpenedAt     time.Time       `json:"openedAt"`
	AnswerBy     time.Time       `json:"answerBy"`
	DecideBy     time.Time       `json:"decideBy"`
	Answer       *Statement      `json:"answer,omitempty"`
	Decisions    []Decision      `json:"decisions,omitempty"`
	AppealUntil  time.Time       `json:"appealUntil,omitzero"`
	Appeal       *Statement      `json:"appeal,omitempty"`
	WithdrawnAt  time.Time       `json:"withdrawnAt,omitzero"`
}

func (x Complaint) object() Object { return Object{"complaint", x.ID, x} }

// Statement is what the respondent said, fixed by its SHA-256. DecideBy is the
// deadline that it sets the platform, of an appeal only.
type Statement struct {
	At           time.Time `json:"at"`
	EvidenceHash string    `json:"evidenceHash"`
	DecideBy     time.Time `json:"decideBy,omitzero"`
}

// Decision is what the platform decided, with the reason that everybody may
// read in both languages. Officer is the platform's account that decided:
// a person's where he used a key of his own.
type Decision struct {
	Kind      DecisionKind `json:"kind"`
	Outcome   Outcome      `json:"outcome"`
	Reason    Text         `json:"reason"`
	Officer   string       `json:"officer"`
	Suspended bool         `json:"suspended,omitempty"`
	By        string       `json:"by"`
	At        time.Time    `json:"at"`
}

// ComplaintTerms are how many minutes each step may take from the one before:
// the answer and the decision from the opening, the appeal from the decision.
type ComplaintTerms struct {
	AnswerMinutes int64 `json:"answerMinutes"`
	DecideMinutes int64 `json:"decideMinutes"`
	AppealMinutes int64 `json:"appealMinutes"`
}

func (x ComplaintTerms) object() Object { return Object{"complaint_terms", "", x} }

// DefaultComplaintTerms hold until the platform sets others: 48 hours to
// answer, 7 days to decide, 15 days to appeal.
var DefaultComplaintTerms = ComplaintTerms{
	AnswerMinutes: 48 * 60,
	DecideMinutes: 7 * 24 * 60,
	AppealMinutes: 15 * 24 * 60,
}

const maxTermMinutes = 366 * 24 * 60

// Check validates the terms: a minute to a year each, the decision not due before the answer.
func (t ComplaintTerms) Check() error {
	if t.DecideMinutes < t.AnswerMinutes {
		return Refuse(FieldInvalid, "decideMinutes", "decide_before_answer")
	}
	return firstError(checkMinutes("answerMinutes", t.AnswerMinutes), checkMinutes("decideMinutes", t.DecideMinutes),
		checkMinutes("appealMinutes", t.AppealMinutes))
}

func checkMinutes(field string, n int64) error {
	if n < 1 || n > maxTermMinutes {
		return Refuse(FieldInvalid, field, "minutes_from_one", "most", maxTermMinutes)
	}
	return nil
}

// Minutes gives the instant that many minutes later.
func Minutes(t time.Time, n int64) time.Time { return t.Add(time.Duration(n) * time.Minute) }

// NextDue is the deadline of the step that the complaint waits for, the zero
// time where it waits for none.
func (c Complaint) NextDue() time.Time {
	switch c.Status {
	case ComplaintOpen:
		return c.AnswerBy
	case ComplaintAnswered:
		return c.DecideBy
	case ComplaintAppealed:
		return c.Appeal.DecideBy
	}
	return time.Time{}
}

// StatusAt says where the complaint stands at an instant: escalated where a
// deadline has passed, for nothing has to run for that.
func (c Complaint) StatusAt(now time.Time) ComplaintStatus {
	if due := c.NextDue(); !due.IsZero() && now.After(due) {
		return ComplaintEscalated
	}
	return c.Status
}

// Outcome gives the outcome that counts now, empty as long as there is none.
// A decision counts while its appeal is pending.
func (c Complaint) Outcome() Outcome {
	if c.Status == ComplaintWithdrawn {
		return OutcomeWithdrawn
	}
	if len(c.Decisions) == 0 {
		return ""
	}
	return c.Decisions[len(c.Decisions)-1].Outcome
}

// MayAnswer says whether the respondent can still answer. A late answer is
// taken as long as nothing is decided; its time shows that it is late.
func (c Complaint) MayAnswer() error {
	if c.Status == ComplaintOpen {
		return nil
	}
	return c.stands("answered")
}

// MayDecide says whether a decision of a kind fits at that instant. Nobody is
// condemned unheard: before the answer, the first decision waits for its
// deadline. An appeal is decided by an officer who has decided nothing in the
// case yet.
func (c Complaint) MayDecide(d Decision, now time.Time) error {
	heard := c.Status == ComplaintAnswered || c.Status == ComplaintOpen && now.After(c.AnswerBy)
	switch {
	case d.Kind == FirstDecision && c.Status == ComplaintOpen && !heard:
		return Refuse(DecisionEarly, "id", "may_be_answered", "id", c.ID, "until", c.AnswerBy.Format(time.RFC3339))
	case d.Kind == FirstDecision && heard, d.Kind == Amendment && c.Status == ComplaintDecided:
		return nil
	case d.Kind == AppealDecision && c.Status == ComplaintAppealed:
		if slices.ContainsFunc(c.Decisions, func(x Decision) bool { return x.Officer == d.Officer }) {
			return Refuse(SameOfficer, "officer", "same_officer", "officer", d.Officer)
		}
		return nil
	}
	return c.stands("decided")
}

// MayAppeal says whether the respondent may appeal at that instant: once, in time.
func (c Complaint) MayAppeal(now time.Time) error {
	switch {
	case c.Appeal != nil:
		return Refuse(AppealUsed, "id", "appealed_before", "complaint", c.ID, "day", DayOf(c.Appeal.At))
	case c.Status != ComplaintDecided:
		return c.stands("appealed")
	case now.After(c.AppealUntil):
		return Refuse(AppealLate, "id", "appeal_late", "until", c.AppealUntil.Format(time.RFC3339))
	}
	return nil
}

// MayWithdraw says whether the shopper can still take the complaint back.
func (c Complaint) MayWithdraw() error {
	if c.Status == ComplaintOpen || c.Status == ComplaintAnswered {
		return nil
	}
	return c.stands("withdrawn")
}

func (c Complaint) stands(wish string) error {
	return Refuse(ComplaintConflict, "id", "cannot_be", "id", c.ID, "status", c.Status, "wish", wish)
}

// ComplaintCounts are a party's complaints by what became of them, as they
// count at one instant. Late answers are those given, or still missing, after
// their deadline.
type ComplaintCounts struct {
	Pending     int64 `json:"pending"`
	Escalated   int64 `json:"escalated"`
	Counterfeit int64 `json:"counterfeit"`
	Genuine     int64 `json:"genuine"`
	CannotTell  int64 `json:"cannotTell"`
	Withdrawn   int64 `json:"withdrawn"`
	LateAnswers int64 `json:"lateAnswers"`
}

// CountComplaints counts complaints as they stand at an instant.
func CountComplaints(all []Complaint, now time.Time) (n ComplaintCounts) {
	for _, c := range all {
		if !c.NextDue().IsZero() {
			n.Pending++
		}
		if c.StatusAt(now) == ComplaintEscalated {
			n.Escalated++
		}
		if c.lateAnswer(now) {
			n.LateAnswers++
		}
		switch c.Outcome() {
		case CounterfeitConfirmed:
			n.Counterfeit++
		case FoundGenuine:
			n.Genuine++
		case CannotTell:
			n.CannotTell++
		case OutcomeWithdrawn:
			n.Withdrawn++
		}
	}
	return n
}

func (c Complaint) lateAnswer(now time.Time) bool {
	if c.Answer != nil {
		return c.Answer.At.After(c.AnswerBy)
	}
	return c.Status != ComplaintWithdrawn && now.After(c.AnswerBy)
}

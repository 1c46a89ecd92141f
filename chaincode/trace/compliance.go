package trace

import (
	"slices"
	"time"
)

// RiskClass says how often a party is checked.
type RiskClass string

// The risk classes, each with its interval in days in CheckIntervals.
const (
	RiskLow    RiskClass = "low"
	RiskMedium RiskClass = "medium"
	RiskHigh   RiskClass = "high"
)

// CheckIntervals are the days from one check to the next, by risk class.
var CheckIntervals = map[RiskClass]int{RiskLow: 360, RiskMedium: 180, RiskHigh: 90}

// recheckDays is when a party whose check failed is checked again.
const recheckDays = 30

// ChecklistResult is how one item of a checklist came out.
type ChecklistResult string

// The results. A critical item that fails fails the whole check.
const (
	ItemPassed        ChecklistResult = "passed"
	ItemFailed        ChecklistResult = "failed"
	ItemNotApplicable ChecklistResult = "not_applicable"
)

// CheckItem is one item of a check's checklist. Finding says what was seen and
// is required where the item failed.
type CheckItem struct {
	Item     Text            `json:"item"`
	Critical bool            `json:"critical,omitempty"`
	Result   ChecklistResult `json:"result"`
	Finding  string          `json:"finding,omitempty"`
}

// CorrectiveAction is what the party must mend, by when: Item counts the
// checklist from 1. ClosedAt is the zero time until the platform has seen it mended.
type CorrectiveAction struct {
	Item         int       `json:"item"`
	Action       string    `json:"action"`
	Due          Date      `json:"due"`
	ClosedAt     time.Time `json:"closedAt,omitzero"`
	Note         string    `json:"note,omitempty"`
	DocumentHash string    `json:"documentHash,omitempty"`
}

// CheckResult is what a check comes to. The ledger derives it from the items.
type CheckResult string

// The results: conditional where something failed that is not critical.
const (
	CheckPassed      CheckResult = "passed"
	CheckConditional CheckResult = "conditional"
	CheckFailed      CheckResult = "failed"
)

// ComplianceCheck is one periodic check of a party by the platform.
type ComplianceCheck struct {
	ID      string             `json:"id"`
	Party   string             `json:"party"`
	On      Date               `json:"on"`
	Items   []CheckItem        `json:"items"`
	Actions []CorrectiveAction `json:"actions,omitempty"`
	Result  CheckResult        `json:"result"`
	NextDue Date               `json:"nextDue"`
	By      string             `json:"by"`
	At      time.Time          `json:"at"`
}

func (x ComplianceCheck) object() Object { return Object{"compliance_check", x.ID, x} }

// CheckSummary is what a party's record keeps of its last check.
type CheckSummary struct {
	ID     string      `json:"id"`
	On     Date        `json:"on"`
	Result CheckResult `json:"result"`
}

// OpenAction is a corrective action of a party that is not closed yet; Number
// counts the actions of its check from 1.
type OpenAction struct {
	Check  string `json:"check"`
	Number int    `json:"number"`
	Due    Date   `json:"due"`
}

type (
	// ScheduleRequest sets a party's risk class. NextCheckDue may bring the next
	// check forward, not put it off; empty means a whole interval from today.
	ScheduleRequest struct {
		ID           string    `json:"id"`
		RiskClass    RiskClass `json:"riskClass"`
		NextCheckDue Date      `json:"nextCheckDue,omitempty"`
	}
	// CheckRequest records a check of a party.
	CheckRequest struct {
		ID      string             `json:"id"`
		Party   string             `json:"party"`
		Items   []CheckItem        `json:"items"`
		Actions []CorrectiveAction `json:"actions,omitempty"`
	}
	// CloseActionRequest closes a corrective action of the check with the ID;
	// Number counts from 1.
	CloseActionRequest struct {
		ID           string `json:"id"`
		Number       int    `json:"number"`
		Note         string `json:"note"`
		DocumentHash string `json:"documentHash,omitempty"`
	}
)

// Check validates the request on its own.
func (r ScheduleRequest) Check(today Date) error {
	days, known := CheckIntervals[r.RiskClass]
	if !known {
		return Refuse(FieldInvalid, "riskClass", "one_of", "names", []RiskClass{RiskLow, RiskMedium, RiskHigh})
	}
	if latest := today.AddDays(days); r.NextCheckDue > latest {
		return Refuse(DateInvalid, "nextCheckDue", "check_due_by", "risk", r.RiskClass, "latest", latest)
	}
	return firstError(checkPartyID("id", r.ID), r.NextCheckDue.Check("nextCheckDue"))
}

// Check validates the request on its own: every item that failed has a finding
// and a corrective action due from today on, and no action is about another.
func (r CheckRequest) Check(today Date) error {
	if err := firstError(CheckID("id", r.ID), checkPartyID("party", r.Party), checkCount("items", len(r.Items)),
		checkCount("actions", len(r.Actions))); err != nil {
		return err
	}
	if len(r.Items) == 0 {
		return Refuse(FieldInvalid, "items", "check_without_items")
	}
	for i, item := range r.Items {
		if err := item.check(); err != nil {
			return err
		}
		mended := slices.ContainsFunc(r.Actions, func(a CorrectiveAction) bool { return a.Item == i+1 })
		if mended != (item.Result == ItemFailed) {
			return Refuse(FieldInvalid, "actions", "action_of_failed", "item", i+1)
		}
	}
	for _, a := range r.Actions {
		if err := a.check(today, len(r.Items)); err != nil {
			return err
		}
	}
	return nil
}

func (i CheckItem) check() error {
	switch i.Result {
	case ItemFailed:
		if err := required("items.finding", i.Finding, maxReason); err != nil {
			return err
		}
	case ItemPassed, ItemNotApplicable:
	default:
		return Refuse(
			FieldInvalid,
			"items.result",
			"one_of",
			"names",
			[]ChecklistResult{ItemPassed, ItemFailed, ItemNotApplicable},
		)
	}
	return firstError(i.Item.checkEither("items.item", maxName), checkText("items.finding", i.Finding, maxReason))
}

func (a CorrectiveAction) check(today Date, items int) error {
	if a.Item < 1 || a.Item > items {
		return Refuse(FieldInvalid, "actions.item", "from_one", "most", items)
	}
	if !a.ClosedAt.IsZero() || a.Note != "" || a.DocumentHash != "" {
		return Refuse(FieldInvalid, "actions", "action_closed_later")
	}
	if a.Due < today {
		return Refuse(DateInvalid, "actions.due", "day_from", "today", today)
	}
	return firstError(required("actions.action", a.Action, maxReason), a.Due.Check("actions.due"))
}

// Check validates the request on its own.
func (r CloseActionRequest) Check() error {
	return firstError(
		CheckID("id", r.ID), required("note", r.Note, maxReason), checkHash("documentHash", r.DocumentHash),
	)
}

// BeginChecks gives a party that has no check ahead its first one, a whole
// interval from today: nobody is accepted and then forgotten.
func (p *Party) BeginChecks(today Date) {
	if p.NextCheckDue == "" {
		p.NextCheckDue = NextDue(p.RiskClass, CheckPassed, today)
	}
}

// Result derives what a check comes to from its items.
func (r CheckRequest) Result() CheckResult {
	result := CheckPassed
	for _, i := range r.Items {
		if i.Result == ItemFailed && i.Critical {
			return CheckFailed
		}
		if i.Result == ItemFailed {
			result = CheckConditional
		}
	}
	return result
}

// NextDue is when a party of a risk class is checked after a check with a
// result; one without a class counts as low.
func NextDue(class RiskClass, result CheckResult, on Date) Date {
	days, known := CheckIntervals[class]
	if !known {
		days = CheckIntervals[RiskLow]
	}
	if result == CheckFailed {
		days = recheckDays
	}
	return on.AddDays(days)
}

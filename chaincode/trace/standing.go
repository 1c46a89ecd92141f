package trace

import "time"

// Deduction names one reason for which a standing score is less than 100.
type Deduction string

// The deductions. What each takes is in weights; docs/standing.md explains them.
const (
	DeductStatus      Deduction = "not_qualified"
	DeductLicence     Deduction = "licence_expired"
	DeductOverdue     Deduction = "check_overdue"
	DeductCheck       Deduction = "last_check"
	DeductAction      Deduction = "action_overdue"
	DeductCounterfeit Deduction = "counterfeit_confirmed"
	DeductLate        Deduction = "answer_late"
)

// weights is the one table of the score: what one of a kind takes, and the most
// that all of its kind take.
var weights = map[Deduction]struct{ each, most int64 }{
	DeductStatus:      {100, 100},
	DeductLicence:     {15, 30},
	DeductOverdue:     {20, 20},
	DeductCheck:       {10, 20}, // once for a conditional check, twice for a failed one
	DeductAction:      {10, 20},
	DeductCounterfeit: {25, 75},
	DeductLate:        {5, 15},
}

// ScorePart is one line of a score: how many of a kind there are and how many
// points they take.
type ScorePart struct {
	Deduction Deduction `json:"deduction"`
	Count     int64     `json:"count"`
	Points    int64     `json:"points"`
}

// Score is a party's standing in points, from 0 to 100, with the parts that add
// up to what is missing, in the order of the table in docs/standing.md.
type Score struct {
	Points int64       `json:"points"`
	Parts  []ScorePart `json:"parts"`
}

// ScoreOn computes the score of a day from the party's record and the
// complaints against it. It is a pure function: nothing is stored.
func (p Party) ScoreOn(today Date, complaints ComplaintCounts) Score {
	s := Score{Points: 100, Parts: []ScorePart{}}
	s.deduct(DeductStatus, count(p.Status != StatusQualified))
	s.deduct(DeductLicence, int64(len(p.expired(today))))
	s.deduct(DeductOverdue, count(p.NextCheckDue.Expired(today)))
	s.deduct(DeductCheck, p.lastCheckFaults())
	s.deduct(DeductAction, p.overdueActions(today))
	s.deduct(DeductCounterfeit, complaints.Counterfeit)
	s.deduct(DeductLate, complaints.LateAnswers)
	s.Points = max(0, s.Points)
	return s
}

func (s *Score) deduct(d Deduction, n int64) {
	points := min(n*weights[d].each, weights[d].most)
	s.Points -= points
	s.Parts = append(s.Parts, ScorePart{d, n, points})
}

func count(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (p Party) lastCheckFaults() int64 {
	switch {
	case p.LastCheck == nil || p.LastCheck.Result == CheckPassed:
		return 0
	case p.LastCheck.Result == CheckConditional:
		return 1
	}
	return 2
}

func (p Party) overdueActions(today Date) (n int64) {
	for _, a := range p.OpenActions {
		n += count(a.Due.Expired(today))
	}
	return n
}

// CheckOverdue reports whether a check or a corrective action is overdue.
func (p Party) CheckOverdue(today Date) bool {
	return p.NextCheckDue.Expired(today) || p.overdueActions(today) > 0
}

// WarnDays are how many days before something of a party's ends it is warned.
var WarnDays = []int{60, 30, 7}

// Ending is something in a party's record that has a last valid day: a
// licence, or an authorisation, whose number is its prefix.
type Ending struct {
	Kind    string `json:"kind"`
	Number  string `json:"number"`
	ValidTo Date   `json:"validTo"`
}

// AuthorisationKind is the Kind of an Ending that is an authorisation.
const AuthorisationKind = "authorisation"

func (p Party) endings() (all []Ending) {
	for _, l := range p.Licences {
		all = append(all, Ending{l.Kind, l.Number, l.ValidTo})
	}
	for _, a := range p.Authorisations {
		all = append(all, Ending{AuthorisationKind, a.Prefix, a.ValidTo})
	}
	return all
}

func (p Party) expired(today Date) (ended []Ending) {
	for _, e := range p.endings() {
		if e.ValidTo.Expired(today) {
			ended = append(ended, e)
		}
	}
	return ended
}

// Warning says that something ends within so many days: the least of WarnDays
// that is not passed yet.
type Warning struct {
	Ending
	Days int `json:"days"`
}

// WarningsOn gives what a party must be told on a day. A day on which nobody
// looked loses nothing: the next day the same threshold is due.
func (p Party) WarningsOn(today Date) (due []Warning) {
	for _, e := range p.endings() {
		if e.ValidTo == "" || e.ValidTo.Expired(today) {
			continue
		}
		within := 0
		for _, days := range WarnDays {
			if e.ValidTo <= today.AddDays(days) {
				within = days
			}
		}
		if within > 0 {
			due = append(due, Warning{e, within})
		}
	}
	return due
}

// StandingView is how a party stands on a day, for the party itself.
type StandingView struct {
	Party       string          `json:"party"`
	On          Date            `json:"on"`
	Standing    Standing        `json:"standing"`
	Reason      string          `json:"reason,omitempty"`
	RiskClass   RiskClass       `json:"riskClass,omitempty"`
	NextCheck   Date            `json:"nextCheckDue,omitempty"`
	LastCheck   *CheckSummary   `json:"lastCheck,omitempty"`
	OpenActions []OpenAction    `json:"openActions"`
	Expired     []Ending        `json:"expired"`
	Warnings    []Warning       `json:"warnings"`
	Score       Score           `json:"score"`
	Complaints  ComplaintCounts `json:"complaints"`
	Application *Application    `json:"application,omitempty"`
	History     []Ruling        `json:"history"`
}

// StandingAt gathers how the party stands at an instant.
func (p Party) StandingAt(now time.Time, complaints ComplaintCounts) StandingView {
	today := DayOf(now)
	return StandingView{
		Party:       p.ID,
		On:          today,
		Standing:    p.StandingOn(today),
		Reason:      p.StatusReason,
		RiskClass:   p.RiskClass,
		NextCheck:   p.NextCheckDue,
		LastCheck:   p.LastCheck,
		OpenActions: some(p.OpenActions),
		Expired:     some(p.expired(today)),
		Warnings:    some(p.WarningsOn(today)),
		Score:       p.ScoreOn(today, complaints),
		Complaints:  complaints,
		Application: p.Application,
		History:     some(p.History),
	}
}

// some gives an empty list where there is none, which JSON writes as [].
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// LicenceExpired gives the day on which the first of the party's expired
// licences ended, and whether there is one.
func (p Party) LicenceExpired(today Date) (on Date, expired bool) {
	for _, l := range p.Licences {
		if l.ValidTo.Expired(today) && (!expired || l.ValidTo < on) {
			on, expired = l.ValidTo, true
		}
	}
	return on, expired
}

// AuthorisationExpired gives the last day of the party's right to goods of a
// GTIN, where that right rested on authorisations that have all ended.
func (p Party) AuthorisationExpired(gtin string, today Date) (on Date, expired bool) {
	if p.mayRegister(gtin, today) {
		return "", false
	}
	a, expired := p.Authorisation(gtin)
	return a.ValidTo, expired
}

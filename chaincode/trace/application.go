package trace

import (
	"slices"
	"time"
)

// ApplicationStatus is where an application stands.
type ApplicationStatus string

// The statuses. An application that needs more, or was refused, may be made anew.
const (
	ApplicationSubmitted  ApplicationStatus = "submitted"
	ApplicationMoreNeeded ApplicationStatus = "more_needed"
	ApplicationRefused    ApplicationStatus = "refused"
	ApplicationAccepted   ApplicationStatus = "accepted"
)

var reviewable = []ApplicationStatus{ApplicationAccepted, ApplicationMoreNeeded, ApplicationRefused}

// Application is what a party asks to be entered in its record: to be
// qualified, or later to renew a licence. Nothing of it counts, and no prefix
// is claimed, until the platform accepts it.
type Application struct {
	Status         ApplicationStatus `json:"status"`
	Prefixes       []string          `json:"prefixes,omitempty"`
	Licences       []Licence         `json:"licences,omitempty"`
	Authorisations []Authorisation   `json:"authorisations,omitempty"`
	Note           string            `json:"note,omitempty"`
	SubmittedAt    time.Time         `json:"submittedAt"`
}

// ApplyRequest makes or replaces the caller's own application.
type ApplyRequest struct {
	Prefixes       []string        `json:"prefixes,omitempty"`
	Licences       []Licence       `json:"licences,omitempty"`
	Authorisations []Authorisation `json:"authorisations,omitempty"`
	Note           string          `json:"note,omitempty"`
}

// ReviewRequest decides on a party's application, with the reason that the
// party is told. One language is enough.
type ReviewRequest struct {
	ID      string            `json:"id"`
	Outcome ApplicationStatus `json:"outcome"`
	Reason  Text              `json:"reason"`
}

// Ruling is one decision of the platform on a party. Status is the party's
// after it; Application is set where it was about an application.
type Ruling struct {
	Status      Status            `json:"status"`
	Application ApplicationStatus `json:"application,omitempty"`
	Reason      Text              `json:"reason,omitzero"`
	By          string            `json:"by"`
	At          time.Time         `json:"at"`
}

// Ruled notes a decision. The party keeps the latest; the ledger has them all.
func (p *Party) Ruled(r Ruling) {
	p.Status, p.StatusReason = r.Status, r.Reason.In("zh-CN")
	p.History = append(p.History, r)
	if n := len(p.History); n > maxList {
		p.History = slices.Clone(p.History[n-maxList:])
	}
}

// Check validates the request on its own; a licence is the least that is asked,
// and whatever is named has its document: nobody can decide on a number alone.
func (r ApplyRequest) Check() error {
	if len(r.Licences) == 0 {
		return Refuse(FieldInvalid, "licences", "no_licence")
	}
	return firstError(checkPrefixes(r.Prefixes), checkLicences(r.Licences), checkAuthorisations(r.Authorisations),
		checkText("note", r.Note, maxReason), r.checkDocuments())
}

func (r ApplyRequest) checkDocuments() error {
	for _, l := range r.Licences {
		if l.DocumentHash == "" {
			return Refuse(DocumentMissing, "licences.documentHash", "licence_document", "number", Quoted(40, l.Number))
		}
	}
	for _, a := range r.Authorisations {
		if a.DocumentHash == "" {
			return Refuse(DocumentMissing, "authorisations.documentHash", "authorisation_document", "prefix", a.Prefix)
		}
	}
	return nil
}

// Check requires a reason, in one language at least.
func (r ReviewRequest) Check() error {
	if !slices.Contains(reviewable, r.Outcome) {
		return Refuse(FieldInvalid, "outcome", "one_of", "names", reviewable)
	}
	return firstError(checkPartyID("id", r.ID), r.Reason.checkEither("reason", maxReason))
}

// checkEither requires one of the languages, and bounds both.
func (t Text) checkEither(field string, max int) error {
	return firstError(
		required(field, t.In("zh-CN"), max),
		checkText(field+".zh-CN", t.ZhCN, max),
		checkText(field+".en", t.En, max),
	)
}

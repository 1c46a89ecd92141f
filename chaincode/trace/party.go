package trace

import (
	"regexp"
	"slices"
)

// Role is what a party does in the supply chain. A party may have several.
type Role string

// The roles. Where one is needed is said in the table Transactions.
const (
	RolePlatform    Role = "platform"
	RoleProducer    Role = "producer"
	RoleDistributor Role = "distributor"
	RoleSeller      Role = "seller"
	RoleInspector   Role = "inspector"
	RoleAuditor     Role = "auditor"
)

// Roles lists every role.
var Roles = []Role{RolePlatform, RoleProducer, RoleDistributor, RoleSeller, RoleInspector, RoleAuditor}

// The organisations of the channel, each with its own certificate authority.
const (
	PlatformMSP = "PlatformMSP"
	ProducerMSP = "ProducerMSP"
	AuditorMSP  = "AuditorMSP"
)

// RoleMSP is the one table of which organisation vouches for which role.
var RoleMSP = map[Role]string{
	RolePlatform:    PlatformMSP,
	RoleProducer:    ProducerMSP,
	RoleDistributor: PlatformMSP,
	RoleSeller:      PlatformMSP,
	RoleInspector:   AuditorMSP,
	RoleAuditor:     AuditorMSP,
}

// Status is what the platform has decided about a party.
type Status string

// The statuses and, in nextStatus, the changes that are possible.
const (
	StatusApplied   Status = "applied"
	StatusQualified Status = "qualified"
	StatusSuspended Status = "suspended"
	StatusRevoked   Status = "revoked"
)

var nextStatus = map[Status][]Status{
	StatusApplied:   {StatusQualified, StatusRevoked},
	StatusQualified: {StatusSuspended, StatusRevoked},
	StatusSuspended: {StatusQualified, StatusRevoked},
	StatusRevoked:   {},
}

// Standing is a party's status as it counts on a given day: its Status, or
// lapsed where it is qualified but a licence ran out or a check is overdue.
type Standing string

// StandingLapsed is the one standing that is not also a status.
const StandingLapsed Standing = "lapsed"

// DefaultDailyQuota is how many units a party may register in one day where
// the platform has set nothing else.
const DefaultDailyQuota = 2_000_000

// Party is an organisation that acts on the ledger. Place is where it works, as
// shoppers know it. MSP and Identity (the certificate's common name, given by
// that MSP's CA) are who signs for it. What follows DailyQuota only the ledger
// writes: the risk class and what is left of checks (see ComplianceCheck), the
// application that was made last, and the platform's latest decisions.
type Party struct {
	ID             string          `json:"id"`
	Name           Text            `json:"name"`
	Place          string          `json:"place,omitempty"`
	MSP            string          `json:"msp"`
	Identity       string          `json:"identity"`
	Roles          []Role          `json:"roles"`
	Status         Status          `json:"status"`
	StatusReason   string          `json:"statusReason,omitempty"`
	Prefixes       []string        `json:"prefixes,omitempty"`
	Licences       []Licence       `json:"licences,omitempty"`
	Authorisations []Authorisation `json:"authorisations,omitempty"`
	NextCheckDue   Date            `json:"nextCheckDue,omitempty"`
	DailyQuota     int64           `json:"dailyQuota"`
	RiskClass      RiskClass       `json:"riskClass,omitempty"`
	LastCheck      *CheckSummary   `json:"lastCheck,omitempty"`
	OpenActions    []OpenAction    `json:"openActions,omitempty"`
	Application    *Application    `json:"application,omitempty"`
	History        []Ruling        `json:"history,omitempty"`
}

func (x Party) object() Object { return Object{"party", x.ID, x} }

// StandingOn says how the party stands on a day. Expiry is a fact of the
// calendar: nothing has to run for a party to lapse.
func (p Party) StandingOn(today Date) Standing {
	if p.Status != StatusQualified {
		return Standing(p.Status)
	}
	if p.CheckOverdue(today) {
		return StandingLapsed
	}
	for _, l := range p.Licences {
		if l.ValidTo.Expired(today) {
			return StandingLapsed
		}
	}
	return Standing(StatusQualified)
}

// HasRole reports whether the party has any of the roles.
func (p Party) HasRole(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(p.Roles, r) })
}

// MayBecome says whether the platform may move the party to a status.
func (p Party) MayBecome(s Status) error {
	if slices.Contains(nextStatus[p.Status], s) {
		return nil
	}
	return Refuse(
		PartyStatus, "status", "status_cannot_become", "status", p.Status, "wish", Quoted(20, s),
		"possible", nextStatus[p.Status],
	)
}

// A party's id begins with a letter and a shipment's never has a lower-case
// one, so that a holder is always one or the other.
var (
	partyID    = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)
	prefixForm = regexp.MustCompile(`^[0-9]{4,12}$`)
	sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func checkPartyID(field, id string) error {
	if !partyID.MatchString(id) {
		return Refuse(FieldInvalid, field, "party_id")
	}
	return nil
}

// Check validates the party's own fields.
func (p Party) Check() error {
	return firstError(
		checkPartyID("id", p.ID), required("identity", p.Identity, maxShort), p.checkRoles(), p.checkRecord(),
	)
}

// checkRoles holds every role to the organisation that vouches for it.
func (p Party) checkRoles() error {
	if len(p.Roles) == 0 {
		return Refuse(FieldInvalid, "roles", "at_least_one_of", "names", Roles)
	}
	for i, r := range p.Roles {
		if !slices.Contains(Roles, r) || slices.Contains(p.Roles[:i], r) {
			return Refuse(FieldInvalid, "roles", "not_one_of", "value", Quoted(20, string(r)), "names", Roles)
		}
		if RoleMSP[r] != p.MSP {
			return Refuse(FieldInvalid, "msp", "role_of_msp", "role", r, "msp", RoleMSP[r])
		}
	}
	return nil
}

// checkRecord validates what the platform keeps about a party and may update.
func (p Party) checkRecord() error {
	if p.DailyQuota < 0 || p.DailyQuota > MaxIndex {
		return Refuse(FieldInvalid, "dailyQuota", "from_zero_default", "most", MaxIndex)
	}
	return firstError(
		p.Name.check("name", maxName), checkText("place", p.Place, maxShort),
		p.NextCheckDue.Check("nextCheckDue"), checkPrefixes(p.Prefixes), checkLicences(p.Licences),
		checkAuthorisations(p.Authorisations),
	)
}

// Quota is how many units the party may register in one day.
func (p Party) Quota() int64 {
	if p.DailyQuota == 0 {
		return DefaultDailyQuota
	}
	return p.DailyQuota
}

// maxList bounds the lists of a party and of a batch.
const maxList = 50

func checkCount(field string, n int) error {
	if n > maxList {
		return Refuse(FieldInvalid, field, "too_many", "n", n, "most", maxList)
	}
	return nil
}

package parties

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Standings reads how all parties stand.
type Standings interface {
	Standings(ctx context.Context, f record.StandingFilter, p record.Paging) (record.Page[trace.Party], error)
	ComplaintsAgainstAny(ctx context.Context, parties []string) ([]trace.Complaint, error)
}

// PartyStanding is a party as the list of standings shows it. LapsesOn is the
// first day of Dues that counts for its standing, empty where nothing ends.
type PartyStanding struct {
	Party       string                  `json:"party"`
	Name        trace.Text              `json:"name"`
	Roles       []trace.Role            `json:"roles"`
	Standing    trace.Standing          `json:"standing"`
	Reason      string                  `json:"reason,omitempty"`
	RiskClass   trace.RiskClass         `json:"riskClass,omitempty"`
	Score       int64                   `json:"score"`
	LastCheck   *trace.CheckSummary     `json:"lastCheck,omitempty"`
	NextCheck   trace.Date              `json:"nextCheckDue,omitempty"`
	LapsesOn    trace.Date              `json:"lapsesOn,omitempty"`
	Dues        []Due                   `json:"dues"`
	Complaints  trace.ComplaintCounts   `json:"complaints"`
	Application trace.ApplicationStatus `json:"application,omitempty"`
}

// DueKind says what is due of a party.
type DueKind string

// The kinds. An authorisation that ends lets no party lapse.
const (
	DueCheck         DueKind = "check"
	DueAction        DueKind = "action"
	DueLicence       DueKind = "licence"
	DueAuthorisation DueKind = "authorisation"
)

// Due is something of a party's that has a last day. What names it: the check
// of an action, a licence's kind, a brand. Number is the action's, the licence's
// or the prefix.
type Due struct {
	Kind    DueKind    `json:"kind"`
	On      trace.Date `json:"on"`
	What    string     `json:"what,omitempty"`
	Number  string     `json:"number,omitempty"`
	Overdue bool       `json:"overdue"`
}

// ListStandings lists how every party stands today, whoever lapses next first.
func (s *Service) ListStandings(
	ctx context.Context, f record.StandingFilter, p record.Paging,
) (record.Page[PartyStanding], error) {
	f.Today = s.Writer.Today()
	list, err := s.Standings.Standings(ctx, f, p)
	if err != nil {
		return record.Page[PartyStanding]{}, err
	}
	ids := make([]string, len(list.Items))
	for i, party := range list.Items {
		ids[i] = party.ID
	}
	complaints, err := s.Standings.ComplaintsAgainstAny(ctx, ids)
	against := map[string][]trace.Complaint{}
	for _, c := range complaints {
		against[c.Respondent] = append(against[c.Respondent], c)
	}
	return record.PageOf(list, func(party trace.Party) PartyStanding {
		counts := trace.CountComplaints(against[party.ID], s.Writer.Now())
		return standingOf(party, party.StandingAt(s.Writer.Now(), counts))
	}), err
}

func standingOf(p trace.Party, v trace.StandingView) PartyStanding {
	row := PartyStanding{
		Party:      p.ID,
		Name:       p.Name,
		Roles:      p.Roles,
		Standing:   v.Standing,
		Reason:     v.Reason,
		RiskClass:  v.RiskClass,
		Score:      v.Score.Points,
		LastCheck:  v.LastCheck,
		NextCheck:  v.NextCheck,
		Dues:       duesOf(p, v.On),
		Complaints: v.Complaints,
	}
	if p.Application != nil {
		row.Application = p.Application.Status
	}
	for _, d := range row.Dues {
		if d.Kind != DueAuthorisation {
			row.LapsesOn = d.On
			break
		}
	}
	return row
}

// duesOf gathers what is due of a party, the next first.
func duesOf(p trace.Party, today trace.Date) []Due {
	all := []Due{}
	add := func(kind DueKind, on trace.Date, what, number string) {
		if on != "" {
			all = append(all, Due{kind, on, what, number, on.Expired(today)})
		}
	}
	add(DueCheck, p.NextCheckDue, "", "")
	for _, a := range p.OpenActions {
		add(DueAction, a.Due, a.Check, strconv.Itoa(a.Number))
	}
	for _, l := range p.Licences {
		add(DueLicence, l.ValidTo, l.Kind, l.Number)
	}
	for _, a := range p.Authorisations {
		add(DueAuthorisation, a.ValidTo, a.Brand, a.Prefix)
	}
	slices.SortStableFunc(all, func(a, b Due) int { return cmp.Compare(a.On, b.On) })
	return all
}

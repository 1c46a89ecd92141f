// Package overview gathers what waits for somebody.
package overview

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/alerts"
)

// Overviews reads what waits for a party.
type Overviews interface {
	Waiting(ctx context.Context, party string, role trace.Role) (map[record.TaskKind]record.TaskGroup, error)
	Steps(ctx context.Context, party string) (record.Steps, error)
}

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
}

// Alerts lists the alerts that the caller may see.
type Alerts interface {
	ListAlerts(
		ctx context.Context, c service.Caller, status record.AlertStatus, p record.Paging,
	) (record.Page[alerts.Alert], error)
}

// Service answers what waits. All fields are required; Titled gives a notice its title.
type Service struct {
	Overviews Overviews
	Parties   Parties
	Alerts    Alerts
	Titled    func(record.Notice) record.InboxEntry
	Now       func() time.Time
}

// Overview gives what needs the caller today, what has a deadline first, and how
// far its party has come on its way to its first labels.
func (s *Service) Overview(ctx context.Context, c service.Caller) (record.Overview, error) {
	o := record.Overview{Groups: []record.TaskGroup{}}
	groups, err := s.Overviews.Waiting(ctx, c.Party, c.Role)
	if err != nil {
		return o, err
	}
	if o.Steps, err = s.Overviews.Steps(ctx, c.Party); err != nil {
		return o, err
	}
	if err := s.addOwnDates(ctx, c, groups, &o.Steps); err != nil {
		return o, err
	}
	if err := s.addAlerts(ctx, c, groups); err != nil {
		return o, err
	}
	for _, t := range groups[record.TaskMessage].Tasks {
		*t.Notice = s.Titled(t.Notice.Notice)
	}
	for _, kind := range record.TaskKinds {
		if g, ok := groups[kind]; ok {
			o.Groups = append(o.Groups, g)
		}
	}
	return o, nil
}

// addOwnDates adds what ends, has ended or is due of the caller's own party.
func (s *Service) addOwnDates(
	ctx context.Context, c service.Caller, groups map[record.TaskKind]record.TaskGroup, steps *record.Steps,
) error {
	p, ok, err := s.Parties.Party(ctx, c.Party)
	if err != nil || !ok {
		return err
	}
	today := trace.DayOf(s.Now())
	steps.Standing, steps.Prefixes = p.StandingOn(today), p.Prefixes
	if p.Application != nil {
		steps.Applied = p.Application.Status
	}
	if p.Status != trace.StatusQualified {
		return nil
	}
	view := p.StandingAt(s.Now(), trace.ComplaintCounts{})
	for _, e := range view.Expired {
		addTask(groups, record.Task{Kind: record.TaskLapse, Subject: e.Number, Detail: e.Kind, Due: endOf(e.ValidTo)})
	}
	if p.NextCheckDue.Expired(today) {
		addTask(groups, record.Task{Kind: record.TaskLapse, Subject: p.ID, Detail: "check", Due: endOf(p.NextCheckDue)})
	}
	for _, w := range view.Warnings {
		addTask(groups, record.Task{Kind: record.TaskEnding, Subject: w.Number, Detail: w.Kind, Due: endOf(w.ValidTo)})
	}
	for _, a := range view.OpenActions {
		addTask(groups, record.Task{Kind: record.TaskAction, Subject: a.Check, Due: endOf(a.Due)})
	}
	return nil
}

// endOf gives the instant at which a day ends.
func endOf(day trace.Date) *time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(day), trace.Zone)
	if err != nil {
		return nil
	}
	end := t.AddDate(0, 0, 1).UTC()
	return &end
}

// mostAlerts bounds how many open alerts are counted.
const mostAlerts = 200

func (s *Service) addAlerts(ctx context.Context, c service.Caller, groups map[record.TaskKind]record.TaskGroup) error {
	page, err := s.Alerts.ListAlerts(ctx, c, record.AlertOpen, record.Paging{Limit: mostAlerts})
	for _, a := range page.Items {
		addTask(
			groups,
			record.Task{
				Kind:    record.TaskAlert,
				Subject: a.ID,
				GTIN:    a.GTIN,
				Lot:     a.Lot,
				Name:    &a.Product,
				Detail:  a.Code,
				At:      &a.OpenedAt,
			},
		)
	}
	return err
}

// addTask counts a task and tells it while few of its kind are told.
func addTask(groups map[record.TaskKind]record.TaskGroup, t record.Task) {
	g := groups[t.Kind]
	g.Kind = t.Kind
	g.Count++
	if len(g.Tasks) < record.TasksTold {
		g.Tasks = append(g.Tasks, t)
	}
	groups[t.Kind] = g
}

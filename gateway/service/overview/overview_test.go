package overview

import (
	"context"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/alerts"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

type house struct {
	party  trace.Party
	alerts int
}

func (h house) Waiting(context.Context, string, trace.Role) (map[record.TaskKind]record.TaskGroup, error) {
	notice := record.InboxEntry{Notice: record.Notice{ID: 1}}
	return map[record.TaskKind]record.TaskGroup{
		record.TaskMessage: {Kind: record.TaskMessage, Count: 1, Tasks: []record.Task{{Notice: &notice}}},
	}, nil
}

func (h house) Steps(context.Context, string) (record.Steps, error) { return record.Steps{}, nil }

func (h house) Party(context.Context, string) (trace.Party, bool, error) { return h.party, true, nil }

func (h house) ListAlerts(
	context.Context, service.Caller, record.AlertStatus, record.Paging,
) (record.Page[alerts.Alert], error) {
	return record.Page[alerts.Alert]{Items: make([]alerts.Alert, h.alerts)}, nil
}

func of(h house, now time.Time) *Service {
	return &Service{Overviews: h, Parties: h, Alerts: h, Now: func() time.Time { return now },
		Titled: func(n record.Notice) record.InboxEntry {
			return record.InboxEntry{Notice: n, Title: trace.Text{En: "titled"}}
		}}
}

// What has a deadline comes in the order of the kinds, all are counted and few are told.
func TestOverviewCountsAllAndTellsFew(t *testing.T) {
	today := trace.DayOf(servicetest.Now)
	h := house{alerts: record.TasksTold + 3, party: trace.Party{
		ID:     "shop",
		Status: trace.StatusQualified,
		Licences: []trace.Licence{
			{Kind: "food", Number: "1", ValidTo: today.AddDays(-1)},
		},
		NextCheckDue: today.AddDays(-2),
	}}
	o, err := of(h, servicetest.Now).Overview(t.Context(), service.Caller{Party: "shop", Role: trace.RoleSeller})
	if err != nil {
		t.Fatal(err)
	}
	groups := map[record.TaskKind]record.TaskGroup{}
	last := -1
	for _, g := range o.Groups {
		groups[g.Kind] = g
		for i, kind := range record.TaskKinds {
			if kind == g.Kind {
				if i < last {
					t.Errorf("%s comes too late", kind)
				}
				last = i
			}
		}
	}
	if g := groups[record.TaskAlert]; g.Count != int64(h.alerts) && int(g.Count) != h.alerts ||
		len(g.Tasks) != record.TasksTold {
		t.Errorf("alerts: %d counted, %d told", g.Count, len(g.Tasks))
	}
	if g := groups[record.TaskLapse]; len(g.Tasks) != 2 || g.Tasks[0].Subject != "1" || g.Tasks[1].Detail != "check" {
		t.Errorf("lapses: %+v", g.Tasks)
	}
	if got := groups[record.TaskMessage].Tasks[0].Notice.Title.En; got != "titled" {
		t.Errorf("the message's title is %q", got)
	}
}

// A party that is not qualified has nothing that could lapse.
func TestOverviewOfAnApplicant(t *testing.T) {
	h := house{
		party: trace.Party{
			ID:           "new",
			NextCheckDue: "2020-01-01",
			Application:  &trace.Application{Status: trace.ApplicationMoreNeeded},
		},
	}
	o, err := of(h, servicetest.Now).Overview(t.Context(), service.Caller{Party: "new"})
	if err != nil || o.Steps.Applied != trace.ApplicationMoreNeeded {
		t.Errorf("%+v %v", o.Steps, err)
	}
	for _, g := range o.Groups {
		if g.Kind == record.TaskLapse {
			t.Errorf("%+v", g)
		}
	}
}

func TestADayEndsAtMidnightOfTheZone(t *testing.T) {
	if got := endOf("2026-11-28"); got == nil || !got.Equal(time.Date(2026, 11, 29, 0, 0, 0, 0, trace.Zone)) {
		t.Errorf("%v", got)
	}
	if got := endOf("soon"); got != nil {
		t.Errorf("%v", got)
	}
}

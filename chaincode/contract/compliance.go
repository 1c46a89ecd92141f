package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func checkKey(id string) key { return key{"check", id} }

// check gives a compliance check, or CHECK_UNKNOWN.
func (s *state) check(id string) (trace.ComplianceCheck, error) {
	var c trace.ComplianceCheck
	found, err := s.get(checkKey(id), &c)
	if err == nil && !found {
		err = trace.Refuse(trace.CheckUnknown, "id", "no_check", "check", trace.Quoted(40, id))
	}
	return c, err
}

// ScheduleChecks takes a trace.ScheduleRequest.
func (c *Contract) ScheduleChecks(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ScheduleChecks, request, scheduleChecks)
}

func scheduleChecks(t *transaction, r trace.ScheduleRequest) (trace.Event, error) {
	if err := r.Check(t.today); err != nil {
		return trace.Event{}, err
	}
	p, err := t.party("id", r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	p.RiskClass, p.NextCheckDue = r.RiskClass, r.NextCheckDue
	if p.NextCheckDue == "" {
		p.NextCheckDue = t.today.AddDays(trace.CheckIntervals[r.RiskClass])
	}
	return t.partyEvent(trace.EventCheckScheduled, p)
}

// RecordCheck takes a trace.CheckRequest.
func (c *Contract) RecordCheck(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RecordCheck, request, recordCheck)
}

// recordCheck derives the result and the next due date from the checklist.
// Corrective actions of earlier checks stay open until each is closed.
func recordCheck(t *transaction, r trace.CheckRequest) (trace.Event, error) {
	if err := r.Check(t.today); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(checkKey(r.ID), &trace.ComplianceCheck{}); err != nil || found {
		return trace.Event{}, exists(err, trace.CheckExists, "id", r.ID)
	}
	p, err := t.party("party", r.Party)
	if err != nil {
		return trace.Event{}, err
	}
	if p.ID == t.by.ID {
		return trace.Event{}, trace.Refuse(trace.NotAllowed, "party", "checks_oneself")
	}
	x := trace.ComplianceCheck{
		ID:      r.ID,
		Party:   r.Party,
		On:      t.today,
		Items:   r.Items,
		Actions: r.Actions,
		Result:  r.Result(),
		By:      t.by.ID,
		At:      t.at,
	}
	x.NextDue = trace.NextDue(p.RiskClass, x.Result, t.today)
	p.NextCheckDue, p.LastCheck = x.NextDue, &trace.CheckSummary{ID: x.ID, On: x.On, Result: x.Result}
	for i, a := range r.Actions {
		p.OpenActions = append(p.OpenActions, trace.OpenAction{Check: x.ID, Number: i + 1, Due: a.Due})
	}
	return t.checkEvent(trace.EventPartyChecked, x, p)
}

func (t *transaction) checkEvent(what trace.EventType, x trace.ComplianceCheck, p trace.Party) (trace.Event, error) {
	return trace.Event{Type: what, Check: &x, Party: &p}, allow(t.put(checkKey(x.ID), x), t.put(partyKey(p.ID), p))
}

// CloseAction takes a trace.CloseActionRequest.
func (c *Contract) CloseAction(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CloseAction, request, closeAction)
}

func closeAction(t *transaction, r trace.CloseActionRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	x, err := t.check(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if r.Number < 1 || r.Number > len(x.Actions) {
		return trace.Event{}, trace.Refuse(
			trace.ActionUnknown, "number", "check_has_actions", "check", x.ID, "actions", len(x.Actions),
		)
	}
	a := &x.Actions[r.Number-1]
	if !a.ClosedAt.IsZero() {
		return trace.Event{}, trace.Refuse(
			trace.ActionClosed, "number", "action_closed", "day", trace.DayOf(a.ClosedAt),
		)
	}
	p, err := t.party("id", x.Party)
	if err != nil {
		return trace.Event{}, err
	}
	a.ClosedAt, a.Note, a.DocumentHash = t.at, r.Note, r.DocumentHash
	p.OpenActions = slices.DeleteFunc(p.OpenActions, func(o trace.OpenAction) bool {
		return o.Check == x.ID && o.Number == r.Number
	})
	return t.checkEvent(trace.EventActionClosed, x, p)
}

// GetCheck answers a trace.ComplianceCheck.
func (c *Contract) GetCheck(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.ComplianceCheck, error) { return s.check(id) })
}

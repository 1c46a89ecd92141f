package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Apply takes a trace.ApplyRequest.
func (c *Contract) Apply(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Apply, request, apply)
}

// apply puts an application beside the party's record, in place of an earlier one.
func apply(t *transaction, r trace.ApplyRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	p := t.by
	p.Application = &trace.Application{Status: trace.ApplicationSubmitted, Prefixes: r.Prefixes, Licences: r.Licences,
		Authorisations: r.Authorisations, Note: r.Note, SubmittedAt: t.at}
	return t.partyEvent(trace.EventApplied, p)
}

// ReviewApplication takes a trace.ReviewRequest.
func (c *Contract) ReviewApplication(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ReviewApplication, request, reviewApplication)
}

// reviewApplication decides on what was applied for last. An applicant that is
// accepted is qualified; a party that is qualified already stays what it is and
// has its record renewed.
func reviewApplication(t *transaction, r trace.ReviewRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	p, err := t.party("id", r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if p.Application == nil || p.Application.Status != trace.ApplicationSubmitted {
		return trace.Event{}, trace.Refuse(trace.ApplicationMissing, "id", "no_application", "party", p.ID)
	}
	decided := *p.Application
	decided.Status = r.Outcome
	p.Application = &decided
	ruling := trace.Ruling{Status: p.Status, Application: r.Outcome, Reason: r.Reason, By: t.by.ID, At: t.at}
	if r.Outcome == trace.ApplicationAccepted {
		if err := t.enter(&p, decided); err != nil {
			return trace.Event{}, err
		}
		if p.Status == trace.StatusApplied {
			ruling.Status = trace.StatusQualified
		}
	}
	p.Ruled(ruling)
	return t.partyEvent(trace.EventApplicationReviewed, p)
}

// enter makes what was applied for the party's record.
func (t *transaction) enter(p *trace.Party, a trace.Application) error {
	if err := t.claimPrefixes(p.ID, p.Prefixes, a.Prefixes); err != nil {
		return err
	}
	p.Prefixes, p.Licences, p.Authorisations = a.Prefixes, a.Licences, a.Authorisations
	p.BeginChecks(t.today)
	return nil
}

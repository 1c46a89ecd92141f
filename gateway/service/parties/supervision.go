package parties

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Supervision reads what the platform's supervision has found.
type Supervision interface {
	Applicants(ctx context.Context, p record.Paging) (record.Page[trace.Party], error)
	Checks(ctx context.Context, party string, p record.Paging) (record.Page[trace.ComplianceCheck], error)
	ComplaintsAgainst(ctx context.Context, party string) ([]trace.Complaint, error)
}

// NewApplicant is a stranger who wants to become a party.
type NewApplicant struct {
	ID    string       `json:"id"`
	Name  trace.Text   `json:"name"`
	Roles []trace.Role `json:"roles"`
}

// RegisterApplicant enters a stranger as an applicant and gives it an account
// that can make its application and nothing else.
func (s *Service) RegisterApplicant(ctx context.Context, n NewApplicant) (AccountCreated, error) {
	c := service.Caller{Account: n.ID, Party: s.Platform, Role: trace.RolePlatform}
	if err := s.EnterApplicant(ctx, c, n); err != nil {
		return AccountCreated{}, err
	}
	name := n.ID[:min(len(n.ID), 30)] + "-" + strings.ToLower(rand.Text()[:8]) // no name that somebody could have taken
	return s.issueAccount(ctx, c, record.Account{Name: name, Party: n.ID, Role: record.RoleApplicant})
}

// EnterApplicant enters a stranger as an applicant. The platform's party signs,
// so the roles are held to those that are applied for.
func (s *Service) EnterApplicant(ctx context.Context, c service.Caller, n NewApplicant) error {
	p := trace.Party{ID: n.ID, Name: n.Name, Roles: n.Roles}
	if p.HasRole(trace.RolePlatform, trace.RoleAuditor) {
		return service.Refuse(trace.FieldInvalid, "roles", "apply_as")
	}
	c.Party, c.Role = s.Platform, trace.RolePlatform
	_, err := s.RegisterParty(ctx, c, p)
	return err
}

// Apply makes or replaces the application of the caller's party. Documents that
// it names must be the party's own.
func (s *Service) Apply(ctx context.Context, c service.Caller, r trace.ApplyRequest) (service.RecordWritten, error) {
	for _, l := range r.Licences {
		if err := s.mustHave(ctx, c, "licences.documentHash", l.DocumentHash); err != nil {
			return service.RecordWritten{}, err
		}
	}
	for _, a := range r.Authorisations {
		if err := s.mustHave(ctx, c, "authorisations.documentHash", a.DocumentHash); err != nil {
			return service.RecordWritten{}, err
		}
	}
	return s.Writer.WriteRecord(ctx, c, trace.Apply, c.Party, r)
}

func (s *Service) mustHave(ctx context.Context, c service.Caller, field, hash string) error {
	if hash == "" {
		return nil
	}
	has, err := s.Documents.HasDocument(ctx, c.Party, hash)
	if err == nil && !has {
		err = service.Refuse(trace.FieldInvalid, field, "document_first")
	}
	return err
}

// ReviewApplication decides on a party's application.
func (s *Service) ReviewApplication(
	ctx context.Context, c service.Caller, r trace.ReviewRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.ReviewApplication, r.ID, r)
}

// ListApplicants lists the parties whose application waits for a decision.
func (s *Service) ListApplicants(ctx context.Context, p record.Paging) (record.Page[trace.Party], error) {
	return s.Supervision.Applicants(ctx, p)
}

// Standing says how a party stands now, to itself and to those who see all.
func (s *Service) Standing(ctx context.Context, c service.Caller, party string) (trace.StandingView, error) {
	p, err := s.Party(ctx, c, party)
	if err != nil {
		return trace.StandingView{}, err
	}
	complaints, err := s.Supervision.ComplaintsAgainst(ctx, party)
	if err != nil {
		return trace.StandingView{}, err
	}
	return p.StandingAt(s.Writer.Now(), trace.CountComplaints(complaints, s.Writer.Now())), nil
}

// ScheduleChecks sets how often a party is checked.
func (s *Service) ScheduleChecks(
	ctx context.Context, c service.Caller, r trace.ScheduleRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.ScheduleChecks, r.ID, r)
}

// RecordCheck records a check of a party.
func (s *Service) RecordCheck(
	ctx context.Context, c service.Caller, r trace.CheckRequest,
) (service.RecordWritten, error) {
	if r.ID == "" {
		r.ID = service.NewID("C", c)
	}
	return s.Writer.WriteRecord(ctx, c, trace.RecordCheck, r.ID, r)
}

// CloseAction closes a corrective action of a check.
func (s *Service) CloseAction(
	ctx context.Context, c service.Caller, r trace.CloseActionRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.CloseAction, r.ID, r)
}

// ListChecks lists a party's checks, for itself and for those who see all.
func (s *Service) ListChecks(
	ctx context.Context, c service.Caller, party string, p record.Paging,
) (record.Page[trace.ComplianceCheck], error) {
	if _, err := s.Party(ctx, c, party); err != nil {
		return record.Page[trace.ComplianceCheck]{}, err
	}
	return s.Supervision.Checks(ctx, party, p)
}

package cases

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// CaseView is a case as it stands now: escalated where a deadline has passed,
// with its next deadline and the party that has to act.
type CaseView struct {
	trace.Case
	Status  trace.CaseStatus `json:"status"`
	Owner   string           `json:"owner,omitempty"`
	NextDue time.Time        `json:"nextDue,omitzero"`
}

func (s *Service) caseView(c trace.Case) CaseView {
	return CaseView{
		Case:    c,
		Status:  c.StatusAt(s.Writer.Now()),
		Owner:   c.OwnerAt(s.Writer.Now(), s.Platform),
		NextDue: c.NextDue(),
	}
}

// ListCases lists the cases of the caller's party, all for those who see all.
func (s *Service) ListCases(
	ctx context.Context, c service.Caller, f record.CaseFilter, p record.Paging,
) (record.Page[CaseView], error) {
	f.Party = c.Within()
	list, err := s.Store.Cases(ctx, f, p)
	return record.PageOf(list, s.caseView), err
}

// Case gives a case as it stands now to those who may see it.
func (s *Service) Case(ctx context.Context, c service.Caller, id string) (CaseView, error) {
	x, err := s.Sight.Case(ctx, c, id)
	return s.caseView(x), err
}

// OpenCase says that something does not fit.
func (s *Service) OpenCase(
	ctx context.Context, c service.Caller, r trace.OpenCaseRequest,
) (service.RecordWritten, error) {
	if r.ID == "" {
		r.ID = service.NewID("C", c)
	}
	service.Normalise(r.Lines)
	return s.Writer.WriteRecord(ctx, c, trace.OpenCase, r.ID, r)
}

// AnswerCase accepts the proposed fix or disputes it.
func (s *Service) AnswerCase(
	ctx context.Context, c service.Caller, r trace.AnswerCaseRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.AnswerCase, r.ID, r)
}

// DecideCase is the platform's word.
func (s *Service) DecideCase(
	ctx context.Context, c service.Caller, r trace.DecideCaseRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.DecideCase, r.ID, r)
}

// WithdrawCase takes the caller's own case back.
func (s *Service) WithdrawCase(ctx context.Context, c service.Caller, id string) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.WithdrawCase, id, trace.CaseRequest{ID: id})
}

// CustodyTerms gives the terms that hold now; everybody may know them.
func (s *Service) CustodyTerms(ctx context.Context) (trace.CustodyTerms, error) {
	return s.Store.CustodyTerms(ctx)
}

// SetCustodyTerms changes the terms for what happens from now on.
func (s *Service) SetCustodyTerms(
	ctx context.Context, c service.Caller, terms trace.CustodyTerms,
) (record.Position, error) {
	r, err := s.Writer.Write(ctx, c, trace.SetCustodyTerms, terms)
	return r.Position, err
}

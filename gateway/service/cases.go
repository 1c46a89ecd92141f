package service

import (
	"context"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Cases reads what did not fit, and the terms that it is held to.
type Cases interface {
	Case(ctx context.Context, id string) (trace.Case, bool, error)
	Cases(ctx context.Context, f record.CaseFilter, p record.Paging) (record.Page[trace.Case], error)
	PendingCase(ctx context.Context, like trace.Case) (id string, waiting int, err error)
	CustodyTerms(ctx context.Context) (trace.CustodyTerms, error)
}

// CaseView is a case as it stands now: escalated where a deadline has passed,
// with its next deadline and the party that has to act.
type CaseView struct {
	trace.Case
	Status  trace.CaseStatus `json:"status"`
	Owner   string           `json:"owner,omitempty"`
	NextDue time.Time        `json:"nextDue,omitzero"`
}

func (s *Service) caseView(c trace.Case) CaseView {
	return CaseView{Case: c, Status: c.StatusAt(s.Now()), Owner: c.OwnerAt(s.Now(), s.Platform), NextDue: c.NextDue()}
}

// ListCases lists the cases of the caller's party, all for those who see all.
func (s *Service) ListCases(ctx context.Context, c Caller, f record.CaseFilter, p record.Paging) (record.Page[CaseView], error) {
	f.Party = c.Within()
	list, err := s.Cases.Cases(ctx, f, p)
	return record.PageOf(list, s.caseView), err
}

// Case gives a case to its parties and to those who see all.
func (s *Service) Case(ctx context.Context, c Caller, id string) (CaseView, error) {
	x, ok, err := s.Cases.Case(ctx, id)
	mine := c.SeesAll() || x.Opener == c.Party || x.With == c.Party
	x, err = Found(x, ok && mine, err)(trace.CaseUnknown, "id", "case "+id)
	return s.caseView(x), err
}

// OpenCase says that something does not fit.
func (s *Service) OpenCase(ctx context.Context, c Caller, r trace.OpenCaseRequest) (RecordWritten, error) {
	if r.ID == "" {
		r.ID = NewID("C", c)
	}
	Normalise(r.Lines)
	return s.WriteRecord(ctx, c, trace.OpenCase, r.ID, r)
}

// AnswerCase accepts the proposed fix or disputes it.
func (s *Service) AnswerCase(ctx context.Context, c Caller, r trace.AnswerCaseRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.AnswerCase, r.ID, r)
}

// DecideCase is the platform's word.
func (s *Service) DecideCase(ctx context.Context, c Caller, r trace.DecideCaseRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.DecideCase, r.ID, r)
}

// WithdrawCase takes the caller's own case back.
func (s *Service) WithdrawCase(ctx context.Context, c Caller, id string) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.WithdrawCase, id, trace.CaseRequest{ID: id})
}

// CustodyTerms gives the terms that hold now; everybody may know them.
func (s *Service) CustodyTerms(ctx context.Context) (trace.CustodyTerms, error) {
	return s.Cases.CustodyTerms(ctx)
}

// SetCustodyTerms changes the terms for what happens from now on.
func (s *Service) SetCustodyTerms(ctx context.Context, c Caller, terms trace.CustodyTerms) (Written, error) {
	r, err := s.Write(ctx, c, trace.SetCustodyTerms, terms)
	return r.Written(), err
}

// CloseShipment writes off what has not arrived.
func (s *Service) CloseShipment(ctx context.Context, c Caller, r trace.CloseShipmentRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.CloseShipment, r.ID, r)
}

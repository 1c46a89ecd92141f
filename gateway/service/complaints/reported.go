package complaints

import (
	"context"
	"crypto/rand"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Reports reads what shoppers say about codes that we do not know, and keeps
// what the platform found out.
type Reports interface {
	ReportedCodes(ctx context.Context, f record.ReportFilter, p record.Paging) (record.Page[record.ReportedCode], error)
	ReportedCode(ctx context.Context, id string) (record.ReportedCode, bool, error)
	CodeReports(ctx context.Context, id string) ([]record.CodeReport, error)
	ReportClosings(ctx context.Context, id string) ([]record.ReportClosing, error)
	CloseReports(ctx context.Context, id, ref string, c record.ReportClosing) (bool, error)
}

// ReportedCase is a reported code with what shoppers say of it, the newest
// first, and what was found out.
type ReportedCase struct {
	record.ReportedCode
	Said     []record.CodeReport    `json:"said"`
	Closings []record.ReportClosing `json:"closings"`
}

// NewClosing closes a reported code's reports, with a note on what was found out.
type NewClosing struct {
	Note string `json:"note"`
}

const maxClosingNote = 1000

// ListReportedCodes lists the codes that shoppers have reported.
func (s *Service) ListReportedCodes(
	ctx context.Context, status record.ReportStatus, p record.Paging,
) (record.Page[record.ReportedCode], error) {
	if status != "" && !slices.Contains(record.ReportStatuses, status) {
		return record.Page[record.ReportedCode]{}, trace.Refuse(
			trace.FieldInvalid, "status", "one_of", "names", record.ReportStatuses,
		)
	}
	return s.Reports.ReportedCodes(ctx, record.ReportFilter{Status: status}, p)
}

// ReportedCode gives a reported code with its reports.
func (s *Service) ReportedCode(ctx context.Context, id string) (v ReportedCase, err error) {
	x, ok, err := s.Reports.ReportedCode(ctx, id)
	if v.ReportedCode, err = service.Found(x, ok, err)(service.ReportedCodeUnknown, "id", id); err != nil {
		return v, err
	}
	if v.Said, err = s.Reports.CodeReports(ctx, id); err != nil {
		return v, err
	}
	v.Closings, err = s.Reports.ReportClosings(ctx, id)
	return v, err
}

// CloseReportedCode closes the open reports of a code. Later ones open it again.
func (s *Service) CloseReportedCode(
	ctx context.Context, c service.Caller, id string, n NewClosing,
) (ReportedCase, error) {
	if err := service.CheckSaid("note", n.Note, maxClosingNote); err != nil {
		return ReportedCase{}, err
	}
	if _, err := s.ReportedCode(ctx, id); err != nil {
		return ReportedCase{}, err
	}
	ref := c.Ref
	if ref == "" {
		ref = rand.Text()
	}
	closed, err := s.Reports.CloseReports(
		ctx, id, ref, record.ReportClosing{Note: n.Note, Party: c.Party, Account: c.Account},
	)
	if err == nil && !closed {
		err = service.Refuse(service.ReportsClosed, "id", "reports_closed")
	}
	if err != nil {
		return ReportedCase{}, err
	}
	return s.ReportedCode(ctx, id)
}

// Package complaints is what merchants and the platform do about what shoppers write:
// complaints, reviews, and reports of codes that nobody issued.
package complaints

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Complaints reads complaints and keeps what was said about them.
type Complaints interface {
	Complaint(ctx context.Context, id string) (trace.Complaint, bool, error)
	Complaints(ctx context.Context, f record.ComplaintFilter, p record.Paging) (record.Page[trace.Complaint], error)
	ComplaintTerms(ctx context.Context) (trace.ComplaintTerms, error)
	Evidence(ctx context.Context, complaint string) (record.Evidence, error)
	ComplaintPhoto(ctx context.Context, complaint string, number int) ([]byte, error)
	Statement(ctx context.Context, complaint, evidenceHash string) (string, error)
	SaveStatement(ctx context.Context, x record.Said) error
	HasGround(ctx context.Context, complaint string) (bool, error)
	AdmitComplaint(ctx context.Context, complaint, account string) error
}

// Accounts says which person is behind an account.
type Accounts interface {
	Behind(ctx context.Context, account string) (string, error)
}

// Codes gives the one unit that a code names.
type Codes interface {
	One(ctx context.Context, c service.Caller, field string, r codes.Request) (trace.Line, error)
}

// Service answers for complaints, reviews and reports. All fields are required.
type Service struct {
	Writer     *service.Writer
	Complaints Complaints
	Reviews    Reviews
	Reports    Reports
	Accounts   Accounts
	Codes      Codes
}

// ComplaintCase is a complaint as it stands now, for those who may see it.
// Status is escalated where a deadline has passed; NextDue is the deadline that
// it waits for. The texts and photos come with one complaint, not with a list.
type ComplaintCase struct {
	trace.Complaint
	Status     trace.ComplaintStatus `json:"status"`
	Outcome    trace.Outcome         `json:"outcome,omitempty"`
	NextDue    time.Time             `json:"nextDue,omitzero"`
	Waits      bool                  `json:"waits,omitempty"` // for the platform's look (decision 72)
	Text       string                `json:"text,omitempty"`
	Photos     []record.Photo        `json:"photos,omitempty"`
	AnswerText string                `json:"answerText,omitempty"`
	AppealText string                `json:"appealText,omitempty"`
}

func (s *Service) caseOf(c trace.Complaint) ComplaintCase {
	return ComplaintCase{Complaint: c, Status: c.StatusAt(s.Writer.Now()), Outcome: c.Outcome(), NextDue: c.NextDue()}
}

// ListComplaints lists the complaints that the caller may see: those against
// its party, and all for the platform and auditors; the overdue come first. With
// a code it keeps to those about the unit that it names.
func (s *Service) ListComplaints(
	ctx context.Context, c service.Caller, status trace.ComplaintStatus, code string, p record.Paging,
) (record.Page[ComplaintCase], error) {
	if status != "" && !slices.Contains(trace.ComplaintStatuses, status) {
		return record.Page[ComplaintCase]{}, trace.Refuse(
			trace.FieldInvalid, "status", "one_of", "names", trace.ComplaintStatuses,
		)
	}
	f := record.ComplaintFilter{Status: status}
	if !c.SeesAll() {
		f.Respondent = c.Party
	}
	if code != "" {
		unit, err := s.Codes.One(ctx, c, "code", codes.Request{Codes: []string{code}})
		if err != nil {
			return record.Page[ComplaintCase]{}, err
		}
		f.Unit = &unit
	}
	list, err := s.Complaints.Complaints(ctx, f, p)
	return record.PageOf(list, s.caseOf), err
}

// visible gives a complaint to its respondent and to those who see all.
func (s *Service) visible(ctx context.Context, c service.Caller, id string) (trace.Complaint, error) {
	x, ok, err := s.Complaints.Complaint(ctx, id)
	return service.Found(x, ok && (c.SeesAll() || x.Respondent == c.Party), err)(trace.ComplaintUnknown, "id", id)
}

// Complaint gives a complaint with what was said in it.
func (s *Service) Complaint(ctx context.Context, c service.Caller, id string) (ComplaintCase, error) {
	x, err := s.visible(ctx, c, id)
	if err != nil {
		return ComplaintCase{}, err
	}
	v := s.caseOf(x)
	grounded, err := s.Complaints.HasGround(ctx, id)
	if err != nil {
		return v, err
	}
	v.Waits = !grounded && pending(x) && len(x.Decisions) == 0
	e, err := s.Complaints.Evidence(ctx, id)
	if err != nil {
		return v, err
	}
	v.Text, v.Photos = e.Text, e.Photos
	if v.AnswerText, err = s.said(ctx, id, x.Answer); err != nil {
		return v, err
	}
	v.AppealText, err = s.said(ctx, id, x.Appeal)
	return v, err
}

func (s *Service) said(ctx context.Context, id string, x *trace.Statement) (string, error) {
	if x == nil {
		return "", nil
	}
	return s.Complaints.Statement(ctx, id, x.EvidenceHash)
}

// ComplaintPhoto gives a photo of a complaint, a JPEG; every look is noted.
func (s *Service) ComplaintPhoto(ctx context.Context, c service.Caller, id string, number int) ([]byte, error) {
	if _, err := s.visible(ctx, c, id); err != nil {
		return nil, err
	}
	data, err := s.Complaints.ComplaintPhoto(ctx, id, number)
	if data, err = service.Found(data, data != nil, err)(
		trace.ComplaintUnknown, "number", strconv.Itoa(number),
	); err != nil {
		return nil, err
	}
	return data, s.Writer.Audit(ctx, c, "complaint_photo", map[string]any{"complaint": id, "number": number})
}

// AnswerComplaint answers a complaint for its respondent.
func (s *Service) AnswerComplaint(
	ctx context.Context, c service.Caller, id, text string,
) (service.RecordWritten, error) {
	return s.state(ctx, c, trace.AnswerComplaint, id, text)
}

// AppealComplaint appeals a decision for its respondent.
func (s *Service) AppealComplaint(
	ctx context.Context, c service.Caller, id, text string,
) (service.RecordWritten, error) {
	return s.state(ctx, c, trace.AppealComplaint, id, text)
}

// state keeps what the respondent says and then writes its hash to the ledger,
// which decides whether it may still be said.
func (s *Service) state(
	ctx context.Context, c service.Caller, t trace.Transaction, id, text string,
) (service.RecordWritten, error) {
	x, err := s.visible(ctx, c, id)
	if err != nil {
		return service.RecordWritten{}, err
	}
	if x.Respondent != c.Party {
		return service.RecordWritten{}, trace.Refuse(
			trace.NotRespondent, "id", "not_respondent", "complaint", id, "party", c.Party,
		)
	}
	if err := service.CheckSaid("text", text, maxStatement); err != nil {
		return service.RecordWritten{}, err
	}
	said := record.Said{Complaint: id, Party: c.Party, Account: c.Account, Text: text}
	rand.Read(said.Salt[:])
	said.EvidenceHash = trace.EvidenceHash(said.Salt, text)
	if err := s.Complaints.SaveStatement(ctx, said); err != nil {
		return service.RecordWritten{}, err
	}
	return s.Writer.WriteRecord(
		ctx, c, t, id, trace.StatementRequest{ID: id, EvidenceHash: hex.EncodeToString(said.EvidenceHash[:])},
	)
}

const maxStatement = 4000

// NewDecision asks for a decision on a complaint.
type NewDecision struct {
	Kind    trace.DecisionKind `json:"kind"`
	Outcome trace.Outcome      `json:"outcome"`
	Reason  trace.Text         `json:"reason"`
	Suspend bool               `json:"suspend,omitempty"`
}

// DecideComplaint decides as the officer behind the caller's account, whom the
// decision names: his keys count as himself.
func (s *Service) DecideComplaint(
	ctx context.Context, c service.Caller, id string, d NewDecision,
) (service.RecordWritten, error) {
	officer, err := s.Accounts.Behind(ctx, c.Account)
	if err != nil {
		return service.RecordWritten{}, err
	}
	return s.Writer.WriteRecord(
		ctx,
		c,
		trace.DecideComplaint,
		id,
		trace.DecideComplaintRequest{ID: id, Kind: d.Kind, Outcome: d.Outcome,
			Reason: d.Reason, Suspend: d.Suspend, Officer: officer},
	)
}

// pending reports whether a complaint waits for somebody's word.
func pending(x trace.Complaint) bool { return !x.NextDue().IsZero() }

// AdmitComplaint lets a pending complaint count in its unit's verdict: somebody of
// the platform has looked at it.
func (s *Service) AdmitComplaint(ctx context.Context, c service.Caller, id string) (ComplaintCase, error) {
	x, err := s.visible(ctx, c, id)
	if err != nil {
		return ComplaintCase{}, err
	}
	if !pending(x) {
		return ComplaintCase{}, service.Refuse(trace.ComplaintConflict, "id", "decided", "complaint", id)
	}
	officer, err := s.Accounts.Behind(ctx, c.Account)
	if err != nil {
		return ComplaintCase{}, err
	}
	if err := s.Complaints.AdmitComplaint(ctx, id, officer); err != nil {
		return ComplaintCase{}, err
	}
	return s.Complaint(ctx, c, id)
}

// ComplaintTerms gives the deadlines that new complaints get.
func (s *Service) ComplaintTerms(ctx context.Context) (trace.ComplaintTerms, error) {
	return s.Complaints.ComplaintTerms(ctx)
}

// SetComplaintTerms changes the deadlines of complaints that come later.
func (s *Service) SetComplaintTerms(
	ctx context.Context, c service.Caller, t trace.ComplaintTerms,
) (record.Position, error) {
	r, err := s.Writer.Write(ctx, c, trace.SetComplaintTerms, t)
	return r.Position, err
}

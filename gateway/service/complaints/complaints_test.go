package complaints

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

// rest is what a test does not use.
type (
	rest        = Complaints
	restReviews = Reviews
)

type kept struct {
	rest
	complaint trace.Complaint
	said      []record.Said
	admitted  []string
}

func (k *kept) Complaint(_ context.Context, id string) (trace.Complaint, bool, error) {
	return k.complaint, id == k.complaint.ID, nil
}
func (k *kept) SaveStatement(_ context.Context, x record.Said) error {
	k.said = append(k.said, x)
	return nil
}
func (k *kept) HasGround(context.Context, string) (bool, error) { return len(k.admitted) > 0, nil }
func (k *kept) Evidence(context.Context, string) (record.Evidence, error) {
	return record.Evidence{Text: "broken seal"}, nil
}
func (k *kept) AdmitComplaint(_ context.Context, id, officer string) error {
	k.admitted = append(k.admitted, id+" by "+officer)
	return nil
}
func (k *kept) ComplaintPhoto(_ context.Context, _ string, number int) ([]byte, error) {
	if number == 1 {
		return []byte("jpeg"), nil
	}
	return nil, nil
}
func (k *kept) Behind(_ context.Context, account string) (string, error) {
	return "person of " + account, nil
}

func room() (*Service, *kept, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	k := &kept{
		complaint: trace.Complaint{
			ID:         "C1",
			Respondent: "shop",
			Status:     trace.ComplaintOpen,
			AnswerBy:   servicetest.Now.Add(time.Hour),
		},
	}
	return &Service{Writer: w, Complaints: k, Accounts: k}, k, ledger
}

var (
	shop     = service.Caller{Account: "li", Party: "shop", Role: trace.RoleSeller}
	platform = service.Caller{Account: "key", Party: "platform", Role: trace.RolePlatform}
	rival    = service.Caller{Account: "wu", Party: "rival", Role: trace.RoleSeller}
)

// What the respondent says is kept first, and only its hash goes onto the ledger.
func TestAnswerComplaint(t *testing.T) {
	for name, x := range map[string]struct {
		c    service.Caller
		text string
		code trace.Code
	}{
		"the respondent": {shop, "we replaced it", ""},
		"a stranger":     {rival, "x", trace.ComplaintUnknown},
		"the platform":   {platform, "x", trace.NotRespondent},
		"nothing":        {shop, " \n", trace.FieldInvalid},
		"too much":       {shop, strings.Repeat("字", maxStatement+1), trace.FieldInvalid},
	} {
		s, k, ledger := room()
		_, err := s.AnswerComplaint(t.Context(), x.c, "C1", x.text)
		if trace.CodeOf(err) != x.code || (x.code == "") != (len(ledger.Calls) == 1) ||
			len(k.said) != len(ledger.Calls) {
			t.Errorf("%s: %v, kept %d, wrote %d", name, err, len(k.said), len(ledger.Calls))
		}
		if x.code == "" {
			r := ledger.Calls[0].Request.(trace.StatementRequest)
			if hash := trace.EvidenceHash(
				k.said[0].Salt, x.text,
			); k.said[0].EvidenceHash != hash || len(r.EvidenceHash) != 64 ||
				k.said[0].Salt == [len(k.said[0].Salt)]byte{} {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

// A complaint counts in its unit's verdict once somebody of the platform has looked at it, while it waits for a word.
func TestAdmitComplaint(t *testing.T) {
	s, k, _ := room()
	v, err := s.Complaint(t.Context(), shop, "C1")
	if err != nil || !v.Waits || v.Text != "broken seal" {
		t.Errorf("%+v %v", v, err)
	}
	if v, err = s.AdmitComplaint(t.Context(), platform, "C1"); err != nil || v.Waits ||
		k.admitted[0] != "C1 by person of key" {
		t.Errorf("%+v %v, %v", v, err, k.admitted)
	}
	k.complaint.Status = trace.ComplaintWithdrawn
	if _, err := s.AdmitComplaint(t.Context(), platform, "C1"); trace.CodeOf(err) != trace.ComplaintConflict {
		t.Errorf("%v", err)
	}
}

// Every look at a photo is noted.
func TestAPhotoIsNoted(t *testing.T) {
	s, _, ledger := room()
	if data, err := s.ComplaintPhoto(t.Context(), shop, "C1", 1); err != nil || string(data) != "jpeg" ||
		len(ledger.Audited) != 1 {
		t.Errorf("%q %v, audited %d times", data, err, len(ledger.Audited))
	}
	for _, c := range []service.Caller{rival, shop} {
		number := map[string]int{"rival": 1, "shop": 2}[c.Party]
		if _, err := s.ComplaintPhoto(t.Context(), c, "C1", number); trace.CodeOf(err) != trace.ComplaintUnknown {
			t.Errorf("%s: %v", c.Party, err)
		}
	}
}

type reviews struct {
	restReviews
	answered bool
}

func (r *reviews) Review(_ context.Context, id string) (record.Review, bool, error) {
	return record.Review{ID: id, Seller: "shop"}, true, nil
}
func (r *reviews) AnswerReview(context.Context, string, string, string, string) (bool, error) {
	first := !r.answered
	r.answered = true
	return first, nil
}

// A review is answered by who sold the goods, once.
func TestAnswerReview(t *testing.T) {
	s := &Service{Reviews: &reviews{}}
	for _, x := range []struct {
		c    service.Caller
		code trace.Code
	}{{rival, service.ReviewUnknown}, {platform, service.ReviewUnknown}, {shop, ""}, {shop, service.ReviewAnswered}} {
		if _, err := s.AnswerReview(t.Context(), x.c, "V1", "thank you"); trace.CodeOf(err) != x.code {
			t.Errorf("%s: %v, want %q", x.c.Party, err, x.code)
		}
	}
}

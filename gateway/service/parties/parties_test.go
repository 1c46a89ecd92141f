package parties

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

// rest is what a test does not use.
type (
	restParties   = Parties
	restAccounts  = Accounts
	restDocuments = Documents
)

type house struct {
	restParties
	enrolled []string
}

func (h *house) Party(_ context.Context, id string) (trace.Party, bool, error) {
	return trace.Party{ID: id, Roles: []trace.Role{trace.RoleSeller}}, id != "nobody", nil
}
func (h *house) Enrol(_ context.Context, msp, party string) error {
	h.enrolled = append(h.enrolled, party+" at "+msp)
	return nil
}

type accounts struct {
	restAccounts
	made []record.Account
}

func (a *accounts) CreateAccount(_ context.Context, x record.Account, _ [32]byte) (bool, error) {
	first := !slices.ContainsFunc(a.made, func(o record.Account) bool { return o.Name == x.Name })
	a.made = append(a.made, x)
	return first, nil
}

type papers struct{ restDocuments }

func (papers) HasDocument(_ context.Context, party, hash string) (bool, error) {
	return party == "shop" && hash == "ours", nil
}
func (papers) Document(_ context.Context, id string) (record.Document, bool, error) {
	return record.Document{ID: id, Party: "shop", Content: []byte("sealed")}, id == "D1", nil
}

type box struct{}

func (box) Seal(string, []byte) []byte              { return []byte("sealed") }
func (box) Open(_ string, _ []byte) ([]byte, error) { return []byte("licence"), nil }

func room() (*Service, *house, *accounts, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	h, a := &house{}, &accounts{}
	return &Service{
		Writer:    w,
		Parties:   h,
		Enroller:  h,
		Accounts:  a,
		Documents: papers{},
		Box:       box{},
		Platform:  "platform",
	}, h, a, ledger
}

// A stranger is entered by the platform as what it applies for, which is never what supervises.
func TestRegisterApplicant(t *testing.T) {
	s, h, a, ledger := room()
	made, err := s.RegisterApplicant(
		t.Context(),
		NewApplicant{ID: "newcomer", Name: trace.Text{ZhCN: "新店", En: "New"}, Roles: []trace.Role{trace.RoleSeller}},
	)
	if err != nil || made.APIKey == "" || made.Party != "newcomer" || made.Role != record.RoleApplicant ||
		!strings.HasPrefix(made.Account, "newcomer-") {
		t.Fatalf("%+v %v", made, err)
	}
	if len(ledger.Calls) != 1 || ledger.Calls[0].Party != "platform" || len(a.made) != 1 ||
		h.enrolled[0] != "newcomer at "+trace.RoleMSP[trace.RoleSeller] {
		t.Errorf("%+v, %v, %v", ledger.Calls, a.made, h.enrolled)
	}
	for _, role := range []trace.Role{trace.RolePlatform, trace.RoleAuditor} {
		s, h, a, ledger := room()
		_, err := s.RegisterApplicant(
			t.Context(), NewApplicant{ID: "spy", Name: trace.Text{ZhCN: "探", En: "Spy"}, Roles: []trace.Role{role}},
		)
		if trace.CodeOf(err) != trace.FieldInvalid || len(ledger.Calls)+len(a.made)+len(h.enrolled) != 0 {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// An account acts in a role that its party has; its key is told once and its name is nobody else's.
func TestCreateAccount(t *testing.T) {
	s, _, _, ledger := room()
	platform := service.Caller{Account: "op", Party: "platform", Role: trace.RolePlatform}
	for _, x := range []struct {
		party, account string
		role           trace.Role
		code           trace.Code
	}{{"shop", "till", trace.RoleSeller, ""}, {"shop", "till", trace.RoleSeller, service.AccountExists},
		{"shop", "lab", trace.RoleInspector, trace.FieldInvalid}, {"nobody", "x", trace.RoleSeller, trace.PartyUnknown}} {
		made, err := s.CreateAccount(t.Context(), platform, x.party, NewAccount{Account: x.account, Role: x.role})
		if trace.CodeOf(err) != x.code || (made.APIKey != "") != (x.code == "") {
			t.Errorf("%+v: %+v %v", x, made, err)
		}
	}
	if len(ledger.Audited) != 2 {
		t.Errorf("audited %d times", len(ledger.Audited))
	}
}

// An application names documents that its own party has given.
func TestApplyNamesOnesOwnDocuments(t *testing.T) {
	for hash, code := range map[string]trace.Code{"ours": "", "": "", "another's": trace.FieldInvalid} {
		s, _, _, ledger := room()
		r := trace.ApplyRequest{Licences: []trace.Licence{{Kind: "food", Number: "1", DocumentHash: hash}}}
		_, err := s.Apply(t.Context(), service.Caller{Party: "shop"}, r)
		if trace.CodeOf(err) != code || (code == "") != (len(ledger.Calls) == 1) {
			t.Errorf("%q: %v, wrote %d", hash, err, len(ledger.Calls))
		}
	}
}

// A document is for its owner and those who see all, and a look is in the log before it is answered.
func TestADocumentIsAudited(t *testing.T) {
	for c, code := range map[service.Caller]trace.Code{{Party: "shop"}: "", {Party: "rival"}: service.DocumentUnknown, {Party: "auditor", Role: trace.RoleAuditor}: ""} {
		s, _, _, ledger := room()
		d, err := s.Document(t.Context(), c, "D1")
		if trace.CodeOf(err) != code || (code == "") != (len(ledger.Audited) == 1 && string(d.Content) == "licence") {
			t.Errorf("%s: %q %v, audited %d times", c.Party, d.Content, err, len(ledger.Audited))
		}
	}
}

func TestAFileNameIsHarmless(t *testing.T) {
	for name, want := range map[string]string{`C:\papers\licence.pdf`: "licence.pdf", "../../etc/passwd": "passwd", "营业执照 2026.pdf": "营业执照 2026.pdf",
		"a\"b\r\nc.pdf": "a_b__c.pdf", "..hidden": "hidden", strings.Repeat("长", 150) + ".pdf": strings.Repeat("长", 96) + ".pdf"} {
		if got := fileName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// Whoever lapses next comes by the first day that counts for its standing; an authorisation that
// ends lets nobody lapse.
func TestDuesAreInOrder(t *testing.T) {
	today := trace.DayOf(servicetest.Now)
	p := trace.Party{
		ID:             "shop",
		NextCheckDue:   today.AddDays(9),
		Authorisations: []trace.Authorisation{{Brand: "B", Prefix: "1", ValidTo: today.AddDays(1)}},
		Licences:       []trace.Licence{{Kind: "food", Number: "1", ValidTo: today.AddDays(3)}},
	}
	row := standingOf(p, trace.StandingView{On: today})
	kinds := []DueKind{}
	for _, d := range row.Dues {
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, []DueKind{DueAuthorisation, DueLicence, DueCheck}) || row.LapsesOn != today.AddDays(3) {
		t.Errorf("%v, lapses on %s", kinds, row.LapsesOn)
	}
}

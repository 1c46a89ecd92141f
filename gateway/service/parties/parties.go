// Package parties registers parties and their accounts, keeps their documents, and
// says how they stand under the platform's supervision.
package parties

import (
	"context"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// Enroller gives a party its certificate. Repeating it is safe.
type Enroller interface {
	Enrol(ctx context.Context, msp, party string) error
}

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
	Parties(ctx context.Context, p record.Paging) (record.Page[trace.Party], error)
	PartyNames(ctx context.Context, ids []string) ([]record.PartyName, error)
	Receivers(ctx context.Context, party, search string, roles []trace.Role) ([]record.PartyName, error)
}

// Accounts keeps accounts by the SHA-256 of their keys.
type Accounts interface {
	CreateAccount(ctx context.Context, a record.Account, keyHash [32]byte) (bool, error)
	Accounts(ctx context.Context, party string) ([]record.Account, error)
	RevokeAccount(ctx context.Context, party, name string) (bool, error)
}

// Service answers for parties. All fields are required; Platform is the platform's
// party, which enters applicants, Decoding the memory that uploads are read in.
type Service struct {
	Writer      *service.Writer
	Parties     Parties
	Accounts    Accounts
	Supervision Supervision
	Standings   Standings
	Documents   Documents
	Enroller    Enroller
	Box         Box
	Platform    string
	Decoding    *share.Memory
}

// RegisterParty enrols a party at the CA of the organisation that its roles
// belong to and registers it as an applicant.
func (s *Service) RegisterParty(ctx context.Context, c service.Caller, p trace.Party) (service.RecordWritten, error) {
	p, err := withIdentity(p)
	if err != nil {
		return service.RecordWritten{}, err
	}
	if err := s.Enroller.Enrol(ctx, p.MSP, p.ID); err != nil {
		return service.RecordWritten{}, err
	}
	return s.Writer.WriteRecord(ctx, c, trace.RegisterParty, p.ID, p)
}

// withIdentity says who will sign for the party: the identity of its own id, of
// its roles' organisation.
func withIdentity(p trace.Party) (trace.Party, error) {
	if len(p.Roles) > 0 {
		p.MSP = trace.RoleMSP[p.Roles[0]]
	}
	p.Identity = p.ID
	return p, p.Check()
}

// UpdateParty replaces what the platform keeps about a party.
func (s *Service) UpdateParty(
	ctx context.Context, c service.Caller, r trace.UpdatePartyRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.UpdateParty, r.ID, r)
}

// SetPartyStatus qualifies, suspends, reinstates or revokes.
func (s *Service) SetPartyStatus(
	ctx context.Context, c service.Caller, r trace.SetPartyStatusRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.SetPartyStatus, r.ID, r)
}

// Party gives a party to itself and to those who see all.
func (s *Service) Party(ctx context.Context, c service.Caller, id string) (trace.Party, error) {
	p, ok, err := s.Parties.Party(ctx, id)
	return service.Found(p, ok && (c.SeesAll() || id == c.Party), err)(trace.PartyUnknown, "id", id)
}

// ListParties lists all parties.
func (s *Service) ListParties(ctx context.Context, p record.Paging) (record.Page[trace.Party], error) {
	return s.Parties.Parties(ctx, p)
}

// PartyNames is what parties are called.
type PartyNames struct {
	Items []record.PartyName `json:"items"`
}

// PartyNames names the parties with these ids or, where none is given, those that
// goods can be sent to and whose name has a text; without one, whom the caller has
// dealt with.
func (s *Service) PartyNames(
	ctx context.Context, c service.Caller, ids []string, search string,
) (names PartyNames, err error) {
	if len(ids) > 0 {
		names.Items, err = s.Parties.PartyNames(ctx, ids)
	} else {
		names.Items, err = s.Parties.Receivers(ctx, c.Party, search, trace.Transactions[trace.Receive].Roles)
	}
	return names, err
}

// NewAccount asks for an account of a party.
type NewAccount struct {
	Account string     `json:"account"`
	Role    trace.Role `json:"role"`
}

// AccountCreated is a new account with its key, which is shown this once.
type AccountCreated struct {
	Account string     `json:"account"`
	Role    trace.Role `json:"role"`
	Party   string     `json:"party"`
	APIKey  string     `json:"apiKey,omitempty"`
}

// CreateAccount gives a party an account in one of its roles.
func (s *Service) CreateAccount(
	ctx context.Context, c service.Caller, party string, n NewAccount,
) (AccountCreated, error) {
	p, err := s.Party(ctx, c, party)
	if err != nil {
		return AccountCreated{}, err
	}
	if !slices.Contains(p.Roles, n.Role) {
		return AccountCreated{}, service.Refuse(
			trace.FieldInvalid, "role", "role_of_account", "party", p.ID, "roles", p.Roles,
		)
	}
	return s.issueAccount(ctx, c, record.Account{Name: n.Account, Party: p.ID, Role: n.Role, MadeBy: c.Account})
}

func (s *Service) issueAccount(ctx context.Context, c service.Caller, a record.Account) (AccountCreated, error) {
	key := service.NewKey()
	if err := s.Writer.Audit(ctx, c, "account_create", a); err != nil {
		return AccountCreated{}, err
	}
	ok, err := s.Accounts.CreateAccount(ctx, a, service.HashKey(key))
	if err == nil && !ok {
		err = service.Refuse(service.AccountExists, "account", "name_taken", "name", a.Name)
	}
	if err != nil {
		return AccountCreated{}, err
	}
	return AccountCreated{Account: a.Name, Role: a.Role, Party: a.Party, APIKey: key}, nil
}

// ListAccounts lists a party's accounts.
func (s *Service) ListAccounts(ctx context.Context, c service.Caller, party string) ([]record.Account, error) {
	if _, err := s.Party(ctx, c, party); err != nil {
		return nil, err
	}
	return s.Accounts.Accounts(ctx, party)
}

// RevokeAccount ends an account. Its own caller it may not end: a platform
// without an account could not make another.
func (s *Service) RevokeAccount(ctx context.Context, c service.Caller, party, name string) error {
	if name == c.Account {
		return service.Refuse(trace.NotAllowed, "account", "revokes_itself")
	}
	if err := s.Writer.Audit(ctx, c, "account_revoke", map[string]string{"account": name}); err != nil {
		return err
	}
	ok, err := s.Accounts.RevokeAccount(ctx, party, name)
	_, err = service.Found(name, ok, err)(service.AccountUnknown, "account", name)
	return err
}

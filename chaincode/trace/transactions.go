package trace

// Transaction is the name of a contract function. Each takes one argument, the
// canonical JSON of its request, and answers the canonical JSON of its Event.
type Transaction string

// The transactions that write.
const (
	RegisterParty   Transaction = "RegisterParty"
	UpdateParty     Transaction = "UpdateParty"
	SetPartyStatus  Transaction = "SetPartyStatus"
	RegisterProduct Transaction = "RegisterProduct"
	RegisterBatch   Transaction = "RegisterBatch"
	ApproveBatch    Transaction = "ApproveBatch"
	Dispatch        Transaction = "Dispatch"
	Receive         Transaction = "Receive"
	Sell            Transaction = "Sell"
	Return          Transaction = "Return"
	Decommission    Transaction = "Decommission"
	StartRecall     Transaction = "StartRecall"
	CloseRecall     Transaction = "CloseRecall"
	ActivateUnit    Transaction = "ActivateUnit"
)

// Authority is who may submit a transaction: parties with any of Roles, in
// good standing unless Lapsed (or worse) is allowed as well.
type Authority struct {
	Roles       []Role
	AllowLapsed bool
}

// custodians are the roles that may have goods in their hands.
var custodians = []Role{RoleProducer, RoleDistributor, RoleSeller, RoleInspector}

// Transactions is the one table of who may do what on the ledger. What a rule
// needs beyond a role (own goods, own shipment) stands with the transaction.
//
// A lapsed party makes and sells nothing new, but it can still receive, take
// returns, remove and recall goods; a suspended one does nothing.
var Transactions = map[Transaction]Authority{
	RegisterParty:   {Roles: []Role{RolePlatform}},
	UpdateParty:     {Roles: []Role{RolePlatform}},
	SetPartyStatus:  {Roles: []Role{RolePlatform}},
	RegisterProduct: {Roles: []Role{RoleProducer}},
	RegisterBatch:   {Roles: []Role{RoleProducer}},
	ApproveBatch:    {Roles: []Role{RolePlatform}},
	Dispatch:        {Roles: custodians, AllowLapsed: true},
	Receive:         {Roles: custodians, AllowLapsed: true},
	Sell:            {Roles: []Role{RoleProducer, RoleSeller}},
	Return:          {Roles: []Role{RoleProducer, RoleSeller}, AllowLapsed: true},
	Decommission:    {Roles: custodians, AllowLapsed: true},
	StartRecall:     {Roles: []Role{RoleProducer, RolePlatform, RoleAuditor}, AllowLapsed: true},
	CloseRecall:     {Roles: []Role{RoleProducer, RolePlatform, RoleAuditor}, AllowLapsed: true},
	ActivateUnit:    {Roles: []Role{RolePlatform}},
}

// PlatformAttribute is the certificate attribute, with the value "true", by
// which the platform's CA marks the operators of the platform. It lets the
// first party be registered when the ledger is still empty.
const PlatformAttribute = "touchstone.platform"

// The requests, one for each transaction that does not take an object of its
// own. RegisterParty takes a Party (Status, StatusReason left empty),
// RegisterProduct a Product, RegisterBatch a Batch (Producer, Status and
// RegisteredAt left empty), StartRecall a Recall (By, At, ClosedAt left empty).
type (
	// UpdatePartyRequest replaces what the platform keeps about a party.
	UpdatePartyRequest struct {
		ID             string          `json:"id"`
		Name           Text            `json:"name"`
		Prefixes       []string        `json:"prefixes,omitempty"`
		Licences       []Licence       `json:"licences,omitempty"`
		Authorisations []Authorisation `json:"authorisations,omitempty"`
		NextCheckDue   Date            `json:"nextCheckDue,omitempty"`
		DailyQuota     int64           `json:"dailyQuota"`
	}
	// SetPartyStatusRequest qualifies, suspends, reinstates or revokes, with the
	// reason that the party is told.
	SetPartyStatusRequest struct {
		ID     string `json:"id"`
		Status Status `json:"status"`
		Reason string `json:"reason"`
	}
	// BatchRequest names a batch.
	BatchRequest struct {
		GTIN string `json:"gtin"`
		Lot  string `json:"lot"`
	}
	// DispatchRequest sends units the caller holds to another party.
	DispatchRequest struct {
		ID        string `json:"id"`
		To        string `json:"to"`
		Lines     []Line `json:"lines"`
		Reference string `json:"reference,omitempty"`
	}
	// ReceiveRequest signs for a shipment: everything as listed and good where
	// Lines is empty, else exactly what Lines say.
	ReceiveRequest struct {
		ID    string        `json:"id"`
		Lines []ReceiptLine `json:"lines,omitempty"`
	}
	// SellRequest books units the caller holds as sold to consumers.
	SellRequest struct {
		Lines     []Line `json:"lines"`
		Reference string `json:"reference,omitempty"`
	}
	// ReturnRequest takes back units that the caller sold. Damaged ones are removed.
	ReturnRequest struct {
		Lines     []Line    `json:"lines"`
		Condition Condition `json:"condition"`
		Reference string    `json:"reference,omitempty"`
	}
	// DecommissionRequest removes units the caller holds, for good.
	DecommissionRequest struct {
		Lines  []Line `json:"lines"`
		Reason Reason `json:"reason"`
		Note   string `json:"note,omitempty"`
	}
	// CloseRecallRequest ends a recall, with a note on its outcome.
	CloseRecallRequest struct {
		ID   string `json:"id"`
		Note string `json:"note"`
	}
	// ActivateUnitRequest opens a unit's PIN commitment and proves that the unit
	// is in its batch: Path is the RFC 6962 inclusion proof of leaf Index, each
	// hash as 64 lower-case hex digits, Salt 32 hex digits.
	ActivateUnitRequest struct {
		GTIN   string   `json:"gtin"`
		Lot    string   `json:"lot"`
		Index  int64    `json:"index"`
		Serial string   `json:"serial"`
		PIN    string   `json:"pin"`
		Salt   string   `json:"salt"`
		Path   []string `json:"path"`
	}
)

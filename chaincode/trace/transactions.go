package trace

import "slices"

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

	PassOnUnit           Transaction = "PassOnUnit"
	RenewOwnerKey        Transaction = "RenewOwnerKey"
	ReportUnitStolen     Transaction = "ReportUnitStolen"
	WithdrawStolenReport Transaction = "WithdrawStolenReport"

	SetComplaintTerms Transaction = "SetComplaintTerms"
	OpenComplaint     Transaction = "OpenComplaint"
	AnswerComplaint   Transaction = "AnswerComplaint"
	DecideComplaint   Transaction = "DecideComplaint"
	AppealComplaint   Transaction = "AppealComplaint"
	WithdrawComplaint Transaction = "WithdrawComplaint"
	AnchorLog         Transaction = "Anchor"
	Transform         Transaction = "Transform"
	Pack              Transaction = "Pack"
	Unpack            Transaction = "Unpack"

	RegisterStandard  Transaction = "RegisterStandard"
	RecordInspection  Transaction = "RecordInspection"
	ResumeInspection  Transaction = "ResumeInspection"
	HoldBatch         Transaction = "HoldBatch"
	ReleaseBatch      Transaction = "ReleaseBatch"
	AcknowledgeRecall Transaction = "AcknowledgeRecall"

	Apply             Transaction = "Apply"
	ReviewApplication Transaction = "ReviewApplication"
	ScheduleChecks    Transaction = "ScheduleChecks"
	RecordCheck       Transaction = "RecordCheck"
	CloseAction       Transaction = "CloseAction"

	CorrectProduct   Transaction = "CorrectProduct"
	CorrectBatch     Transaction = "CorrectBatch"
	DecideCorrection Transaction = "DecideCorrection"
	VoidUnits        Transaction = "VoidUnits"
	CancelShipment   Transaction = "CancelShipment"
	AmendReceipt     Transaction = "AmendReceipt"
	AnswerAmendment  Transaction = "AnswerAmendment"
	Undo             Transaction = "Undo"

	CloseShipment   Transaction = "CloseShipment"
	SetCustodyTerms Transaction = "SetCustodyTerms"
	OpenCase        Transaction = "OpenCase"
	AnswerCase      Transaction = "AnswerCase"
	DecideCase      Transaction = "DecideCase"
	WithdrawCase    Transaction = "WithdrawCase"

	FlagUnit   Transaction = "FlagUnit"
	UnflagUnit Transaction = "UnflagUnit"
)

// Authority is who may submit a transaction: parties with any of Roles, in
// good standing unless lapsed is allowed as well, or suspended, which includes
// lapsed, or applied.
type Authority struct {
	Roles          []Role
	AllowLapsed    bool
	AllowSuspended bool
	AllowApplied   bool
}

// custodians are the roles that may have goods in their hands.
var custodians = []Role{RoleProducer, RoleDistributor, RoleSeller, RoleInspector}

func custodiansAnd(more ...Role) []Role { return slices.Concat(custodians, more) }

// applicants are the roles that the platform qualifies on application.
var applicants = []Role{RoleProducer, RoleDistributor, RoleSeller, RoleInspector}

// Transactions is the one table of who may do what on the ledger. What a rule
// needs beyond a role (own goods, own shipment) stands with the transaction.
//
// A lapsed party makes and sells nothing new, but it can still receive, take
// returns, remove and recall goods; a suspended one only speaks for itself, in
// answers to complaints and in appeals. A lapsed platform can still update
// parties, or it could never mend its own record, and serves shoppers on.
var Transactions = map[Transaction]Authority{
	RegisterParty:   {Roles: []Role{RolePlatform}},
	UpdateParty:     {Roles: []Role{RolePlatform}, AllowLapsed: true},
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

	PassOnUnit:           {Roles: []Role{RolePlatform}, AllowLapsed: true},
	RenewOwnerKey:        {Roles: []Role{RolePlatform}, AllowLapsed: true},
	ReportUnitStolen:     {Roles: []Role{RolePlatform}, AllowLapsed: true},
	WithdrawStolenReport: {Roles: []Role{RolePlatform}, AllowLapsed: true},

	Transform: {Roles: []Role{RoleProducer}},
	Pack:      {Roles: custodians, AllowLapsed: true},
	Unpack:    {Roles: custodians, AllowLapsed: true},

	SetComplaintTerms: {Roles: []Role{RolePlatform}},
	OpenComplaint:     {Roles: []Role{RolePlatform}, AllowLapsed: true},
	AnswerComplaint:   {Roles: custodians, AllowLapsed: true, AllowSuspended: true},
	DecideComplaint:   {Roles: []Role{RolePlatform}},
	AppealComplaint:   {Roles: custodians, AllowLapsed: true, AllowSuspended: true},
	WithdrawComplaint: {Roles: []Role{RolePlatform}, AllowLapsed: true},
	AnchorLog:         {Roles: []Role{RolePlatform}, AllowLapsed: true},

	RegisterStandard:  {Roles: []Role{RolePlatform}},
	RecordInspection:  {Roles: []Role{RoleInspector}},
	ResumeInspection:  {Roles: []Role{RolePlatform}},
	HoldBatch:         {Roles: []Role{RoleProducer, RolePlatform, RoleAuditor}, AllowLapsed: true},
	ReleaseBatch:      {Roles: []Role{RoleProducer, RolePlatform, RoleAuditor}},
	AcknowledgeRecall: {Roles: custodians, AllowLapsed: true, AllowSuspended: true},

	Apply:             {Roles: applicants, AllowLapsed: true, AllowSuspended: true, AllowApplied: true},
	ReviewApplication: {Roles: []Role{RolePlatform}},
	ScheduleChecks:    {Roles: []Role{RolePlatform}},
	RecordCheck:       {Roles: []Role{RolePlatform}},
	CloseAction:       {Roles: []Role{RolePlatform}},

	CorrectProduct:   {Roles: []Role{RoleProducer, RolePlatform}, AllowLapsed: true},
	CorrectBatch:     {Roles: []Role{RoleProducer, RolePlatform}, AllowLapsed: true},
	DecideCorrection: {Roles: []Role{RolePlatform}},
	VoidUnits:        {Roles: []Role{RoleProducer}, AllowLapsed: true},
	CancelShipment:   {Roles: custodians, AllowLapsed: true},
	AmendReceipt:     {Roles: custodians, AllowLapsed: true},
	AnswerAmendment:  {Roles: custodians, AllowLapsed: true},
	Undo:             {Roles: custodiansAnd(RolePlatform), AllowLapsed: true},

	CloseShipment:   {Roles: custodiansAnd(RolePlatform), AllowLapsed: true},
	SetCustodyTerms: {Roles: []Role{RolePlatform}},
	OpenCase:        {Roles: custodians, AllowLapsed: true},
	AnswerCase:      {Roles: custodiansAnd(RolePlatform), AllowLapsed: true, AllowSuspended: true},
	DecideCase:      {Roles: []Role{RolePlatform}},
	WithdrawCase:    {Roles: custodians, AllowLapsed: true, AllowSuspended: true},

	FlagUnit:   {Roles: []Role{RoleProducer, RolePlatform}, AllowLapsed: true},
	UnflagUnit: {Roles: []Role{RoleProducer, RolePlatform}, AllowLapsed: true},
}

// Permits says whether a party may submit the transaction on that day, as far
// as its roles and standing go. Errors: ROLE_MISSING, PARTY_NOT_QUALIFIED,
// PARTY_SUSPENDED, PARTY_LAPSED.
func (a Authority) Permits(p Party, today Date) error {
	if !p.HasRole(a.Roles...) {
		return Refuse(RoleMissing, "", "role_missing", "party", p.ID, "has", p.Roles, "needs", a.Roles)
	}
	switch p.StandingOn(today) {
	case Standing(StatusQualified):
		return nil
	case Standing(StatusSuspended):
		if a.AllowSuspended {
			return nil
		}
		return Refuse(PartySuspended, "", "party_is", "party", p.ID, "status", p.Status, "reason", p.StatusReason)
	case StandingLapsed:
		if a.AllowLapsed {
			return nil
		}
		return Refuse(PartyLapsed, "", "party_lapsed", "party", p.ID)
	case Standing(StatusApplied):
		if a.AllowApplied {
			return nil
		}
		return Refuse(PartyUnqualified, "", "party_waits", "party", p.ID)
	default:
		return Refuse(PartySuspended, "", "party_is", "party", p.ID, "status", p.Status, "reason", p.StatusReason)
	}
}

// Query is the name of a contract function that only reads. Its arguments are
// plain strings; each answers the canonical JSON of what is named beside it.
type Query string

// The queries. Everything on the ledger is open to every member of the channel.
const (
	WhoAmI      Query = "WhoAmI"      // () Party that signs
	GetParty    Query = "GetParty"    // (id) Party
	GetProduct  Query = "GetProduct"  // (gtin) Product
	GetBatch    Query = "GetBatch"    // (gtin, lot) Batch
	GetHoldings Query = "GetHoldings" // (gtin, lot) []Holding in unit order, every unit once
	GetShipment Query = "GetShipment" // (id) Shipment
	GetRecall   Query = "GetRecall"   // (id) Recall
	GetRecalled Query = "GetRecalled" // (gtin, lot) []RecalledLine that are under an open recall
	GetCheck    Query = "GetCheck"    // (id) ComplianceCheck
	GetUnit     Query = "GetUnit"     // (gtin, lot, index) OwnedUnit, a unit that has been claimed

	StateFacts Query = "StateFacts" // (FactsRequest) FactsRoot, for peers to sign
	GetFacts   Query = "GetFacts"   // (FactsRequest) []Facts under that root

	StateHistory Query = "StateHistory" // (HistoryRequest) HistoryRoot, for peers to sign

	GetUnitFlag Query = "GetUnitFlag" // (gtin, lot, index) UnitFlag, without rulings where there never was one

	GetComplaint      Query = "GetComplaint"      // (id) Complaint
	GetComplaintTerms Query = "GetComplaintTerms" // () ComplaintTerms
	GetAnchor         Query = "GetAnchor"         // (log, from) Anchor that begins there

	GetBooking      Query = "GetBooking"      // (txId) Booking
	GetCase         Query = "GetCase"         // (id) Case
	GetCustodyTerms Query = "GetCustodyTerms" // () CustodyTerms

	GetStandard        Query = "GetStandard"        // (id) Standard, its latest version
	GetInspection      Query = "GetInspection"      // (id) Inspection
	GetQuality         Query = "GetQuality"         // (gtin, lot) Quality
	GetRecord          Query = "GetRecord"          // (producer, category) Record
	GetAcknowledgement Query = "GetAcknowledgement" // (recall, party) Acknowledgement

	GetTransformation Query = "GetTransformation" // (gtin, lot) Transformation that made the batch
	GetDerivations    Query = "GetDerivations"    // (gtin, lot) []Derivation, what was made from units of the batch
	GetContainer      Query = "GetContainer"      // (sscc) Container
)

// Queries lists every query with the number of its arguments.
var Queries = map[Query]int{
	StateFacts:         1,
	GetFacts:           1,
	StateHistory:       1,
	GetCheck:           1,
	GetUnitFlag:        3,
	GetCase:            1,
	GetBooking:         1,
	GetCustodyTerms:    0,
	WhoAmI:             0,
	GetParty:           1,
	GetProduct:         1,
	GetBatch:           2,
	GetHoldings:        2,
	GetShipment:        1,
	GetRecall:          1,
	GetRecalled:        2,
	GetUnit:            3,
	GetTransformation:  2,
	GetDerivations:     2,
	GetContainer:       1,
	GetStandard:        1,
	GetInspection:      1,
	GetQuality:         2,
	GetRecord:          2,
	GetAcknowledgement: 2,
	GetComplaint:       1,
	GetComplaintTerms:  0,
	GetAnchor:          2,
}

// PlatformAttribute is the certificate attribute, with the value "true", by
// which the platform's CA marks the operators of the platform. It lets the
// first party be registered when the ledger is still empty.
const PlatformAttribute = "touchstone.platform"

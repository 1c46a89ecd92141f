package trace

// Code is a stable reason for a refusal. Codes are never renamed or reused;
// a spreadsheet import reports them in lower case.
type Code string

// The codes. Each has its title in the catalogue, "title.CODE".
const (
	RequestMalformed Code = "REQUEST_MALFORMED"
	FieldInvalid     Code = "FIELD_INVALID"
	NotAllowed       Code = "NOT_ALLOWED"
	ClockSkew        Code = "CLOCK_SKEW"

	PartyUnknown     Code = "PARTY_UNKNOWN"
	PartyExists      Code = "PARTY_EXISTS"
	PartyStatus      Code = "PARTY_STATUS_CONFLICT"
	PartyUnqualified Code = "PARTY_NOT_QUALIFIED"
	PartySuspended   Code = "PARTY_SUSPENDED"
	PartyLapsed      Code = "PARTY_LAPSED"
	RoleMissing      Code = "ROLE_MISSING"
	PrefixTaken      Code = "PREFIX_TAKEN"

	GTINMissing    Code = "GTIN_MISSING"
	GTINInvalid    Code = "GTIN_INVALID"
	GTINCheckDigit Code = "GTIN_CHECK_DIGIT"
	PrefixNotOwned Code = "PREFIX_NOT_OWNED"
	ProductUnknown Code = "PRODUCT_UNKNOWN"
	ProductExists  Code = "PRODUCT_EXISTS"
	NameMissing    Code = "NAME_MISSING"
	NameTooLong    Code = "NAME_TOO_LONG"
	ShelfLife      Code = "SHELF_LIFE_INVALID"

	LotInvalid       Code = "LOT_INVALID"
	QuantityInvalid  Code = "QUANTITY_INVALID"
	DateInvalid      Code = "DATE_INVALID"
	BatchUnknown     Code = "BATCH_UNKNOWN"
	BatchExists      Code = "BATCH_EXISTS"
	BatchUnapproved  Code = "BATCH_AWAITING_APPROVAL"
	BatchNotAwaiting Code = "BATCH_NOT_AWAITING_APPROVAL"
	UnitsRootInvalid Code = "UNITS_ROOT_INVALID"
	LinesMissing     Code = "LINES_MISSING"
	LinesOverlap     Code = "LINES_OVERLAP"
	LineOutOfRange   Code = "LINE_OUT_OF_RANGE"
	NotHolder        Code = "NOT_HOLDER"
	NotSold          Code = "NOT_SOLD"
	UnitsRecalled    Code = "UNITS_RECALLED"
	ShipmentUnknown  Code = "SHIPMENT_UNKNOWN"
	ShipmentExists   Code = "SHIPMENT_EXISTS"
	ShipmentReceived Code = "SHIPMENT_ALREADY_RECEIVED"
	NotReceiver      Code = "NOT_RECEIVER"
	ReceiverInvalid  Code = "RECEIVER_INVALID"
	RecallUnknown    Code = "RECALL_UNKNOWN"
	RecallExists     Code = "RECALL_EXISTS"
	RecallClosed     Code = "RECALL_CLOSED"
	UnitUnknown      Code = "UNIT_UNKNOWN"
	UnitProof        Code = "UNIT_PROOF_INVALID"
	UnitActivated    Code = "UNIT_ALREADY_ACTIVATED"
	OwnerUnproved    Code = "OWNER_UNPROVED"
	UnitStolen       Code = "UNIT_REPORTED_STOLEN"
	UnitNotStolen    Code = "UNIT_NOT_REPORTED_STOLEN"
	OwnerActsSpent   Code = "OWNER_ACTS_SPENT"
	MassBalance      Code = "MASS_BALANCE"
	NotTransformed   Code = "TRANSFORMATION_UNKNOWN"
	SSCCInvalid      Code = "SSCC_INVALID"
	ContainerUnknown Code = "CONTAINER_UNKNOWN"
	ContainerExists  Code = "CONTAINER_EXISTS"
	ContainerOpened  Code = "CONTAINER_OPENED"
	ContainerPacked  Code = "CONTAINER_PACKED"
	ContainerLimit   Code = "CONTAINER_LIMIT"
	UnitsPacked      Code = "UNITS_PACKED"

	GoodsExpired      Code = "GOODS_EXPIRED"
	ExpiryBeyond      Code = "EXPIRY_BEYOND_INPUTS"
	NothingToCorrect  Code = "NOTHING_TO_CORRECT"
	CorrectionWaits   Code = "CORRECTION_PENDING"
	CorrectionUnknown Code = "CORRECTION_UNKNOWN"
	AmendmentLate     Code = "AMENDMENT_TOO_LATE"
	AmendmentWaits    Code = "AMENDMENT_PENDING"
	AmendmentUnknown  Code = "AMENDMENT_UNKNOWN"
	NotReceived       Code = "NOT_ON_RECEIPT"
	BookingUnknown    Code = "BOOKING_UNKNOWN"
	BookingUndone     Code = "BOOKING_UNDONE"
	UndoLate          Code = "UNDO_TOO_LATE"
	UnitsNotSent      Code = "UNITS_NOT_SENT"
	ShipmentTakenBack Code = "SHIPMENT_CANCELLED"
	ShipmentOpen      Code = "SHIPMENT_STILL_OPEN"
	CaseUnknown       Code = "CASE_UNKNOWN"
	CaseExists        Code = "CASE_EXISTS"
	CasePending       Code = "CASE_PENDING"
	CaseConflict      Code = "CASE_STATUS_CONFLICT"
	NotInCase         Code = "NOT_IN_CASE"

	ComplaintUnknown  Code = "COMPLAINT_UNKNOWN"
	ComplaintExists   Code = "COMPLAINT_EXISTS"
	ComplaintConflict Code = "COMPLAINT_STATUS_CONFLICT"
	NotRespondent     Code = "NOT_RESPONDENT"
	DecisionEarly     Code = "DECISION_TOO_EARLY"
	SameOfficer       Code = "SAME_OFFICER"
	AppealUsed        Code = "APPEAL_USED"
	AppealLate        Code = "APPEAL_TOO_LATE"
	AnchorOrder       Code = "ANCHOR_OUT_OF_ORDER"
	AnchorUnknown     Code = "ANCHOR_UNKNOWN"

	UnitFlagged    Code = "UNIT_FLAGGED"
	UnitNotFlagged Code = "UNIT_NOT_FLAGGED"

	ApplicationMissing Code = "APPLICATION_MISSING"
	DocumentMissing    Code = "DOCUMENT_MISSING"
	CheckUnknown       Code = "CHECK_UNKNOWN"
	CheckExists        Code = "CHECK_EXISTS"
	ActionUnknown      Code = "ACTION_UNKNOWN"
	ActionClosed       Code = "ACTION_CLOSED"

	StandardUnknown        Code = "STANDARD_UNKNOWN"
	StandardVersion        Code = "STANDARD_VERSION"
	StandardCategory       Code = "STANDARD_CATEGORY"
	InspectionExists       Code = "INSPECTION_EXISTS"
	InspectorInvolved      Code = "INSPECTOR_INVOLVED"
	ResultsIncomplete      Code = "RESULTS_INCOMPLETE"
	InspectionDiscontinued Code = "INSPECTION_DISCONTINUED"
	InspectionGoesOn       Code = "INSPECTION_NOT_DISCONTINUED"
	InspectionUnknown      Code = "INSPECTION_UNKNOWN"
	BatchOnHold            Code = "BATCH_ON_HOLD"
	BatchRejected          Code = "BATCH_REJECTED"
	BatchNotReleased       Code = "BATCH_NOT_RELEASED"
	NotOnHold              Code = "NOT_ON_HOLD"
	RecallAcknowledged     Code = "RECALL_ALREADY_ACKNOWLEDGED"

	SpreadsheetNumber Code = "GTIN_SPREADSHEET_NUMBER"
	RowsIncomplete    Code = "LOT_ROWS_REFUSED"
	DuplicateInFile   Code = "DUPLICATE_IN_FILE"
	ColumnsMissing    Code = "COLUMNS_MISSING"
)

var titles = Section[Code](texts, "title")

// Known reports whether c is one of the codes above.
func (c Code) Known() bool { _, ok := titles[c]; return ok }

// Title says in both languages what the code means.
func (c Code) Title() Text { return titles[c] }

// Codes gives every code with its title; the map is the caller's.
func Codes() map[Code]Text {
	m := make(map[Code]Text, len(titles))
	for c, t := range titles {
		m[c] = t
	}
	return m
}

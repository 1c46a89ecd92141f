package trace

// Mender is who can mend what was refused.
type Mender string

// The menders. The caller itself where nobody else is named.
const (
	MendCaller    Mender = "caller"
	MendPlatform  Mender = "platform"
	MendHolder    Mender = "holder"
	MendSender    Mender = "sender"
	MendReceiver  Mender = "receiver"
	MendProducer  Mender = "producer"
	MendInspector Mender = "inspector"
	MendOwner     Mender = "owner"
	MendLater     Mender = "later"
	MendNobody    Mender = "nobody"
)

// menders names, by code, who can mend a refusal that its caller cannot.
var menders = map[Code]Mender{
	NotAllowed:             MendPlatform,
	RoleMissing:            MendPlatform,
	PartyUnqualified:       MendPlatform,
	PartySuspended:         MendPlatform,
	PartyLapsed:            MendPlatform,
	PartyStatus:            MendPlatform,
	PrefixTaken:            MendPlatform,
	PrefixNotOwned:         MendPlatform,
	BatchUnapproved:        MendPlatform,
	InspectionDiscontinued: MendPlatform,
	StandardUnknown:        MendPlatform,
	StandardCategory:       MendPlatform,
	CorrectionWaits:        MendPlatform,
	UndoLate:               MendPlatform,
	DecisionEarly:          MendPlatform,
	UnitFlagged:            MendPlatform,
	AmendmentLate:          MendPlatform,

	NotHolder:         MendHolder,
	UnitsPacked:       MendHolder,
	InspectorInvolved: MendInspector,
	ReceiverInvalid:   MendReceiver,
	NotReceiver:       MendReceiver,
	ShipmentOpen:      MendReceiver,
	UnitsNotSent:      MendSender,
	ShipmentTakenBack: MendSender,
	AmendmentWaits:    MendReceiver,

	UnitsRecalled:    MendProducer,
	BatchOnHold:      MendProducer,
	BatchRejected:    MendProducer,
	GoodsExpired:     MendProducer,
	BatchNotReleased: MendInspector,
	ProductUnknown:   MendProducer,
	UnitProof:        MendProducer,

	OwnerUnproved: MendOwner,
	UnitStolen:    MendOwner,
	UnitActivated: MendOwner,

	ProductExists:      MendNobody,
	BatchExists:        MendNobody,
	ShipmentExists:     MendNobody,
	ShipmentReceived:   MendNobody,
	RecallExists:       MendNobody,
	RecallClosed:       MendNobody,
	ContainerExists:    MendNobody,
	ContainerOpened:    MendNobody,
	InspectionExists:   MendNobody,
	CaseExists:         MendNobody,
	CasePending:        MendNobody,
	ComplaintExists:    MendNobody,
	BookingUndone:      MendNobody,
	AppealUsed:         MendNobody,
	AppealLate:         MendNobody,
	OwnerActsSpent:     MendNobody,
	RecallAcknowledged: MendNobody,
	ActionClosed:       MendNobody,
}

var menderTexts = Table[Mender](
	texts, "mend", MendCaller, MendPlatform, MendHolder, MendSender, MendReceiver, MendProducer, MendInspector,
	MendOwner, MendLater, MendNobody,
)

// Mender says who can mend what the code refuses.
func (c Code) Mender() Mender {
	if m, ok := menders[c]; ok {
		return m
	}
	return MendCaller
}

// Text says it for people.
func (m Mender) Text() Text { return menderTexts[m] }

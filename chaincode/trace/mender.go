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
	NotAllowed: MendPlatform, RoleMissing: MendPlatform, PartyUnqualified: MendPlatform, PartySuspended: MendPlatform, PartyLapsed: MendPlatform,
	PartyStatus: MendPlatform, PrefixTaken: MendPlatform, PrefixNotOwned: MendPlatform, BatchUnapproved: MendPlatform,
	InspectionDiscontinued: MendPlatform, StandardUnknown: MendPlatform, StandardCategory: MendPlatform, CorrectionWaits: MendPlatform,
	UndoLate: MendPlatform, DecisionEarly: MendPlatform, UnitFlagged: MendPlatform, AmendmentLate: MendPlatform,

	NotHolder: MendHolder, UnitsPacked: MendHolder, InspectorInvolved: MendInspector, ReceiverInvalid: MendReceiver,
	NotReceiver: MendReceiver, ShipmentOpen: MendReceiver, UnitsNotSent: MendSender, ShipmentTakenBack: MendSender, AmendmentWaits: MendReceiver,

	UnitsRecalled: MendProducer, BatchOnHold: MendProducer, BatchRejected: MendProducer, GoodsExpired: MendProducer, BatchNotReleased: MendInspector,
	ProductUnknown: MendProducer, UnitProof: MendProducer,

	OwnerUnproved: MendOwner, UnitStolen: MendOwner, UnitActivated: MendOwner,

	ProductExists: MendNobody, BatchExists: MendNobody, ShipmentExists: MendNobody, ShipmentReceived: MendNobody, RecallExists: MendNobody,
	RecallClosed: MendNobody, ContainerExists: MendNobody, ContainerOpened: MendNobody, InspectionExists: MendNobody, CaseExists: MendNobody, CasePending: MendNobody,
	ComplaintExists: MendNobody, BookingUndone: MendNobody, AppealUsed: MendNobody, AppealLate: MendNobody, OwnerActsSpent: MendNobody,
	RecallAcknowledged: MendNobody, ActionClosed: MendNobody,
}

var menderTexts = map[Mender]Text{
	MendCaller:    {"您可以自己更正后再试", "You can mend this yourself and try again"},
	MendPlatform:  {"请联系平台处理", "The platform can mend this"},
	MendHolder:    {"请由持有这些货的一方处理；对不上的，请开一宗收发异常", "Whoever holds the goods can mend this; open a case where that does not fit"},
	MendSender:    {"请由发货方处理；对不上的，请开一宗收发异常", "The sender can mend this; open a case where that does not fit"},
	MendReceiver:  {"请由收货方处理", "The receiver can mend this"},
	MendProducer:  {"请联系生产方；生产方不处理的，请联系平台", "The producer can mend this, and the platform where it does not"},
	MendInspector: {"请由另一家检验机构检验", "Another inspector can mend this"},
	MendOwner:     {"只有商品的所有者可以处理", "Only the item's owner can mend this"},
	MendLater:     {"请稍后再试；仍不行的，请告知平台", "Try again later, and tell the platform if it goes on"},
	MendNobody:    {"已成定局，无需重试", "This stands as it is; there is nothing to try again"},
}

// Mender says who can mend what the code refuses.
func (c Code) Mender() Mender {
	if m, ok := menders[c]; ok {
		return m
	}
	return MendCaller
}

// Text says it for people.
func (m Mender) Text() Text { return menderTexts[m] }

package verdict

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Reason says why a check did not pass. Reasons are never renamed or reused.
type Reason string

// The reasons, by check. A malformed code has the reason of a forged one, so
// that no answer helps anybody guess codes. EvidenceMissing belongs to whichever
// check lacks its evidence. Units booked as missing that turn up for sale are a
// sign of diversion, but also of a miscount: they are a caution. Units booked
// as damaged or used up must not be sold at all: they are a stop.
const (
	NotIssued  Reason = "NOT_ISSUED"
	KeyRetired Reason = "KEY_RETIRED"

	CodeCutShort Reason = "CODE_INCOMPLETE"

	BatchNotOnLedger  Reason = "BATCH_NOT_ON_LEDGER"
	RootMismatch      Reason = "ROOT_MISMATCH"
	LedgerUnreachable Reason = "LEDGER_UNREACHABLE"
	LedgerStale       Reason = "LEDGER_STALE"
	LedgerHalted      Reason = "LEDGER_HALTED"
	EvidenceMissing   Reason = "EVIDENCE_MISSING"

	SignaturesMissing Reason = "SIGNATURES_MISSING"
	RecordsDiffer     Reason = "RECORDS_DIFFER"

	Recalled           Reason = "RECALLED"
	IngredientRecalled Reason = "INGREDIENT_RECALLED"

	Stolen            Reason = "STOLEN"
	Destroyed         Reason = "DESTROYED"
	Sample            Reason = "SAMPLE"
	ExportedElsewhere Reason = "EXPORTED_ELSEWHERE"
	UnitDamaged       Reason = "DAMAGED"
	UnitVoided        Reason = "VOIDED"
	UnitMissing       Reason = "MISSING"
	UsedUp            Reason = "USED_UP"

	Expired     Reason = "EXPIRED"
	ExpiresSoon Reason = "EXPIRES_SOON"

	OnHold           Reason = "ON_HOLD"
	NotReleased      Reason = "NOT_RELEASED"
	InspectionFailed Reason = "INSPECTION_FAILED"

	NotYetShipped     Reason = "NOT_YET_SHIPPED"
	InTransit         Reason = "IN_TRANSIT"
	HeldByOtherSeller Reason = "HELD_BY_OTHER_SELLER"

	OtherMarket Reason = "OTHER_MARKET"

	SellerSuspended      Reason = "SELLER_SUSPENDED"
	LicenceExpired       Reason = "LICENCE_EXPIRED"
	AuthorisationExpired Reason = "AUTHORISATION_EXPIRED"
	CheckOverdue         Reason = "CHECK_OVERDUE"

	AlreadyActivated Reason = "ALREADY_ACTIVATED"

	ConfirmedClone  Reason = "CONFIRMED_CLONE"
	CloneLikely     Reason = "CLONE_LIKELY"
	ScannedFarApart Reason = "SCANNED_FAR_APART"
	ScannedOften    Reason = "SCANNED_OFTEN"
	ScansNotWeighed Reason = "SCANS_NOT_WEIGHED"

	ConfirmedCounterfeit Reason = "CONFIRMED_COUNTERFEIT"
	UnderComplaint       Reason = "UNDER_COMPLAINT"
	CounterfeitInBatch   Reason = "COUNTERFEIT_IN_BATCH"
)

// What checks find that pass, or that has a reason in common with another
// finding. These never leave the package; they only choose a text.
const (
	stolenFromOwner  Reason = "stolen from its owner"
	stolenFromYou    Reason = "stolen from whoever asks"
	soldByOther      Reason = "sold by another seller"
	sellerRevoked    Reason = "seller revoked"
	underAppeal      Reason = "under appeal"
	activatedAsked   Reason = "activated and asked about"
	activatedAskedIn Reason = "activated and asked about in a known city"

	codeRight          Reason = "code right"
	codeListed         Reason = "code listed"
	legacyStated       Reason = "legacy stated"
	batchOnLedger      Reason = "batch on ledger"
	notRecalled        Reason = "not recalled"
	inCirculation      Reason = "in circulation"
	doesNotExpire      Reason = "does not expire"
	inDate             Reason = "in date"
	inspectionPassed   Reason = "inspection passed"
	noInspectionNeeded Reason = "no inspection needed"
	withSeller         Reason = "with seller"
	soldBy             Reason = "sold"
	rightMarket        Reason = "right market"
	sellerInOrder      Reason = "seller in order"
	notActivated       Reason = "not activated"
	yours              Reason = "registered to whoever asks"
	yoursAsked         Reason = "registered to whoever asks, and asked about"
	usualPattern       Reason = "usual pattern"
	noComplaint        Reason = "no complaint"
	signedNow          Reason = "signed now"
)

// reason is what follows from a finding.
type reason struct {
	verdict Verdict
	message Message
}

// The titles that several reasons share.
var (
	takeCare  = text("takeCare")
	doNotBuy  = text("doNotBuy")
	stopUsing = text("stopUsing")
	cannotSay = text("cannotSay")
)

// What unavailable says of the item, whatever the cause, and what to do.
var (
	saysNothing = text("saysNothing")
	tryAgain    = text("tryAgain")
)

var askOrigin = text("askOrigin")

// reasons is the one table of findings: the verdict each leads to, and its texts.
var reasons = map[Reason]reason{
	NotIssued: {NotRecognised, Message{
		Title: text("reason.NOT_ISSUED.title"),
		Found: text("reason.NOT_ISSUED.found"),
		Means: text("reason.NOT_ISSUED.means"),
		Do:    text("reason.NOT_ISSUED.do"),
	}},
	CodeCutShort: {Unavailable, Message{
		Title: text("reason.CODE_INCOMPLETE.title"),
		Found: text("reason.CODE_INCOMPLETE.found"),
		Means: text("reason.CODE_INCOMPLETE.means"),
		Do:    text("reason.CODE_INCOMPLETE.do"),
	}},
	KeyRetired: {NotRecognised, Message{
		Title: text("reason.KEY_RETIRED.title"),
		Found: text("reason.KEY_RETIRED.found"),
		Means: text("reason.KEY_RETIRED.means"),
		Do:    text("reason.KEY_RETIRED.do"),
	}},

	BatchNotOnLedger: {NotRecognised, Message{
		Title: text("reason.BATCH_NOT_ON_LEDGER.title"),
		Found: text("reason.BATCH_NOT_ON_LEDGER.found"),
		Means: text("reason.BATCH_NOT_ON_LEDGER.means"),
		Do:    text("reason.BATCH_NOT_ON_LEDGER.do"),
	}},
	RootMismatch: {NotRecognised, Message{
		Title: text("reason.ROOT_MISMATCH.title"),
		Found: text("reason.ROOT_MISMATCH.found"),
		Means: text("reason.ROOT_MISMATCH.means"),
		Do:    text("reason.ROOT_MISMATCH.do"),
	}},
	LedgerUnreachable: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.LEDGER_UNREACHABLE.means"),
	}},
	LedgerStale: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.LEDGER_STALE.means"),
	}},
	LedgerHalted: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.LEDGER_HALTED.means"),
	}},
	EvidenceMissing: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.EVIDENCE_MISSING.means"),
	}},

	SignaturesMissing: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.SIGNATURES_MISSING.means"),
	}},
	RecordsDiffer: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: text("reason.RECORDS_DIFFER.means"),
	}},

	Recalled: {Stop, Message{
		Title: stopUsing,
		Found: text("reason.RECALLED.found"),
		Means: text("reason.RECALLED.means"),
		Do:    text("reason.RECALLED.do"),
	}},

	IngredientRecalled: {Stop, Message{
		Title: stopUsing,
		Found: text("reason.INGREDIENT_RECALLED.found"),
		Means: text("reason.INGREDIENT_RECALLED.means"),
		Do:    text("reason.INGREDIENT_RECALLED.do"),
	}},

	Stolen: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.STOLEN.found"),
		Means: text("reason.STOLEN.means"),
		Do:    text("reason.STOLEN.do"),
	}},
	stolenFromYou: {Stop, Message{
		Title: text("reason.stolenFromWhoeverAsks.title"),
		Found: text("reason.stolenFromWhoeverAsks.found"),
		Means: text("reason.stolenFromWhoeverAsks.means"),
		Do:    text("reason.stolenFromWhoeverAsks.do"),
	}},
	stolenFromOwner: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.stolenFromItsOwner.found"),
		Means: text("reason.stolenFromItsOwner.means"),
		Do:    text("reason.stolenFromItsOwner.do"),
	}},
	Destroyed: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.DESTROYED.found"),
		Means: text("reason.DESTROYED.means"),
		Do:    text("reason.DESTROYED.do"),
	}},
	Sample: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.SAMPLE.found"),
		Means: text("reason.SAMPLE.means"),
		Do:    text("reason.SAMPLE.do"),
	}},
	ExportedElsewhere: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.EXPORTED_ELSEWHERE.found"),
		Means: text("reason.EXPORTED_ELSEWHERE.means"),
		Do:    text("reason.EXPORTED_ELSEWHERE.do"),
	}},
	UnitVoided: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.VOIDED.found"),
		Means: text("reason.VOIDED.means"),
		Do:    text("reason.VOIDED.do"),
	}},
	UnitDamaged: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.DAMAGED.found"),
		Means: text("reason.DAMAGED.means"),
		Do:    text("reason.DAMAGED.do"),
	}},
	UnitMissing: {Caution, Message{
		Title: takeCare,
		Found: text("reason.MISSING.found"),
		Means: text("reason.MISSING.means"),
		Do:    askOrigin,
	}},
	UsedUp: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.USED_UP.found"),
		Means: text("reason.USED_UP.means"),
		Do:    text("reason.USED_UP.do"),
	}},

	Expired: {Stop, Message{
		Title: stopUsing,
		Found: text("reason.EXPIRED.found"),
		Means: text("reason.EXPIRED.means"),
		Do:    text("reason.EXPIRED.do"),
	}},
	ExpiresSoon: {Caution, Message{
		Title: text("reason.EXPIRES_SOON.title"),
		Found: text("reason.EXPIRES_SOON.found"),
		Means: text("reason.EXPIRES_SOON.means"),
		Do:    text("reason.EXPIRES_SOON.do"),
	}},

	OnHold: {Stop, Message{
		Title: stopUsing,
		Found: text("reason.ON_HOLD.found"),
		Means: text("reason.ON_HOLD.means"),
		Do:    text("reason.ON_HOLD.do"),
	}},
	NotReleased: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.NOT_RELEASED.found"),
		Means: text("reason.NOT_RELEASED.means"),
		Do:    text("reason.NOT_RELEASED.do"),
	}},
	InspectionFailed: {Stop, Message{
		Title: stopUsing,
		Found: text("reason.INSPECTION_FAILED.found"),
		Means: text("reason.INSPECTION_FAILED.means"),
		Do:    text("reason.INSPECTION_FAILED.do"),
	}},

	NotYetShipped: {Caution, Message{
		Title: takeCare,
		Found: text("reason.NOT_YET_SHIPPED.found"),
		Means: text("reason.NOT_YET_SHIPPED.means"),
		Do:    text("reason.NOT_YET_SHIPPED.do"),
	}},
	InTransit: {Caution, Message{
		Title: takeCare,
		Found: text("reason.IN_TRANSIT.found"),
		Means: text("reason.IN_TRANSIT.means"),
		Do:    text("reason.IN_TRANSIT.do"),
	}},
	HeldByOtherSeller: {Caution, Message{
		Title: takeCare,
		Found: text("reason.HELD_BY_OTHER_SELLER.found"),
		Means: text("reason.HELD_BY_OTHER_SELLER.means"),
		Do:    askOrigin,
	}},
	soldByOther: {Caution, Message{
		Title: takeCare,
		Found: text("reason.soldByAnotherSeller.found"),
		Means: text("reason.soldByAnotherSeller.means"),
		Do:    askOrigin,
	}},

	OtherMarket: {Caution, Message{
		Title: takeCare,
		Found: text("reason.OTHER_MARKET.found"),
		Means: text("reason.OTHER_MARKET.means"),
		Do:    askOrigin,
	}},
	SellerSuspended: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.SELLER_SUSPENDED.found"),
		Means: text("reason.SELLER_SUSPENDED.means"),
		Do:    text("reason.SELLER_SUSPENDED.do"),
	}},
	sellerRevoked: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.sellerRevoked.found"),
		Means: text("reason.sellerRevoked.means"),
		Do:    text("reason.sellerRevoked.do"),
	}},
	LicenceExpired: {Caution, Message{
		Title: takeCare,
		Found: text("reason.LICENCE_EXPIRED.found"),
		Means: text("reason.LICENCE_EXPIRED.means"),
		Do:    text("reason.LICENCE_EXPIRED.do"),
	}},
	AuthorisationExpired: {Caution, Message{
		Title: takeCare,
		Found: text("reason.AUTHORISATION_EXPIRED.found"),
		Means: text("reason.AUTHORISATION_EXPIRED.means"),
		Do:    text("reason.AUTHORISATION_EXPIRED.do"),
	}},
	CheckOverdue: {Caution, Message{
		Title: takeCare,
		Found: text("reason.CHECK_OVERDUE.found"),
		Means: text("reason.CHECK_OVERDUE.means"),
		Do:    text("reason.CHECK_OVERDUE.do"),
	}},

	AlreadyActivated: {Caution, activated(text("reason.ALREADY_ACTIVATED"))},
	activatedAsked:   {Caution, activated(text("reason.activatedAndAskedAbout"))},
	activatedAskedIn: {Caution, activated(text("reason.activatedAndAskedAboutInAKnownCity"))},

	ConfirmedClone: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.CONFIRMED_CLONE.found"),
		Means: text("reason.CONFIRMED_CLONE.means"),
		Do:    text("reason.CONFIRMED_CLONE.do"),
	}},
	CloneLikely: {Caution, Message{
		Title: takeCare,
		Found: text("reason.CLONE_LIKELY.found"),
		Means: text("reason.CLONE_LIKELY.means"),
		Do:    text("reason.CLONE_LIKELY.do"),
	}},
	ScannedFarApart: {Caution, Message{
		Title: takeCare,
		Found: text("reason.SCANNED_FAR_APART.found"),
		Means: text("reason.SCANNED_FAR_APART.means"),
		Do:    text("reason.SCANNED_FAR_APART.do"),
	}},
	ScannedOften: {Caution, Message{
		Title: takeCare,
		Found: text("reason.SCANNED_OFTEN.found"),
		Means: text("reason.SCANNED_OFTEN.means"),
		Do:    text("reason.SCANNED_OFTEN.do"),
	}},
	ScansNotWeighed: {Caution, Message{
		Title: takeCare,
		Found: text("reason.SCANS_NOT_WEIGHED.found"),
		Means: text("reason.SCANS_NOT_WEIGHED.means"),
		Do:    tryAgain,
	}},

	ConfirmedCounterfeit: {Stop, Message{
		Title: doNotBuy,
		Found: text("reason.CONFIRMED_COUNTERFEIT.found"),
		Means: text("reason.CONFIRMED_COUNTERFEIT.means"),
		Do:    text("reason.CONFIRMED_COUNTERFEIT.do"),
	}},
	UnderComplaint: {Caution, Message{
		Title: takeCare,
		Found: text("reason.UNDER_COMPLAINT.found"),
		Means: text("reason.UNDER_COMPLAINT.means"),
		Do:    text("reason.UNDER_COMPLAINT.do"),
	}},
	underAppeal: {Caution, Message{
		Title: takeCare,
		Found: text("reason.underAppeal.found"),
		Means: text("reason.underAppeal.means"),
		Do:    text("reason.underAppeal.do"),
	}},
	CounterfeitInBatch: {Caution, Message{
		Title: takeCare,
		Found: text("reason.COUNTERFEIT_IN_BATCH.found"),
		Means: text("reason.COUNTERFEIT_IN_BATCH.means"),
		Do:    text("reason.COUNTERFEIT_IN_BATCH.do"),
	}},

	codeRight: {Genuine, Message{Found: text("reason.codeRight.found")}},
	codeListed: {Genuine, Message{
		Found: text("reason.codeListed.found"),
		Means: text("reason.codeListed.means")}},
	legacyStated: {Genuine, Message{
		Found: text("reason.legacyStated.found"),
		Means: text("reason.legacyStated.means")}},
	batchOnLedger:      {Genuine, Message{Found: text("reason.batchOnLedger.found")}},
	notRecalled:        {Genuine, Message{Found: text("reason.notRecalled.found")}},
	inCirculation:      {Genuine, Message{Found: text("reason.inCirculation.found")}},
	doesNotExpire:      {Genuine, Message{Found: text("reason.doesNotExpire.found")}},
	inDate:             {Genuine, Message{Found: text("reason.inDate.found")}},
	inspectionPassed:   {Genuine, Message{Found: text("reason.inspectionPassed.found")}},
	noInspectionNeeded: {Genuine, Message{Found: text("reason.noInspectionNeeded.found")}},
	withSeller:         {Genuine, Message{Found: text("reason.withSeller.found")}},
	soldBy:             {Genuine, Message{Found: text("reason.sold.found")}},
	usualPattern:       {Genuine, Message{Found: text("reason.usualPattern.found")}},
	noComplaint:        {Genuine, Message{Found: text("reason.noComplaint.found")}},
	signedNow:          {Genuine, Message{Found: text("reason.signedNow.found")}},
	rightMarket:        {Genuine, Message{Found: text("reason.rightMarket.found")}},
	sellerInOrder:      {Genuine, Message{Found: text("reason.sellerInOrder.found")}},
	yours:              {Genuine, Message{Found: text("reason.registeredToWhoeverAsks.found")}},
	yoursAsked:         {Genuine, Message{Found: text("reason.registeredToWhoeverAsksAndAskedAbout.found")}},
	notActivated:       {Genuine, Message{Found: text("reason.notActivated.found")}},
}

// activated is what follows from a unit that has its first owner already.
func activated(found trace.Text) Message {
	return Message{
		Title: takeCare, Found: found,
		Means: text("activated.means"),
		Do:    text("activated.do"),
	}
}

// What a genuine answer says: that the code is fresh, or that others came first.
var (
	genuineTitle   = text("genuineTitle")
	genuineMeans   = text("genuineMeans")
	genuineDo      = text("genuineDo")
	firstToAsk     = text("firstToAsk")
	askedBeforeNow = text("askedBeforeNow")
	issuedBy       = text("issuedBy")
	nobodyAsked    = text("nobodyAsked")
	askedBeforeIn  = text("askedBeforeIn")
)

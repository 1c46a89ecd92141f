package story

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// eventWords name in reports what happened to goods.
var eventWords = trace.Table[trace.EventType](texts, "happened",
	trace.EventBatchRegistered, trace.EventBatchApproved, trace.EventTransformed, trace.EventPacked, trace.EventUnpacked,
	trace.EventDispatched, trace.EventReceived, trace.EventShipmentClosed, trace.EventShipmentCancelled,
	trace.EventAmendmentProposed, trace.EventAmendmentRefused, trace.EventReceiptAmended, trace.EventSold, trace.EventReturned,
	trace.EventDecommissioned, trace.EventVoided, trace.EventUndone, trace.EventBatchCorrected, trace.EventCorrectionAsked,
	trace.EventCorrectionRefused, trace.EventCaseOpened, trace.EventCaseAnswered, trace.EventCaseDecided, trace.EventCaseWithdrawn,
	trace.EventInspected, trace.EventInspectionResumed, trace.EventHeld, trace.EventReleased, trace.EventRecalled,
	trace.EventAcknowledged, trace.EventRecallClosed, trace.EventUnitActivated, trace.EventUnitPassedOn,
	trace.EventOwnerKeyRenewed, trace.EventUnitStolen, trace.EventStolenWithdrawn, trace.EventUnitFlagged,
	trace.EventUnitUnflagged, trace.EventComplaintOpened, trace.EventComplaintAnswered, trace.EventComplaintDecided,
	trace.EventComplaintAppealed, trace.EventComplaintWithdrawn)

// stateWords name in reports where units are.
var stateWords = trace.Table[trace.State](texts, "state",
	trace.Held, trace.InTransit, trace.Sold, trace.Consumed, trace.Removed)

// worded gives a name in the reader's words, or as it is where nobody has given it words.
func worded[K ~string](words map[K]trace.Text, name K, language string) string {
	if text, known := words[name]; known {
		return text.In(language)
	}
	return string(name)
}

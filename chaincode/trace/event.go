package trace

import "time"

// EventName is the name of the one chaincode event that every transaction
// emits; its payload is an Event.
const EventName = "trace"

// EventType says what a transaction did, in the words of provenance answers.
type EventType string

var happened = Section[EventType](texts, "event")

// Text says in a story what happened.
func (t EventType) Text() Text { return happened[t] }

// The event types. Each has its text in the catalogue, "event.TYPE".
const (
	EventPartyRegistered   EventType = "party_registered"
	EventPartyUpdated      EventType = "party_updated"
	EventPartyStatus       EventType = "party_status_changed"
	EventProductRegistered EventType = "product_registered"
	EventBatchRegistered   EventType = "batch_registered"
	EventBatchApproved     EventType = "batch_approved"
	EventDispatched        EventType = "dispatched"
	EventReceived          EventType = "received"
	EventSold              EventType = "sold"
	EventReturned          EventType = "returned"
	EventDecommissioned    EventType = "decommissioned"
	EventRecalled          EventType = "recalled"
	EventRecallClosed      EventType = "recall_closed"
	EventUnitActivated     EventType = "unit_activated"

	EventUnitPassedOn    EventType = "unit_passed_on"
	EventOwnerKeyRenewed EventType = "unit_owner_key_renewed"
	EventUnitStolen      EventType = "unit_reported_stolen"
	EventStolenWithdrawn EventType = "unit_stolen_withdrawn"

	EventComplaintOpened    EventType = "complaint_opened"
	EventComplaintAnswered  EventType = "complaint_answered"
	EventComplaintDecided   EventType = "complaint_decided"
	EventComplaintAppealed  EventType = "complaint_appealed"
	EventComplaintWithdrawn EventType = "complaint_withdrawn"
	EventComplaintTerms     EventType = "complaint_terms_set"
	EventAnchored           EventType = "anchored"
	EventTransformed        EventType = "transformed"
	EventPacked             EventType = "packed"
	EventUnpacked           EventType = "unpacked"

	EventStandardRegistered EventType = "standard_registered"
	EventInspected          EventType = "inspected"
	EventInspectionResumed  EventType = "inspection_resumed"
	EventHeld               EventType = "held"
	EventReleased           EventType = "released"
	EventAcknowledged       EventType = "recall_acknowledged"

	EventApplied             EventType = "application_submitted"
	EventApplicationReviewed EventType = "application_reviewed"
	EventCheckScheduled      EventType = "check_scheduled"
	EventPartyChecked        EventType = "party_checked"
	EventActionClosed        EventType = "corrective_action_closed"

	EventProductCorrected  EventType = "product_corrected"
	EventBatchCorrected    EventType = "batch_corrected"
	EventCorrectionAsked   EventType = "correction_requested"
	EventCorrectionRefused EventType = "correction_refused"
	EventVoided            EventType = "voided"
	EventShipmentCancelled EventType = "shipment_cancelled"
	EventAmendmentProposed EventType = "amendment_proposed"
	EventAmendmentRefused  EventType = "amendment_refused"
	EventReceiptAmended    EventType = "receipt_amended"
	EventUndone            EventType = "undone"

	EventShipmentClosed EventType = "shipment_closed"
	EventCustodyTerms   EventType = "custody_terms_set"
	EventCaseOpened     EventType = "case_opened"
	EventCaseAnswered   EventType = "case_answered"
	EventCaseDecided    EventType = "case_decided"
	EventCaseWithdrawn  EventType = "case_withdrawn"

	EventUnitFlagged   EventType = "unit_flagged"
	EventUnitUnflagged EventType = "unit_flag_withdrawn"
)

// Event is what a transaction changed, complete enough to project it without
// reading write sets. An object that changed is given whole, as it now stands;
// holdings are given as the moves that changed them. Lines names the units
// that the event is about, for provenance, also where nothing moved. The first
// of Containers is the one that was packed or opened. Receipt is what this
// transaction adds to its shipment's. Cases are those beside Case.
type Event struct {
	Type            EventType        `json:"type"`
	At              time.Time        `json:"at"`
	By              string           `json:"by"`
	Party           *Party           `json:"party,omitempty"`
	Product         *Product         `json:"product,omitempty"`
	Batch           *Batch           `json:"batch,omitempty"`
	Transformation  *Transformation  `json:"transformation,omitempty"`
	Shipment        *Shipment        `json:"shipment,omitempty"`
	Receipt         []ReceiptLine    `json:"receipt,omitempty"`
	Case            *Case            `json:"case,omitempty"`
	Cases           []Case           `json:"cases,omitempty"`
	Undoes          *Booking         `json:"undoes,omitempty"`
	CustodyTerms    *CustodyTerms    `json:"custodyTerms,omitempty"`
	Containers      []Container      `json:"containers,omitempty"`
	Recall          *Recall          `json:"recall,omitempty"`
	Complaint       *Complaint       `json:"complaint,omitempty"`
	Terms           *ComplaintTerms  `json:"terms,omitempty"`
	Anchor          *Anchor          `json:"anchor,omitempty"`
	Check           *ComplianceCheck `json:"check,omitempty"`
	Standard        *Standard        `json:"standard,omitempty"`
	Inspection      *Inspection      `json:"inspection,omitempty"`
	Quality         *Quality         `json:"quality,omitempty"`
	Record          *Record          `json:"record,omitempty"`
	Acknowledgement *Acknowledgement `json:"acknowledgement,omitempty"`
	Flag            *UnitFlag        `json:"flag,omitempty"`
	Units           []UnitEvent      `json:"units,omitempty"`
	Unit            *OwnedUnit       `json:"unit,omitempty"`
	Moves           []Move           `json:"moves,omitempty"`
	Lines           []Line           `json:"lines,omitempty"`
	Note            string           `json:"note,omitempty"`
}

// AllCases gives every case that the event opened or changed.
func (e Event) AllCases() []Case {
	if e.Case == nil {
		return e.Cases
	}
	return append([]Case{*e.Case}, e.Cases...)
}

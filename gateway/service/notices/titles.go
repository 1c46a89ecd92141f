package notices

import (
	"cmp"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// noticeTitles say in both languages what a notice of a kind is about, where
// eventTitles does not know it better.
var noticeTitles = trace.Table[record.NoticeKind](texts, "notice",
	record.NoticeRecall, record.NoticeComplaint, record.NoticeExpiring, record.NoticeAlert, record.NoticeShipment,
	record.NoticeReceipt, record.NoticeCase, record.NoticeCorrection, record.NoticeInspection, record.NoticeClone,
	record.NoticeReport, record.NoticeStanding)

// told is what a notice's detail says of its cause.
type told struct {
	Event       trace.EventType         `json:"event"`
	Status      string                  `json:"status"`
	Application trace.ApplicationStatus `json:"application"`
	Accepted    *bool                   `json:"accepted"`
}

// eventTitles name the event of a notice and, where that changes what it means
// to the reader, how it ended.
var eventTitles = map[trace.EventType]map[string]trace.Text{
	trace.EventApplied: {"": text("event.application_submitted")},
	trace.EventApplicationReviewed: {
		string(trace.ApplicationAccepted):   text("event.application_reviewed.accepted"),
		string(trace.ApplicationMoreNeeded): text("event.application_reviewed.more_needed"),
		string(trace.ApplicationRefused):    text("event.application_reviewed.refused"),
	},
	trace.EventPartyStatus: {
		string(trace.StatusQualified): text("event.party_status_changed.qualified"),
		string(trace.StatusSuspended): text("event.party_status_changed.suspended"),
		string(trace.StatusRevoked):   text("event.party_status_changed.revoked"),
	},
	trace.EventCheckScheduled: {"": text("event.check_scheduled")},
	trace.EventPartyChecked:   {"": text("event.party_checked")},
	trace.EventActionClosed:   {"": text("event.corrective_action_closed")},

	trace.EventRecalled:     {"": text("event.recalled")},
	trace.EventRecallClosed: {"": text("event.recall_closed")},

	trace.EventInspected: {
		"accepted": text("event.inspected.accepted"),
		"rejected": text("event.inspected.rejected"),
	},

	trace.EventReceived: {"": text("event.received"),
		string(trace.ShipmentOverdue): text("event.received.overdue"),
		string(trace.CaseOpen):        text("event.received.open")},
	trace.EventShipmentClosed:    {"": text("event.shipment_closed")},
	trace.EventShipmentCancelled: {"": text("event.shipment_cancelled")},
	trace.EventAmendmentProposed: {"": text("event.amendment_proposed")},
	trace.EventAmendmentRefused:  {"": text("event.amendment_refused")},
	trace.EventReceiptAmended:    {"": text("event.receipt_amended")},
	trace.EventCorrectionAsked:   {"": text("event.correction_requested")},
	trace.EventCorrectionRefused: {"": text("event.correction_refused")},
	trace.EventBatchCorrected:    {"": text("event.batch_corrected")},
	trace.EventUndone:            {"": text("event.undone")},
	trace.EventCaseOpened: {"": text("event.case_opened"),
		string(trace.CaseEscalated): text("event.case_opened.escalated")},
	trace.EventCaseAnswered:  {"": text("event.case_answered")},
	trace.EventCaseDecided:   {"": text("event.case_decided")},
	trace.EventCaseWithdrawn: {"": text("event.case_withdrawn")},

	trace.EventComplaintOpened:    {"": text("event.complaint_opened")},
	trace.EventComplaintAnswered:  {"": text("event.complaint_answered")},
	trace.EventComplaintDecided:   {"": text("event.complaint_decided")},
	trace.EventComplaintAppealed:  {"": text("event.complaint_appealed")},
	trace.EventComplaintWithdrawn: {"": text("event.complaint_withdrawn")},

	trace.EventUnitFlagged:   {"": text("event.unit_flagged")},
	trace.EventUnitUnflagged: {"": text("event.unit_flag_withdrawn")},
}

// titleOf says what a notice is about; an older one, which does not tell its
// event, is called by its kind.
func titleOf(n record.Notice) trace.Text {
	var t told
	if json.Unmarshal(n.Detail, &t) != nil {
		return noticeTitles[n.Kind]
	}
	titles := eventTitles[t.Event]
	how := cmp.Or(string(t.Application), t.Status, t.inspected())
	if title, ok := titles[how]; ok {
		return title
	}
	if title, ok := titles[""]; ok {
		return title
	}
	return noticeTitles[n.Kind]
}

func (t told) inspected() string {
	switch {
	case t.Accepted == nil:
		return ""
	case *t.Accepted:
		return "accepted"
	}
	return "rejected"
}

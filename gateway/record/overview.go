package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TaskKind is a kind of thing that waits for somebody.
type TaskKind string

// The kinds, in the order in which they are told: what has a deadline and hurts
// shoppers first.
const (
	TaskRecallAcknowledge TaskKind = "recall_acknowledge" // a recall of goods that the party has
	TaskComplaintAnswer   TaskKind = "complaint_answer"
	TaskComplaintAppeal   TaskKind = "complaint_appeal" // decided against the party, which may appeal
	TaskComplaintDecide   TaskKind = "complaint_decide"
	TaskAlert             TaskKind = "alert"
	TaskLapse             TaskKind = "lapse"  // something ran out or is overdue: the party cannot act
	TaskEnding            TaskKind = "ending" // a licence or an authorisation that ends soon
	TaskAction            TaskKind = "action" // a corrective action of a compliance check
	TaskApplication       TaskKind = "application"
	TaskApproval          TaskKind = "approval" // a batch over its producer's quota
	TaskReport            TaskKind = "report"   // codes that we do not know and shoppers reported
	TaskInspection        TaskKind = "inspection"
	TaskReceive           TaskKind = "receive"
	TaskUnderWay          TaskKind = "under_way" // sent, and not received yet
	TaskAmendment         TaskKind = "amendment" // of a receipt, which the party has to agree to
	TaskCaseAnswer        TaskKind = "case_answer"
	TaskCaseDecide        TaskKind = "case_decide"
	TaskCorrection        TaskKind = "correction" // of a batch, which waits for the platform
	TaskRecallOpen        TaskKind = "recall_open"
	TaskJob               TaskKind = "job" // a long job that runs or failed
	TaskMessage           TaskKind = "message"
)

// TaskKinds lists the kinds in their order.
var TaskKinds = []TaskKind{
	TaskRecallAcknowledge,
	TaskComplaintAnswer,
	TaskComplaintAppeal,
	TaskComplaintDecide,
	TaskCaseAnswer,
	TaskCaseDecide,
	TaskAmendment,
	TaskAlert,
	TaskLapse,
	TaskEnding,
	TaskAction,
	TaskApplication,
	TaskApproval,
	TaskCorrection,
	TaskReport,
	TaskInspection,
	TaskReceive,
	TaskUnderWay,
	TaskRecallOpen,
	TaskJob,
	TaskMessage,
}

// Task is one thing that waits. Subject names it: an id, a licence's number; Due
// is missing where nothing ends.
type Task struct {
	Kind    TaskKind    `json:"kind"`
	Subject string      `json:"subject"`
	GTIN    string      `json:"gtin,omitempty"`
	Lot     string      `json:"lot,omitempty"`
	Name    *trace.Text `json:"name,omitempty"`  // the product's
	Party   string      `json:"party,omitempty"` // the other one
	Detail  string      `json:"detail,omitempty"`
	Notice  *InboxEntry `json:"notice,omitempty"` // where the task is to read it
	Due     *time.Time  `json:"due,omitempty"`
	At      *time.Time  `json:"at,omitempty"`
}

// TaskGroup is what waits of one kind: how many, and the most urgent of them.
type TaskGroup struct {
	Kind  TaskKind `json:"kind"`
	Count int64    `json:"count"`
	Tasks []Task   `json:"tasks"`
}

// Steps is how far a party has come on its way to its first labels.
type Steps struct {
	Documents int64                   `json:"documents"`
	Applied   trace.ApplicationStatus `json:"applied,omitempty"`
	Standing  trace.Standing          `json:"standing,omitempty"`
	Prefixes  []string                `json:"prefixes,omitempty"`
	Products  int64                   `json:"products"`
	Batches   int64                   `json:"batches"`
	Labels    int64                   `json:"labels"`    // how often labels were printed
	Shipments int64                   `json:"shipments"` // how often goods were shipped
}

// Overview is what somebody needs to know first.
type Overview struct {
	Groups []TaskGroup `json:"groups"`
	Steps  Steps       `json:"steps"`
}

// TasksTold is how many tasks of one kind are told; the rest is counted.
const TasksTold = 5

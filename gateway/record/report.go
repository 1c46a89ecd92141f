package record

import "time"

// ReportStatus is where a reported code stands: open while a report of it waits.
type ReportStatus string

// The statuses of a reported code.
const (
	ReportsOpen   ReportStatus = "open"
	ReportsClosed ReportStatus = "closed"
)

// ReportStatuses lists every status.
var ReportStatuses = []ReportStatus{ReportsOpen, ReportsClosed}

// ReportFilter narrows a list of reported codes; an empty Status does not.
type ReportFilter struct {
	Status ReportStatus
}

// ReportedCode is a code that we do not know, of which shoppers have told. Code
// is neutralised text of at most some hundred characters (see verifier/rules/feedback).
type ReportedCode struct {
	ID      string       `json:"id"`
	Code    string       `json:"code"`
	Status  ReportStatus `json:"status"`
	Reports int          `json:"reports"`
	Open    int          `json:"open"`
	FirstAt time.Time    `json:"firstAt"`
	LastAt  time.Time    `json:"lastAt"`
}

// CodeReport is what one shopper says. Contact is gone once the report is closed.
type CodeReport struct {
	ID      string    `json:"id"`
	Place   string    `json:"place,omitempty"`
	Text    string    `json:"text,omitempty"`
	Contact string    `json:"contact,omitempty"`
	At      time.Time `json:"at"`
	Closed  bool      `json:"closed"`
}

// ReportClosing is what the platform found out about a code.
type ReportClosing struct {
	Note    string    `json:"note"`
	Party   string    `json:"party"`
	Account string    `json:"account"`
	At      time.Time `json:"at"`
}

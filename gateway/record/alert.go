package record

import (
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// AlertStatus is where an alert stands.
type AlertStatus string

// The statuses. Confirmed is what the ledger says, the others what analysts do.
const (
	AlertOpen      AlertStatus = "open"
	AlertConfirmed AlertStatus = "confirmed"
	AlertDismissed AlertStatus = "dismissed"
)

// AlertStatuses lists every status.
var AlertStatuses = []AlertStatus{AlertOpen, AlertConfirmed, AlertDismissed}

// AlertFilter narrows a list of alerts; empty fields do not. SeenBy keeps to
// units that the party made or has.
type AlertFilter struct {
	SeenBy string
	Status AlertStatus
}

// Alert is a unit that the scans speak against: how likely it is that its code
// was copied, and why. Reasons are verifier/internal/watch's, as they are stored.
type Alert struct {
	ID       string          `json:"id"`
	GTIN     string          `json:"gtin"`
	Lot      string          `json:"lot"`
	Index    int64           `json:"index"`
	Product  trace.Text      `json:"product"`
	Producer string          `json:"producer"`
	Status   AlertStatus     `json:"status"`
	Risk     float64         `json:"risk"`
	Code     string          `json:"code"`
	Reasons  json.RawMessage `json:"reasons"`
	OpenedAt time.Time       `json:"openedAt"`
	ScoredAt time.Time       `json:"scoredAt"`
}

// AlertScan is one entry of the log about an alert's unit: a scan, a right PIN
// or a wrong one. Device numbers the devices of this alert, from 0.
type AlertScan struct {
	At     time.Time `json:"at"`
	Kind   string    `json:"kind"`
	City   string    `json:"city"`
	Lat    float64   `json:"lat"`
	Lon    float64   `json:"lon"`
	Device int       `json:"device"`
}

// AlertOutcome is what is decided of an alert.
type AlertOutcome string

// The outcomes. A confirmation stands on the ledger; reopening withdraws it, and
// so does a dismissal.
const (
	CloneConfirmed AlertOutcome = "confirmed"
	CloneDismissed AlertOutcome = "dismissed"
	AlertReopened  AlertOutcome = "reopened"
)

// AlertDecision is a decision, by an account of a party, or by neither where new
// scans undid a dismissal.
type AlertDecision struct {
	Outcome AlertOutcome `json:"outcome"`
	Note    string       `json:"note"`
	Party   string       `json:"party,omitempty"`
	Account string       `json:"account,omitempty"`
	At      time.Time    `json:"at"`
}

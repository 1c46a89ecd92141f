package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// StandingFilter narrows the list of standings of the day Today; empty fields do
// not. Overdue keeps to parties of whom
// something was due before Today, Until to those of whom something is due up to it.
type StandingFilter struct {
	Today    trace.Date
	Standing trace.Standing
	Role     trace.Role
	Overdue  bool
	Until    trace.Date
}

// DocumentEntry is a document that a party has given, without its content.
type DocumentEntry struct {
	ID          string    `json:"id"`
	Party       string    `json:"party"`
	SHA256      string    `json:"sha256"`
	ContentType string    `json:"contentType"`
	Name        string    `json:"name"`
	Size        int64     `json:"size"`
	At          time.Time `json:"at"`
}

package trace

import (
	"regexp"
	"time"
)

// Anchor fixes entries From to To (exclusive) of a log that is kept off the
// ledger: Root is the RFC 6962 Merkle root over their digests, 64 lower-case
// hex digits. The anchors of a log follow each other without a gap, so that no
// entry can be put in or taken out later.
type Anchor struct {
	Log  string    `json:"log"`
	From int64     `json:"from"`
	To   int64     `json:"to"`
	Root string    `json:"root"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

func (x Anchor) object() Object { return Object{"anchor", keyOf(x.Log, x.From), x} }

// The logs that are anchored.
const (
	LogScans      = "scans"
	LogReviews    = "reviews"
	LogComplaints = "complaints"
)

// AnchorRequest takes the entries that follow the log's last anchor.
type AnchorRequest struct {
	Log  string `json:"log"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
	Root string `json:"root"`
}

var logForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{1,39}$`)

// Check validates the request on its own.
func (r AnchorRequest) Check() error {
	switch {
	case !logForm.MatchString(r.Log):
		return Refuse(FieldInvalid, "log", "log_name")
	case r.From < 0 || r.To <= r.From:
		return Refuse(QuantityInvalid, "to", "anchor_range")
	case !sha256Form.MatchString(r.Root):
		return Refuse(FieldInvalid, "root", "hex", "digits", 64)
	}
	return nil
}

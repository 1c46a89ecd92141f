package trace

import "time"

// acknowledgeWithin is how long holders have to acknowledge a recall, by its
// class: the graver, the sooner.
var acknowledgeWithin = map[RecallClass]time.Duration{
	ClassI:   24 * time.Hour,
	ClassII:  48 * time.Hour,
	ClassIII: 72 * time.Hour,
}

// DueAt is until when the holders must have acknowledged the recall.
func (r Recall) DueAt() time.Time { return r.At.Add(acknowledgeWithin[r.Class]) }

// Acknowledgement is a holder's word that it knows of a recall and has stopped
// selling. Late says that it came after the recall's deadline.
type Acknowledgement struct {
	Recall string    `json:"recall"`
	Party  string    `json:"party"`
	Note   string    `json:"note,omitempty"`
	Late   bool      `json:"late,omitempty"`
	At     time.Time `json:"at"`
}

func (x Acknowledgement) object() Object {
	return Object{"acknowledgement", keyOf(x.Recall, x.Party), x}
}

// AcknowledgeRecallRequest acknowledges a recall.
type AcknowledgeRecallRequest struct {
	ID   string `json:"id"`
	Note string `json:"note,omitempty"`
}

// Check validates the request on its own.
func (r AcknowledgeRecallRequest) Check() error {
	return firstError(CheckID("id", r.ID), checkText("note", r.Note, maxReason))
}

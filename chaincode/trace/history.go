package trace

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// HistoryVersion names the form of HistoryRoot.
const HistoryVersion = "touchstone/history/v1"

// HistoryRequest asks how many events a batch has had, and where it stands.
type HistoryRequest struct {
	GTIN string `json:"gtin"`
	Lot  string `json:"lot"`
}

// Check validates the form of the names.
func (r HistoryRequest) Check() error {
	return firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot))
}

// HistoryRoot is what the ledger states of a batch's whole history, for peers to
// sign (decision 91): how many events it noted and the Merkle root (RFC 6962) over
// the canonical JSON of their HistoryNotes in the order of their transactions' ids,
// as 64 lower-case hex digits; and where the batch stands, at the time of the
// proposal. Events from before the ledger noted any are not in Count and Root.
type HistoryRoot struct {
	Version  string         `json:"version"`
	At       time.Time      `json:"at"`
	GTIN     string         `json:"gtin"`
	Lot      string         `json:"lot"`
	Count    int64          `json:"count"`
	Root     string         `json:"root"`
	Batch    Batch          `json:"batch"`
	Quality  *Quality       `json:"quality"` // nil where the batch was neither inspected nor held
	Recalled []RecalledLine `json:"recalled"`
	Holdings []Holding      `json:"holdings"`
}

// HistoryNote is one event of a batch as the ledger counts it.
type HistoryNote struct {
	Tx    string `json:"tx"`
	Event string `json:"event"` // EventDigest of the event's canonical JSON
}

// EventDigest is SHA-256 over an event as it is emitted, in lower-case hex.
func EventDigest(payload []byte) string {
	sum := sha256.Sum256(payload)
	return hex.EncodeToString(sum[:])
}

// Batches gives the batches that the event is about, each once, in order: those
// whose provenance it belongs to.
func (e Event) Batches() []HistoryRequest {
	var all []HistoryRequest
	for _, l := range e.Lines {
		all = append(all, HistoryRequest{l.GTIN, l.Lot})
	}
	slices.SortFunc(all, func(a, b HistoryRequest) int {
		return cmp.Or(cmp.Compare(a.GTIN, b.GTIN), cmp.Compare(a.Lot, b.Lot))
	})
	return slices.Compact(all)
}

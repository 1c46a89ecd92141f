package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// ComplaintFilter narrows a list of complaints; empty fields do not. Status may
// also be escalated.
type ComplaintFilter struct {
	Respondent string
	Status     trace.ComplaintStatus
	Unit       *trace.Line // only those about this unit
}

// Evidence is what a shopper sent with a complaint, kept off the ledger.
type Evidence struct {
	Text   string
	Photos []Photo
}

// Photo names a photo of a complaint by its number, from 1, and its SHA-256 in hex.
type Photo struct {
	Number int    `json:"number"`
	SHA256 string `json:"sha256"`
}

// Said is a respondent's statement as it was made; the ledger holds its hash.
type Said struct {
	Complaint    string
	EvidenceHash [32]byte
	Salt         [32]byte
	Party        string
	Account      string
	Text         string
}

// ComplaintTask is a shopper's wish that the ledger does not hold yet, with
// where the unit is now.
type ComplaintTask struct {
	Complaint    string
	Kind         string // TaskOpen or TaskWithdraw
	GTIN, Lot    string
	Index        int64
	EvidenceHash [32]byte
	Holder       string
	Container    string
	Tries        int
}

// The kinds of a ComplaintTask.
const (
	TaskOpen     = "open"
	TaskWithdraw = "withdraw"
)

// Review is what a shopper wrote about a unit. SameAs names the review whose
// words it repeats, which keeps it from being counted.
type Review struct {
	ID         string    `json:"id"`
	GTIN       string    `json:"gtin"`
	Lot        string    `json:"lot"`
	Seller     string    `json:"seller"`
	Rating     int       `json:"rating"`
	Text       string    `json:"text"`
	SameAs     string    `json:"sameAs,omitempty"`
	At         time.Time `json:"at"`
	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answeredAt,omitzero"`
}

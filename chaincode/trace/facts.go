package trace

import "time"

// FactsVersion names the form of Facts and FactsRoot.
const FactsVersion = "touchstone/facts/v1"

// MaxFacts bounds the units of one FactsRequest. Whoever checks the signatures
// needs the whole answer, the keys that were read included, and a phone should
// not have to fetch more than 20 kB.
const MaxFacts = 8

// FactsRequest asks what the ledger knows of some units, in this order.
type FactsRequest struct {
	Units []FactsAsked `json:"units"`
}

// FactsAsked is one unit, and where whoever asks believes it to be: the ledger
// looks there, and anywhere else only if it is not there.
type FactsAsked struct {
	GTIN  string `json:"gtin"`
	Lot   string `json:"lot"`
	Index int64  `json:"index"`
	At    Place  `json:"at"`
}

// FactsRoot is the ledger's answer, which peers sign: the Merkle root (RFC 6962)
// over the canonical JSON of the Facts of the units asked about, in their order,
// as 64 lower-case hex digits, at the time of the proposal.
type FactsRoot struct {
	Version string    `json:"version"`
	At      time.Time `json:"at"`
	Count   int       `json:"count"`
	Root    string    `json:"root"`
}

// Facts is everything on the ledger that a verdict about one unit rests on. A
// nil pointer says that there is no such thing on the ledger.
type Facts struct {
	GTIN       string      `json:"gtin"`
	Lot        string      `json:"lot"`
	Index      int64       `json:"index"`
	Batch      *Batch      `json:"batch"`
	Product    *Product    `json:"product"`
	Quality    *Quality    `json:"quality"`    // nil where the batch was neither inspected nor held
	Inspection *Inspection `json:"inspection"` // the batch's latest, without its results
	Place      *Place      `json:"place"`
	Left       bool        `json:"left"`    // the unit has been sent or sold by its producer at some time
	Recalls    []Recall    `json:"recalls"` // in force and reaching the unit, by id; without Derived
	Unit       *OwnedUnit  `json:"unit"`    // nil where nobody has claimed it
	Flag       *UnitFlag   `json:"flag"`    // nil where nobody has ruled on its code
	Rulings    []Ruled     `json:"rulings"` // complaints about the batch's units that have a decision, by id
	Parties    []Party     `json:"parties"` // the producer and who holds the unit or sold it, by id; see Party.Public
}

// Ruled is what was decided about a complaint, as it counts now.
type Ruled struct {
	Complaint string  `json:"complaint"`
	Index     int64   `json:"index"`
	Outcome   Outcome `json:"outcome"`
}

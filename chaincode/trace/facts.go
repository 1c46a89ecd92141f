package trace

import (
	"slices"
	"strings"
	"time"
)

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

// Check validates the request on its own: one to MaxFacts units, and places
// that could be. A zero Place asks the ledger to look everywhere.
func (r FactsRequest) Check() error {
	if len(r.Units) == 0 || len(r.Units) > MaxFacts {
		return Refuse(FieldInvalid, "units", "units_from_one", "most", MaxFacts)
	}
	for _, u := range r.Units {
		if err := u.check(); err != nil {
			return err
		}
	}
	return nil
}

func (u FactsAsked) check() error {
	if err := firstError(checkGTIN14("units.gtin", u.GTIN), CheckLot(u.Lot)); err != nil {
		return err
	}
	if u.Index < 0 || u.Index >= MaxIndex {
		return Refuse(UnitUnknown, "units.index", "index_zero_or_more")
	}
	return u.At.check("units.at")
}

// check validates the form of a place that somebody names.
func (p Place) check(field string) error {
	if p == (Place{}) {
		return nil
	}
	if !partyID.MatchString(p.Holder) && !recordID.MatchString(p.Holder) {
		return Refuse(FieldInvalid, field+".holder", "holder_id")
	}
	if !slices.Contains([]State{Held, InTransit, Sold, Consumed, Removed}, p.State) {
		return Refuse(FieldInvalid, field+".state", "no_state", "state", Quoted(20, string(p.State)))
	}
	if p.Container == "" {
		return nil
	}
	return CheckSSCC(field+".container", p.Container)
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
	Rulings    []Ruled     `json:"rulings"` // what was decided about the unit, and of its batch's other counterfeits the last; by id
	Parties    []Party     `json:"parties"` // the producer and who holds the unit or sold it, by id; see Party.Public
}

// Ruled is what was decided about a complaint, as it counts now.
type Ruled struct {
	Complaint string  `json:"complaint"`
	Index     int64   `json:"index"`
	Outcome   Outcome `json:"outcome"`
	Appealed  bool    `json:"appealed,omitempty"` // an appeal against it waits
}

// Public is what a shopper may know of a party, and all that a verdict rests on.
func (p Party) Public() Party {
	out := Party{
		ID:             p.ID,
		Name:           p.Name,
		Place:          p.Place,
		Roles:          p.Roles,
		Status:         p.Status,
		Prefixes:       p.Prefixes,
		Licences:       p.Licences,
		Authorisations: p.Authorisations,
		NextCheckDue:   p.NextCheckDue,
		OpenActions:    p.OpenActions,
	}
	for _, r := range p.History {
		out.History = append(out.History, Ruling{Status: r.Status, At: r.At})
	}
	return out
}

// Public is what a shopper may know of a flag: neither notes nor who wrote them.
func (f UnitFlag) Public() UnitFlag {
	out := UnitFlag{GTIN: f.GTIN, Lot: f.Lot, Index: f.Index}
	for _, r := range f.Rulings {
		out.Rulings = append(out.Rulings, FlagRuling{Copied: r.Copied, By: r.By, At: r.At})
	}
	return out
}

// Names gives the ids of Parties: the producer, and who has the unit or sold it,
// where the facts say so.
func (f Facts) Names() []string {
	ids := []string{}
	if f.Batch != nil {
		ids = append(ids, f.Batch.Producer)
	}
	if f.Place != nil && f.Place.State != InTransit {
		ids = append(ids, f.Place.Holder)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// AddRuling adds a ruling in its place.
func (f *Facts) AddRuling(r Ruled) {
	f.Rulings = append(f.Rulings, r)
	slices.SortFunc(f.Rulings, func(a, b Ruled) int { return strings.Compare(a.Complaint, b.Complaint) })
}

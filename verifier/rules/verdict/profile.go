package verdict

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Seller is who answers for the unit today: public facts only, and none that a
// shopper would have to take from the seller itself.
type Seller struct {
	ID             string         `json:"id"`
	Name           trace.Text     `json:"name"`
	Roles          []trace.Role   `json:"roles"`
	Standing       trace.Standing `json:"standing"`
	QualifiedSince trace.Date     `json:"qualifiedSince,omitempty"` // empty where it is not, or the day is not on record
	Authorised     *Authorised    `json:"authorised"`               // for goods of this brand; null where no authorisation is on record
	LicenceValidTo trace.Date     `json:"licenceValidTo,omitempty"` // of its licences, the first to end; empty where none ends
	NextCheckDue   trace.Date     `json:"nextCheckDue,omitempty"`
	Decided        Decided        `json:"decided"` // complaints decided against it, by outcome, never null
}

// Authorised is by what right a party stands for a brand: as the owner of the
// company prefix, or by the owner's authorisation, of which ValidTo is the last
// day, empty for one without an end.
type Authorised struct {
	Owner   bool       `json:"owner,omitempty"`
	Brand   string     `json:"brand,omitempty"`
	ValidTo trace.Date `json:"validTo,omitempty"`
}

// Shape is the result whose shape goes with the seller's standing.
func (s Seller) Shape() Result {
	switch s.Standing {
	case trace.Standing(trace.StatusQualified):
		return Pass
	case trace.StandingLapsed:
		return Warn
	case trace.Standing(trace.StatusSuspended), trace.Standing(trace.StatusRevoked):
		return Fail
	}
	return Unknown
}

// Sells reports whether it is a seller at all: a unit may still be with its
// producer, or on its way.
func (s Seller) Sells() bool { return slices.Contains(s.Roles, trace.RoleSeller) }

func seller(e Evidence) *Seller {
	p, ok := e.Records.Parties[e.Records.seller()]
	if !ok {
		return nil
	}
	s := Seller{
		ID:             p.ID,
		Name:           p.Name,
		Roles:          p.Roles,
		Standing:       p.StandingOn(e.today()),
		Authorised:     authorised(p, e.Records.Batch.GTIN),
		LicenceValidTo: firstToEnd(p.Licences),
		NextCheckDue:   p.NextCheckDue,
		Decided:        Decided{},
	}
	if decided := e.Records.Decided[p.ID]; decided != nil {
		s.Decided = decided
	}
	if p.Status == trace.StatusQualified {
		s.QualifiedSince = qualifiedSince(p.History)
	}
	return &s
}

// qualifiedSince gives the day of the ruling that began the time, still going
// on, in which the party is qualified; empty where no ruling is on record.
func qualifiedSince(history []trace.Ruling) (since trace.Date) {
	for _, r := range slices.Backward(history) {
		if r.Status != trace.StatusQualified {
			break
		}
		since = trace.DayOf(r.At)
	}
	return since
}

func firstToEnd(licences []trace.Licence) (first trace.Date) {
	for _, l := range licences {
		if l.ValidTo != "" && (first == "" || l.ValidTo < first) {
			first = l.ValidTo
		}
	}
	return first
}

// authorised gives by what right a party stands for a product's brand; nil
// where none is on record.
func authorised(p trace.Party, gtin string) *Authorised {
	if p.OwnsPrefix(gtin) {
		return &Authorised{Owner: true}
	}
	if a, found := p.Authorisation(gtin); found {
		return &Authorised{Brand: a.Brand, ValidTo: a.ValidTo}
	}
	return nil
}

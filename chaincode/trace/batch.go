package trace

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// MaxIndex bounds a batch: unit indexes are 40-bit (see verifier/rules/seal), and
// no batch comes near that.
const MaxIndex = 100_000_000

// BatchStatus says whether a batch may leave its producer.
type BatchStatus string

// A batch over the day's quota waits until the platform approves it.
const (
	BatchRegistered       BatchStatus = "registered"
	BatchAwaitingApproval BatchStatus = "awaiting_approval"
)

// Document is a file kept elsewhere, fixed on the ledger by its SHA-256.
type Document struct {
	Kind string `json:"kind"`
	Hash string `json:"hash"`
}

// Batch is one production run of a product: GTIN and lot name it, once.
// UnitsRoot is the RFC 6962 Merkle root over its units' leaves (see UnitLeaf)
// in unit order, 64 lower-case hex digits; KeyEpoch says which generation of
// the master key made the unit codes. Markets are the countries (ISO 3166-1
// alpha-2) it was made for, none where it may be sold anywhere.
type Batch struct {
	GTIN         string      `json:"gtin"`
	Lot          string      `json:"lot"`
	Quantity     int64       `json:"quantity"`
	UnitsRoot    string      `json:"unitsRoot"`
	KeyEpoch     int         `json:"keyEpoch"`
	ProducedOn   Date        `json:"producedOn"`
	ExpiresOn    Date        `json:"expiresOn,omitempty"`
	Origin       string      `json:"origin,omitempty"`
	Line         string      `json:"line,omitempty"`
	Documents    []Document  `json:"documents,omitempty"`
	Producer     string      `json:"producer"`
	Status       BatchStatus `json:"status"`
	RegisteredAt time.Time   `json:"registeredAt"`
	Markets      []string    `json:"markets,omitempty"`
	// Listed says that the factory brought the units' serials, which are
	// therefore kept one by one and not derived from a key.
	Listed bool `json:"listed,omitempty"`
	// Legacy says that the goods were made and perhaps moved before they were
	// registered. They leave their producer only after an inspector's statement.
	Legacy bool `json:"legacy,omitempty"`

	Corrections []Correction `json:"corrections,omitempty"`
	Correcting  *Correcting  `json:"correcting,omitempty"`
}

func (x Batch) object() Object { return Object{"batch", keyOf(x.GTIN, x.Lot), x} }

// CheckLot validates a lot: 1 to 20 characters of GS1's character set 82 (AI
// 10), but not "." and "..", which browsers take out of an address.
func CheckLot(lot string) error {
	if gs1.ValidateLot(lot) != nil {
		return Refuse(LotInvalid, "lot", "gs1_text")
	}
	if lot == "." || lot == ".." {
		return Refuse(LotInvalid, "lot", "lot_of_dots")
	}
	return nil
}

// Check validates the batch's own fields against the day it is registered on.
func (b Batch) Check(today Date) error {
	if err := firstError(checkGTIN14("gtin", b.GTIN), CheckLot(b.Lot)); err != nil {
		return err
	}
	if b.Quantity < 1 || b.Quantity > MaxIndex {
		return Refuse(QuantityInvalid, "quantity", "units_from_one", "most", MaxIndex)
	}
	if !sha256Form.MatchString(b.UnitsRoot) {
		return Refuse(UnitsRootInvalid, "unitsRoot", "hex", "digits", 64)
	}
	if err := b.checkDates(today); err != nil {
		return err
	}
	if b.KeyEpoch < 0 {
		return Refuse(FieldInvalid, "keyEpoch", "zero_or_more")
	}
	return firstError(checkMarkets(b.Markets), checkDocuments(b.Documents), b.CheckTexts())
}

// CheckTexts validates what is said of the batch in words.
func (b Batch) CheckTexts() error {
	return firstError(checkText("origin", b.Origin, maxShort), checkText("line", b.Line, maxShort))
}

func checkDocuments(documents []Document) error {
	if err := checkCount("documents", len(documents)); err != nil {
		return err
	}
	for _, d := range documents {
		if err := firstError(required("documents.kind", d.Kind, maxShort), required("documents.hash", d.Hash, 64),
			checkHash("documents.hash", d.Hash)); err != nil {
			return err
		}
	}
	return nil
}

func (b Batch) checkDates(today Date) error {
	if err := firstError(b.ProducedOn.Check("producedOn"), b.ExpiresOn.Check("expiresOn")); err != nil {
		return err
	}
	if b.ProducedOn == "" {
		return Refuse(DateInvalid, "producedOn", "no_production_day")
	}
	if b.ProducedOn > today {
		return Refuse(DateInvalid, "producedOn", "day_in_future", "day", b.ProducedOn)
	}
	if b.ExpiresOn != "" && b.ExpiresOn <= b.ProducedOn {
		return Refuse(
			DateInvalid, "expiresOn", "expiry_before_production", "day", b.ExpiresOn, "producedOn", b.ProducedOn,
		)
	}
	if b.ExpiresOn > b.ProducedOn.AddDays(MaxShelfLifeDays) {
		return Refuse(DateInvalid, "expiresOn", "expiry_too_far", "day", b.ExpiresOn, "producedOn", b.ProducedOn)
	}
	return nil
}

func checkMarkets(markets []string) error {
	for _, m := range markets {
		if !gs1.IsCountry(m) {
			return Refuse(FieldInvalid, "markets", "no_country", "country", Quoted(10, m))
		}
	}
	return checkCount("markets", len(markets))
}

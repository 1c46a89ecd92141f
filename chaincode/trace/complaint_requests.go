package trace

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// The requests about complaints. SetComplaintTerms takes ComplaintTerms.
type (
	// OpenComplaintRequest enters a shopper's complaint. Holder is the party or
	// shipment that has, or has sold or removed, the unit, and Container the
	// container it is in, if any; the ledger checks both and derives the respondent.
	OpenComplaintRequest struct {
		ID           string `json:"id"`
		GTIN         string `json:"gtin"`
		Lot          string `json:"lot"`
		Index        int64  `json:"index"`
		Holder       string `json:"holder"`
		Container    string `json:"container,omitempty"`
		EvidenceHash string `json:"evidenceHash"`
	}
	// StatementRequest answers a complaint or appeals its decision, by the
	// SHA-256 of what was said.
	StatementRequest struct {
		ID           string `json:"id"`
		EvidenceHash string `json:"evidenceHash"`
	}
	// DecideComplaintRequest decides. Suspend also suspends the respondent; it
	// goes with counterfeit_confirmed only.
	DecideComplaintRequest struct {
		ID      string       `json:"id"`
		Kind    DecisionKind `json:"kind"`
		Outcome Outcome      `json:"outcome"`
		Reason  Text         `json:"reason"`
		Officer string       `json:"officer"`
		Suspend bool         `json:"suspend,omitempty"`
	}
	// ComplaintRequest names a complaint, to withdraw it.
	ComplaintRequest struct {
		ID string `json:"id"`
	}
)

// Check validates the request on its own.
func (r OpenComplaintRequest) Check() error {
	if err := firstError(CheckID("id", r.ID), checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot)); err != nil {
		return err
	}
	if r.Index < 0 || r.Index >= MaxIndex {
		return Refuse(UnitUnknown, "index", "index_zero_or_more")
	}
	return firstError(
		required("holder", r.Holder, maxShort),
		checkText("container", r.Container, maxShort),
		requiredHash("evidenceHash", r.EvidenceHash),
	)
}

// Check validates the request on its own.
func (r StatementRequest) Check() error {
	return firstError(CheckID("id", r.ID), requiredHash("evidenceHash", r.EvidenceHash))
}

// Check validates the request on its own; the reason is public and in both languages.
func (r DecideComplaintRequest) Check() error {
	if err := CheckID("id", r.ID); err != nil {
		return err
	}
	if kinds := []DecisionKind{FirstDecision, AppealDecision, Amendment}; !slices.Contains(kinds, r.Kind) {
		return Refuse(FieldInvalid, "kind", "one_of", "names", kinds)
	}
	if !slices.Contains(decidable, r.Outcome) {
		return Refuse(FieldInvalid, "outcome", "one_of", "names", decidable)
	}
	if r.Suspend && r.Outcome != CounterfeitConfirmed {
		return Refuse(FieldInvalid, "suspend", "only_with_outcome", "outcome", CounterfeitConfirmed)
	}
	return firstError(r.Reason.checkBoth("reason", maxReason), required("officer", r.Officer, maxShort))
}

// Check validates the complaint's name.
func (r ComplaintRequest) Check() error { return CheckID("id", r.ID) }

func requiredHash(field, h string) error {
	return firstError(required(field, h, 64), checkHash(field, h))
}

const domainEvidence = "touchstone/evidence/v1"

// EvidenceHash is what the ledger holds of a shopper's complaint or of a
// statement on it: SHA-256 over "touchstone/evidence/v1", 32 bytes of salt, the
// text behind its length in four big-endian bytes, and each photo's SHA-256.
// The salt keeps a short text from being guessed.
func EvidenceHash(salt [32]byte, text string, photos ...[32]byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(domainEvidence))
	h.Write(salt[:])
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(text))))
	h.Write([]byte(text))
	for _, p := range photos {
		h.Write(p[:])
	}
	return [32]byte(h.Sum(nil))
}

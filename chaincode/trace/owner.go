package trace

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What owners do after the activation, as facts about the unit.
const (
	PassedOn        UnitEventType = "passed_on"
	OwnerKeyRenewed UnitEventType = "owner_key_renewed"
	ReportedStolen  UnitEventType = "reported_stolen"
	StolenWithdrawn UnitEventType = "stolen_withdrawn"
)

// OwnedUnit is a unit that has been claimed, as it now stands. Of its owner the
// ledger knows a public key and nothing else. The embedded event is the activation.
type OwnedUnit struct {
	UnitEvent
	// Owner is the owner's P-256 public key, uncompressed (SEC 1, 2.3.3), as 130
	// lower-case hex digits. Empty where the first owner gave none: then nobody
	// can act for the unit.
	Owner string `json:"owner,omitempty"`
	// Acts counts what owners have done. Every signature covers it, so none
	// serves twice.
	Acts     int64     `json:"acts"`
	PassedOn int64     `json:"passedOn"`
	StolenAt time.Time `json:"stolenAt,omitzero"` // zero where it is not reported stolen
}

func (x OwnedUnit) object() Object { return Object{"owned_unit", keyOf(x.GTIN, x.Lot, x.Index), x} }

// OwnerRequest is what an owner does with a unit: PassOnUnit, RenewOwnerKey,
// ReportUnitStolen, WithdrawStolenReport. The first two name the key that comes
// into force. Signature is ECDSA over SHA-256 of OwnerMessage, r and s in 32
// bytes each, as 128 lower-case hex digits.
type OwnerRequest struct {
	GTIN      string `json:"gtin"`
	Lot       string `json:"lot"`
	Index     int64  `json:"index"`
	Owner     string `json:"owner,omitempty"`
	Signature string `json:"signature"`
}

// Check validates the forms.
func (r OwnerRequest) Check() error {
	if err := firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot)); err != nil {
		return err
	}
	if !signatureForm.MatchString(r.Signature) {
		return Refuse(FieldInvalid, "signature", "hex", "digits", 128)
	}
	return CheckOwnerKey("owner", r.Owner)
}

// CheckOwnerKey validates an owner's public key; an empty one is left to the rules.
func CheckOwnerKey(field, key string) error {
	if key == "" {
		return nil
	}
	if _, err := ownerKey(key); err != nil || !ownerKeyForm.MatchString(key) {
		return Refuse(FieldInvalid, field, "no_public_key")
	}
	return nil
}

// OwnerMessage is what an owner signs to do one thing once: seven lines, joined
// by line feeds, which none of them can hold.
func OwnerMessage(act Transaction, u OwnedUnit, next string) []byte {
	return []byte(
		strings.Join(
			[]string{domainOwner, string(act), u.GTIN, u.Lot, u.Serial, strconv.FormatInt(u.Acts, 10), next}, "\n",
		),
	)
}

// Signed checks that the unit's owner has signed the act. It says the same
// whatever is wrong. Error: OWNER_UNPROVED.
func (u OwnedUnit) Signed(act Transaction, next, signature string) error {
	unproved := Refuse(OwnerUnproved, "signature", "not_owners_signature")
	key, err := ownerKey(u.Owner)
	rs, err2 := hex.DecodeString(signature)
	if err != nil || err2 != nil || len(rs) != 64 {
		return unproved
	}
	digest := sha256.Sum256(OwnerMessage(act, u, next))
	if !ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(rs[:32]), new(big.Int).SetBytes(rs[32:])) {
		return unproved
	}
	return nil
}

// maxOwnerActs bounds what the owners of one unit can write on the ledger. A
// report of theft can be taken back after that, too.
const maxOwnerActs = 64

// After gives the unit after an act of its owner. A unit that is reported stolen
// is not passed on. Errors: FIELD_INVALID, UNIT_REPORTED_STOLEN,
// UNIT_NOT_REPORTED_STOLEN, OWNER_ACTS_SPENT.
func (u OwnedUnit) After(act Transaction, next string, at time.Time) (OwnedUnit, error) {
	renews := act == PassOnUnit || act == RenewOwnerKey
	switch {
	case renews && (next == "" || next == u.Owner):
		return u, Refuse(FieldInvalid, "owner", "new_key_needed")
	case !renews && next != "":
		return u, Refuse(FieldInvalid, "owner", "owner_key_stays")
	case act == PassOnUnit && !u.StolenAt.IsZero(), act == ReportUnitStolen && !u.StolenAt.IsZero():
		return u, Refuse(UnitStolen, "", "stolen_before", "day", DayOf(u.StolenAt))
	case act == WithdrawStolenReport && u.StolenAt.IsZero():
		return u, Refuse(UnitNotStolen, "", "no_theft_report")
	case act != WithdrawStolenReport && u.Acts >= maxOwnerActs:
		return u, Refuse(OwnerActsSpent, "", "too_many_owner_acts", "most", maxOwnerActs)
	}
	u.Acts++
	switch act {
	case PassOnUnit:
		u.PassedOn++
		u.Owner = next
	case RenewOwnerKey:
		u.Owner = next
	case ReportUnitStolen:
		u.StolenAt = at
	case WithdrawStolenReport:
		u.StolenAt = time.Time{}
	}
	return u, nil
}

// ownerKey reads a public key; a point that is not on the curve is none.
func ownerKey(text string) (*ecdsa.PublicKey, error) {
	point, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
}

var (
	ownerKeyForm  = regexp.MustCompile(`^04[0-9a-f]{128}$`)
	signatureForm = regexp.MustCompile(`^[0-9a-f]{128}$`)
)

package trace

import "time"

// UnitFlag says whether the code of one unit is confirmed to be on other goods
// as well. It says nothing of the genuine unit but that its code alone shows
// nothing any more. Rulings are never empty; the last one counts, and none is
// ever unsaid.
type UnitFlag struct {
	GTIN    string       `json:"gtin"`
	Lot     string       `json:"lot"`
	Index   int64        `json:"index"`
	Rulings []FlagRuling `json:"rulings"`
}

func (x UnitFlag) object() Object { return Object{"unit_flag", keyOf(x.GTIN, x.Lot, x.Index), x} }

// FlagRuling confirms that a code was copied, or withdraws that. Officer is the
// account that ruled for party By.
type FlagRuling struct {
	Copied  bool      `json:"copied"`
	Note    string    `json:"note"`
	Officer string    `json:"officer"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// FlagRequest confirms that a unit's code was copied, or withdraws that, with a
// note on what was found.
type FlagRequest struct {
	GTIN    string `json:"gtin"`
	Lot     string `json:"lot"`
	Index   int64  `json:"index"`
	Note    string `json:"note"`
	Officer string `json:"officer"`
}

// MaxRulings bounds how often one flag is raised and withdrawn.
const MaxRulings = 50

// Check validates the request on its own.
func (r FlagRequest) Check() error {
	if err := firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot)); err != nil {
		return err
	}
	if r.Index < 0 || r.Index >= MaxIndex {
		return Refuse(UnitUnknown, "index", "index_zero_or_more")
	}
	return firstError(required("note", r.Note, maxReason), required("officer", r.Officer, maxShort))
}

// Copied reports whether the unit's code counts as copied now.
func (f UnitFlag) Copied() bool { return len(f.Rulings) > 0 && f.Rulings[len(f.Rulings)-1].Copied }

// MayFlag refuses to confirm what is confirmed. Error: UNIT_FLAGGED.
func (f UnitFlag) MayFlag() error {
	if f.Copied() {
		return Refuse(UnitFlagged, "index", "flagged_before", "party", f.Rulings[len(f.Rulings)-1].By)
	}
	if len(f.Rulings) >= MaxRulings {
		return Refuse(FieldInvalid, "index", "too_many_rulings", "most", MaxRulings)
	}
	return nil
}

// MayUnflag refuses to withdraw what is not confirmed; and what the platform
// has confirmed, only the platform withdraws. Errors: UNIT_NOT_FLAGGED, NOT_ALLOWED.
func (f UnitFlag) MayUnflag(p Party, producer string) error {
	if !f.Copied() {
		return Refuse(UnitNotFlagged, "index", "no_flag")
	}
	if last := f.Rulings[len(f.Rulings)-1]; last.By != producer && !p.HasRole(RolePlatform) {
		return Refuse(NotAllowed, "index", "flag_of_other", "party", last.By)
	}
	return nil
}

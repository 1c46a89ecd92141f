package trace

import (
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// The bounds of a container: its own lines and containers together, how many
// boxes deep it may be, and how many lines there may be in it at any depth. A
// shipment is held to the last as well.
const (
	MaxDepth  = 4
	MaxInside = 2000
)

// Container is a case, pallet or other logistic unit, named by its SSCC. Lines
// are the units directly inside it and Containers the containers directly
// inside it. Parent is the container that it is in itself, and Holder who has
// it: a party or, on the way, a shipment, as for units.
//
// UnpackedAt is the zero time while it is closed. Once it is opened it stays on
// record with what was last inside, nothing is in it any more, and its SSCC is
// never used again.
type Container struct {
	SSCC       string    `json:"sscc"`
	Lines      []Line    `json:"lines,omitempty"`
	Containers []string  `json:"containers,omitempty"`
	Parent     string    `json:"parent,omitempty"`
	Depth      int       `json:"depth"`
	Holder     string    `json:"holder"`
	PackedBy   string    `json:"packedBy"`
	PackedAt   time.Time `json:"packedAt"`
	UnpackedAt time.Time `json:"unpackedAt,omitzero"`
}

func (x Container) object() Object { return Object{"container", x.SSCC, x} }

type (
	// PackRequest closes a new container over units and containers that the
	// caller holds, none of them in another one. The SSCC is under a company
	// prefix of the caller.
	PackRequest struct {
		SSCC       string   `json:"sscc"`
		Lines      []Line   `json:"lines,omitempty"`
		Containers []string `json:"containers,omitempty"`
	}
	// UnpackRequest opens a container: what is directly inside is loose after.
	UnpackRequest struct {
		SSCC string `json:"sscc"`
	}
)

// CheckSSCC validates a Serial Shipping Container Code: 18 digits, the last one
// the check digit.
func CheckSSCC(field, s string) error {
	_, err := gs1.ParseSSCC(s)
	switch {
	case errors.Is(err, gs1.ErrCheckDigit):
		return Refuse(SSCCInvalid, field, "sscc_check_digit", "sscc", Quoted(40, s))
	case err != nil:
		return Refuse(SSCCInvalid, field, "sscc_digits", "sscc", Quoted(40, s))
	}
	return nil
}

// checkGoods validates what is named by lines, by containers, or by both.
func checkGoods(lines []Line, containers []string) error {
	if len(lines) > 0 || len(containers) == 0 {
		if err := CheckLines(lines); err != nil {
			return err
		}
	}
	if len(lines)+len(containers) > MaxLines {
		return Refuse(
			FieldInvalid, "containers", "too_many_lines_and_containers", "n", len(lines)+len(containers),
			"most", MaxLines,
		)
	}
	seen := map[string]bool{}
	for _, x := range containers {
		if err := CheckSSCC("containers", x); err != nil {
			return err
		}
		if seen[x] {
			return Refuse(LinesOverlap, "containers", "container_twice", "sscc", x)
		}
		seen[x] = true
	}
	return nil
}

// Check validates the request on its own.
func (r PackRequest) Check() error {
	return firstError(CheckSSCC("sscc", r.SSCC), checkGoods(r.Lines, r.Containers))
}

// Check validates the request on its own.
func (r UnpackRequest) Check() error { return CheckSSCC("sscc", r.SSCC) }

// MayAllocate says whether the party may give a container this SSCC: it lies
// under one of the party's own company prefixes.
func (p Party) MayAllocate(sscc string) error {
	for _, prefix := range p.Prefixes {
		if gs1.SSCC(sscc).HasCompanyPrefix(prefix) {
			return nil
		}
	}
	return Refuse(PrefixNotOwned, "sscc", "sscc_without_prefix", "sscc", sscc, "party", p.ID)
}

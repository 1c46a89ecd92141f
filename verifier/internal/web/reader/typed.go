package reader

import (
	"errors"
	"net/url"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// readTyped reads what was typed in the fields of typing.html: an address, or
// barcode, lot and serial one by one. It answers the unit's path, or what is
// wrong by field.
func (h *Handler) readTyped(q url.Values) (path string, faults map[string]string) {
	if uri := norm.NFKC.String(q.Get("uri")); strings.TrimSpace(uri) != "" {
		switch l := label.Read(uri, h.Codes.Host()); l.Kind {
		case label.Unit:
			return h.choose(l)
		case label.Wrong:
			return "", map[string]string{"uri": l.Fault}
		default:
			return "", map[string]string{"uri": string(l.Kind)}
		}
	}
	faults = map[string]string{}
	blame := func(field, fault string) {
		if fault != "" {
			faults[field] = fault
		}
	}
	typed := func(field string) string { return strings.Join(strings.Fields(norm.NFKC.String(q.Get(field))), "") }
	gtin, fault := typedGTIN(typed("gtin"))
	blame("gtin", fault)
	lot := typed("lot")
	blame("lot", typedLot(lot))
	serial := seal.Normalise(typed("serial"))
	blame("serial", typedSerial(serial))
	if len(faults) > 0 {
		return "", faults
	}
	return label.UnitPath(gtin, lot, serial), nil
}

// choose gives the path of the unit that a text means. Where it can mean
// several and none of them was issued, only its reader can tell.
func (h *Handler) choose(l label.Label) (path string, faults map[string]string) {
	if len(l.Others) == 0 {
		return l.Path, nil
	}
	if c := h.Codes.Check(l); c.Serial != "" {
		return c.Path(), nil
	}
	return "", map[string]string{"uri": "ambiguous"}
}

func typedGTIN(s string) (gtin gs1.GTIN, fault string) {
	if s == "" {
		return "", "gtinMissing"
	}
	gtin, err := gs1.ParseGTIN(seal.Normalise(s))
	switch {
	case errors.Is(err, gs1.ErrCheckDigit):
		return "", "gtinCheck"
	case err != nil:
		return "", "gtinForm"
	}
	return gtin, ""
}

func typedLot(s string) (fault string) {
	switch {
	case s == "":
		return "lotMissing"
	case gs1.ValidateLot(s) != nil:
		return "lotForm"
	}
	return ""
}

func typedSerial(s string) (fault string) {
	switch {
	case s == "":
		return "serialMissing"
	case strings.Trim(s, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "":
		return "serialLetters"
	case len(s) != seal.SerialLength:
		return "serialLength"
	}
	return ""
}

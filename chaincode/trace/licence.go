package trace

import "regexp"

// Licence is a permit that somebody issued to a party. ValidTo is its last
// valid day, empty for one without an end. DocumentHash is the SHA-256 of the
// document, 64 lower-case hex digits, or empty.
type Licence struct {
	Kind         string `json:"kind"`
	Issuer       string `json:"issuer"`
	Number       string `json:"number"`
	ValidFrom    Date   `json:"validFrom,omitempty"`
	ValidTo      Date   `json:"validTo,omitempty"`
	DocumentHash string `json:"documentHash,omitempty"`
}

// Authorisation lets a party register goods under somebody else's company prefix.
type Authorisation struct {
	Prefix       string `json:"prefix"`
	Brand        string `json:"brand"`
	ValidTo      Date   `json:"validTo,omitempty"`
	DocumentHash string `json:"documentHash,omitempty"`
}

func checkPrefixes(prefixes []string) error {
	if err := checkCount("prefixes", len(prefixes)); err != nil {
		return err
	}
	for _, x := range prefixes {
		if !prefixForm.MatchString(x) {
			return Refuse(FieldInvalid, "prefixes", "prefix_form", "prefix", Quoted(20, x))
		}
		if err := checkAllocated(x); err != nil {
			return err
		}
	}
	return nil
}

// notAllocated are the beginnings of numbers that GS1 gives to no company:
// restricted circulation within a store or a region (02, 04, 20 to 29), coupons
// (05, 98, 99), 0000, and those under which every GTIN-8 stands in its long form
// or every one for use within a store (General Specifications 1.4.2, 2.1.11).
var notAllocated = regexp.MustCompile(`^(0[245]|2|98|99|0000($|[1-9])|00000([02]|.{0,3}$))`)

// checkAllocated refuses a prefix that no company can have. One with a zero too
// few is told apart: U.P.C. company prefixes are written with their leading zero.
func checkAllocated(prefix string) error {
	if !notAllocated.MatchString(prefix) {
		return nil
	}
	return Refuse(FieldInvalid, "prefixes",
		"prefix_reserved", "prefix", prefix)
}

func checkLicences(licences []Licence) error {
	if err := checkCount("licences", len(licences)); err != nil {
		return err
	}
	for _, l := range licences {
		if err := firstError(
			required("licences.kind", l.Kind, maxShort), required("licences.issuer", l.Issuer, maxName),
			required("licences.number", l.Number, maxShort), l.ValidFrom.Check("licences.validFrom"),
			l.ValidTo.Check("licences.validTo"), checkHash("licences.documentHash", l.DocumentHash),
		); err != nil {
			return err
		}
	}
	return nil
}

func checkAuthorisations(auths []Authorisation) error {
	if err := checkCount("authorisations", len(auths)); err != nil {
		return err
	}
	for _, a := range auths {
		if !prefixForm.MatchString(a.Prefix) {
			return Refuse(FieldInvalid, "authorisations.prefix", "prefix_wrong", "prefix", Quoted(20, a.Prefix))
		}
		if err := firstError(
			required("authorisations.brand", a.Brand, maxShort),
			a.ValidTo.Check("authorisations.validTo"),
			checkHash("authorisations.documentHash", a.DocumentHash),
		); err != nil {
			return err
		}
	}
	return nil
}

func checkHash(field, h string) error {
	if h != "" && !sha256Form.MatchString(h) {
		return Refuse(FieldInvalid, field, "no_sha256")
	}
	return nil
}

package gs1

import "strings"

// UnitURI writes the Digital Link URI of a unit as it is printed: HTTPS://HOST/01/{GTIN}/10/{LOT}/21/{SERIAL}. The base
// is a host with an optional port ("trace.example.com"), or one with its scheme ("http://localhost:8090"); it and
// everything but lot and serial is written in capital letters, so that the code fits a QR code's alphanumeric mode
// where the lot and the serial do. A port-only base or a path is the caller's mistake and gives a URI that ParseUnitURI
// refuses.
func UnitURI(base string, gtin GTIN, lot, serial string) string {
	if !strings.Contains(base, "://") {
		base = "https://" + base
	}
	return strings.ToUpper(strings.TrimSuffix(base, "/")) + "/01/" + string(gtin) +
		"/10/" + escape(lot, false) + "/21/" + escape(serial, false)
}

// ParseUnitURI reads the URI of a unit: exactly /01/{GTIN-14}/10/{lot}/21/{serial} under a host, without a stem. The
// scheme (http or https) and the host are taken in any case, as RFC 3986 has it, and the host is answered in small
// letters with its port. The query and the fragment, which messaging apps like to add, are ignored. Lot and serial come
// back decoded and checked.
func ParseUnitURI(uri string) (host string, gtin GTIN, lot, serial string, err error) {
	if scheme, rest, found := strings.Cut(uri, "://"); found && len(scheme) <= len("https") {
		uri = strings.ToLower(scheme) + "://" + rest
	}
	path, _, err := splitLink(uri)
	if err != nil {
		return "", "", "", "", err
	}
	gtin, lot, serial, err = ParseUnitPath(path)
	if err != nil {
		return "", "", "", "", err
	}
	_, rest, _ := strings.Cut(uri, "://")
	host, _, _ = strings.Cut(rest, "/")
	return strings.ToLower(host), gtin, lot, serial, nil
}

// ParseUnitPath reads the path of a unit's URI, still percent-encoded: /01/{GTIN-14}/10/{lot}/21/{serial}.
func ParseUnitPath(path string) (gtin GTIN, lot, serial string, err error) {
	if len(path) > MaxLength {
		return "", "", "", errTooLong("URI")
	}
	segments := strings.SplitN(path, "/", 8)
	if len(segments) != 7 || segments[0] != "" || segments[1] != "01" || segments[3] != "10" || segments[5] != "21" {
		return "", "", "", fault(ErrSyntax, "URI", "the path must be /01/, GTIN, /10/, lot, /21/, serial")
	}
	if len(segments[2]) != 14 {
		return "", "", "", fault(ErrLength, "GTIN", "must have 14 digits in a URI")
	}
	if gtin, err = ParseGTIN(segments[2]); err != nil {
		return "", "", "", err
	}
	if lot, err = unescapeText("lot", segments[4]); err != nil {
		return "", "", "", err
	}
	if serial, err = unescapeText("serial", segments[6]); err != nil {
		return "", "", "", err
	}
	return gtin, lot, serial, nil
}

// unescapeText decodes and checks a lot or a serial.
func unescapeText(field, encoded string) (string, error) {
	text, ok := unescape(encoded, false)
	if !ok {
		return "", fault(ErrCharacter, field, "holds a NUL")
	}
	return text, validateText(field, text)
}

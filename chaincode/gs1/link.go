package gs1

import (
	"slices"
	"strings"
)

// convenienceAlphas are the names that version 1.0 of the Digital Link standard allowed in place of AIs.
var convenienceAlphas = map[string]string{
	"cpid":  "8010",
	"cpsn":  "8011",
	"cpv":   "22",
	"gcn":   "255",
	"gdti":  "253",
	"giai":  "8004",
	"ginc":  "401",
	"gln":   "414",
	"glnx":  "254",
	"gmn":   "8013",
	"grai":  "8003",
	"gsin":  "402",
	"gsrn":  "8018",
	"gsrnp": "8017",
	"gtin":  "01",
	"itip":  "8006",
	"lot":   "10",
	"party": "417",
	"refno": "8020",
	"ser":   "21",
	"srin":  "8019",
	"sscc":  "00",
}

// Characters of RFC 3986, and those of them that no authority of a Digital Link URI has. The form
// of the authority is not checked further: names, IPv4, IPv6 and ports all occur.
var (
	isURI       = newCharset(unreserved + ":/?#[]@!$&'()*+,;=%")
	isAuthority = newCharset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:[]")
)

// ParseLink reads an uncompressed GS1 Digital Link URI (URI syntax standard 1.5, chapter 4) and
// answers its elements: those of the path in order, then those of the query. The stem and the
// fragment are dropped, and so are query parameters that are not AIs. The scheme is written in
// small or in capital letters throughout, as the reference implementation demands.
func ParseLink(uri string, opt Options) (Elements, error) {
	path, query, err := splitLink(uri)
	if err != nil {
		return nil, err
	}
	es, err := parsePath(path, opt)
	if err != nil {
		return nil, err
	}
	inPath := len(es)
	for parameter := range strings.SplitSeq(query, "&") {
		if es, err = es.withParameter(parameter, opt); err != nil {
			return nil, err
		}
	}
	return es, checkPlaces(es[:inPath], es[inPath:], opt)
}

// splitLink checks a URI up to its path, and answers its path and query.
func splitLink(uri string) (path, query string, err error) {
	if len(uri) > MaxLength {
		return "", "", errTooLong("URI")
	}
	if isURI.index(uri) >= 0 {
		return "", "", fault(ErrCharacter, "URI", "holds a character that must be percent-encoded")
	}
	rest, err := cutScheme(uri)
	if err != nil {
		return "", "", err
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 1 {
		return "", "", fault(ErrSyntax, "URI", "must go on with a host name and a path after the scheme")
	}
	if isAuthority.index(rest[:slash]) >= 0 {
		return "", "", fault(
			ErrCharacter, "URI", "the host name may hold only letters, digits, dots, hyphens, and a port",
		)
	}
	rest, _, _ = strings.Cut(rest[slash:], "#")
	path, query, _ = strings.Cut(rest, "?")
	return path, query, nil
}

// cutScheme drops "http://" or "https://".
func cutScheme(uri string) (rest string, err error) {
	for _, scheme := range []string{"https", "http", "HTTPS", "HTTP"} {
		if rest, found := strings.CutPrefix(uri, scheme+"://"); found {
			return rest, nil
		}
	}
	return "", fault(ErrSyntax, "URI", "must begin with https:// or http://")
}

// parsePath finds the rightmost primary key of the path and reads the pairs from there to the end.
func parsePath(path string, opt Options) (Elements, error) {
	segments := strings.Split(path, "/")[1:]
	start := -1
	for i := len(segments) - 2; i >= 0 && len(segments)-i <= 2*maxElements; i -= 2 {
		e := findSegment(segments[i], opt)
		if e == nil {
			break
		}
		if e.isKey {
			start = i
			break
		}
	}
	if start < 0 {
		return nil, fault(ErrSyntax, "URI", "the path holds no GS1 key such as /01/ with its value")
	}
	var es Elements
	for i := start; i < len(segments); i += 2 {
		var err error
		pad := opt.ZeroSuppressedGTIN
		if es, err = es.withEncoded(findSegment(segments[i], opt), segments[i+1], false, pad); err != nil {
			return nil, err
		}
	}
	return es, nil
}

func findSegment(segment string, opt Options) *entry {
	if ai, found := convenienceAlphas[segment]; found && opt.ConvenienceAlphas {
		segment = ai
	}
	return dictionary().find(segment, opt.UnknownAIs)
}

// withParameter appends a query parameter. Parameters that are not AIs are skipped, except that an
// all-digit name must be an AI, so that a mistyped one is noticed.
func (es Elements) withParameter(parameter string, opt Options) (Elements, error) {
	ai, value, assigned := strings.Cut(parameter, "=")
	if !assigned || !allDigits(ai) || ai == "" {
		return es, nil
	}
	e := dictionary().find(ai, opt.UnknownAIs)
	if e == nil {
		return nil, errUnknownAI(ai)
	}
	return es.withEncoded(e, value, true, true)
}

// withEncoded decodes a value, checks it and appends it. A short GTIN is padded to 14 digits where padGTIN.
func (es Elements) withEncoded(e *entry, encoded string, inQuery, padGTIN bool) (Elements, error) {
	value, ok := unescape(encoded, inQuery)
	if !ok {
		return nil, fault(ErrCharacter, e.field(), "the value holds a NUL")
	}
	if n := len(value); padGTIN && e.ai == "01" && (n == 8 || n == 12 || n == 13) {
		value = strings.Repeat("0", 14-n) + value
	}
	if err := e.validate(value); err != nil {
		return nil, err
	}
	return es.with(e.ai, value)
}

// checkPlaces checks that the path is a key with its qualifiers in order, and that the query holds
// attributes only: none twice, none that may not be there, and none that belongs into the path.
func checkPlaces(path, attributes Elements, opt Options) error {
	if !dictionary().paths[pathOf(path)] {
		return fault(ErrSyntax, "URI", "the AIs in the path are not a key followed by its qualifiers in their order")
	}
	for i, a := range attributes {
		field := "AI (" + a.AI + ")"
		if path.Value(a.AI) != "" || attributes[:i].Value(a.AI) != "" {
			return fault(ErrAssociation, field, "appears twice")
		}
		if !mayBeAttribute(a.AI, opt) {
			return fault(ErrSyntax, field, "may not stand in the query of a Digital Link URI")
		}
		if belongsInPath(path, a) {
			return fault(ErrSyntax, field, "must stand in the path, not in the query")
		}
	}
	return nil
}

func mayBeAttribute(ai string, opt Options) bool {
	e := dictionary().find(ai, opt.UnknownAIs)
	return e != nil && (e.attribute || e.unknown && opt.UnknownAttributes)
}

func belongsInPath(path Elements, a Element) bool {
	for at := 1; at <= len(path); at++ {
		if dictionary().paths[pathOf(slices.Insert(slices.Clone(path), at, a))] {
			return true
		}
	}
	return false
}

// pathOf answers the AIs as the syntax's paths are indexed: "01 10 21".
func pathOf(es Elements) string {
	var b strings.Builder
	for i, e := range es {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(e.AI)
	}
	return b.String()
}

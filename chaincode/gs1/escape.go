package gs1

import "strings"

// unescape undoes percent-encoding. A % that is not followed by two hexadecimal digits stands for
// itself, and in a query a + stands for a space, as in the reference implementation. It answers
// false for an encoded NUL.
func unescape(s string, inQuery bool) (string, bool) {
	if !strings.ContainsAny(s, "%+") {
		return s, true
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex[s[i+1]] && isHex[s[i+2]]:
			c = hexValue(s[i+1])<<4 | hexValue(s[i+2])
			i += 2
			if c == 0 {
				return "", false
			}
		case c == '+' && inQuery:
			c = ' '
		}
		out = append(out, c)
	}
	return string(out), true
}

// escape percent-encodes everything outside RFC 3986's unreserved characters.
func escape(s string, inQuery bool) string {
	if isUnreserved.index(s) < 0 {
		return s
	}
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, 3*len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isUnreserved[c]:
			out = append(out, c)
		case c == ' ' && inQuery:
			out = append(out, '+')
		default:
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(out)
}

func hexValue(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}

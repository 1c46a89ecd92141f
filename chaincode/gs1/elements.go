package gs1

import (
	"fmt"
	"strings"
)

// Options relaxes the rules. The zero value is strict and right for everything this project issues.
type Options struct {
	// ZeroSuppressedGTIN pads a GTIN-8, -12 or -13 in the path of a Digital Link URI, which version 1.0 of the standard
	// allowed.
	ZeroSuppressedGTIN bool
	// ConvenienceAlphas reads /gtin/.../ser/... for /01/.../21/..., which version 1.0 of the standard allowed.
	ConvenienceAlphas bool
	// UnknownAIs takes AIs that are not in the dictionary, as text of 1 to 90 characters.
	UnknownAIs bool
	// UnknownAttributes lets unknown AIs stand in the query of a Digital Link URI. It needs UnknownAIs.
	UnknownAttributes bool
}

// Element is one application identifier with its value: {"01", "09520123456788"}.
type Element struct{ AI, Value string }

// Elements is a message, in the order in which it was given. Its values have passed the checks of their AIs.
type Elements []Element

// Value answers the value of an AI, or "" where it is absent; no AI has an empty value.
func (es Elements) Value(ai string) string {
	for _, e := range es {
		if e.AI == ai {
			return e.Value
		}
	}
	return ""
}

// fnc1 stands for the FNC1 character of a barcode, in the convention of GS1's own tools; it is in none of the character
// sets of AI values.
const fnc1 = '^'

// ParseElementString reads an element string such as "^010952012345678810ABC123^2112345": FNC1 first, and after each
// value whose length is not predefined.
func ParseElementString(s string, opt Options) (Elements, error) {
	if len(s) > MaxLength {
		return nil, errTooLong("element string")
	}
	rest, found := strings.CutPrefix(s, string(fnc1))
	if !found || rest == "" {
		return nil, fault(
			ErrSyntax, "element string", "must begin with ^, which stands for FNC1, and then hold at least one AI",
		)
	}
	var es Elements
	for rest != "" {
		e := dictionary().prefix(rest, opt.UnknownAIs)
		if e == nil {
			return nil, errUnknownAI(rest[:min(4, len(rest))])
		}
		value, after, err := e.cut(rest[len(e.ai):])
		if err != nil {
			return nil, err
		}
		if es, err = es.with(e.ai, value); err != nil {
			return nil, err
		}
		rest = after
	}
	return es, nil
}

// cut splits the entry's value off the front of s, with the FNC1 behind it.
func (e *entry) cut(s string) (value, rest string, err error) {
	end := strings.IndexByte(s, fnc1)
	if end < 0 {
		end = len(s)
	}
	if end == 0 {
		return "", "", fault(ErrLength, e.field(), "the value is empty")
	}
	n, err := e.consume(s[:end])
	if err != nil {
		return "", "", err
	}
	if n < end && !e.predefined {
		return "", "", fault(
			ErrLength, e.field(), fmt.Sprintf("the value is too long: at most %d characters, then ^", n),
		)
	}
	return s[:n], strings.TrimPrefix(s[n:], string(fnc1)), nil
}

// ParseBracketed reads the bracketed form "(01)09520123456788(10)ABC123"; an opening bracket inside
// a value is written \(.
func ParseBracketed(s string, opt Options) (Elements, error) {
	if len(s) > MaxLength {
		return nil, errTooLong("element string")
	}
	var es Elements
	for rest := s; rest != "" || es == nil; {
		ai, after, ok := strings.Cut(strings.TrimPrefix(rest, "("), ")")
		if !ok || rest[0] != '(' {
			return nil, fault(ErrSyntax, "element string", "must be written (01)12345678901231(10)ABC")
		}
		e := dictionary().find(ai, opt.UnknownAIs)
		if e == nil {
			return nil, errUnknownAI(ai)
		}
		value, next := cutBracketed(after)
		err := e.validate(value)
		if err != nil {
			return nil, err
		}
		if es, err = es.with(ai, value); err != nil {
			return nil, err
		}
		rest = next
	}
	return es, nil
}

// cutBracketed splits s before the next AI and undoes the escapes.
func cutBracketed(s string) (value, rest string) {
	for i := 0; i < len(s); i++ {
		if s[i] == '(' && (i == 0 || s[i-1] != '\\') {
			s, rest = s[:i], s[i:]
			break
		}
	}
	return strings.ReplaceAll(s, `\(`, "("), rest
}

// with appends an element, within bounds.
func (es Elements) with(ai, value string) (Elements, error) {
	if len(es) == maxElements {
		return nil, fault(ErrLength, "element string", fmt.Sprintf("holds more than %d AIs", maxElements))
	}
	return append(es, Element{ai, value}), nil
}

// ElementString writes the message with ^ for FNC1.
func (es Elements) ElementString() string {
	var b strings.Builder
	separate := true
	for _, e := range es {
		if separate {
			b.WriteByte(fnc1)
		}
		b.WriteString(e.AI)
		b.WriteString(e.Value)
		known := dictionary().find(e.AI, true)
		separate = known == nil || !known.predefined
	}
	return b.String()
}

// Bracketed writes the message for people, "(01)09520123456788(10)ABC123".
func (es Elements) Bracketed() string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString("(" + e.AI + ")" + strings.ReplaceAll(e.Value, "(", `\(`))
	}
	return b.String()
}

func errTooLong(field string) error {
	return fault(ErrLength, field, fmt.Sprintf("is longer than %d bytes", MaxLength))
}

func errUnknownAI(ai string) error {
	if len(ai) > 4 || isUnreserved.index(ai) >= 0 {
		ai = "?"
	}
	return fault(ErrUnknownAI, "AI ("+ai+")", "is not an application identifier that GS1 has assigned")
}

package gs1

import (
	"fmt"
	"strings"
)

// field names the AI in an error.
func (e *entry) field() string { return "AI (" + e.ai + ")" }

// validate checks a whole value.
func (e *entry) validate(value string) error {
	lo, hi := e.lengths()
	switch {
	case len(value) < lo || value == "":
		return fault(ErrLength, e.field(), fmt.Sprintf("the value is too short: at least %d characters", max(lo, 1)))
	case len(value) > hi:
		return fault(ErrLength, e.field(), fmt.Sprintf("the value is too long: at most %d characters", hi))
	}
	_, err := e.consume(value)
	return err
}

// consume checks the value at the start of s and answers how many bytes it takes up.
func (e *entry) consume(s string) (int, error) {
	taken := 0
	for _, c := range e.components {
		part := s[taken:min(taken+c.max, len(s))]
		if part == "" && c.optional {
			continue
		}
		if len(part) < c.min {
			return 0, fault(
				ErrLength,
				e.field(),
				fmt.Sprintf("the value is too short: a part has %d of %d characters", len(part), c.min),
			)
		}
		if err := e.checkComponent(c, part); err != nil {
			return 0, err
		}
		taken += len(part)
	}
	return taken, nil
}

func (e *entry) checkComponent(c component, part string) error {
	data := part
	if c.set == isCSET64 {
		if data = strings.TrimRight(part, "="); !paddingFits(len(data), len(part)) {
			return fault(ErrValue, e.field(), "the = padding does not fit the length")
		}
	}
	if c.set.index(data) >= 0 {
		return fault(ErrCharacter, e.field(), "may hold only "+c.setName)
	}
	for _, name := range c.linters {
		if wrong := linters[name](part); wrong != nil {
			return fault(wrong.kind, e.field(), wrong.fix)
		}
	}
	return nil
}

// paddingFits follows the reference check: padding is optional, at most two =, and then the length
// is a multiple of three.
func paddingFits(data, all int) bool {
	padding := all - data
	return padding == 0 || padding <= 2 && all%3 == 0
}

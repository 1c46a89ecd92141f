package trace

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Error is a refusal with a stable code. Field names the offending input in
// the request's own JSON spelling, or is empty. Message is English and says
// what is wrong and what to do; texts for people in both languages hang on the
// code (see Code.Title) and, where there is Chinese for it, the message (see Detail).
type Error struct {
	Code    Code
	Field   string
	Message string
}

// Errorf builds an Error. A message counts units from 1, as people do, where a request's fields count from 0.
func Errorf(code Code, field, format string, args ...any) *Error {
	return &Error{Code: code, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Error gives the form that crosses the ledger: "CODE: message", or
// "CODE: field: message" where a field is at fault. ParseError reads it back.
func (e *Error) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("%s: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%s: %s: %s", e.Code, e.Field, e.Message)
}

// Is lets errors.Is compare by code alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Message == "" && t.Field == ""
}

// CodeOf gives the code of the first Error in err's chain, or "" where there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

var wireError = regexp.MustCompile(`\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*): (?:([a-z][A-Za-z0-9.\[\]-]*): )?(.*)`)

// ParseError finds an Error inside the text of a peer's answer, which wraps it
// in words of its own. It answers false where no known code is in the text.
func ParseError(text string) (*Error, bool) {
	for rest := text; rest != ""; {
		m := wireError.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, false
		}
		code := Code(rest[m[2]:m[3]])
		if code.Known() {
			e := &Error{Code: code, Message: strings.TrimSpace(rest[m[6]:m[7]])}
			if m[4] >= 0 {
				e.Field = rest[m[4]:m[5]]
			}
			return e, true
		}
		rest = rest[m[3]:]
	}
	return nil, false
}

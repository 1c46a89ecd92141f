package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Error is a refusal with a stable code. Field names the offending input in the request's own JSON
// spelling, or is empty. What is wrong and what to do is said by its sentence, see Detail; the code
// has a title (see Code.Title).
type Error struct {
	Code  Code
	Field string
	Sentence

	// came is the sentence in English, of an error that came as text: all there is of it where this
	// program lacks its catalogue. Nobody else gives an error a text that is in no catalogue.
	came string
}

// Sentence names what an error says: the key of a text and the facts that it quotes, in the form
// that plain gives. An empty surface is the ledger's.
type Sentence struct {
	Surface string       `json:"surface,omitempty"`
	Key     string       `json:"key"`
	Args    wording.Args `json:"args,omitempty"`
}

// At gives the same refusal of another field.
func (e *Error) At(field string) *Error {
	there := *e
	there.Field = field
	return &there
}

// Detail says what is wrong and what to do; ZhCN is empty where the catalogue lacks it.
func (e *Error) Detail() Text {
	if t, known := surfaces[e.Surface].texts[e.Key]; known && t.quotes(e.Args) {
		return t.With(e.Args)
	}
	return Text{En: e.came}
}

// lineBreaks become spaces, so that nobody's words can begin the second line.
var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ")

// Error gives the form that crosses the ledger: "CODE: message", or "CODE: field: message" where a field is
// at fault, in English, and in a second line its sentence as JSON. ParseError reads it back; a program that
// knows only the first line shows that.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code) + ": ")
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	b.WriteString(lineBreaks.Replace(e.Detail().En))
	if e.Key == "" {
		return b.String()
	}
	sentence, err := Marshal(e.Sentence)
	if err != nil { // facts are plain, see Because
		return b.String()
	}
	return b.String() + "\n" + string(sentence)
}

// Is lets errors.Is compare by code alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.came == "" && t.Field == "" && t.Key == ""
}

// CodeOf gives the code of the first Error in err's chain, or "" where there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Refused gives the refusal that an error is, and not one that it wraps: an outcome that
// is not known has a cause too, and is none.
func Refused(err error) (*Error, bool) {
	refused, is := err.(*Error) //nolint:errorlint // see above
	return refused, is
}

var wireError = regexp.MustCompile(`\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*): (?:([a-z][A-Za-z0-9.\[\]-]*): )?(.*)(\n\{)?`)

// ParseError finds an Error inside the text of a peer's answer, which wraps it
// in words of its own. It answers false where no known code is in the text.
func ParseError(text string) (*Error, bool) {
	return parseError(text, Code.Known)
}

// ParseStored reads the text of an Error that this program wrote, whatever its code.
func ParseStored(text string) (*Error, bool) {
	return parseError(text, func(Code) bool { return true })
}

func parseError(text string, known func(Code) bool) (*Error, bool) {
	for rest := text; rest != ""; {
		m := wireError.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, false
		}
		if code := Code(rest[m[2]:m[3]]); known(code) {
			e := &Error{Code: code, came: strings.TrimSpace(rest[m[6]:m[7]])}
			if m[4] >= 0 {
				e.Field = rest[m[4]:m[5]]
			}
			if m[8] >= 0 {
				e.Sentence = parseSentence(rest[m[8]+1:])
			}
			return e, true
		}
		rest = rest[m[3]:]
	}
	return nil, false
}

// parseSentence reads the sentence that a text begins with, none where it is no sentence.
func parseSentence(text string) (s Sentence) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&s); err != nil {
		return Sentence{}
	}
	for name, fact := range s.Args {
		s.Args[name] = counted(fact)
	}
	return s
}

// counted gives numbers of JSON as Because has them.
func counted(fact any) any {
	switch x := fact.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n
		}
		return x.String()
	case []any:
		for i := range x {
			x[i] = counted(x[i])
		}
	}
	return fact
}

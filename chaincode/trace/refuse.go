package trace

import (
	"fmt"
	"reflect"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// why is the section of a catalogue that holds the sentences of refusals.
const why = "why"

// Refusals are the sentences of a catalogue's section "why" that say why something is refused and what to do.
type Refusals struct {
	surface string
	texts   map[string]Text
}

// surfaces are the Refusals of this program by the name of their surface, under which a sentence is
// found again that came as an error's text.
var surfaces = map[string]Refusals{}

// RefusalsOf gives a catalogue's. A surface is a name that the program uses once; the ledger's is empty.
func RefusalsOf(surface string, c *wording.Catalogue) Refusals {
	if _, taken := surfaces[surface]; taken {
		panic("trace: two catalogues say the refusals of " + surface)
	}
	r := Refusals{surface, map[string]Text{}}
	for _, key := range c.Under(why) {
		r.texts[key[len(why)+1:]] = Say(c, key)
	}
	surfaces[surface] = r
	return r
}

// Because gives a refusal by the key of its sentence, with the facts that it quotes as names and values in turn. A
// sentence counts units from 1, as people do, where a request's fields count from 0. wordingtest.Refusals holds
// every call against the catalogue.
func (r Refusals) Because(code Code, field, key string, facts ...any) *Error {
	e := &Error{Code: code, Field: field, Sentence: Sentence{Surface: r.surface, Key: key}}
	for i := 0; i+1 < len(facts); i += 2 {
		if e.Args == nil {
			e.Args = wording.Args{}
		}
		e.Args[fmt.Sprint(facts[i])] = plain(facts[i+1])
	}
	return e
}

var ledgers = RefusalsOf("", texts)

// Refuse gives a refusal with a sentence of the ledger, see Because.
func Refuse(code Code, field, key string, facts ...any) *Error {
	return ledgers.Because(code, field, key, facts...)
}

// Quoted gives a text of others in quotation marks, as a sentence quotes it: at most n of its characters.
func Quoted(n int, text any) string { return fmt.Sprintf("%.*q", n, text) }

// Beginning gives the beginning of a text of others, at most n of its characters.
func Beginning(n int, text any) string { return fmt.Sprintf("%.*s", n, fmt.Sprint(text)) }

// plain gives a fact in the form in which it crosses the ledger: a whole number, a text, or a list of these.
func plain(fact any) any {
	v := reflect.ValueOf(fact)
	if _, named := fact.(fmt.Stringer); named {
		return fmt.Sprint(fact)
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return int64(min(v.Uint(), 1<<62))
	case v.Kind() == reflect.Slice:
		all := make([]any, v.Len())
		for i := range all {
			all[i] = plain(v.Index(i).Interface())
		}
		return all
	}
	return fmt.Sprint(fact)
}

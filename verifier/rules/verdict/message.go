package verdict

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Message is what a finding has to say: what was found, what it means, what to
// do. Title is the finding in a few words, shown with the verdict's shape and
// colour; it and the last two are empty where a check passed.
type Message struct {
	Title, Found, Means, Do trace.Text
}

// Detail holds the facts of a finding. A text quotes one as {{.name}}; each is
// written as its Go type asks: trace.Date and time.Time as a day in trace.Zone,
// trace.Text in the text's language.
type Detail map[string]any

// fill writes the facts into the texts.
func (m Message) fill(d Detail) Message {
	facts := d.worded()
	return Message{m.Title.With(facts), m.Found.With(facts), m.Means.With(facts), m.Do.With(facts)}
}

func (d Detail) fill(t trace.Text) trace.Text { return t.With(d.worded()) }

func (d Detail) worded() wording.Args {
	facts := make(wording.Args, len(d))
	for name, value := range d {
		facts[name] = worded(value)
	}
	return facts
}

func worded(value any) any {
	switch v := value.(type) {
	case trace.Text:
		return quoted{v}
	case trace.RecallClass:
		return recallClasses[v]
	case []string:
		return list(v)
	case time.Time:
		return moment(v)
	case trace.Date:
		return date(v)
	}
	return value
}

var recallClasses = trace.Table[trace.RecallClass](texts, "recallClass",
	trace.ClassI, trace.ClassII, trace.ClassIII)

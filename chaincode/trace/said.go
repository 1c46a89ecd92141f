package trace

import "github.com/touchstone-trace/touchstone/chaincode/wording"

// Say gives a text of a catalogue. A text that quotes facts is completed by With.
func Say(c *wording.Catalogue, key string) Text { return said(c.Message(key)) }

// Table gives the texts of names, those of the keys "section.name".
func Table[K ~string](c *wording.Catalogue, section string, names ...K) map[K]Text {
	table := make(map[K]Text, len(names))
	for _, name := range names {
		table[name] = Say(c, section+"."+string(name))
	}
	return table
}

// Section gives the texts of all names that a catalogue's section has.
func Section[K ~string](c *wording.Catalogue, section string) map[K]Text {
	table := map[K]Text{}
	for _, key := range c.Under(section) {
		table[K(key[len(section)+1:])] = Say(c, key)
	}
	return table
}

// With gives the text about these facts. What is no text of a catalogue stays as it is.
func (t Text) With(facts wording.Args) Text {
	if t.said == nil {
		return t
	}
	if m := t.said.With(facts); m != t.said {
		return said(m)
	}
	return t
}

func said(m *wording.Message) Text { return Text{m.In(wording.Chinese), m.In(wording.English), m} }

// quotes tells whether the facts are those that the text quotes.
func (t Text) quotes(facts wording.Args) bool { return t.said != nil && t.said.Quotes(facts) }

package wording

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// separator is the text between two items of a list, where a language has one of its own.
const separator = "n.list"

// word says a name of a vocabulary, such as the state in_transit by the text state.in_transit, and
// each of a list of names. A name without a text stays as it is: a newer program may have named it.
func (t *tongue) word(vocabulary string, names any) string {
	return t.join(names, func(name string) string {
		key := vocabulary + "." + name
		if home := t.home(key); home != nil {
			return home.plain[key]
		}
		return name
	})
}

// home gives the tongue that has a text, this one or one beside it; nil where none has it.
func (t *tongue) home(key string) *tongue {
	if t.facts[key] != nil {
		return t
	}
	for _, b := range t.beside {
		if home := b.home(key); home != nil {
			return home
		}
	}
	return nil
}

// names tells whether there are texts for names of a vocabulary.
func (t *tongue) names(vocabulary string) bool {
	return len(t.under(vocabulary)) > 0 ||
		slices.ContainsFunc(t.beside, func(b *tongue) bool { return b.names(vocabulary) })
}

// list says the items of a list as they are.
func (t *tongue) list(items any) string {
	return t.join(items, func(item string) string { return item })
}

func (t *tongue) join(items any, say func(string) string) string {
	all, ok := items.([]any)
	if !ok {
		return say(fmt.Sprint(items))
	}
	said := make([]string, len(all))
	for i, item := range all {
		said[i] = say(fmt.Sprint(item))
	}
	between := ", "
	if home := t.home(separator); home != nil {
		between = home.plain[separator]
	}
	return strings.Join(said, between)
}

// china has had one time, without summer time, since 1991.
var china = time.FixedZone("", 8*60*60)

// time says a time of RFC 3339 to the minute, as clocks in China show it to who reads Chinese, and in UTC to others.
func (t *tongue) time(stamp any) string {
	at, err := time.Parse(time.RFC3339, fmt.Sprint(stamp))
	switch {
	case err != nil:
		return fmt.Sprint(stamp)
	case t.lang == Chinese:
		return at.In(china).Format("2006-01-02 15:04")
	}
	return at.UTC().Format("2006-01-02 15:04 UTC")
}

// under gives the keys of a section.
func (t *tongue) under(section string) []string {
	var keys []string
	for key := range t.facts {
		if strings.HasPrefix(key, section+".") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

package gs1

import (
	"slices"
	"strings"
)

// CanonicalStem is the stem of canonical Digital Link URIs, which GS1's own resolver serves.
const CanonicalStem = "https://id.gs1.org"

// Link writes the message as a GS1 Digital Link URI under a stem such as "https://example.com/some/path", or under
// CanonicalStem where it is empty. The first primary key of the message becomes the key of the path, with as many
// of its qualifiers as the message has; everything else goes into the query, AIs of predefined length first.
func (es Elements) Link(stem string, opt Options) (string, error) {
	if stem == "" {
		stem = CanonicalStem
	}
	key := slices.IndexFunc(es, func(e Element) bool { return dictionary().paths[e.AI] })
	if key < 0 {
		return "", fault(
			ErrSyntax, "element string", "holds no primary key such as (01), so it has no Digital Link URI",
		)
	}
	path := es.longestPath(es[key].AI)
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(stem, "/"))
	for _, ai := range path {
		b.WriteString("/" + ai + "/" + escape(es.Value(ai), false))
	}
	separator := "?"
	for _, a := range es.attributes(path) {
		if !mayBeAttribute(a.AI, opt) {
			return "", fault(ErrSyntax, "AI ("+a.AI+")", "may not stand in the query of a Digital Link URI")
		}
		b.WriteString(separator + a.AI + "=" + escape(a.Value, true))
		separator = "&"
	}
	return b.String(), nil
}

// longestPath picks the key's sequence of qualifiers that uses the most elements of the message
// (repeated ones count), the first in lexical order where several do.
func (es Elements) longestPath(key string) []string {
	best, most := []string{key}, 0
	for _, path := range dictionary().pathsOf(key) {
		n := 0
		for _, e := range es {
			if slices.Contains(path[1:], e.AI) {
				n++
			}
		}
		if n > most {
			best, most = path, n
		}
	}
	return slices.DeleteFunc(slices.Clone(best), func(ai string) bool { return es.Value(ai) == "" })
}

// pathsOf answers the valid paths of a key in lexical order.
func (d *syntax) pathsOf(key string) [][]string {
	var found []string
	for path := range d.paths {
		if strings.HasPrefix(path, key+" ") {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	paths := make([][]string, len(found))
	for i, path := range found {
		paths[i] = strings.Split(path, " ")
	}
	return paths
}

// attributes answers the elements outside the path, each AI once, those of predefined length first.
func (es Elements) attributes(path []string) Elements {
	var fixed, variable Elements
	for _, e := range es {
		if slices.Contains(path, e.AI) || fixed.Value(e.AI) != "" || variable.Value(e.AI) != "" {
			continue
		}
		if known := dictionary().find(e.AI, true); known != nil && known.predefined {
			fixed = append(fixed, e)
		} else {
			variable = append(variable, e)
		}
	}
	return append(fixed, variable...)
}

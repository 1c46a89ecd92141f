package gs1

import (
	_ "embed"
	"sync"
)

// dictionaryText is GS1's Barcode Syntax Dictionary; its header explains the notation that parseEntry reads.
//
//go:embed data/gs1-syntax-dictionary.txt
var dictionaryText string

// entry is what the dictionary says of one application identifier.
type entry struct {
	ai         string
	predefined bool        // of predefined length: no FNC1 needed after it
	attribute  bool        // may be an attribute (query parameter) of a Digital Link URI
	unknown    bool        // not in the dictionary; made up where Options.UnknownAIs allows it
	components []component // the parts of its value, in order
	excludes   [][]string  // "ex": AI patterns that must not stand beside it
	requires   [][]string  // "req": per attribute, alternatives such as "01+21", one of which must stand beside it
	isKey      bool        // "dlpkey": can be the primary key of a Digital Link URI
	qualifiers [][]string  // per alternative, the key's qualifiers in their order
}

// component is one part of an AI's value.
type component struct {
	set      *charset
	setName  string
	min, max int
	optional bool
	linters  []string
}

func (e *entry) lengths() (lo, hi int) {
	for _, c := range e.components {
		if !c.optional {
			lo += c.min
		}
		hi += c.max
	}
	return lo, hi
}

// syntax is the dictionary, indexed.
type syntax struct {
	entries map[string]*entry
	// By the first two digits: how long an AI is, and how long its value where that is predefined. All AIs that
	// begin alike agree on both, which is how an AI can be told from its value in an element string.
	aiLength    map[string]int
	valueLength map[string]int
	// paths holds every valid sequence of AIs in a Digital Link path, such as "01 10 21".
	paths map[string]bool
}

var dictionary = sync.OnceValue(func() *syntax {
	d, err := parseDictionary(dictionaryText)
	if err != nil {
		panic("gs1: embedded syntax dictionary: " + err.Error()) // a broken build, caught by every test
	}
	return d
})

func (d *syntax) add(e *entry) {
	d.entries[e.ai] = e
	d.aiLength[e.ai[:2]] = len(e.ai)
	if e.predefined {
		_, d.valueLength[e.ai[:2]] = e.lengths()
	}
	if !e.isKey {
		return
	}
	d.paths[e.ai] = true
	for _, alternative := range e.qualifiers {
		for choice := range 1 << len(alternative) {
			path := e.ai
			for i, qualifier := range alternative {
				if choice&(1<<i) != 0 {
					path += " " + qualifier
				}
			}
			d.paths[path] = true
		}
	}
}

// find answers the entry of an AI, or nil. Where unknown AIs are permitted, one whose length fits
// its first two digits is made up: 1 to 90 characters of CSET 82, or the length predefined for
// those digits.
func (d *syntax) find(ai string, permitUnknown bool) *entry {
	if e := d.entries[ai]; e != nil || !permitUnknown {
		return e
	}
	if len(ai) < 2 || len(ai) > 4 || !allDigits(ai) {
		return nil
	}
	if n := d.aiLength[ai[:2]]; n != 0 && n != len(ai) {
		return nil
	}
	c := component{set: isCSET82, setName: "letters, digits and punctuation", min: 1, max: 90}
	n := d.valueLength[ai[:2]]
	if n != 0 {
		c.min, c.max = n, n
	}
	return &entry{ai: ai, unknown: true, predefined: n != 0, components: []component{c}}
}

// prefix answers the entry of the AI that s begins with, or nil.
func (d *syntax) prefix(s string, permitUnknown bool) *entry {
	if len(s) < 2 {
		return nil
	}
	n := d.aiLength[s[:2]]
	if n == 0 || n > len(s) {
		return nil
	}
	return d.find(s[:n], permitUnknown)
}

package wording

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Catalogue is the texts of one surface, one file a language: zh-CN.json, en.json, and any other
// that lies beside them. A text quotes a fact as {{.name}}, a number with its noun as {{count
// "n.city" .cities}}, where n.city is a text with the plural forms that its language has.
type Catalogue struct {
	chooser
	tongues map[string]*tongue
	beside  []*Catalogue
	mu      sync.Mutex
	used    map[string]bool
}

// Args are the facts that a text quotes, by name. One that has a method In(language) is written by that.
type Args map[string]any

// Worded is what can be said in a language.
type Worded interface{ In(lang string) string }

// MustLoad reads the files of a folder. It panics where a file cannot be read, where Chinese or
// English is missing, and where languages differ in their keys or in the facts that a text quotes:
// a program with such a catalogue does not start. The nouns and names of the catalogues beside it are its own as well.
func MustLoad(files fs.FS, folder string, beside ...*Catalogue) *Catalogue {
	c, err := load(files, folder, beside...)
	if err != nil {
		panic("wording: " + folder + ": " + err.Error())
	}
	loaded = append(loaded, c)
	return c
}

func load(files fs.FS, folder string, beside ...*Catalogue) (*Catalogue, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var further []string
	c := &Catalogue{tongues: map[string]*tongue{}, beside: beside, used: map[string]bool{}}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(path.Base(name), ".json")
		if c.tongues[lang], err = newTongue(lang, content, beside...); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, lang := range c.Languages() {
		if lang != Chinese && lang != English {
			further = append(further, lang)
		}
	}
	c.chooser = chooserOf(further...)
	return c, c.check()
}

// check compares every language with English.
func (c *Catalogue) check() error {
	english := c.tongues[English]
	if english == nil || c.tongues[Chinese] == nil {
		return errors.New("its Chinese or its English is missing")
	}
	for lang, t := range c.tongues {
		if err := t.agrees(english); err != nil {
			return fmt.Errorf("%s: %w", lang, err)
		}
	}
	return nil
}

// Languages gives those that the catalogue has, in the alphabet's order.
func (c *Catalogue) Languages() []string { return slices.Sorted(maps.Keys(c.tongues)) }

// Has reports whether the catalogue has a text of this key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.tongues[English].facts[key]
	return ok
}

// Message gives a text by its key; it quotes nothing yet. It panics where there is none, so that a
// program that names it at start does not start.
func (c *Catalogue) Message(key string) *Message {
	facts, ok := c.tongues[English].facts[key]
	if !ok {
		panic("wording: no text " + key)
	}
	c.use(key)
	for _, t := range c.tongues {
		for noun := range t.nouns[key] {
			c.use(noun)
		}
		for vocabulary := range t.words[key] {
			for _, word := range t.under(vocabulary) {
				c.use(word)
			}
		}
	}
	return &Message{catalogue: c, key: key, quotes: len(facts) > 0}
}

// Under gives the keys of a section, those that begin with its name and a dot.
func (c *Catalogue) Under(section string) []string { return c.tongues[English].under(section) }

// Facts gives the names of what a text quotes; ok is false where there is no such text.
func (c *Catalogue) Facts(key string) (names []string, ok bool) {
	facts, ok := c.tongues[English].facts[key]
	return slices.Sorted(maps.Keys(facts)), ok
}

// Unused gives the keys that nobody has asked for. After a program's start there are none; its tests say so.
func (c *Catalogue) Unused() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var keys []string
	for key := range c.tongues[English].facts {
		if !c.used[key] {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (c *Catalogue) use(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[key] = true
}

// tongueOf gives the language asked for, Chinese where none is, and English where it is not spoken.
func (c *Catalogue) tongueOf(lang string) *tongue {
	if t, ok := c.tongues[lang]; ok {
		return t
	}
	if lang == "" || strings.HasPrefix(strings.ToLower(lang), "zh") {
		return c.tongues[Chinese]
	}
	if base, _ := language.Make(lang).Base(); c.tongues[base.String()] != nil {
		return c.tongues[base.String()]
	}
	return c.tongues[English]
}

// Message is a text with the facts that it quotes.
type Message struct {
	catalogue *Catalogue
	key       string
	args      Args
	quotes    bool
}

// With gives the same text about these facts; the text itself where it quotes none.
func (m *Message) With(args Args) *Message {
	if !m.quotes {
		return m
	}
	return &Message{m.catalogue, m.key, args, true}
}

// Quotes tells whether the facts are all that the text quotes.
func (m *Message) Quotes(args Args) bool {
	for name := range m.catalogue.tongues[English].facts[m.key] {
		if _, given := args[name]; !given {
			return false
		}
	}
	return true
}

// In says the text in a language, see Choose for those that there are. A fact that nobody gave reads "<no value>".
func (m *Message) In(lang string) string {
	t := m.catalogue.tongueOf(lang)
	if plain, ok := t.plain[m.key]; ok {
		return plain
	}
	if s, ok := t.sentences[m.key]; ok {
		return s.say(t.lang, m.args)
	}
	facts := make(map[string]any, len(m.args))
	for name, value := range m.args {
		if w, ok := value.(Worded); ok {
			value = w.In(t.lang)
		}
		facts[name] = value
	}
	return t.say(&i18n.LocalizeConfig{MessageID: m.key, TemplateData: facts})
}

// Count says a number with its noun; the text is one that has plural forms.
func (m *Message) Count(lang string, n int) string { return m.catalogue.tongueOf(lang).count(m.key, n) }

package wording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	gotemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// tongue is a catalogue's texts in one language.
type tongue struct {
	lang      string
	beside    []*tongue // whose nouns and names it may use
	localizer *i18n.Localizer
	messages  []*i18n.Message
	functions template.FuncMap
	plain     map[string]string          // those that quote nothing
	sentences map[string]*sentence       // those that quote facts and have one form
	facts     map[string]map[string]bool // by key, what a text quotes
	nouns     map[string]map[string]bool // by key, the nouns that it counts by
	words     map[string]map[string]bool // by key, the vocabularies that it words facts by
}

func newTongue(lang string, content []byte, beside ...*Catalogue) (*tongue, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, err
	}
	if err := once(content); err != nil {
		return nil, err
	}
	messages, err := i18n.ParseMessageBytes(content, json.Unmarshal)
	if err != nil {
		return nil, err
	}
	bundle := i18n.NewBundle(tag)
	t := &tongue{lang: lang, messages: messages, plain: map[string]string{}, sentences: map[string]*sentence{},
		facts: map[string]map[string]bool{}, nouns: map[string]map[string]bool{}, words: map[string]map[string]bool{}}
	for _, c := range beside {
		t.beside = append(t.beside, c.tongueOf(lang))
	}
	t.functions = template.FuncMap{
		"count":  t.count,
		"inside": inside,
		"lower":  lower,
		"word":   t.word,
		"list":   t.list,
		"time":   t.time,
	}
	for _, m := range messages {
		if err := t.read(m); err != nil {
			return nil, fmt.Errorf("%s: %w", m.ID, err)
		}
	}
	if err := bundle.AddMessages(tag, messages...); err != nil {
		return nil, err
	}
	t.localizer = i18n.NewLocalizer(bundle, lang)
	return t, nil
}

// once refuses a file with a key that is there twice, of which JSON would keep the last.
func once(content []byte) error {
	d := json.NewDecoder(bytes.NewReader(content))
	seen := map[string]bool{}
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name := fmt.Sprint(key)
		if seen[name] {
			return fmt.Errorf("%s is there twice", name)
		}
		seen[name] = true
		var text json.RawMessage
		if err := d.Decode(&text); err != nil {
			return err
		}
	}
	return nil
}

// read notes what a message quotes. Every form of it is parsed here, so that none can fail later.
func (t *tongue) read(m *i18n.Message) error {
	if m.Other == "" {
		return fmt.Errorf("it says nothing")
	}
	q := quotation{facts: map[string]bool{}, nouns: map[string]bool{}, words: map[string]bool{}}
	for _, form := range []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other} {
		parsed, err := template.New("").Funcs(t.functions).Parse(form)
		if err != nil {
			return err
		}
		if parsed.Tree != nil {
			q.read(parsed.Root)
		}
	}
	t.facts[m.ID], t.nouns[m.ID], t.words[m.ID] = q.facts, q.nouns, q.words
	switch {
	case m.One != "":
	case len(q.facts) == 0:
		t.plain[m.ID] = m.Other
	default:
		return t.takeApart(m)
	}
	return nil
}

func (t *tongue) takeApart(m *i18n.Message) error {
	parsed, err := template.New("").Funcs(t.functions).Parse(m.Other)
	if err != nil {
		return err
	}
	if t.sentences[m.ID] = t.sentence(parsed.Root); t.sentences[m.ID] == nil {
		return fmt.Errorf("it uses more than facts and functions of facts")
	}
	return nil
}

// quotation is what a text quotes: facts, the nouns it counts by, the vocabularies it words facts by.
type quotation struct{ facts, nouns, words map[string]bool }

func (q quotation) read(node parse.Node) {
	switch n := node.(type) {
	case *parse.ListNode:
		for _, inner := range n.Nodes {
			q.read(inner)
		}
	case *parse.ActionNode:
		for _, command := range n.Pipe.Cmds {
			q.read(command)
		}
	case *parse.CommandNode:
		names := q.nouns
		if function, ok := n.Args[0].(*parse.IdentifierNode); ok && function.Ident == "word" {
			names = q.words
		}
		for _, argument := range n.Args {
			if name, ok := argument.(*parse.StringNode); ok { // only count and word take one
				names[name.Text] = true
			}
			q.read(argument)
		}
	case *parse.FieldNode:
		q.facts[n.Ident[0]] = true
	}
}

// agrees compares with English: the same texts, each about the same facts. Nouns are a language's own.
func (t *tongue) agrees(english *tongue) error {
	for key := range t.facts {
		if _, ok := english.facts[key]; !ok && !isNoun(key) {
			return fmt.Errorf("%s is no text of English", key)
		}
	}
	for key, facts := range english.facts {
		if got, ok := t.facts[key]; (!ok || !maps.Equal(got, facts)) && !isNoun(key) {
			return fmt.Errorf(
				"%s quotes %v, and %v in English",
				key,
				slices.Sorted(maps.Keys(got)),
				slices.Sorted(maps.Keys(facts)),
			)
		}
		for noun := range t.nouns[key] {
			if t.home(noun) == nil {
				return fmt.Errorf("%s counts by %s, which is no text", key, noun)
			}
		}
		for vocabulary := range t.words[key] {
			if !t.names(vocabulary) {
				return fmt.Errorf("%s words a fact by %s, of which there is no text", key, vocabulary)
			}
		}
	}
	return nil
}

func isNoun(key string) bool { return strings.HasPrefix(key, "n.") }

// Parse and Cacheable make the tongue what go-i18n parses templates by: once each, with the functions of this language.
func (t *tongue) Parse(source, _, _ string) (gotemplate.ParsedTemplate, error) {
	parsed, err := template.New("").Funcs(t.functions).Parse(source)
	return text{parsed}, err
}

// Cacheable says that a parsed text may be kept.
func (t *tongue) Cacheable() bool { return true }

type text struct{ *template.Template }

func (p text) Execute(facts any) (string, error) {
	var b strings.Builder
	err := p.Template.Execute(&b, facts)
	return b.String(), err
}

func (t *tongue) say(c *i18n.LocalizeConfig) string {
	c.TemplateParser = t
	said, err := t.localizer.Localize(c)
	if err != nil {
		return said + "…" // the key is there and its templates parse: a fact of the wrong kind, which shows
	}
	return said
}

// count gives a number with its noun in the form that the language has for it.
func (t *tongue) count(noun string, n any) string {
	if home := t.home(noun); home != nil {
		t = home
	}
	return t.say(&i18n.LocalizeConfig{MessageID: noun, PluralCount: n, TemplateData: map[string]any{"n": n}})
}

package wording

import (
	"fmt"
	"strings"
	"text/template/parse"
)

// sentence is a text taken apart once, when it is read: saying it is putting its parts one after
// another. text/template and go-i18n find the same anew each time, which a verdict of thirty texts in
// two languages feels.
type sentence struct {
	parts []part
	size  int // of what always stands there, in bytes
}

// part is words that stand as they are, or a fact, which a function may write.
type part struct {
	words string
	fact  string
	write func(fact any) string // nil: the fact as it is
}

// sentence takes a parsed text apart; nil where it uses more of templates than texts do.
func (t *tongue) sentence(root *parse.ListNode) *sentence {
	s := &sentence{}
	for _, node := range root.Nodes {
		p, ok := t.part(node)
		if !ok {
			return nil
		}
		s.parts = append(s.parts, p)
		s.size += len(p.words)
	}
	return s
}

func (t *tongue) part(node parse.Node) (part, bool) {
	if words, ok := node.(*parse.TextNode); ok {
		return part{words: string(words.Text)}, true
	}
	action, ok := node.(*parse.ActionNode)
	if !ok || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Decl) > 0 {
		return part{}, false
	}
	args := action.Pipe.Cmds[0].Args
	fact, ok := args[len(args)-1].(*parse.FieldNode)
	if !ok || len(fact.Ident) != 1 {
		return part{}, false
	}
	write, ok := t.writer(args[:len(args)-1])
	return part{fact: fact.Ident[0], write: write}, ok
}

// writer is the function that stands before a fact; nil where none does.
func (t *tongue) writer(before []parse.Node) (write func(any) string, ok bool) {
	if len(before) == 0 {
		return nil, true
	}
	function, ok := before[0].(*parse.IdentifierNode)
	if !ok {
		return nil, false
	}
	name := ""
	if len(before) == 2 {
		constant, ok := before[1].(*parse.StringNode)
		if !ok {
			return nil, false
		}
		name = constant.Text
	}
	switch write := t.functions[function.Ident].(type) {
	case func(string, any) string:
		return func(fact any) string { return write(name, fact) }, len(before) == 2
	case func(any) string:
		return write, len(before) == 1
	case func(string) string:
		return func(fact any) string { return write(shown(fact)) }, len(before) == 1
	}
	return nil, false
}

// say puts the facts in, each as its language has it.
func (s *sentence) say(lang string, facts Args) string {
	var b strings.Builder
	b.Grow(s.size + 16*len(s.parts))
	for _, p := range s.parts {
		if p.fact == "" {
			b.WriteString(p.words)
			continue
		}
		fact := facts[p.fact]
		if w, ok := fact.(Worded); ok {
			fact = w.In(lang)
		}
		if p.write == nil {
			b.WriteString(shown(fact))
		} else {
			b.WriteString(p.write(fact))
		}
	}
	return b.String()
}

// shown is a fact as it is; one that nobody gave shows.
func shown(fact any) string {
	switch v := fact.(type) {
	case nil:
		return "<no value>"
	case string:
		return v
	}
	return fmt.Sprint(fact)
}

package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"text/template/parse"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Part is what a room brings to a page: its templates, in the folder assets, and their texts. Words
// are those that only the program names.
type Part struct {
	Files fs.FS
	Texts *wording.Catalogue
	Words []string
}

//go:embed texts
var textFiles embed.FS

// texts are those of the frame, and those that pages of several rooms show. What a verdict says is
// in verifier/rules/verdict.
var texts = wording.MustLoad(textFiles, "texts")

var frame = Part{assets, texts, []string{"moment"}}

// shell is the room of the pages that belong to none.
var shell = NewRoom()

// Room draws pages that are made of several parts.
type Room struct {
	templates *template.Template
	parts     []Part
	words     map[string]trace.Text
}

// NewRoom makes the room of pages that are made of these parts and the frame. A text that a
// template names and no part has, or two have, stops the program, and so no request.
func NewRoom(parts ...Part) *Room {
	var words []string
	m := &Room{template.New("").Funcs(functions), append([]Part{frame}, parts...), map[string]trace.Text{}}
	for _, part := range m.parts {
		template.Must(m.templates.ParseFS(part.Files, "assets/*.html"))
		words = append(words, part.Words...)
	}
	for _, t := range m.templates.Templates() {
		if t.Tree != nil {
			words = append(words, named(t.Tree.Root)...)
		}
	}
	for _, name := range words {
		m.words[name] = m.find(name)
	}
	return m
}

func (m *Room) find(name string) trace.Text {
	var found []trace.Text
	for _, part := range m.parts {
		if part.Texts.Has(name) {
			found = append(found, trace.Say(part.Texts, name))
		}
	}
	if len(found) != 1 {
		panic("page: not one part, but none or several, have the text " + name)
	}
	return found[0]
}

// Word gives a text of the room's pages; a name that is none of them is a fault of the program.
func (m *Room) Word(name string) trace.Text {
	t, ok := m.words[name]
	if !ok {
		panic("page: no word " + name)
	}
	return t
}

// Render answers with a page. Nothing is sent where it cannot be drawn.
func (m *Room) Render(c echo.Context, status int, name string, data any) error {
	b, err := m.Draw(name, data)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Language", LanguageOf(c.Request()))
	return c.HTMLBlob(status, b)
}

// Draw gives a page, or a picture, in bytes.
func (m *Room) Draw(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := m.templates.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

// named gives the names after T within a template's node.
func named(node parse.Node) (names []string) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, inner := range n.Nodes {
				names = append(names, named(inner)...)
			}
		}
	case *parse.ActionNode:
		names = named(n.Pipe)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			names = named(n.Pipe)
		}
	case *parse.IfNode:
		names = branches(&n.BranchNode)
	case *parse.RangeNode:
		names = branches(&n.BranchNode)
	case *parse.WithNode:
		names = branches(&n.BranchNode)
	case *parse.PipeNode:
		for _, command := range n.Cmds {
			names = append(names, called(command)...)
		}
	}
	return names
}

func branches(n *parse.BranchNode) []string {
	return append(append(named(n.Pipe), named(n.List)...), named(n.ElseList)...)
}

// called gives the name that a command asks T for, and those within its brackets.
func called(n *parse.CommandNode) (names []string) {
	var path []string
	switch first := n.Args[0].(type) {
	case *parse.FieldNode:
		path = first.Ident
	case *parse.VariableNode:
		path = first.Ident
	}
	if name, ok := n.Args[len(n.Args)-1].(*parse.StringNode); ok && len(path) > 0 && path[len(path)-1] == "T" {
		names = append(names, name.Text)
	}
	for _, argument := range n.Args {
		if inner, ok := argument.(*parse.PipeNode); ok {
			names = append(names, named(inner)...)
		}
	}
	return names
}

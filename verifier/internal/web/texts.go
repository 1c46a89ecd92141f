package web

import (
	"embed"
	"html/template"
	"text/template/parse"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var textFiles embed.FS

// texts are the pages' own texts, see wording.Catalogue. What a verdict says is in verifier/rules/verdict.
var texts = wording.MustLoad(textFiles, "texts")

func text(key string) trace.Text { return trace.Say(texts, key) }

// words are the texts that pages name by T, and those that only the program does.
var words = wordsOf(pages,
	"allPassed", "asked", "byBrand", "claim", "claimLead", "claimLeadIf", "comma", "ended", "firstTime", "linkTitle",
	"othersPassed", "overdue", "ownBrand", "ownClaim", "proofFail", "proofPass", "proofUnknown",
	"proofStated", "proofMissing", "proofOtherwise", "proofDoubt", "and", "reportGone", "reviewGist",
	"reviewSums", "since", "textWrong", "times", "unpaid", "validTo",
	"sponsoredBy", "scannedThis", "scannedOne", "moment", "layoutLocked", "ownerSince", "ownerPassedOn", "layoutChecked")

// word gives a text of words; a name that is none of them is a fault of the program.
func word(name string) trace.Text {
	t, ok := words[name]
	if !ok {
		panic("web: no word " + name)
	}
	return t
}

// wordsOf finds what the pages name, so that one without its text stops the program and no request.
func wordsOf(pages *template.Template, names ...string) map[string]trace.Text {
	found := map[string]trace.Text{}
	for _, page := range pages.Templates() {
		if page.Tree != nil {
			names = append(names, named(page.Tree.Root)...)
		}
	}
	for _, name := range names {
		found[name] = text(name)
	}
	return found
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

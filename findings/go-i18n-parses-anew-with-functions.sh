#!/usr/bin/env bash
# go-i18n parses a text again on every call once it has functions
#
# One would guess: a bundle is filled once and its texts are parsed once, so that a translation costs filling in its facts, with or without
#   functions of one's own in the templates.
# What happens: without functions a parsed template is kept. With `Funcs` the library's own TextParser says that it cannot be cached, and the
#   same text is parsed at each Localize: many times the allocations, for the same words.
# Version: github.com/nicksnyder/go-i18n/v2 v2.7.0.
# Source: this run; TextParser.Cacheable in i18n/template.
# Why it matters here: a verdict has dozens of texts, some with plurals inside, in two languages; chaincode/wording gives the library a
#   parser of its own that may be kept, since a language's functions never change.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"testing"
	gotemplate "text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// kept is the library's parser, but for saying that what it parsed may be kept.
type kept struct{ *template.TextParser }

func (kept) Cacheable() bool { return true }

func main() {
	bundle := i18n.NewBundle(language.English)
	bundle.MustAddMessages(language.English, &i18n.Message{ID: "sent", Other: "{{.units}} units of {{.lots}} lots went to {{.to}} on {{.day}}"})
	localizer := i18n.NewLocalizer(bundle, "en")
	facts := map[string]any{"units": 24, "lots": 3, "to": "a seller", "day": "Monday"}
	functions := gotemplate.FuncMap{"upper": func(s string) string { return s }}
	allocations := func(parser template.Parser) float64 {
		config := &i18n.LocalizeConfig{MessageID: "sent", TemplateData: facts, TemplateParser: parser}
		return testing.AllocsPerRun(200, func() { localizer.MustLocalize(config) })
	}
	plain, with, own := allocations(&template.TextParser{}), allocations(&template.TextParser{Funcs: functions}), allocations(kept{&template.TextParser{Funcs: functions}})
	fmt.Printf("may be kept: without functions %v, with functions %v\n", (&template.TextParser{}).Cacheable(), (&template.TextParser{Funcs: functions}).Cacheable())
	fmt.Println("allocations a call with functions, three times those without:", with > 3*plain)
	fmt.Println("with functions and a parser that may be kept, three times those without:", own > 3*plain)
	fmt.Printf("(%.0f without, %.0f with, %.0f kept)\n", plain, with, own)
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/nicksnyder/go-i18n/v2@v2.7.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go list -m github.com/nicksnyder/go-i18n/v2
seen=$(go run .)
echo "$seen"
[ "$(echo "$seen" | head -3)" = 'may be kept: without functions true, with functions false
allocations a call with functions, three times those without: true
with functions and a parser that may be kept, three times those without: false' ] || { echo "no longer what was seen"; exit 1; }

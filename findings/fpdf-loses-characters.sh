#!/usr/bin/env bash
# fpdf drops a Chinese character at every automatic line break
#
# One would guess: SplitText and MultiCell break a text into lines and keep every character of it.
# What happens: Chinese has no blanks, so each line is broken between two characters, and the character at the break is left out,
#   as if it were the blank of a Latin text. No error. 27 characters come back as 24 in four lines.
# Version: codeberg.org/go-pdf/fpdf v0.12.0, with Debian's fonts-droid-fallback.
# Source: this run; SplitText is documented as splitting "into several lines".
# Why it matters here: a product's name on a printed label would lose a character without a word. Labels break their lines
#   themselves (gateway/labels) and hand fpdf single lines only.
set -euo pipefail
font=/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf
[ -e "$font" ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-droid-fallback >/dev/null; }
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cp "$font" font.ttf
cat > main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

func main() {
	const text = "质量检验合格后方可出厂销售请妥善保管本凭证以便日后查询"
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.AddUTF8Font("font", "", "font.ttf")
	p.SetFont("font", "", 12)
	lines := p.SplitText(text, 30)
	fmt.Printf("characters in: %d, out: %d, lines: %d, error: %v\n", len([]rune(text)), len([]rune(strings.Join(lines, ""))), len(lines), p.Error())
}
GO
go mod init finding >/dev/null 2>&1
go get codeberg.org/go-pdf/fpdf@v0.12.0 >/dev/null 2>&1
go list -m codeberg.org/go-pdf/fpdf
seen=$(go run .)
echo "$seen"
[ "$seen" = "characters in: 27, out: 24, lines: 4, error: <nil>" ] || { echo "this has changed"; exit 1; }

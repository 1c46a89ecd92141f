#!/usr/bin/env bash
# rsc.io/qr lays the same mask over every QR code
#
# One would guess: an encoder weighs the eight masks of ISO/IEC 18004 (7.8) for each code and takes the one with the fewest
#   patterns that hinder a scanner, as the standard demands.
# What happens: rsc.io/qr takes mask 0 for every text. skip2/go-qrcode takes six to eight different ones for the same texts.
# Version: rsc.io/qr v0.2.0 beside github.com/skip2/go-qrcode v0.0.0-20200617195104-da1b6568686e.
# Source: this run, which reads the mask from each code's format information; a remark in the library's own source.
# Why it matters here: labels are made by the million with rsc.io/qr/coding, which is several times as fast, so gateway/labels
#   weighs the masks itself (TestTheMaskIsTheStandards).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/skip2/go-qrcode"
	"rsc.io/qr"
)

// maskOf reads a code's mask from the format information beside its upper left finder: modules 2 to 4 of row 8, xored with 101.
func maskOf(black func(x, y int) bool) (mask int) {
	for x := 2; x <= 4; x++ {
		mask <<= 1
		if black(x, 8) {
			mask |= 1
		}
	}
	return mask ^ 0b101
}

func main() {
	one, other := map[int]bool{}, map[int]bool{}
	for serial := range 400 {
		text := fmt.Sprintf("https://example.com/01/06998801900015/10/L%03d/21/%012X", serial%7, serial*7919)
		a, err := qr.Encode(text, qr.M)
		if err != nil {
			panic(err)
		}
		one[maskOf(a.Black)] = true
		b, err := qrcode.New(text, qrcode.Medium)
		if err != nil {
			panic(err)
		}
		b.DisableBorder = true
		bitmap := b.Bitmap()
		other[maskOf(func(x, y int) bool { return bitmap[y][x] })] = true
	}
	fmt.Println("masks of 400 codes, rsc.io/qr:", one)
	fmt.Println("skip2/go-qrcode takes more than five:", len(other) > 5)
}
GO
go mod init finding >/dev/null 2>&1
go get rsc.io/qr@v0.2.0 github.com/skip2/go-qrcode@v0.0.0-20200617195104-da1b6568686e >/dev/null 2>&1
go list -m rsc.io/qr github.com/skip2/go-qrcode
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
masks of 400 codes, rsc.io/qr: map[0:true]
skip2/go-qrcode takes more than five: true
EXPECTED

#!/usr/bin/env bash
# excelize writes Excel's Chinese dates digit by digit
#
# One would guess: GetCellValue gives what the spreadsheet shows. For the 20th of December 2026 in Excel's own Chinese date format that is
#   二○二六年十二月二十日: the year digit by digit, month and day as numbers.
# What happens: month and day come digit by digit too, 一二月二○日, which nobody writes and no reader of dates takes.
#   The same day in the format without [DBNum1] is right.
# Version: github.com/xuri/excelize/v2 v2.11.1.
# Source: this run; Excel's own list of Chinese date formats, whose example for this one is 二○○一年三月七日.
# Why it matters here: merchants' sheets use this format, so imports read a date cell by its number and never by its text (gateway/imports).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

func main() {
	const day = 46376 // 2026-12-20
	sheet := excelize.NewFile()
	for i, format := range []string{`[DBNum1][$-804]yyyy"年"m"月"d"日";@`, `[$-804]yyyy"年"m"月"d"日";@`} {
		cell := fmt.Sprintf("A%d", i+1)
		style, err := sheet.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			panic(err)
		}
		if err := sheet.SetCellValue("Sheet1", cell, day); err != nil {
			panic(err)
		}
		if err := sheet.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			panic(err)
		}
		shown, err := sheet.GetCellValue("Sheet1", cell)
		fmt.Println(shown, err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go list -m github.com/xuri/excelize/v2
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
二○二六年一二月二○日 <nil>
2026年12月20日 <nil>
EXPECTED

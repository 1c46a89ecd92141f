package reports

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func sample() Report {
	var picture bytes.Buffer
	_ = jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 20, 10)), nil)
	rows := [][]string{{"发货", "=1+1", strings.Repeat("很长的说明", 30)}, {"收货", "@x", "<b>ok</b>"}}
	for range 80 {
		rows = append(rows, []string{"售出", "shop", strings.Repeat("a", 64)})
	}
	return Report{
		Title:    "追溯报告 Trace",
		Facts:    [][2]string{{"批号", "=A1"}, {"数量", "40"}},
		Pictures: [][]byte{picture.Bytes()},
		Tables: []Table{
			{Title: "每一步", Columns: []string{"步骤", "主体", "交易"}, Shares: []float64{0.2, 0.2, 0.6}, Rows: rows},
		},
		Closing: "所列交易均可在账本核对。",
	}
}

// TestSpreadsheetsTakeNothingForAFormula: what parties wrote is text in every format.
func TestSpreadsheetsTakeNothingForAFormula(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, CSV, sample()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\ufeff", "'=A1", "'=1+1", "'@x", "<b>ok</b>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the CSV lacks %q", want)
		}
	}
	b.Reset()
	if err := Write(&b, XLSX, sample()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.GetCellValue("每一步", "B2"); v != "=1+1" {
		t.Errorf("cell %q", v)
	}
	if formula, _ := f.GetCellFormula("每一步", "B2"); formula != "" {
		t.Errorf("a formula: %q", formula)
	}
}

// TestPDF: the text can be read back whole, over several pages.
func TestPDF(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, PDF, sample()); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is missing")
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(program, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	packed := strings.Join(strings.Fields(string(text)), "")
	for _, want := range []string{"追溯报告Trace", "批号=A1", "=1+1", "<b>ok</b>", strings.Repeat("a", 64), "所列交易均可在账本核对。"} {
		if !strings.Contains(packed, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	if n := strings.Count(packed, "很长的说明"); n < 25 {
		t.Errorf("characters are lost at line breaks: %d of 30 whole words in one row", n)
	}
	if pages := strings.Count(string(text), "\f"); pages < 2 {
		t.Errorf("%d pages", pages)
	}
}

package imports

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// outcome is what a file must lead to for one row.
type outcome struct {
	Row    int     `json:"row"`
	OK     bool    `json:"ok"`
	Reason *string `json:"reason"`
}

// owner is the party of the test data. Whose prefix a GTIN is under is decided
// at registration, by the rule that stands with Party.
var owner = trace.Party{ID: "chengyan", Prefixes: []string{"6998801"}}

func outcomes(t *testing.T, kind Kind, file []byte) []outcome {
	t.Helper()
	rows, err := Read(kind, file)
	if err != nil {
		t.Fatal(err)
	}
	var all []outcome
	for _, r := range rows.Rows {
		var refused *trace.Error
		if len(r.Faults) > 0 {
			refused = r.Faults[0].Err
		} else {
			errors.As(owner.MayRegister(r.GTIN, "2026-11-22"), &refused)
		}
		o := outcome{Row: r.Number, OK: refused == nil}
		if refused != nil {
			reason := strings.ToLower(string(refused.Code))
			o.Reason = &reason
		}
		all = append(all, o)
	}
	return all
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if os.IsNotExist(err) && strings.Contains(path, "shared") {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestDirty holds the files that merchants got wrong to their expected outcomes.
func TestDirty(t *testing.T) {
	for _, folder := range []string{"testdata", "../../../shared/data"} {
		t.Run(folder, func(t *testing.T) {
			var want []outcome
			if err := json.Unmarshal(read(t, filepath.Join(folder, "goods-dirty.expected.json")), &want); err != nil {
				t.Fatal(err)
			}
			got := outcomes(t, Products, read(t, filepath.Join(folder, "goods-dirty.csv")))
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCleanFiles(t *testing.T) {
	for name, want := range map[string]struct {
		kind Kind
		rows int
	}{
		"goods-utf8.csv": {Products, 200}, "goods-excel-bom.csv": {Products, 50}, "goods-gbk.csv": {Products, 80}, "batches.csv": {Batches, 40},
	} {
		t.Run(name, func(t *testing.T) {
			got := outcomes(t, want.kind, read(t, "../../../shared/data/"+name))
			if len(got) != want.rows {
				t.Errorf("%d rows, want %d", len(got), want.rows)
			}
			for i, o := range got {
				if !o.OK || o.Row != i+2 {
					t.Errorf("row %d: %+v", i+2, o)
				}
			}
		})
	}
}

const goods = "商品条码,商品名称,英文名称,品牌,规格,保质期(天),是否需检验\n" +
	"6998801000012,澄岩冻干咖啡,Freeze-dried coffee,澄岩,3g×24,540,否\n"

var coffee = trace.Product{GTIN: "06998801000012", Name: trace.Text{ZhCN: "澄岩冻干咖啡", En: "Freeze-dried coffee"},
	Brand: "澄岩", Specification: "3g×24", ShelfLifeDays: 540}

// TestForms reads the same product out of every form a file comes in.
func TestForms(t *testing.T) {
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String(goods)
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).
		NewEncoder().
		String(strings.ReplaceAll(goods, ",", "\t"))
	for name, file := range map[string]string{
		"utf-8":             goods,
		"byte order mark":   "\uFEFF" + goods,
		"GB18030":           gbk,
		"UTF-16 and tabs":   utf16,
		"semicolons":        strings.ReplaceAll(goods, ",", ";"),
		"CRLF":              strings.ReplaceAll(goods, "\n", "\r\n"),
		"no last line end":  strings.TrimSpace(goods),
		"blanks":            strings.ReplaceAll(goods, ",", " ,\u3000"),
		"everything quoted": `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(goods), ",", `","`), "\n", "\"\n\"") + `"`,
		"English, any order": "Brand;BAR CODE;Shelf life (days);Name;English name;Spec;Remarks;Inspection required?\n" +
			"澄岩;6998801000012;540;澄岩冻干咖啡;Freeze-dried coffee;3g×24;;no\n",
		"full-width digits": strings.Replace(goods, "6998801000012", "６９９８８０１００００１２", 1),
		"worksheet, text":   worksheet(t, "6998801000012", "540"),
		"worksheet, number": worksheet(t, 6998801000012, 540),
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Read(Products, []byte(file))
			if err != nil {
				t.Fatal(err)
			}
			rows := f.Rows
			if len(rows) != 1 || len(rows[0].Faults) > 0 {
				t.Fatalf("%+v", rows)
			}
			if d := cmp.Diff(coffee, *rows[0].Product); d != "" {
				t.Error(d)
			}
		})
	}
}

func worksheet(t *testing.T, gtin, days any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetRow("Sheet1", "A1", &[]any{"商品条码", "商品名称", "英文名称", "品牌", "规格", "保质期", "是否需检验", "备注"})
	f.SetSheetRow("Sheet1", "A2", &[]any{gtin, "澄岩冻干咖啡", "Freeze-dried coffee", "澄岩", "3g×24", days})
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBatches(t *testing.T) {
	file := "GTIN,批号,数量,生产日期,有效期至\n" +
		"6998801000012,202610A01,\"20,000\",2026/10/2,\n" + // thousands, slashes
		"6998801000012,202610A02,20000,2026年10月2日,20281002\n" +
		"\n" + // a blank line counts, as it does on screen
		"6998801000012,\"a\nb\",5,2026-10-02,\n" + // a line break within a cell does not
		"6998801000012,A1,1.5,2026-10-02,\n" +
		"6998801000012,A1,5,,\n" +
		"6998801000012,A1,5,2026-02-30,\n" +
		"6998801000012,202610A01,1,2026-10-02,\n"
	read, err := Read(Batches, []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	rows := read.Rows
	var got []string
	for _, r := range rows {
		code := trace.Code("ok")
		if len(r.Faults) > 0 {
			code = r.Faults[0].Err.Code
		}
		got = append(got, fmt.Sprint(r.Number, " ", code))
	}
	want := []string{
		"2 ok",
		"3 ok",
		"5 LOT_INVALID",
		"6 QUANTITY_INVALID",
		"7 DATE_INVALID",
		"8 DATE_INVALID",
		"9 DUPLICATE_IN_FILE",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	first := trace.Batch{GTIN: "06998801000012", Lot: "202610A01", Quantity: 20000, ProducedOn: "2026-10-02"}
	if d := cmp.Diff(&first, rows[0].Batch); d != "" {
		t.Error(d)
	}
}

func TestUnreadableFiles(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want trace.Code
	}{
		"empty":             {"", FileUnreadable},
		"old xls":           {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileUnreadable},
		"a zip that is not": {"PK\x03\x04 nothing", FileUnreadable},
		"a zip bomb":        {bomb(t), FileUnreadable},
		"binary":            {"\x00\x01\x02\xFF", FileUnreadable},
		"no headings":       {"6998801000012,澄岩冻干咖啡,澄岩\n", trace.ColumnsMissing},
		"too many rows":     {"商品条码,商品名称,品牌\n" + strings.Repeat("1,2,3\n", MaxRows+1), trace.FieldInvalid},
	} {
		if _, err := Read(Products, []byte(c.file)); trace.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// bomb is a small worksheet that unpacks to more than a file may.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"[Content_Types].xml":      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":          `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`,
		"xl/worksheets/sheet1.xml": strings.Repeat(" ", maxUnzipped+1),
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(content))
	}
	z.Close()
	return b.String()
}

// TestExplained: a row is never refused without saying in both languages why.
func TestExplained(t *testing.T) {
	for code := range trace.Codes() {
		text := Explain(&trace.Error{Code: code, Field: "field"})
		if text.ZhCN == "。" || text.En == ". " || text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", code, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(goods))
	f.Add([]byte("\uFEFF" + strings.ReplaceAll(goods, ",", ";")))
	f.Add([]byte("商品条码,品名,品牌\n\"a\nb\",,\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, kind := range []Kind{Products, Batches} {
			read, err := Read(kind, file)
			if err != nil {
				continue
			}
			last := read.HeadingRow
			for _, r := range read.Rows {
				if given := (r.Product != nil) != (r.Batch != nil); !given && len(r.Faults) == 0 || r.Number <= last {
					t.Fatalf("row %+v after %d", r, last)
				}
				last = r.Number
			}
		}
	})
}

package imports

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// summary writes what became of a file: a line for each row, the values it was
// read as or the first refused cell, and "+" where there is a remark.
func summary(kind Kind, file []byte) (lines []string) {
	f, err := Read(kind, file)
	if err != nil {
		var e *trace.Error
		errors.As(err, &e)
		return []string{fmt.Sprintf("%s: %s", e.Code, e.Detail().En)}
	}
	for _, r := range f.Rows {
		line := fmt.Sprintf("%d ", r.Number)
		switch {
		case len(r.Faults) > 0:
			for i, fault := range r.Faults {
				if i > 0 {
					line += ", "
				}
				line += fmt.Sprintf("%s %s %q", fault.Err.Code, fault.Field, fault.Value)
			}
		case r.Batch != nil:
			line += fmt.Sprintf("%s %d %s %s", r.Batch.Lot, r.Batch.Quantity, r.Batch.ProducedOn, r.Batch.ExpiresOn)
		default:
			line += fmt.Sprintf(
				"%s %s %s %d", r.Product.Name.ZhCN, r.Product.Brand, r.Product.Specification,
				r.Product.ShelfLifeDays,
			)
		}
		if len(r.Remarks) > 0 {
			line = strings.TrimSpace(line) + " +"
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	for _, m := range f.Remarks {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("# %d %s", m.Row, m.Text.En)))
	}
	return lines
}

// TestHard holds the files that show how spreadsheets spoil what is typed.
func TestHard(t *testing.T) {
	for name, c := range map[string]struct {
		kind Kind
		want []string
	}{
		"01-date1904.xlsx": {Batches, []string{"2 MAC1904A 24 2026-10-02 2028-10-01", "3 MAC1904B 24 2026-10-02 2028-10-01"}},
		"02-year-only.xlsx": {Batches, []string{`2 DATE_INVALID producedOn "2026"`, `3 DATE_INVALID producedOn "2026.1"`,
			`4 DATE_INVALID producedOn "202610"`, "5 YMD8 24 2026-10-02"}},
		"03-lot-numbers.xlsx": {Batches, []string{`2 LOT_INVALID lot "2.02610010001234E+16"`, "3 00042 24 2026-10-02", "4 20261001000123 24 2026-10-02 +",
			`5 LOT_INVALID lot "2026/10/2"`, `6 DUPLICATE_IN_FILE gtin "6998801900039"`}},
		"03-lot-numbers.csv": {Batches, []string{`2 LOT_INVALID lot "2.0261E+11"`, `3 LOT_INVALID lot "1E+10"`, "4 2-Oct 24 2026-10-02 +",
			"5 2026/10/2 24 2026-10-02 +", "6 00042 24 2026-10-02"}},
		"04-decimal-comma.csv": {Batches, []string{`2 QUANTITY_INVALID quantity "1,5"`, `3 QUANTITY_INVALID quantity "10,00"`,
			`4 QUANTITY_INVALID quantity "1.000"`, `5 QUANTITY_INVALID quantity "1,2,3"`, "6 DC5 20000 2026-10-02", "7 DC6 1000 2026-10-02",
			`8 QUANTITY_INVALID quantity "12,50,000"`}},
		"05-shelf-life.csv": {Products, []string{"2 甲 澄岩  730 +", `3 SHELF_LIFE_INVALID shelfLifeDays "3a"`, "4 丙 澄岩  547 +",
			"5 丁 澄岩  730 +", "6 戊 澄岩  540", `7 SHELF_LIFE_INVALID shelfLifeDays "3s"`}},
		"06-merged-expiry.xlsx":     {Batches, []string{"2 MRG1 24 2026-10-02 2027-03-31 +", "3 MRG2 24 2026-10-02 2027-03-31 +", "4 MRG3 24 2026-10-02 2027-03-31 +"}},
		"07-two-headings.csv":       {Batches, []string{`HEADING_TWICE: columns C "数量" and D "件数" both mean 生产数量; keep one of them`}},
		"07-two-headings-goods.csv": {Products, []string{`HEADING_TWICE: columns D "规格" and E "净含量" both mean 规格; keep one of them`}},
		"08-hidden-first.xlsx":      {Batches, []string{"2 NEW2026 24 2026-10-02 2028-10-01", "# 0 Hidden sheets were passed over: 去年."}},
		"08-hidden-lookup.xlsx":     {Batches, []string{"2 NEW2026B 24 2026-10-02 2028-10-01", "# 0 Hidden sheets were passed over: 字典."}},
		"09-lookup-failed.xlsx":     {Products, []string{`2 FIELD_INVALID name.zh-CN "#N/A"`, `3 FIELD_INVALID brand "#N/A", FIELD_INVALID specification "#REF!"`}},
		"10-dates.csv": {Batches, []string{`2 DATE_INVALID producedOn "01/11/2026"`, `3 DATE_INVALID producedOn "1/11/26"`,
			`4 DATE_INVALID producedOn "11-Jan-2026"`, `5 DATE_INVALID producedOn "1112026"`, `6 DATE_INVALID producedOn "2026-11"`,
			`7 DATE_INVALID producedOn "2026年10月"`, "8 DT06 24 2026-10-02", `9 DATE_INVALID expiresOn "2027-02-00"`, `10 DATE_INVALID expiresOn "20270200"`,
			`11 DATE_INVALID expiresOn "270228"`, `12 DATE_INVALID expiresOn "2027-02-29"`, `13 DATE_INVALID expiresOn "46327"`}},
		"11-quoted-cell.csv": {Products, []string{`2 "澄岩"冻干咖啡 澄岩  540`, "3 b 澄岩  540", "4 c 澄岩  540", "5 d 澄岩  540"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, summary(c.kind, read(t, "../../../shared/data/hard/"+name))); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestDates reads one cell under 生产日期, of a CSV where it is text and of a
// worksheet where it is not. "" stands for refused.
func TestDates(t *testing.T) {
	for value, want := range map[string]string{
		"2026-10-2 00:00:00": "2026-10-02", "2026-1-1 15:30:00": "2026-01-01", "2026-1-1 15:30": "2026-01-01", "2026-10-02T00:00:00": "2026-10-02",
		"2026/1/11": "2026-01-11", "2026.1.11": "2026-01-11", "2026年1月11日": "2026-01-11", "2026年1月11号": "2026-01-11", "２０２６－１０－０２": "2026-10-02",
		" 2026-10-02 ": "2026-10-02", "2026 - 10 - 02": "2026-10-02", "20261002": "2026-10-02", "20261002.0": "2026-10-02", "2.0261002E7": "2026-10-02",
		"2026年10月2日 星期五": "2026-10-02", "2026年10月2日星期五": "2026-10-02", "2026-10-02 8:05:00 AM": "2026-10-02", "2026/10/2 上午 8:05": "2026-10-02",
		"2026-10-02T00:00:00.000+08:00": "2026-10-02", "\u202a2026-10-02\u202c": "2026-10-02", "'2026-10-02": "2026-10-02",
		"2026年10月2日 星期一": "", "2026-10-02T16:00:00Z": "", "2026-10-02 12": "", "2026-1-115:30:00": "", "2026/10-02": "", "2026 10 02": "",
		"0001-01-01": "", "1026-10-02": "", "9999-12-31": "", "1970-01-01": "", "0000-00-00": "", "1900-01-00": "", "2926-10-02": "",
		"2026-13-01": "", "2026-10-32": "", "20261301": "", "2026": "", "2026.1": "", "202610": "", "24": "", "46297": "", "46297.5": "",
		"10/02/2026": "", "02.10.2026": "", "2-Oct": "", "Oct-26": "", "Fri Oct 02 00:00:00 CST 2026": "", "1790899200000": "", "26-10-02": "",
		"10月2日": "", "民国115年10月2日": "", "2026-10-02,": "", "2026-10-02~2026-10-05": "", "待定": "", "-": "", "2.026E+07": "", "00261002": "",
	} {
		csv := fmt.Sprintf("商品条码;批号;数量;生产日期\n6998801900039;A1;24;%s\n", value)
		got := summary(Batches, []byte(csv))[0]
		if wanted := "2 A1 24 " + want; want != "" && got != wanted ||
			want == "" && !strings.Contains(got, "DATE_INVALID producedOn") {
			t.Errorf("%q: %s, want %q", value, got, want)
		}
	}
}

// stored is a number in a worksheet's cell and how it is formatted.
type stored struct {
	value  any
	format string
}

func sheetOf(t *testing.T, date1904 bool, rows ...[]any) []byte {
	t.Helper()
	return bookOf(t, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
			t.Fatal(err)
		}
	}, rows...)
}

func bookOf(t *testing.T, change func(*excelize.File), rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for j, v := range row {
			name, _ := excelize.CoordinatesToCellName(j+1, i+1)
			s, formatted := v.(stored)
			if !formatted {
				s.value = v
			}
			if err := f.SetCellValue("Sheet1", name, s.value); err != nil {
				t.Fatal(err)
			}
			if formatted {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &s.format})
				if err != nil {
					t.Fatal(err)
				}
				f.SetCellStyle("Sheet1", name, name, style)
			}
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var batchHeadings = []any{"商品条码", "批号", "数量", "生产日期", "有效期至"}

// TestStoredDays reads numbers that a worksheet stores for days.
func TestStoredDays(t *testing.T) {
	for name, c := range map[string]struct {
		date1904 bool
		cell     any
		want     string
	}{
		"shown as a day":              {false, stored{46297, "yyyy-mm-dd"}, "2026-10-02"},
		"with a time":                 {false, stored{46297.75, "yyyy/m/d h:mm"}, "2026-10-02"},
		"in Chinese":                  {false, stored{46297, `[$-804]yyyy"年"m"月"d"日"`}, "2026-10-02"},
		"in Chinese numerals":         {false, stored{46297, `[DBNum1][$-804]yyyy"年"m"月"d"日"`}, "2026-10-02"},
		"of the 1904 system":          {true, stored{44835, "yyyy-mm-dd"}, "2026-10-02"},
		"a number of the 1904 system": {true, 44835, "2026-10-02"},
		"a number":                    {false, 46297, "2026-10-02"},
		"digits":                      {false, 20261002, "2026-10-02"},
		"digits, grouped":             {false, stored{20261002, "#,##0"}, "2026-10-02"},
		"text":                        {false, "2026-10-02", "2026-10-02"},
		"a serial number as text":     {false, "46297", ""},
		"a month":                     {false, stored{46296, `yyyy"年"m"月"`}, ""},
		"a month in English":          {false, stored{46296, "mmm-yy"}, ""},
		"a day without its year":      {false, stored{46297, `m"月"d"日"`}, ""},
		"a time":                      {false, stored{0.5, "h:mm"}, ""},
		"a year":                      {false, 2026, ""},
		"a year shown as a day":       {false, stored{2026, "yyyy-mm-dd"}, ""},
		"a year.month":                {false, 2026.1, ""},
		"a year and month":            {false, 202610, ""},
		"year, month, day of two":     {false, 261002, ""},
		"a quantity":                  {false, 24, ""},
		"zero":                        {false, stored{0, "yyyy-mm-dd"}, ""},
		"negative":                    {false, stored{-5, "yyyy-mm-dd"}, ""},
		"the last day there is":       {false, stored{2958465, "yyyy-mm-dd"}, ""},
		"true":                        {false, true, ""},
	} {
		got := summary(Batches, sheetOf(t, c.date1904, batchHeadings, []any{"6998801900039", "A1", 24, c.cell}))[0]
		if wanted := "2 A1 24 " + c.want; c.want != "" && got != wanted ||
			c.want == "" && !strings.Contains(got, "DATE_INVALID producedOn") {
			t.Errorf("%s: %s, want %q", name, got, c.want)
		}
	}
}

// TestQuantities reads one cell under 数量; 0 stands for refused.
func TestQuantities(t *testing.T) {
	for value, want := range map[any]int64{
		"24": 24, "24.0": 24, "24.00": 24, "2.0261002E7": 20261002, "2.4E1": 24, "20,000": 20000, "1,234,567": 1234567, "20，000": 20000, "２４": 24, " 24 ": 24,
		"1 000": 1000, "1\u00a0000": 1000, "1\u202f000": 1000, "100瓶": 100, "100 瓶": 100, "2,400件": 2400, "100pcs": 100, "100 PCS.": 100, "'24": 24, "007": 7,
		"1,5": 0, "1，5": 0, "10,00": 0, "1.000": 0, "1.5": 0, "1,2,3": 0, "12,50,000": 0, "1,0000": 0, "1,23": 0, "0,5": 0, "1 00": 0, "1 000,5": 0, "1,000 000": 0,
		"2万": 0, "2万件": 0, "10箱": 0, "5打": 0, "1k": 0, "3吨": 0, "100某": 0, "一百": 0, "1E+05": 0, "1E5": 100000, "2E-1": 0, "-24": 0, "+24": 0, "0": 0, "24-30": 0, "约24": 0, "24/箱": 0,
		"1'000": 0, "½": 0, "1/2": 0, "": 0, "24%": 0, "100000001": 0, "24;": 0, "１．５": 0, "1.2E1.5": 0, "24.5E0": 0, "1.234E2": 0,
		24: 24, 24.5: 0, -3: 0, 2.0261002e7: 20261002, 24.000000000000004: 24, 1e12: 0, true: 0,
		stored{20000, "#,##0"}: 20000, stored{24, "0.00"}: 24, stored{24, `0"瓶"`}: 24, stored{24, `0"箱"`}: 0, stored{2400000, `#,##0,`}: 0, stored{24, "yyyy-mm-dd"}: 0,
		stored{0.24, "0%"}: 0, stored{1.5, "0"}: 0, stored{24, "00000"}: 24,
	} {
		got := summary(Batches, sheetOf(t, false, batchHeadings, []any{"6998801900039", "A1", value, "2026-10-02"}))[0]
		if wanted := fmt.Sprintf("2 A1 %d 2026-10-02", want); want > 0 && got != wanted ||
			want == 0 && !strings.Contains(got, "QUANTITY_INVALID quantity") {
			t.Errorf("%v: %s, want %d", value, got, want)
		}
	}
}

// TestShelfLives reads one cell under a heading; 0 stands for refused.
func TestShelfLives(t *testing.T) {
	for _, c := range []struct {
		heading string
		cell    any
		want    int
		remark  bool
	}{
		{"保质期(天)", "540", 540, false}, {"保质期", "540天", 540, false}, {"保质期", "36个月", 1095, true}, {"保质期", "3年", 1095, true},
		{"保质期", "24 months", 730, true}, {"保质期", "2y", 730, true}, {"保质期", "2 years", 730, true}, {"保质期", "18个月", 547, true}, {"保质期", "1个月", 30, true},
		{"保质期", "2周", 14, true}, {"保质期", "180日", 180, false}, {"保质期", "180 Days", 180, false}, {"保质期(月)", "18", 547, true}, {"保质期（个月）", "18", 547, true},
		{"保质期（月）", "540天", 540, false}, {"保质期/年", "3", 1095, true}, {"保质期月数", "24", 730, true}, {"Shelf life (months)", "24", 730, true}, {"shelf life in years", "2", 730, true},
		{"保质期", "24", 24, true}, {"保质期(天)", "24", 24, false}, {"保质期", "540.0", 540, false}, {"保质期", 540, 540, false}, {"保质期", "５４０", 540, false},
		{"保质期", stored{18, `0"个月"`}, 547, true}, {"保质期", "1,095", 1095, false}, {"保质期", "１８個月", 547, true},
		{"保质期", "3a", 0, false}, {"保质期", "3s", 0, false}, {"保质期", "2y6m", 0, false}, {"保质期", "24m", 0, false}, {"保质期", "一年", 0, false}, {"保质期", "1.5年", 0, false},
		{"保质期", "12-18个月", 0, false}, {"保质期", "常温12个月", 0, false}, {"保质期", "-30", 0, false}, {"保质期", "0", 0, false}, {"保质期", "540ddd", 0, false},
		{"保质期", "200年", 0, false}, {"保质期", "99999999999年", 0, false}, {"保质期", stored{46297, "yyyy-mm-dd"}, 0, false}, {"保质期", "12瓶", 0, false}, {"保质期", "daydays", 0, false},
	} {
		got := summary(Products, sheetOf(t, false, []any{"商品条码", "商品名称", "品牌", c.heading}, []any{"6998801999989", "甲", "澄岩", c.cell}))[0]
		wanted := fmt.Sprintf("2 甲 澄岩  %d", c.want)
		if c.remark {
			wanted += " +"
		}
		if c.want > 0 && got != wanted || c.want == 0 && !strings.Contains(got, "SHELF_LIFE_INVALID shelfLifeDays") {
			t.Errorf("%s %v: %s, want %d", c.heading, c.cell, got, c.want)
		}
	}
}

// TestLots reads one cell under 批号, of a worksheet and, where it is text, of
// a CSV; "" stands for refused.
func TestLots(t *testing.T) {
	for value, want := range map[any]string{
		"'Q'": "'Q'", "'00042": "00042", "00042": "00042", "L-01": "L-01", "12E5": "12E5", "A/B": "A/B", "2-Oct": "2-Oct +", "1-2": "1-2 +", "OCT-26": "OCT-26 +", "24.0": "24.0",
		" A1 ": "A1", "\u200bA1": "A1", "36547E83": "36547E83", "20261001000123456": "20261001000123456",
		"2.0261E+11": "", "1E+10": "", "1e+10": "", "2,0261E+11": "", "2.0261002E7": "", "1E-05": "", "批1": "", "A 1": "", "": "", ".": "", "..": "", "123456789012345678901": "",
		stored{42, "00000"}: "00042", 42: "42", stored{20261002, "0"}: "20261002", 20261001: "20261001", stored{7, `"L"000`}: "L007",
		20261001000123: "20261001000123 +", 2.0261001000123399e16: "", stored{1234567890123456.0, "0"}: "", stored{46297, "yyyy-mm-dd"}: "", stored{46297, "d-mmm"}: "", stored{46296, "mmm-yy"}: "",
		stored{123456, "0.00E+00"}: "",
	} {
		files := [][]byte{sheetOf(t, false, batchHeadings, []any{"6998801900039", value, 24, "2026-10-02"})}
		if text, ok := value.(string); ok {
			files = append(files, []byte(fmt.Sprintf("商品条码;批号;数量;生产日期\n6998801900039;%s;24;2026-10-02\n", text)))
		}
		for i, file := range files {
			got := summary(Batches, file)[0]
			lot, remark, _ := strings.Cut(want, " ")
			wanted := strings.TrimSpace("2 " + lot + " 24 2026-10-02 " + remark)
			if want != "" && got != wanted || want == "" && !strings.Contains(got, "LOT_INVALID lot") {
				t.Errorf("%d: %v: %s, want %q", i, value, got, want)
			}
		}
	}
	if got := summary(Batches, []byte("商品条码,批号,数量,生产日期\n6998801900039,20261001000123000,24,2026-10-02\n"))[0]; !strings.Contains(
		got,
		"LOT_INVALID",
	) {
		t.Errorf("more digits than a spreadsheet keeps: %s", got)
	}
}

// TestGTINs reads one cell under 商品条码.
func TestGTINs(t *testing.T) {
	for value, want := range map[any]string{
		"6998801900039": "06998801900039", "06998801900039": "06998801900039", 6998801900039: "06998801900039", stored{6998801900039, "0"}: "06998801900039",
		stored{6998801900039, "00000000000000"}: "06998801900039", "6998801900039.0": "06998801900039", "6.998801900039E12": "06998801900039", "６９９８８０１９０００３９": "06998801900039",
		"6998801 900039": "06998801900039", "'6998801900039": "06998801900039", "\u202a6998801900039": "06998801900039", "\t6998801900039": "06998801900039",
		stored{12345678905, "000000000000"}: "00012345678905",
		"6.9988E+12":                        "GTIN_SPREADSHEET_NUMBER", "6.9988019E+12": "GTIN_SPREADSHEET_NUMBER", "6,9988E+12": "GTIN_SPREADSHEET_NUMBER", "7E+12": "GTIN_SPREADSHEET_NUMBER",
		"6.9988e+12": "GTIN_SPREADSHEET_NUMBER", "6.9988E12": "GTIN_SPREADSHEET_NUMBER", 6998800000000: "GTIN_SPREADSHEET_NUMBER", stored{46297, "yyyy-mm-dd"}: "GTIN_SPREADSHEET_NUMBER",
		6998801900039.5: "GTIN_SPREADSHEET_NUMBER", "6998801900038": "GTIN_CHECK_DIGIT", 6998801900038: "GTIN_CHECK_DIGIT", "69988019": "GTIN_CHECK_DIGIT", "": "GTIN_MISSING", "abc": "GTIN_INVALID", 12345678905: "GTIN_INVALID",
		"#N/A": "FIELD_INVALID",
	} {
		f, err := Read(Products, sheetOf(t, false, []any{"商品条码", "商品名称", "品牌"}, []any{value, "甲", "澄岩"}))
		if err != nil {
			t.Fatal(err)
		}
		got := f.Rows[0].GTIN
		if len(f.Rows[0].Faults) > 0 {
			got = string(f.Rows[0].Faults[0].Err.Code)
		}
		if got != want {
			t.Errorf("%v: %s, want %s", value, got, want)
		}
	}
}

// TestHeadings reads headings as people write them: 13 good columns or what is missing.
func TestHeadings(t *testing.T) {
	for heading, want := range map[string]field{
		"商品条码(13位)": fGTIN, "商品条码（EAN-13）": fGTIN, "*商品条码": fGTIN, "商品条码*": fGTIN, "商品条码 GTIN": fGTIN, "商品条码\nGTIN": fGTIN, "商品条码/GTIN": fGTIN, "GTIN（商品条码）": fGTIN,
		"商品条码【必填】": fGTIN, "商品条码必填": fGTIN, "Barcode (required)": fGTIN, "批号 Lot No.": fLot, "批号(LOT)": fLot, "生产数量(件)": fQuantity, "数量/瓶": fQuantity, "Qty.": fQuantity,
		"生产日期(yyyy-mm-dd)": fProducedOn, "生产日期：": fProducedOn, "有效期至(可不填)": fExpiresOn, "产地（省市）": fOrigin, "品牌 Brand": fBrand, "Product Name": fName, "保质期（天）": fShelfLife,
		"商品条码 批号": "", "备注": "", "内部编号": "", "箱数": "", "2026": "", "": "", "生产日期/有效期至": "",
	} {
		if got, _ := meaning(cell{shown: heading}); got != want {
			t.Errorf("%q means %q, want %q", heading, got, want)
		}
	}
}

// TestTables finds the rows of data among what people put around them.
func TestTables(t *testing.T) {
	row := func(lot string) []any { return []any{"6998801900039", lot, 24, "2026-10-02"} }
	hide := func(f *excelize.File) { f.SetRowVisible("Sheet1", 3, false) }
	for name, c := range map[string]struct {
		kind Kind
		file []byte
		want []string
	}{
		"a title and a note above": {Batches, bookOf(t, func(f *excelize.File) { f.MergeCell("Sheet1", "A1", "E1") },
			[]any{"2026 年 10 月批次表"}, []any{"说明：日期写成 2026-10-02"}, nil, batchHeadings, row("A1")), []string{"5 A1 24 2026-10-02"}},
		"a title above, CSV": {Batches, []byte("批次表\n\n商品条码;批号;数量;生产日期\n6998801900039;A1;24;2026-10-02\n"), []string{"4 A1 24 2026-10-02"}},
		"sep=":               {Batches, []byte("sep=;\n商品条码;批号;数量;生产日期\n6998801900039;A1;24;2026-10-02\n"), []string{"3 A1 24 2026-10-02"}},
		"pipes":              {Batches, []byte("商品条码|批号|数量|生产日期\n6998801900039|A1|24|2026-10-02\n"), []string{"2 A1 24 2026-10-02"}},
		"headings in row 21": {Batches, []byte(strings.Repeat("x\n", 20) + "商品条码,批号,数量,生产日期\n6998801900039,A1,24,2026-10-02\n"),
			[]string{"COLUMNS_MISSING: row 1 must hold the headings; not found: 商品条码, 批号, 生产数量, 生产日期"}},
		"headings in two languages": {Batches, bookOf(t, nil, batchHeadings, []any{"GTIN", "Lot", "Quantity", "Production date"}, row("A1")),
			[]string{"3 A1 24 2026-10-02", "# 2 This row repeats the headings and was not read as data."}},
		"headings in two rows": {Batches, bookOf(t, func(f *excelize.File) {
			for _, m := range [][2]string{{"A1", "A2"}, {"B1", "B2"}, {"C1", "C2"}, {"D1", "E1"}} {
				f.MergeCell("Sheet1", m[0], m[1])
			}
		}, []any{"商品条码", "批号", "数量", "日期"}, []any{nil, nil, nil, "生产日期", "有效期至"}, row("A1")), []string{"3 A1 24 2026-10-02"}},
		"totals and notes below": {Batches, bookOf(t, nil, batchHeadings, row("A1"), []any{"合计", nil, 24}, nil, []any{"制表：王", nil, "审核：李"}, []any{"以上共 1 批"}),
			[]string{"2 A1 24 2026-10-02", "# 3 A total or a note below the table was not read as data: 合计 24",
				"# 5 A total or a note below the table was not read as data: 制表：王 审核：李", "# 6 A total or a note below the table was not read as data: 以上共 1 批"}},
		"a sum without a word":                 {Batches, bookOf(t, nil, batchHeadings, row("A1"), []any{nil, nil, 24}), []string{"2 A1 24 2026-10-02", "# 3 A total or a note below the table was not read as data: 24"}},
		"sums between":                         {Batches, []byte("商品条码,批号,数量,生产日期\n6998801900039,A1,24,2026-10-02\n小计,,24,\n6998801900039,A2,24,2026-10-02\n总计：,,48,\n"), []string{"2 A1 24 2026-10-02", "4 A2 24 2026-10-02", "# 3 This row is a total and was not read as data: 小计 24", "# 5 A total or a note below the table was not read as data: 总计： 48"}},
		"a total in English":                   {Products, []byte("barcode,name,brand\n6998801999989,甲,澄岩\nTotal: 1,,\n"), []string{"2 甲 澄岩  0", "# 3 A total or a note below the table was not read as data: Total: 1"}},
		"a row without its barcode is no note": {Batches, bookOf(t, nil, batchHeadings, row("A1"), []any{nil, "A2", 24, "2026-10-02"}), []string{"2 A1 24 2026-10-02", `3 GTIN_MISSING gtin ""`}},
		"hidden rows":                          {Batches, bookOf(t, hide, batchHeadings, row("A1"), row("A2"), row("A3")), []string{"2 A1 24 2026-10-02", "4 A3 24 2026-10-02", "# 0 Rows that are hidden or filtered out were passed over: 3."}},
		"a hidden column": {Batches, bookOf(t, func(f *excelize.File) { f.SetColVisible("Sheet1", "C", false) },
			[]any{"商品条码", "批号", "数量", "件数", "生产日期"}, []any{"6998801900039", "A1", 99, 24, "2026-10-02"}), []string{"2 A1 24 2026-10-02", "# 0 Hidden columns were passed over: C 数量."}},
		"another sheet is active": {Batches, bookOf(t, func(f *excelize.File) {
			i, _ := f.NewSheet("今年")
			f.SetSheetRow("今年", "A1", &batchHeadings)
			f.SetSheetRow("今年", "A2", &[]any{"6998801900039", "B1", 24, "2026-10-02"})
			f.SetActiveSheet(i)
		}, batchHeadings, row("A1")), []string{"2 B1 24 2026-10-02", "# 0 Only the sheet 今年 was read; not read: Sheet1."}},
		"the active sheet is a manual": {Batches, bookOf(t, func(f *excelize.File) {
			f.NewSheet("批次")
			f.SetSheetRow("批次", "A1", &batchHeadings)
			f.SetSheetRow("批次", "A2", &[]any{"6998801900039", "B1", 24, "2026-10-02"})
		}, []any{"填写说明"}), []string{"2 B1 24 2026-10-02", "# 0 Only the sheet 批次 was read; not read: Sheet1."}},
		"a merged barcode": {Batches, bookOf(t, func(f *excelize.File) { f.MergeCell("Sheet1", "A2", "A3") }, batchHeadings, row("A1"), []any{nil, "A2", 24, "2026-10-02"}),
			[]string{"2 A1 24 2026-10-02 +", "3 A2 24 2026-10-02 +"}},
		"a merged quantity": {Batches, bookOf(t, func(f *excelize.File) { f.MergeCell("Sheet1", "C2", "C3") }, batchHeadings, row("A1"), []any{"6998801900039", "A2", nil, "2026-10-02"}),
			[]string{`2 QUANTITY_INVALID quantity "24"`, `3 QUANTITY_INVALID quantity "24"`}},
		"merged across": {Batches, bookOf(t, func(f *excelize.File) { f.MergeCell("Sheet1", "D2", "E2") }, batchHeadings, row("A1")),
			[]string{`2 FIELD_INVALID producedOn "2026-10-02", FIELD_INVALID expiresOn ""`}},
		"packs": {Batches, []byte("商品条码,批号,数量（箱）,生产日期\n6998801900039,A1,24,2026-10-02\n"), []string{`QUANTITY_INVALID: column C "数量（箱）" counts 箱; give the number of single units`}},
		"two headings in two languages": {Batches, []byte("商品条码,GTIN,批号,数量,生产日期\n6998801900039,6998801900039,A1,24,2026-10-02\n"),
			[]string{`HEADING_TWICE: columns A "商品条码" and B "GTIN" both mean 商品条码; keep one of them`}},
		"failed formulas": {Products, bookOf(t, func(f *excelize.File) { f.SetCellFormula("Sheet1", "C3", "VLOOKUP(A3,Z1:Z9,1,0)") }, []any{"商品条码", "商品名称", "品牌", "产地", "是否需检验"},
			[]any{"6998801999989", "########", "澄岩", "#VALUE!", "#NAME?"}, []any{"6998801999972", "乙", nil}, []any{"6998801999965", "丙", "#FR2", "#1 产区"}),
			[]string{`2 FIELD_INVALID name.zh-CN "########", FIELD_INVALID origin "#VALUE!", FIELD_INVALID inspectionRequired "#NAME?"`, `3 FIELD_INVALID brand "="`, "4 丙 #FR2  0"}},
		"a specification that became a day": {Products, sheetOf(t, false, []any{"商品条码", "商品名称", "品牌", "规格"}, []any{"6998801999989", "甲", "澄岩", stored{46089, `m"月"d"日"`}}), []string{`2 FIELD_INVALID specification "3月8日"`}},
		"a stray mark":                      {Products, []byte("商品条码,商品名称,品牌,规格\n6998801999989,\"5寸屏,澄岩,1\n6998801999972,乙,澄岩,2\"\n6998801999965,丙,澄岩,3\n"), []string{`2 "5寸屏 澄岩 1 0`, `3 乙 澄岩 2" 0`, "4 丙 澄岩 3 0"}},
		"a mark that is not closed":         {Products, []byte("商品条码,商品名称,品牌,规格\n6998801999989,甲,澄岩,\"5寸\n6998801999972,乙,澄岩,2\n"), []string{`2 甲 澄岩 "5寸 0`, "3 乙 澄岩 2 0"}},
		"a cell of two lines":               {Products, []byte("商品条码,商品名称,品牌,规格\n6998801999989,\"甲\n乙,丙\",澄岩,\"1,5\"\"\"\n6998801999972,\"乙\"\" \"\"\",澄岩,2\n"), []string{`2 甲 乙,丙 澄岩 1,5" 0`, `3 乙" " 澄岩 2 0`}},
		"old line ends":                     {Products, []byte("商品条码,商品名称,品牌\r6998801999989,甲,澄岩\r"), []string{"2 甲 澄岩  0"}},
		"lots that look alike":              {Batches, bookOf(t, nil, batchHeadings, row("A0"), row("AO"), row("a0"), row("B0")), []string{"2 A0 24 2026-10-02", "3 AO 24 2026-10-02 +", "4 a0 24 2026-10-02 +", "5 B0 24 2026-10-02"}},
		"no rows":                           {Batches, bookOf(t, nil), []string{"FILE_UNREADABLE: the file has no rows; its first row must hold the headings"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, summary(c.kind, c.file)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestCharactersOf2022: GB 18030-2022 gives these two-byte codes characters of
// their own; the decoder still knows the private ones of before.
func TestCharactersOf2022(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("商品条码,商品名称,品牌\n6998801999989,?!,澄岩\n")
	if err != nil {
		t.Fatal(err)
	}
	for bytes2, want := range map[string]string{
		"\xFE\x59": "龴", "\xFE\x61": "龵", "\xFE\x66": "龶", "\xFE\x67": "龷", "\xFE\x6D": "龸", "\xFE\x7E": "龹", "\xFE\x90": "龺", "\xFE\xA0": "龻",
		"\xA6\xD9": "︐", "\xA6\xF3": "︙", "\xFE\x51": "\U00020087", "\xFE\x52": "\U00020089", "\xFE\x53": "\U000200CC", "\xFE\x6C": "\U000215D7",
		"\xFE\x76": "\U0002298F", "\xFE\x91": "\U000241FE", "\x95\x34\xB2\x35": "𠮷",
	} {
		got := summary(Products, bytes.Replace([]byte(gbk), []byte("?!"), []byte(bytes2), 1))[0]
		if got != "2 "+want+" 澄岩  0" {
			t.Errorf("% X: %s, want %s", bytes2, got, want)
		}
	}
}

// TestForeignFiles: a file that is no spreadsheet of ours is named for what it is.
func TestForeignFiles(t *testing.T) {
	for begins, want := range map[string]string{
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00": "an old .xls file",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + string(utf16LE("EncryptedPackage")):    "a workbook that is protected by a password",
		"<html><body><table><tr><td>商品条码":                                           "a web page",
		"\uFEFF\r\n<!DOCTYPE HTML>":                                                 "a web page",
		"<meta charset=utf-8><table>":                                               "a web page",
		"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">": "an XML spreadsheet of Excel 2003",
		"MIME-Version: 1.0\r\nX-Document-Type: Workbook": "a saved web page (MHTML)",
		"%PDF-1.7": "a PDF",
	} {
		got := summary(Products, []byte(begins))
		if want := "FILE_UNREADABLE: " + want + "; open it"; len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%.20q: %v, want %s", begins, got, want)
		}
		var e *trace.Error
		if _, err := Read(Products, []byte(begins)); !errors.As(err, &e) || e.Detail().ZhCN == "" {
			t.Errorf("%.20q: no Chinese", begins)
		}
	}
}

// TestFaultsSayWhatStandsThere: each refused cell is named with its column, its value and the cure.
func TestFaultsSayWhatStandsThere(t *testing.T) {
	f, err := Read(Batches, []byte("商品条码,批号,数量,生产日期\n6.9988E+12,1E+10,\"1,5\",2026-13-01\n"))
	if err != nil {
		t.Fatal(err)
	}
	faults := f.Rows[0].Faults
	if len(faults) != 4 {
		t.Fatalf("%d faults, want one for each cell: %+v", len(faults), faults)
	}
	for i, value := range []string{"6.9988E+12", "1E+10", "1,5", "2026-13-01"} {
		text := faults[i].Text()
		for _, part := range []string{"（" + string(rune('A'+i)) + " 列）", value} {
			if !strings.Contains(text.ZhCN, part) {
				t.Errorf("%q is not in %q", part, text.ZhCN)
			}
		}
		if !strings.Contains(text.En, value) {
			t.Errorf("%q is not in %q", value, text.En)
		}
	}
}

package imports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const strange = "我的商品表\n货号,叫法,牌子,谁管\n6998801000012,精华液,澄岩,小王\n"

// A file whose headings nobody knows is read by what somebody says of them.
func TestMappingByHand(t *testing.T) {
	f, err := Read(Products, []byte(strange))
	if trace.CodeOf(err) != trace.ColumnsMissing || len(f.Columns) == 0 {
		t.Fatalf("%v, columns %v: want COLUMNS_MISSING and the columns", err, f.Columns)
	}
	m := Mapping{HeadingRow: 2, Columns: map[string]string{"A": "gtin", "B": "name.zh-CN", "C": "brand", "D": ""}}
	for what, mapping := range map[string]Mapping{
		"by column":  m,
		"by heading": {Headings: map[string]string{Fold("货号"): "gtin", Fold("叫法"): "name.zh-CN", Fold("牌 子"): "brand"}},
	} {
		f, err := ReadMapped(Products, []byte(strange), mapping)
		if err != nil || len(f.Rows) != 1 || len(f.Rows[0].Faults) > 0 {
			t.Fatalf("%s: %v, %+v", what, err, f.Rows)
		}
		if p := f.Rows[0].Product; p.GTIN != "06998801000012" || p.Name.ZhCN != "精华液" || p.Brand != "澄岩" ||
			f.HeadingRow != 2 {
			t.Errorf("%s: read %+v below row %d", what, p, f.HeadingRow)
		}
		if s := f.Columns[1].Samples; len(s) != 1 || s[0] != "精华液" {
			t.Errorf("%s: samples %v", what, s)
		}
	}
	twice := []byte("条码,商品名称,品名,品牌\n6998801000012,精华液,别名,澄岩\n")
	if _, err := Read(Products, twice); trace.CodeOf(err) != HeadingTwice {
		t.Fatal(err)
	}
	f, err = ReadMapped(Products, twice, Mapping{HeadingRow: 1, Columns: map[string]string{"C": ""}})
	if err != nil || f.Rows[0].Product.Name.ZhCN != "精华液" {
		t.Errorf("a column that is left out by hand: %v %+v", err, f.Rows)
	}
	for _, bad := range []Mapping{{Columns: map[string]string{"A": "gtin"}}, {HeadingRow: 1, Columns: map[string]string{"A": "lot"}}} {
		if _, err := ReadMapped(Products, []byte(strange), bad); trace.CodeOf(err) != trace.FieldInvalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// Templates are read by our own rules, and their example is no data.
func TestTemplatesAreRead(t *testing.T) {
	for _, kind := range []Kind{Products, Batches} {
		for _, format := range []Format{XLSX, CSV} {
			for _, language := range []string{"zh-CN", "en"} {
				var b bytes.Buffer
				if err := WriteTemplate(&b, kind, format, language); err != nil {
					t.Fatal(err)
				}
				f, err := Read(kind, b.Bytes())
				if err != nil || len(f.Rows) != 0 {
					t.Errorf("%s %s %s: %v, rows %+v", kind, format, language, err, f.Rows)
				}
				for i, c := range f.Columns {
					if want := Fields(kind)[i].Name; c.Field != want {
						t.Errorf(
							"%s %s %s: column %q taken for %q, want %q", kind, format, language, c.Heading,
							c.Field, want,
						)
					}
				}
			}
		}
	}
}

// Refused rows come back as they were, computed by nobody, and can be handed in again.
func TestRefusedRowsComeBack(t *testing.T) {
	values := map[string]string{
		"gtin":          "6998801000013",
		"name.zh-CN":    "=HYPERLINK(\"http://x\")",
		"brand":         "@澄岩",
		"shelfLifeDays": "540天",
	}
	rows := ReadValues(Products, []Values{{Number: 7, Values: values}}, nil)
	if len(rows[0].Faults) == 0 || rows[0].Number != 7 {
		t.Fatalf("%+v", rows[0])
	}
	for _, format := range []Format{XLSX, CSV} {
		var b bytes.Buffer
		if err := WriteRefused(
			&b, Products, format, "zh-CN", []Refused{{Values{7, rows[0].Values()}, "校验位不符"}},
		); err != nil {
			t.Fatal(err)
		}
		if format == CSV &&
			(strings.Contains(b.String(), ",=") || strings.Contains(b.String(), ",@") || strings.Contains(b.String(), "\"=")) {
			t.Errorf("a cell would be computed: %s", b.String())
		}
		f, err := Read(Products, b.Bytes())
		if err != nil || len(f.Rows) != 1 || f.Rows[0].Product.ShelfLifeDays != 540 {
			t.Errorf("%s: %v %+v", format, err, f.Rows)
		}
	}
}

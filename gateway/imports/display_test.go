package imports

import (
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// Each cell shows what the library says that it shows, asked for each one anew;
// but an empty cell is empty, where the library shows the spaces of its format.
func TestDisplay(t *testing.T) {
	formats := []string{
		"yyyy/m/d",
		"yyyy\"年\"m\"月\"d\"日\"",
		"00000",
		"#,##0.00",
		`"GTIN "@`,
		`_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `,
		"0;;",
		"0;;;",
		`"x"`,
		"General",
		"0",
		"@",
	}
	value := rapid.OneOf(
		rapid.SampledFrom(
			[]string{
				"0",
				"1",
				"46297",
				"0.5",
				"12345678901",
				"123456789012",
				"6998801000012",
				"1234567890123456",
				"00012",
				"1.0",
				"-3",
				"1E+15",
				"0.00001",
				"99999.99999",
				"批号",
				"a b",
				"",
			},
		),
		rapid.Map(rapid.Float64Range(0, 1e13), func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }),
		rapid.Map(rapid.Int64Range(0, 1e14), func(n int64) string { return strconv.FormatInt(n, 10) }),
	)
	rapid.Check(t, func(t *rapid.T) {
		book := excelize.NewFile(excelize.Options{ShortDatePattern: "yyyy/m/d"})
		style, err := book.NewStyle(
			rapid.SampledFrom([]*excelize.Style{{Font: &excelize.Font{Bold: true}}, {NumFmt: 14}, {NumFmt: 43}, {NumFmt: 1}, {NumFmt: 37}, {NumFmt: 49},
				{CustomNumFmt: &formats[rapid.IntRange(0, len(formats)-1).Draw(t, "format")]}}).
				Draw(t, "style"),
		)
		if err != nil {
			t.Fatal(err)
		}
		style *= rapid.IntRange(0, 1).Draw(t, "styled")
		d, err := newDisplay(book)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			stored := value.Draw(t, "stored")
			if err := book.SetCellDefault("Sheet1", "B2", stored); err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStyle("Sheet1", "B2", "B2", style); err != nil {
				t.Fatal(err)
			}
			want, _ := book.GetCellValue("Sheet1", "B2")
			if stored == "" {
				want = ""
			}
			m := mark{style: style, kind: kindOfStyle(book, style)}
			if _, err := strconv.ParseFloat(stored, 64); err != nil {
				m.kind = text
			}
			if got, err := d.of(m, stored); err != nil || got != want {
				t.Errorf("%q in style %d shows %q, %v; want %q", stored, style, got, err, want)
			}
		}
	})
}

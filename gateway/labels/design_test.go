package labels

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// designs are labels of merchants' own, from the smallest useful to a box's, on rolls and sheets, lying and upright.
var designs = map[string]Design{
	"40x30":           {Width: 40, Height: 30},
	"50x30 pin":       {Width: 50, Height: 30, PIN: true},
	"60x40":           {Width: 60, Height: 40},
	"60x40 pin logo":  {Width: 60, Height: 40, PIN: true, Logo: "x"},
	"100x70 logo":     {Width: 100, Height: 70, Logo: "x"},
	"30x50 upright":   {Width: 30, Height: 50},
	"40x60 upright":   {Width: 40, Height: 60, PIN: true, Logo: "x"},
	"20x20 code":      {Width: 20, Height: 20, Fields: []Field{none}},
	"25x25 code, pin": {Width: 25, Height: 32, Fields: []Field{none}, PIN: true},
	"35x25 few":       {Width: 35, Height: 25, Fields: []Field{FieldName, FieldTail}},
	"a4 2x5":          {Width: 99.1, Height: 57, Sheet: &Sheet{Columns: 2, Rows: 5, Left: 4.6, Top: 6, PitchX: 101.6}},
	"a4 3x7": {
		Width:  63.5,
		Height: 38.1,
		Sheet:  &Sheet{Columns: 3, Rows: 7, Left: 7.2, Top: 15.1, PitchX: 66, PitchY: 38.1},
		PIN:    true,
	},
}

func testLogo(t testing.TB) *Logo {
	t.Helper()
	logo, err := ReadLogo(
		[]byte(
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#9B3A2A"/><circle cx="10" cy="10" r="6" fill="#fff"/></svg>`,
		),
	)
	if err != nil {
		t.Fatal(err)
	}
	return logo
}

func designed(t *testing.T, format Format, d Design, symbol Symbol, p Product, units []Unit) Job {
	t.Helper()
	j := Job{Format: format, Design: &d, Symbol: symbol, Product: p, Units: each(units), Count: len(units), PIN: d.PIN}
	if d.Logo != "" {
		j.Logo = testLogo(t)
	}
	return j
}

// Whatever label a merchant designs, its codes read back in every format, with names of any length.
func TestCodesOfOwnDesignsDecode(t *testing.T) {
	units := testUnits(t, 2)
	for name, d := range designs {
		for _, p := range []Product{serum, wordy} {
			pdf := rasterise(t, write(t, designed(t, PDF, d, QR, p, units)))
			tpl, err := d.Template()
			if err != nil {
				t.Fatal(name, err)
			}
			t.Run(name+" pdf", func(t *testing.T) { checkPages(t, tpl, pdf, units) })
			var pages []image.Image
			for _, file := range files(t, designed(t, PNG, d, QR, p, units)) {
				pages = append(pages, readPNG(t, file))
			}
			t.Run(name+" png", func(t *testing.T) { checkPages(t, tpl, pages, units) })
			if d.Sheet == nil {
				pages = nil
				for _, page := range printZPL(t, string(write(t, designed(t, ZPL, d, QR, p, units)))) {
					pages = append(pages, page)
				}
				t.Run(name+" zpl", func(t *testing.T) { checkPages(t, tpl, pages, units) })
			}
			j := designed(t, SVG, d, QR, p, units)
			if svg := string(write(t, j)); d.Sheet != nil && strings.Count(svg, "crispEdges") != len(units) {
				t.Errorf("%s: the SVG has %d codes", name, strings.Count(svg, "crispEdges"))
			}
		}
	}
}

// Nothing of an own design stands outside its label or over its code.
func TestOwnDesignsKeepToTheirLabels(t *testing.T) {
	for name, d := range designs {
		for _, symbol := range []Symbol{QR, DataMatrix} {
			tpl, err := d.Template()
			if err != nil {
				t.Fatal(err)
			}
			l, err := newLayout(tpl, designed(t, PDF, d, symbol, wordy, nil), testUnits(t, 1)[0])
			if err != nil {
				t.Errorf("%s %s: %v", name, symbol, err)
				continue
			}
			code := box{l.codeX, l.codeY, l.code.side(), l.code.side()}
			for _, p := range l.static {
				text := box{p.x, p.baseline - p.size*0.8, p.width(), p.size * 0.9}
				if text.x < 0 || text.x+text.width > d.Width+0.01 || text.y < -0.05 ||
					text.y+text.height > d.Height+0.3 {
					t.Errorf("%s %s: %q stands at %+v", name, symbol, p.read(), text)
				}
				black := box{
					code.x + l.code.margin(),
					code.y + l.code.margin(),
					code.width - 2*l.code.margin(),
					code.height - 2*l.code.margin(),
				}
				if overlap(text, black) {
					t.Errorf("%s %s: %q stands on the code", name, symbol, p.read())
				}
			}
			if code.x < 0 || code.y < 0 || code.x+code.width > d.Width || code.y+code.height > d.Height ||
				overlap(l.mark, code) {
				t.Errorf("%s %s: code at %+v, logo at %+v", name, symbol, code, l.mark)
			}
			if l.job.PIN && l.scratch.y+l.scratch.height > d.Height {
				t.Errorf("%s %s: the scratch field ends at %.1f", name, symbol, l.scratch.y+l.scratch.height)
			}
		}
	}
}

func overlap(a, b box) bool {
	return a.width > 0 && b.width > 0 && a.x < b.x+b.width && b.x < a.x+a.width && a.y < b.y+b.height &&
		b.y < a.y+a.height
}

func TestDesignsThatCannotBePrintedAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		d     Design
		field string
	}{
		"too small":       {Design{Width: 5, Height: 30}, "width"},
		"too large":       {Design{Width: 50, Height: 300}, "height"},
		"no number":       {Design{Width: math.NaN(), Height: 30}, "width"},
		"unknown field":   {Design{Width: 50, Height: 30, Fields: []Field{"price"}}, "fields"},
		"unknown symbol":  {Design{Width: 50, Height: 30, Symbol: "aztec"}, "symbol"},
		"off the sheet":   {Design{Width: 70, Height: 37, Sheet: &Sheet{Columns: 3, Rows: 8, Left: 1, Top: 0.5}}, "sheet"},
		"overlapping":     {Design{Width: 70, Height: 37, Sheet: &Sheet{Columns: 2, Rows: 2, PitchX: 60}}, "sheet"},
		"no columns":      {Design{Width: 70, Height: 37, Sheet: &Sheet{Rows: 2}}, "sheet"},
		"no room to code": {Design{Width: 15, Height: 12}, "template"},
		"no room to text": {Design{Width: 22, Height: 20}, "template"},
	} {
		look, err := Preview(Job{Format: SVG, Design: &c.d, Product: serum}, testUnits(t, 1)[0])
		if err != nil || look.Refuse == nil || look.Refuse.Field != c.field || look.SVG != "" {
			t.Errorf("%s: %+v, %v", name, look.Refuse, err)
		}
	}
}

// Before it is printed it is told what of a name will be cut off, and in which template.
func TestCutsAreTold(t *testing.T) {
	sample := testUnits(t, 1)[0]
	long := serum
	long.NameZH = strings.Repeat("多重修护烟酰胺透亮精华液", 2)
	for template, want := range map[string]string{"a4-3x8": "", "roll-60x40": "", "roll-30x20": "name"} {
		look, err := Preview(Job{Format: SVG, Template: template, Product: long}, sample)
		if err != nil || look.Refuse != nil {
			t.Fatal(template, look.Refuse, err)
		}
		var cut []string
		for _, c := range look.Cuts {
			if c.Field != FieldNameEN {
				cut = append(cut, string(c.Field))
			}
			if c.Field == FieldName && (!strings.HasSuffix(c.Shown, "…") || !strings.HasPrefix(c.Shown, "多重修护")) {
				t.Errorf("%s shows %q", template, c.Shown)
			}
		}
		if got := strings.Join(cut, ","); got != want {
			t.Errorf("%s cuts %q, want %q", template, got, want)
		}
	}
	look, err := Preview(Job{Format: SVG, Template: "roll-50x30", Product: serum}, sample)
	if err != nil || len(look.Cuts) > 0 {
		t.Errorf("an ordinary name: %+v, %v", look.Cuts, err)
	}
}

func TestAPrinterIsCalibratedOnce(t *testing.T) {
	should := Marks{20, 190, 20, 277}
	printed := func(x, scale, offset float64) float64 { return x*scale + offset }
	measured := Marks{
		printed(20, 0.99, 1.5),
		printed(190, 0.99, 1.5),
		printed(20, 1.01, -0.7),
		printed(277, 1.01, -0.7),
	}
	p, err := Calibrate(should, measured)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]float64{
		"left": {printed(p.ScaleX*20+p.OffsetX, 0.99, 1.5), 20}, "right": {printed(p.ScaleX*190+p.OffsetX, 0.99, 1.5), 190},
		"top": {printed(p.ScaleY*20+p.OffsetY, 1.01, -0.7), 20}, "bottom": {printed(p.ScaleY*277+p.OffsetY, 1.01, -0.7), 277},
	} {
		if math.Abs(c[0]-c[1]) > 1e-9 {
			t.Errorf("with its calibration the %s mark comes out at %.3f, want %.0f", name, c[0], c[1])
		}
	}
	for _, wrong := range []Marks{{}, {20, 20, 20, 277}, {20, 150, 20, 277}, {50, 220, 20, 277}} {
		if _, err := Calibrate(should, wrong); trace.CodeOf(err) != trace.FieldInvalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// A calibrated page is moved and stretched as a whole, by what was measured; its codes still read.
func TestACalibrationMovesThePage(t *testing.T) {
	units := testUnits(t, 1)
	left := func(p Printer, format Format) float64 {
		j := job(format, "roll-50x30", serum, units)
		j.Printer = p
		page := image.Image(nil)
		if format == PDF {
			page = rasterise(t, write(t, j))[0]
		} else {
			page = printZPL(t, string(write(t, j)))[0]
		}
		if uri, err := decode(page, page.Bounds()); uri != units[0].URI {
			t.Errorf("%+v as %s reads %q, %v", p, format, uri, err)
		}
		return float64(inked(page, page.Bounds()).Min.X) * 25.4 / 300
	}
	for _, format := range []Format{PDF, ZPL} {
		if moved := left(Printer{OffsetX: 1, OffsetY: 0.5}, format) - left(Printer{}, format); math.Abs(moved-1) > 0.1 {
			t.Errorf("%s: moved by %.2f mm, want 1", format, moved)
		}
	}
}

// The crosses of a test sheet are where it says.
func TestTheTestSheetsCrosses(t *testing.T) {
	const dots = 300 / 25.4
	sample := testUnits(t, 1)[0]
	for _, template := range []string{"a4-3x8", "a4-5x13", "roll-50x30", "roll-30x20"} {
		for _, format := range []Format{PDF, ZPL} {
			tpl := mustTemplate(t, template)
			if format == ZPL && tpl.perPage() > 1 {
				continue
			}
			var b bytes.Buffer
			if err := WriteTestSheet(
				t.Context(), &b, Job{Format: format, Template: template, Product: serum, Count: 1}, sample,
			); err != nil {
				t.Fatal(err)
			}
			page := image.Image(nil)
			if format == PDF {
				page = rasterise(t, b.Bytes())[0]
			} else {
				_, data, _ := strings.Cut(b.String(), "^GFA,")
				_, data, _ = strings.Cut(data, ",")
				data, _, _ = strings.Cut(data, "^FS")
				page = unpack(t, data)
			}
			m := tpl.Marks()
			for _, at := range [][2]float64{{m.Left, m.Top}, {m.Right, m.Bottom}} {
				near := image.Rect(int((at[0]-1)*dots), int((at[1]-1)*dots), int((at[0]+1)*dots), int((at[1]+1)*dots))
				if black := inked(page, near); black.Empty() {
					t.Errorf("%s %s: no cross at %v", template, format, at)
				}
			}
			if uri, err := decode(page, page.Bounds()); uri != sample.URI {
				t.Errorf("%s %s: the sheet's code reads %q, %v", template, format, uri, err)
			}
		}
	}
}

// A logo is drawn anew from shapes or dots; what could do anything else is refused with what to do.
func TestLogos(t *testing.T) {
	svg := func(inside string) []byte {
		return []byte(
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">` + inside + `</svg>`,
		)
	}
	for name, file := range map[string][]byte{
		"a script":        svg(`<script>alert(1)</script>`),
		"text":            svg(`<text x="0" y="10">澄岩</text>`),
		"a picture":       svg(`<image href="http://169.254.169.254/"/>`),
		"a reference":     svg(`<use xlink:href="#a"/>`),
		"foreign":         svg(`<foreignObject><div/></foreignObject>`),
		"entities":        []byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>`),
		"dashes":          svg(`<path d="M0 0L60 20" stroke="#000" stroke-dasharray="0.0001"/>`),
		"dashes by style": svg(`<style>.a{stroke-dasharray:0.0001}</style><path class="a" d="M0 0L60 20"/>`),
		"huge numbers":    svg(`<path d="M0 0L1e30 20"/>`),
		"huge scale":      svg(strings.Repeat(`<g transform="scale(90)">`, 3) + strings.Repeat(`</g>`, 3)),
		"deep":            svg(strings.Repeat(`<g>`, 200) + strings.Repeat(`</g>`, 200)),
		"many":            svg(strings.Repeat(`<rect/>`, 5000)),
		"no size":         []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"a line":          []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 1"/>`),
		"half an SVG":     []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g>`),
		"nothing":         nil,
		"not a picture":   []byte("PK\x03\x04"),
		"half a PNG":      testLogo(t).PNG[:60],
		"a large file":    bytes.Repeat([]byte{0}, MaxLogo+1),
		"a PNG bomb":      hugePNG(),
	} {
		if _, err := ReadLogo(file); trace.CodeOf(err) != LogoInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	logo := testLogo(t)
	if w, h := logo.img.Rect.Dx(), logo.img.Rect.Dy(); w != logoSide || h != logoSide/3 ||
		logo.img.GrayAt(2, 2).Y > 150 ||
		logo.img.GrayAt(logoSide/6, h/2).Y < 250 {
		t.Errorf("the SVG's logo: %d by %d, corner %v", w, h, logo.img.GrayAt(2, 2))
	}
	again, err := ReadLogo(logo.PNG)
	if err != nil || again.aspect() != logo.aspect() {
		t.Errorf("the same as PNG: %v", err)
	}
	if kept, err := OpenLogo(logo.PNG); err != nil || !bytes.Equal(kept.img.Pix, logo.img.Pix) {
		t.Errorf("kept: %v", err)
	}
}

// hugePNG is a small file that says it has 60,000 by 60,000 dots.
func hugePNG() []byte {
	return append(
		[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x00\x00\x00\x00"),
		0x9d,
		0x3f,
		0x1c,
		0x52,
	)
}

// A workbook's cells are text, whatever they look like.
func TestAWorkbookKeepsCodesAsTheyAre(t *testing.T) {
	units := testUnits(t, 3)
	units[0].PIN, units[1].PIN, units[2].PIN = "36547E83", "00012345", "=1+1"
	j := Job{Format: XLSX, Symbol: DataMatrix, Product: serum, Units: each(units), Count: 3, PIN: true}
	book, err := excelize.OpenReader(bytes.NewReader(write(t, j)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 4 || strings.Join(rows[0], ",") != "index,serial,uri,gs1,pin" {
		t.Fatal(rows, err)
	}
	for i, u := range units {
		at := fmt.Sprintf("E%d", i+2)
		kind, err := book.GetCellType("Sheet1", at)
		formula, _ := book.GetCellFormula("Sheet1", at)
		if rows[i+1][4] != u.PIN || rows[i+1][1] != u.Serial || err != nil || formula != "" ||
			kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("unit %d: %q, type %v, formula %q", i, rows[i+1], kind, formula)
		}
	}
	var refused *trace.Error
	if err := Write(t.Context(), &bytes.Buffer{}, Job{Format: XLSX, Count: 1_000_001}); !errors.As(err, &refused) ||
		refused.Field != "format" {
		t.Errorf("too many for a workbook: %v", err)
	}
}

func FuzzReadLogo(f *testing.F) {
	f.Add(
		[]byte(
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M1 2c3 4 5 6 7 8z" transform="rotate(10)"/></svg>`,
		),
	)
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		logo, err := ReadLogo(file)
		if err != nil && trace.CodeOf(err) != LogoInvalid ||
			err == nil && max(logo.img.Rect.Dx(), logo.img.Rect.Dy()) > logoSide {
			t.Errorf("%v", err)
		}
	})
}

package labels

import (
	"image"
	"image/draw"
	"regexp"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// decodeDataMatrix reads the code whose room is a part of an image, and answers its element string with ^ for FNC1.
func decodeDataMatrix(img image.Image, part image.Rectangle) (string, error) {
	cut := image.NewGray(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(cut, cut.Bounds(), img, part.Min, draw.Src)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(cut)
	if err != nil {
		return "", err
	}
	reader := datamatrix.NewDataMatrixReader()
	result, err := reader.DecodeWithoutHints(bitmap)
	if err != nil { // its detector misses some; they may still be read as drawn
		result, err = reader.Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	}
	if err != nil {
		return "", err
	}
	return strings.ReplaceAll(result.GetText(), "\x1d", "^"), nil
}

// room is where the i-th label's code may stand on the page's image.
func (l *layout) room(i int, img image.Image) image.Rectangle {
	dots := float64(img.Bounds().Dx()) / l.template.pageWidth
	x, y := l.template.place(i)
	left, top, side := (x+l.codeX)*dots, (y+l.codeY)*dots, l.code.side()*dots
	return image.Rect(int(left), int(top), int(left+side+0.5), int(top+side+0.5))
}

func checkDataMatrices(t *testing.T, j Job, units []Unit, pages []image.Image) {
	t.Helper()
	tpl := mustTemplate(t, j.Template)
	l, err := newLayout(tpl, j, units[0])
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range units {
		page := pages[i/tpl.perPage()]
		want := "^01" + string(testGTIN) + "10" + testLot + "^21" + u.Serial
		if got, err := decodeDataMatrix(page, l.room(i%tpl.perPage(), page)); got != want {
			t.Errorf("label %d reads %q, %v; want %q", i, got, err, want)
		}
	}
}

// Every template carries a GS1 DataMatrix too, and every format's reads back, whichever size the serial's digits need.
func TestEveryDataMatrixDecodes(t *testing.T) {
	for _, tpl := range Templates() {
		units := testUnits(t, min(tpl.perPage(), 12))
		as := func(format Format) Job {
			j := job(format, tpl.ID, serum, units)
			j.Symbol = DataMatrix
			return j
		}
		t.Run(tpl.ID+" pdf", func(t *testing.T) {
			checkDataMatrices(t, as(PDF), units, rasterise(t, write(t, as(PDF))))
		})
		t.Run(tpl.ID+" png", func(t *testing.T) {
			checkDataMatrices(t, as(PNG), units, []image.Image{readPNG(t, write(t, as(PNG)))})
		})
		if tpl.perPage() == 1 {
			t.Run(tpl.ID+" zpl", func(t *testing.T) {
				var pages []image.Image
				for _, page := range printZPL(t, string(write(t, as(ZPL)))) {
					cut := page.SubImage(image.Rect(0, 0, int(tpl.Width*300/25.4+0.5), page.Rect.Dy()))
					pages = append(pages, cut)
				}
				checkDataMatrices(t, as(ZPL), units, pages)
			})
		}
	}
}

func TestSVGDataMatricesDecode(t *testing.T) {
	units := testUnits(t, 2)
	j := job(SVG, "a4-3x8", serum, units)
	j.Symbol = DataMatrix
	codes := regexp.MustCompile(`crispEdges" d="([^"]+)"`).FindAllStringSubmatch(string(write(t, j)), -1)
	if len(codes) != len(units) {
		t.Fatalf("%d codes", len(codes))
	}
	for i, code := range codes {
		img := drawPath(t, code[1])
		if got, err := decodeDataMatrix(img, img.Bounds()); !strings.HasSuffix(got, "^21"+units[i].Serial) {
			t.Errorf("label %d reads %q, %v", i, got, err)
		}
	}
}

// A DataMatrix label says where it is scanned; a printing house gets what the code must hold.
func TestDataMatrixIsExplained(t *testing.T) {
	units := testUnits(t, 1)
	j := job(CSV, "", serum, units)
	j.Symbol, j.PIN = DataMatrix, true
	lines := strings.Split(string(write(t, j)), "\n")
	want := "(01)" + string(testGTIN) + "(10)" + testLot + "(21)" + units[0].Serial
	if lines[0] != "index,serial,uri,gs1,pin" || !strings.Contains(lines[1], want) {
		t.Errorf("%q", lines)
	}
	j = job(PDF, "roll-50x30", serum, units)
	j.Symbol = DataMatrix
	l, err := newLayout(mustTemplate(t, j.Template), j, units[0])
	if err != nil {
		t.Fatal(err)
	}
	var text string
	for _, p := range l.static {
		text += p.read()
	}
	if !strings.Contains(text, testHost+"/scan") {
		t.Errorf("the label says %q", text)
	}
}

// Any lot and serial that GS1 allows comes back out of a DataMatrix.
func TestDataMatrixHoldsAnyLot(t *testing.T) {
	for _, lot := range []string{"1", "a/b", `!"%&'()*+,-./:;<=>?_`, "00000000000000000000", "LOT-2026-10-A-000123"} {
		u := Unit{Serial: "0", URI: gs1.UnitURI(testHost, testGTIN, lot, "0")}
		bits, err := drawDataMatrix(u)
		if err != nil {
			t.Fatal(err)
		}
		img := image.NewGray(image.Rect(0, 0, 5*len(bits)+20, 5*len(bits)+20))
		draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
		runs(bits, func(x, y, n int) {
			draw.Draw(img, image.Rect(10+5*x, 10+5*y, 10+5*(x+n), 15+5*y), image.Black, image.Point{}, draw.Src)
		})
		if got, err := decodeDataMatrix(img, img.Bounds()); got != "^01"+string(testGTIN)+"10"+lot+"^210" {
			t.Errorf("%q reads %q, %v", lot, got, err)
		}
	}
}

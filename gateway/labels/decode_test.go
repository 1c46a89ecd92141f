package labels

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// decode reads the QR code in a part of an image, as a phone would.
func decode(img image.Image, part image.Rectangle) (string, error) {
	cut := image.NewGray(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(cut, cut.Bounds(), img, part.Min, draw.Src)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(cut)
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().
		Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}

// cell is where the i-th label of a page lies in the page's image.
func cell(t Template, i int, img image.Image) image.Rectangle {
	dots := float64(img.Bounds().Dx()) / t.pageWidth
	x, y := t.place(i)
	return image.Rect(int(x*dots), int(y*dots), int((x+t.Width)*dots), int((y+t.Height)*dots)).Intersect(img.Bounds())
}

// checkPages requires that every label of the pages decodes to its unit's URI.
func checkPages(t *testing.T, tpl Template, pages []image.Image, units []Unit) {
	t.Helper()
	if want := (len(units) + tpl.perPage() - 1) / tpl.perPage(); len(pages) != want {
		t.Fatalf("%d pages, want %d", len(pages), want)
	}
	for i, u := range units {
		page := pages[i/tpl.perPage()]
		if uri, err := decode(page, cell(tpl, i%tpl.perPage(), page)); uri != u.URI {
			t.Errorf("label %d reads %q, %v; want %q", i, uri, err, u.URI)
		}
	}
}

// tool finds a program that the tests need. Its absence is a failure where the tests are to be complete.
func tool(t *testing.T, name, debianPackage string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: install Debian's %s", name, debianPackage)
	}
	t.Skipf("%s is missing, so PDFs are not checked: install Debian's %s", name, debianPackage)
	return ""
}

// rasterise draws the pages of a PDF at 300 dpi.
func rasterise(t *testing.T, pdf []byte) (pages []image.Image) {
	t.Helper()
	program, dir := tool(t, "pdftoppm", "poppler-utils"), t.TempDir()
	file := filepath.Join(dir, "labels.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-r", "300", "-gray", "-png", file, filepath.Join(dir, "page")).
		CombinedOutput(); err != nil ||
		len(out) > 0 {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "page*.png")) // in the order of the pages
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, readPNG(t, data))
	}
	return pages
}

func readPNG(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestEveryCodeDecodes prints each template's full page and the start of another as PDF; with
// unruly names, and as PNG but for one template, two labels.
func TestEveryCodeDecodes(t *testing.T) {
	for _, tpl := range Templates() {
		for name, p := range map[string]Product{"serum": serum, "wordy": wordy, "hostile": hostile} {
			units := testUnits(t, 2)
			if name == "serum" {
				units = testUnits(t, tpl.perPage()+1)
			}
			t.Run(tpl.ID+" "+name+" pdf", func(t *testing.T) {
				checkPages(t, tpl, rasterise(t, write(t, job(PDF, tpl.ID, p, units))), units)
			})
			if tpl.ID != "a4-5x13" {
				units = units[:2]
			}
			t.Run(tpl.ID+" "+name+" png", func(t *testing.T) {
				var pages []image.Image
				for _, file := range files(t, job(PNG, tpl.ID, p, units)) {
					pages = append(pages, readPNG(t, file))
				}
				checkPages(t, tpl, pages, units)
			})
		}
	}
}

func TestLotsInSmallLettersDecode(t *testing.T) {
	units := testUnits(t, 2)
	for i := range units {
		units[i].URI = strings.Replace(units[i].URI, testLot, "a1b2%2Fc3d4e5f6g7h8i9", 1)
	}
	checkPages(t, templates[0], []image.Image{readPNG(t, write(t, job(PNG, "a4-3x8", serum, units)))}, units)
}

// TestSVGCodesDecode draws the modules of an SVG page anew from its path data.
func TestSVGCodesDecode(t *testing.T) {
	units := testUnits(t, 2)
	svg := string(write(t, job(SVG, "a4-3x8", serum, units)))
	codes := regexp.MustCompile(`crispEdges" d="([^"]+)"`).FindAllStringSubmatch(svg, -1)
	if len(codes) != len(units) {
		t.Fatalf("%d codes", len(codes))
	}
	for i, code := range codes {
		img := drawPath(t, code[1])
		if uri, err := decode(img, img.Bounds()); uri != units[i].URI {
			t.Errorf("label %d reads %q, %v", i, uri, err)
		}
	}
}

// drawPath draws the modules of a code from its path data.
func drawPath(t *testing.T, path string) *image.Gray {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 300, 300))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)`).FindAllStringSubmatch(path, -1) {
		x, y, n := number(t, m[1]), number(t, m[2]), number(t, m[3])
		draw.Draw(img, image.Rect(20+5*x, 20+5*y, 20+5*(x+n), 25+5*y), image.Black, image.Point{}, draw.Src)
	}
	return img
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestZPLCodesDecode unpacks the graphics as a printer does.
func TestZPLCodesDecode(t *testing.T) {
	for _, c := range []struct {
		template string
		dpi      int
	}{{"roll-60x40", 203}, {"roll-60x40", 600}, {"roll-50x30", 203}, {"roll-50x30", 300}, {"roll-40x30", 203}, {"roll-40x30", 300}, {"roll-30x20", 300}, {"roll-40x30", 600}} {
		units := testUnits(t, 3)
		j := job(ZPL, c.template, serum, units)
		j.DPI = c.dpi
		printed := printZPL(t, string(write(t, j)))
		if len(printed) != len(units) {
			t.Fatalf("%d labels", len(printed))
		}
		for i, img := range printed {
			if want := int(
				math.Round(mustTemplate(t, c.template).Width * float64(c.dpi) / 25.4),
			); img.Rect.Dx() < want ||
				img.Rect.Dx() > want+7 {
				t.Errorf("%s at %d dpi is %d dots wide, want %d", c.template, c.dpi, img.Rect.Dx(), want)
			}
			if uri, err := decode(img, img.Bounds()); uri != units[i].URI {
				t.Errorf("%s at %d dpi, label %d reads %q, %v", c.template, c.dpi, i, uri, err)
			}
		}
	}
}

func mustTemplate(t *testing.T, id string) Template {
	t.Helper()
	tpl, found := templateByID(id)
	if !found {
		t.Fatalf("no template %s", id)
	}
	return tpl
}

// zplFile is a file of this package, and nothing else: a stored graphic, labels that recall it and add another, and the
// removal of the stored one.
var zplFile = regexp.MustCompile(`^~DGR:TSLABEL\.GRF,(\d+,\d+,[0-9A-Za-z:,]+)\n` +
	`((?:\^XA\^PW\d+\^LL\d+\^LH0,0\n\^FO0,0\^XGR:TSLABEL\.GRF,1,1\^FS\n\^FO0,0\^GFA,\d+,\d+,\d+,[0-9A-Za-z:,]+\^FS\n\^XZ\n)+)` +
	`\^XA\^IDR:TSLABEL\.GRF\^FS\^XZ\n$`)

// printZPL lays each label's graphic over the stored one, as a printer does.
func printZPL(t *testing.T, file string) (labels []*image.Gray) {
	t.Helper()
	m := zplFile.FindStringSubmatch(file)
	if m == nil {
		t.Fatalf("not the ZPL of a label file: %.200q", file)
	}
	for _, label := range regexp.MustCompile(`\^GFA,\d+,([^^]+)\^FS`).FindAllStringSubmatch(m[2], -1) {
		page, over := unpack(t, m[1]), unpack(t, label[1])
		for i, grey := range over.Pix {
			page.Pix[i] = min(page.Pix[i], grey)
		}
		labels = append(labels, page)
	}
	return labels
}

// unpack undoes ZPL's alternative compression scheme: "bytes,bytes a row,data".
func unpack(t *testing.T, text string) *image.Gray {
	t.Helper()
	parts := strings.SplitN(text, ",", 3)
	total, digits := 2*number(t, parts[0]), 2*number(t, parts[1])
	var hex strings.Builder
	count := 0
	for _, c := range parts[2] {
		switch {
		case c == ':' && hex.Len() < digits:
			hex.WriteString(strings.Repeat("0", digits)) // there is no row before the first
		case c == ':':
			hex.WriteString(hex.String()[hex.Len()-digits:])
		case c == ',':
			hex.WriteString(strings.Repeat("0", digits-hex.Len()%digits))
		case c >= 'g':
			count += 20 * int(c-'f')
		case c >= 'G':
			count += int(c - 'F')
		default:
			hex.WriteString(strings.Repeat(string(c), max(1, count)))
			count = 0
		}
	}
	if hex.Len() != total {
		t.Fatalf("%d digits, want %d", hex.Len(), total)
	}
	img := image.NewGray(image.Rect(0, 0, 4*digits, total/digits))
	for i, c := range hex.String() {
		v, err := strconv.ParseUint(string(c), 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		for bit := range 4 {
			if v&(8>>bit) == 0 {
				img.SetGray(4*(i%digits)+bit, i/digits, color.Gray{255})
			}
		}
	}
	return img
}

// TestMillimetres measures the printed code on the rastered page: the page's size, the module, the quiet zone.
func TestMillimetres(t *testing.T) {
	const dots = 300 / 25.4
	for _, tpl := range Templates() {
		units := testUnits(t, 1)
		j := job(PDF, tpl.ID, wordy, units)
		l, err := newLayout(tpl, j, units[0])
		if err != nil {
			t.Fatal(err)
		}
		page := rasterise(t, write(t, j))[0]
		if dx, dy := float64(page.Bounds().Dx()), float64(page.Bounds().Dy()); math.Abs(dx-tpl.pageWidth*dots) > 1 ||
			math.Abs(dy-tpl.pageTall*dots) > 1 {
			t.Errorf("%s: the page has %g by %g dots", tpl.ID, dx, dy)
		}
		if l.code.module < minModule-1e-9 || l.code.module > maxModule+1e-9 {
			t.Errorf("%s: modules of %g mm", tpl.ID, l.code.module)
		}
		x, y := tpl.place(0)
		quiet := l.code.margin()
		left, top := (x+l.codeX)*dots, (y+l.codeY)*dots
		side := l.code.side() * dots
		black := inked(page, image.Rect(int(left)+1, int(top)+1, int(left+side)-1, int(top+side)-1))
		for name, got := range map[string][2]float64{
			"left": {float64(black.Min.X), left + quiet*dots}, "top": {float64(black.Min.Y), top + quiet*dots},
			"right": {float64(black.Max.X), left + side - quiet*dots}, "bottom": {float64(black.Max.Y), top + side - quiet*dots},
		} {
			if math.Abs(got[0]-got[1]) > 2 {
				t.Errorf("%s: the code's %s edge is at dot %g, want %g", tpl.ID, name, got[0], got[1])
			}
		}
	}
}

// inked is the bounding box of what is dark in a part of an image.
func inked(img image.Image, part image.Rectangle) (box image.Rectangle) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 128 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func TestPDFHoldsTheTextAsText(t *testing.T) {
	program, file := tool(t, "pdftotext", "poppler-utils"), filepath.Join(t.TempDir(), "labels.pdf")
	for _, c := range []struct {
		p    Product
		want []string
	}{
		{serum, []string{"澄岩 Chengyan", "烟酰胺精华液 30ml", "批号 LOT 202610A01", "2028-10-03", "扫码验真", testHost}},
		{hostile, []string{"<script>alert(1)</script>面霜", `=HYPERLINK("http://x")^XZ~JA`}},
	} {
		units := testUnits(t, 1)
		if err := os.WriteFile(file, write(t, job(PDF, "a4-3x8", c.p, units)), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.NewReplacer(" ", "", "\n", "").Replace(string(out))
		for _, want := range append(c.want, units[0].PIN, units[0].Serial[14:]) {
			if !strings.Contains(plain, strings.ReplaceAll(want, " ", "")) {
				t.Errorf("%q is not in the PDF's text: %s", want, fmt.Sprintf("%q", out))
			}
		}
	}
}

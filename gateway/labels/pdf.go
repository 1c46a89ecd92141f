package labels

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// pdfCanvas draws on the current page of a PDF document.
type pdfCanvas struct {
	*fpdf.Fpdf
	tall float64 // of the page
}

const logoName = "logo"

func (c *pdfCanvas) logo(x, y, width, height float64, _ *Logo) {
	c.ImageOptions(logoName, x, y, width, height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
}

// pdfUnits is the size of a millimetre in a PDF.
const pdfUnits = 72 / 25.4

// writePDF writes files of up to PDFUnits labels each. They are made one after the other, for each
// is held in memory whole; the codes of each are drawn on all cores.
func writePDF(ctx context.Context, w io.Writer, l *layout, units iter.Seq2[Unit, error]) error {
	draw := fileOf("pdf", func(part []Unit) ([]byte, error) { return l.pdf(ctx, part) })
	return writeFiles(w, l.job, func(yield func(file, error) bool) {
		for part, err := range chunks(units, PDFUnits) {
			var f file
			if err == nil {
				f, err = draw(part)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	})
}

// pdf writes one file.
func (l *layout) pdf(ctx context.Context, units []Unit) ([]byte, error) {
	c := l.newPDF()
	bits := ordered(ctx, each(units), l.code.draw)
	i := 0
	for bits, err := range bits {
		if err != nil {
			return nil, err
		}
		if i%l.template.perPage() == 0 {
			c.page(l.job.Printer)
		}
		x, y := l.template.place(i % l.template.perPage())
		l.drawStatic(c, x, y)
		l.drawUnit(c, x, y, units[i], bits)
		i++
	}
	c.RawWriteStr("Q")
	var file bytes.Buffer
	err := c.Output(&file)
	return file.Bytes(), err
}

// page begins a page that is moved and stretched as the printer needs it.
func (c *pdfCanvas) page(p Printer) {
	if c.PageNo() > 0 {
		c.RawWriteStr("Q")
	}
	c.AddPage()
	p = p.scaled()
	c.RawWriteStr(
		fmt.Sprintf(
			"q %.6f 0 0 %.6f %.4f %.4f cm", p.ScaleX, p.ScaleY, p.OffsetX*pdfUnits,
			(c.tall*(1-p.ScaleY)-p.OffsetY)*pdfUnits,
		),
	)
}

func each(units []Unit) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

func (l *layout) newPDF() *pdfCanvas {
	t := l.template
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: t.pageWidth, Ht: t.pageTall}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetTitle(l.title(), true)
	for _, f := range faces {
		if f.ttf != nil {
			doc.AddUTF8FontFromBytes(f.id, "", f.ttf)
		}
	}
	if l.job.Logo != nil {
		doc.RegisterImageOptionsReader(logoName, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(l.job.Logo.PNG))
	}
	doc.SetLineWidth(frameLine)
	return &pdfCanvas{doc, t.pageTall}
}

func (c *pdfCanvas) text(x, baseline float64, l line) {
	for _, r := range l.runs {
		if r.face.ttf == nil {
			c.outlines(x, baseline, r, l.size)
		} else {
			c.SetFont(r.face.id, "", l.size*pdfUnits)
			c.Text(x, baseline, r.text)
		}
		x += r.width * l.size
	}
}

// code writes one path in units of a module: vectors, sharp at any resolution, and few bytes.
func (c *pdfCanvas) code(x, y, module float64, bits [][]bool) {
	var b strings.Builder
	m := module * pdfUnits
	fmt.Fprintf(&b, "q %.5f 0 0 %.5f %.4f %.4f cm ", m, -m, x*pdfUnits, (c.tall-y)*pdfUnits)
	runs(bits, func(x, y, n int) { fmt.Fprintf(&b, "%d %d %d 1 re ", x, y, n) })
	b.WriteString("f Q")
	c.RawWriteStr(b.String())
}

func (c *pdfCanvas) bar(x, y, width, height float64) { c.Rect(x, y, width, height, "F") }

func (c *pdfCanvas) frame(x, y, width, height float64) {
	c.SetDashPattern([]float64{0.6, 0.4}, 0)
	c.Rect(x, y, width, height, "D")
	c.SetDashPattern(nil, 0)
}

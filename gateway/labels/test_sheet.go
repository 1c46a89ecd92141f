package labels

import (
	"context"
	"fmt"
	"io"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// The crosses of a test sheet, in millimetres.
const (
	crossArm  = 3
	crossLine = 0.2
)

// WriteTestSheet writes one page with a cross at each of the template's marks, and the outlines of
// its labels: who prints it measures where the crosses came out. Its first label has a code, to try
// a scanner on.
func WriteTestSheet(_ context.Context, w io.Writer, job Job, sample Unit) error {
	t, err := job.check()
	if err != nil {
		return err
	}
	if job.Format != PDF && job.Format != ZPL {
		return refuse(trace.FieldInvalid, "format", "test_sheet")
	}
	l, err := newLayout(t, job, sample)
	if err != nil {
		return err
	}
	bits, err := l.code.draw(sample)
	if err != nil {
		return err
	}
	if job.Format == PDF {
		c := l.newPDF()
		c.page(job.Printer)
		l.drawTestSheet(c, bits)
		c.RawWriteStr("Q")
		return c.Output(w)
	}
	c := l.newRaster()
	l.drawTestSheet(c, bits)
	_, err = fmt.Fprintf(
		w, "^XA^PW%d^LL%d^LH0,0\n^FO0,0^GFA,%s^FS\n^XZ\n", c.img.Rect.Dx(), c.img.Rect.Dy(),
		graphic(c.img, "%[1]d,%[1]d,%[2]d,"),
	)
	return err
}

func (l *layout) drawTestSheet(c canvas, bits [][]bool) {
	t := l.template
	for i := range t.perPage() {
		x, y := t.place(i)
		c.frame(x, y, t.Width, t.Height)
	}
	m := t.Marks()
	for _, x := range []float64{m.Left, m.Right} {
		for _, y := range []float64{m.Top, m.Bottom} {
			x, y := x+l.shiftX(), y+l.shiftY()
			c.bar(x-crossArm, y-crossLine/2, 2*crossArm, crossLine)
			c.bar(x-crossLine/2, y-crossArm, crossLine, 2*crossArm)
		}
	}
	in := l.code.margin() + l.code.inset(bits)
	x, y := t.place(0)
	if t.perPage() == 1 { // the crosses are on the label: the code goes between them
		x, y = (t.Width-l.code.side())/2-l.codeX, (t.Height-l.code.side())/2-l.codeY
	}
	c.code(x+l.codeX+in, y+l.codeY+in, l.code.module, bits)
	l.drawMarksText(c, m)
}

// drawMarksText says where the crosses should be.
func (l *layout) drawMarksText(c canvas, m Marks) {
	t := l.template
	texts := []string{
		fmt.Sprintf("左 L %.1f  右 R %.1f  上 T %.1f  下 B %.1f mm", m.Left, m.Right, m.Top, m.Bottom),
		"从纸的左边和上边量到十字中心；打印时选“实际大小”",
		"Measure from the left and the top edge to the crosses; print in actual size",
	}
	size, width := 3.2, t.pageWidth-2*m.Left-4*crossArm
	y := m.Top + crossArm
	if t.perPage() == 1 {
		texts, size, width, y = texts[:1], 1.8, t.pageWidth-1, t.pageTall-2.4
	}
	for _, text := range texts {
		for _, row := range fit(regular, text, size, 0.8, width, 1) {
			c.text((t.pageWidth-row.width())/2, y+ascent*row.size, row)
			y += row.size * leading
		}
	}
}

// shiftX is how far a printer moves what is drawn in dots; pages of a PDF are moved as a whole.
func (l *layout) shiftX() float64 {
	if l.job.Format != ZPL {
		return 0
	}
	return l.job.Printer.OffsetX
}

func (l *layout) shiftY() float64 {
	if l.job.Format != ZPL {
		return 0
	}
	return l.job.Printer.OffsetY
}

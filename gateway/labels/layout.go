package labels

import (
	"cmp"
	"image"
	"math"
	"sync"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// canvas is what a label is drawn on. Lengths are in millimetres from the top left corner, y downwards.
type canvas interface {
	text(x, baseline float64, l line)
	code(x, y, module float64, bits [][]bool)
	frame(x, y, width, height float64) // a thin dashed frame
	bar(x, y, width, height float64)   // black
	logo(x, y, width, height float64, l *Logo)
}

// placed is a line with its place: its left end on the baseline.
type placed struct {
	line
	x, baseline float64
}

// layout is a job's label: where things stand, and all text but what differs from unit to unit.
type layout struct {
	template Template
	job      Job
	dpi      int
	code     code
	codeX    float64 // of the code's quiet zone
	codeY    float64
	static   []placed
	varying  []placed // what differs from unit to unit, behind its caption; without runs
	scratch  box      // of the PIN; zero where there is none
	mark     box      // of the logo; zero where there is none
	cuts     []Cut    // of the text that has no room

	background func() *image.Gray // a full page without its units, drawn once, for the formats made of dots
	canvases   *sync.Pool         // of *rasterCanvas
}

type box struct{ x, y, width, height float64 }

// tailLength is how many characters of the serial are printed for reading aloud.
const tailLength = 6

// edge is what die cutting may take off a label, in millimetres; the code's quiet zone keeps clear of it.
const edge = 0.2

// Line spacing and the baseline's depth, in ems of the fonts used.
const (
	leading = 1.28
	ascent  = 0.95
)

// The scratch field's parts, in ems of the small print.
const (
	captionEms = 1.25
	scratchEms = 2.2
)

func newLayout(t Template, job Job, sample Unit) (*layout, error) {
	if sample.URI == "" || len(sample.Serial) == 0 {
		return nil, refuse(trace.FieldInvalid, "units", "no_address")
	}
	l := &layout{template: t, job: job, dpi: 300, canvases: &sync.Pool{}}
	if job.Format == ZPL {
		l.dpi = cmp.Or(job.DPI, l.dpi)
	}
	l.template.left += l.shiftX()
	l.template.top += l.shiftY()
	under := 0.0 // what stands under the code
	if job.PIN {
		under = (captionEms + scratchEms) * t.em
	}
	var err error
	if l.code, err = fitCode(job.Symbol, sample, l.codeRoom(under), 25.4/float64(l.dpi)); err != nil {
		return nil, err
	}
	column := l.placeCode(under)
	if column.width < t.em*minColumn && !t.wordless() {
		return nil, refuse(trace.FieldInvalid, "template", "text_room", "mm", decimal(1, max(0, column.width)))
	}
	if !t.wordless() {
		if err := l.placeText(l.placeLogo(column), sample); err != nil {
			return nil, err
		}
	}
	l.background = sync.OnceValue(l.newBackground)
	return l, nil
}

// minColumn is the least width of the text, in ems of the small print.
const minColumn = 4

// upright labels have their text under the code, others beside it.
func (t Template) upright() bool { return t.Height > 1.15*t.Width }

// codeRoom is the side of the square that the code may take.
func (l *layout) codeRoom(under float64) float64 {
	t := l.template
	switch {
	case t.wordless():
		return math.Min(t.Height-under, t.Width) - 2*edge
	case t.upright():
		return math.Min(t.Width-2*edge, t.Height*0.62-under)
	}
	return math.Min(t.Height-under-2*edge, t.Width*t.codeShare)
}

// placeCode places the code and the scratch field, and answers where the text goes.
func (l *layout) placeCode(under float64) (column box) {
	t, quiet := l.template, l.code.margin()
	l.codeX = math.Max(edge, t.pad-quiet)
	l.codeY = (t.Height - under - l.code.side()) / 2
	if t.wordless() || t.upright() {
		l.codeX = (t.Width - l.code.side()) / 2
	}
	if t.upright() && !t.wordless() {
		l.codeY = math.Max(edge, t.pad-quiet)
	}
	if l.job.PIN {
		l.placeScratch(quiet)
	}
	if t.upright() {
		top := l.codeY + l.code.side() + under
		return box{t.pad, top, t.Width - 2*t.pad, t.Height - t.pad - top}
	}
	left := l.codeX + l.code.side() - quiet + math.Max(quiet, t.pad*0.8)
	return box{left, t.pad, t.Width - t.pad - left, t.Height - 2*t.pad}
}

// placeLogo puts the logo at the head of the text, as large as a fifth of it allows, and answers what is left.
func (l *layout) placeLogo(column box) box {
	if l.job.Logo == nil {
		return column
	}
	tall := math.Min(l.template.em*5, column.height*0.22)
	wide := tall * l.job.Logo.aspect()
	if wide > column.width {
		wide, tall = column.width, column.width/l.job.Logo.aspect()
	}
	l.mark = box{column.x, column.y, wide, tall}
	used := tall + l.template.em*0.5
	return box{column.x, column.y + used, column.width, column.height - used}
}

// placeScratch puts the PIN's caption and its field under the code's quiet zone, as wide as the code's black part.
func (l *layout) placeScratch(quiet float64) {
	em := l.template.em
	if !l.template.upright() {
		l.codeY = math.Max(edge, l.codeY-quiet/2) // the quiet zone above is white margin enough
	}
	top := l.codeY + l.code.side()
	x, width := l.codeX+quiet, l.code.side()-2*quiet
	for _, caption := range fit(bold, "刮开防伪码 PIN", em*0.85, em*0.5, width, 1) {
		l.static = append(l.static, placed{caption, x + (width-caption.width())/2, top + ascent*caption.size})
	}
	l.scratch = box{x, top + captionEms*em, width, scratchEms * em}
}

// drawStatic draws what all labels share, with the label's top left corner at x, y.
func (l *layout) drawStatic(c canvas, x, y float64) {
	for _, p := range l.static {
		c.text(x+p.x, y+p.baseline, p.line)
	}
	if s := l.scratch; l.job.PIN {
		c.frame(x+s.x, y+s.y, s.width, s.height)
	}
	if m := l.mark; l.job.Logo != nil {
		c.logo(x+m.x, y+m.y, m.width, m.height, l.job.Logo)
	}
}

// drawUnit draws what differs from label to label.
func (l *layout) drawUnit(c canvas, x, y float64, u Unit, bits [][]bool) {
	in := l.code.margin() + l.code.inset(bits)
	c.code(x+l.codeX+in, y+l.codeY+in, l.code.module, bits)
	for _, p := range l.varying {
		c.text(x+p.x, y+p.baseline, line{runs: set(mono, p.unit(u)), size: p.size})
	}
	if l.job.PIN {
		l.drawPIN(c, x, y, u.PIN)
	}
}

// drawPIN prints the PIN in two groups of four within the scratch field.
func (l *layout) drawPIN(c canvas, x, y float64, pin string) {
	s := l.scratch
	if len(pin) == 8 {
		pin = pin[:4] + " " + pin[4:]
	}
	for _, text := range fit(mono, pin, s.height*0.58, 0.5, s.width*0.92, 1) {
		c.text(x+s.x+(s.width-text.width())/2, y+s.y+s.height/2+text.size*0.36, text)
	}
}

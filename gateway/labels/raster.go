package labels

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// rasterCanvas draws on a grey image. The modules of a code are a whole number of dots, and a code
// begins on a dot. It belongs to one goroutine, as font faces demand, and is used again for the
// next page: its fonts remember the letters they drew.
type rasterCanvas struct {
	img   *image.Gray
	dots  float64 // per millimetre
	fonts map[fontSize]font.Face
}

type fontSize struct {
	face *face
	size float64
}

// newRaster makes a white page.
func (l *layout) newRaster() *rasterCanvas {
	c, used := l.canvases.Get().(*rasterCanvas)
	if !used {
		dots := float64(l.dpi) / 25.4
		width, height := math.Round(l.template.pageWidth*dots), math.Round(l.template.pageTall*dots)
		c = &rasterCanvas{image.NewGray(image.Rect(0, 0, int(width), int(height))), dots, map[fontSize]font.Face{}}
	}
	for i := range c.img.Pix {
		c.img.Pix[i] = 0xff
	}
	return c
}

// done gives a canvas back for the next page. What it drew must have been read.
func (l *layout) done(c *rasterCanvas) { l.canvases.Put(c) }

// newBackground draws a full page of what all labels share.
func (l *layout) newBackground() *image.Gray {
	c := l.newRaster()
	l.drawStatics(c, l.template.perPage())
	return c.img
}

// dot answers the whole dot nearest to a length.
func (c *rasterCanvas) dot(mm float64) int { return int(math.Round(mm * c.dots)) }

func (c *rasterCanvas) text(x, baseline float64, l line) {
	dot := fixed.Point26_6{X: fixed.Int26_6(x * c.dots * 64), Y: fixed.I(c.dot(baseline))}
	for _, r := range l.runs {
		sized := c.font(r.face, l.size)
		last := rune(-1)
		for _, char := range r.text {
			if last >= 0 {
				dot.X += sized.Kern(last, char)
			}
			at, mask, from, advance, _ := sized.Glyph(dot, char)
			if alpha, some := mask.(*image.Alpha); some {
				c.ink(at, alpha, from)
			}
			dot.X += advance
			last = char
		}
	}
}

// ink blackens the dots of a mask. It is what draw.DrawMask does, which takes ten times as long on grey images.
func (c *rasterCanvas) ink(at image.Rectangle, mask *image.Alpha, from image.Point) {
	from = from.Sub(at.Min)
	at = at.Intersect(c.img.Rect)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		dots := c.img.Pix[c.img.PixOffset(at.Min.X, y):]
		for x, cover := range mask.Pix[mask.PixOffset(from.X+at.Min.X, from.Y+y):][:at.Dx()] {
			dots[x] = uint8(uint(dots[x]) * (255 - uint(cover)) / 255)
		}
	}
}

// font answers a face at a size.
func (c *rasterCanvas) font(f *face, size float64) font.Face {
	key := fontSize{f, size}
	if c.fonts[key] == nil {
		// 72 dpi makes a point a dot, so that the size can be given in dots.
		sized, err := opentype.NewFace(
			f.font, &opentype.FaceOptions{Size: size * c.dots, DPI: 72, Hinting: font.HintingNone},
		)
		if err != nil {
			panic("labels: font " + f.id + ": " + err.Error()) // opentype fails on none of these options
		}
		c.fonts[key] = &letters{Face: sized, drawn: map[letter]drawn{}}
	}
	return c.fonts[key]
}

func (c *rasterCanvas) code(x, y, module float64, bits [][]bool) {
	left, top, m := c.dot(x), c.dot(y), c.dot(module)
	runs(bits, func(x, y, n int) { c.fill(left+x*m, top+y*m, n*m, m) })
}

func (c *rasterCanvas) fill(x, y, width, height int) {
	r := image.Rect(x, y, x+width, y+height).Intersect(c.img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		clear(c.img.Pix[c.img.PixOffset(r.Min.X, y):][:r.Dx()])
	}
}

func (c *rasterCanvas) bar(x, y, width, height float64) {
	c.fill(c.dot(x), c.dot(y), max(1, c.dot(width)), max(1, c.dot(height)))
}

func (c *rasterCanvas) frame(x, y, width, height float64) {
	thick, dash, gap := max(1, c.dot(frameLine)), c.dot(0.6), c.dot(0.4)
	left, top, right, bottom := c.dot(x), c.dot(y), c.dot(x+width), c.dot(y+height)
	for at := left; at < right; at += dash + gap {
		n := min(dash, right-at)
		c.fill(at, top, n, thick)
		c.fill(at, bottom-thick, n, thick)
	}
	for at := top; at < bottom; at += dash + gap {
		n := min(dash, bottom-at)
		c.fill(left, at, thick, n)
		c.fill(right-thick, at, thick, n)
	}
}

// letters is a face that remembers what it drew: serials and PINs are a few dozen letters in always the same places.
type letters struct {
	font.Face
	drawn map[letter]drawn
}

// letter is a character at its place within a dot.
type letter struct {
	char rune
	x, y fixed.Int26_6
}

type drawn struct {
	at      image.Rectangle
	mask    *image.Alpha
	advance fixed.Int26_6
}

// maxLetters bounds what a face remembers: a label's text is drawn once, and its characters are many in Chinese.
const maxLetters = 1000

func (l *letters) Glyph(
	dot fixed.Point26_6, char rune,
) (image.Rectangle, image.Image, image.Point, fixed.Int26_6, bool) {
	whole := image.Pt(dot.X.Floor(), dot.Y.Floor())
	key := letter{char, dot.X & 63, dot.Y & 63}
	d, known := l.drawn[key]
	if !known {
		at, mask, from, advance, found := l.Face.Glyph(dot, char)
		if !found {
			return at, mask, from, advance, false
		}
		d = drawn{at.Sub(whole), image.NewAlpha(image.Rectangle{Max: at.Size()}), advance}
		draw.Draw(d.mask, d.mask.Rect, mask, from, draw.Src)
		if len(l.drawn) < maxLetters {
			l.drawn[key] = d
		}
	}
	return d.at.Add(whole), d.mask, image.Point{}, d.advance, true
}

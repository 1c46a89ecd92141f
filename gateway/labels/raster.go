package labels

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// rasterCanvas draws on a grey image. The modules of a code are a whole number of dots, and a code begins on a dot.
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
	dots := float64(l.dpi) / 25.4
	width, height := math.Round(l.template.pageWidth*dots), math.Round(l.template.pageTall*dots)
	img := image.NewGray(image.Rect(0, 0, int(width), int(height)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	return &rasterCanvas{img, dots, map[fontSize]font.Face{}}
}

// newBackground draws a full page of what all labels share.
func (l *layout) newBackground() *image.Gray {
	c := l.newRaster()
	l.drawStatics(c, l.template.perPage())
	return c.img
}

// dot answers the whole dot nearest to a length.
func (c *rasterCanvas) dot(mm float64) int { return int(math.Round(mm * c.dots)) }

func (c *rasterCanvas) text(x, baseline float64, l line) {
	d := font.Drawer{Dst: c.img, Src: image.Black, Dot: fixed.Point26_6{X: fixed.Int26_6(x * c.dots * 64), Y: fixed.I(c.dot(baseline))}}
	for _, r := range l.runs {
		d.Face = c.font(r.face, l.size)
		d.DrawString(r.text)
	}
}

// font answers a face at a size. A canvas belongs to one goroutine, as these faces demand.
func (c *rasterCanvas) font(f *face, size float64) font.Face {
	key := fontSize{f, size}
	if c.fonts[key] == nil {
		// 72 dpi makes a point a dot, so that the size can be given in dots.
		sized, err := opentype.NewFace(f.font, &opentype.FaceOptions{Size: size * c.dots, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			panic("labels: font " + f.id + ": " + err.Error()) // opentype fails on none of these options
		}
		c.fonts[key] = sized
	}
	return c.fonts[key]
}

func (c *rasterCanvas) code(x, y, module float64, bits [][]bool) {
	left, top, m := c.dot(x), c.dot(y), c.dot(module)
	runs(bits, func(x, y, n int) { c.fill(left+x*m, top+y*m, n*m, m) })
}

func (c *rasterCanvas) fill(x, y, width, height int) {
	draw.Draw(c.img, image.Rect(x, y, x+width, y+height), image.Black, image.Point{}, draw.Src)
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

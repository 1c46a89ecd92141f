package labels

import (
	"encoding/xml"
	"fmt"
	"strings"

	"golang.org/x/image/font/sfnt"
)

// svgCanvas writes a page as SVG in millimetres. Text becomes outlines, so that it looks the same
// wherever it is opened.
type svgCanvas struct {
	body    strings.Builder
	defs    strings.Builder
	defined map[string]bool
}

// svgPage draws a page of units.
func (l *layout) svgPage(units []Unit) ([]byte, error) {
	c := &svgCanvas{defined: map[string]bool{}}
	l.drawStatics(c, len(units))
	if err := l.drawUnits(c, units); err != nil {
		return nil, err
	}
	t := l.template
	var b strings.Builder
	fmt.Fprintf(
		&b,
		`<svg xmlns="http://www.w3.org/2000/svg" width="%gmm" height="%gmm" viewBox="0 0 %g %g">`+"\n",
		t.pageWidth,
		t.pageTall,
		t.pageWidth,
		t.pageTall,
	)
	b.WriteString("<title>")
	if err := xml.EscapeText(&b, []byte(l.title())); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "</title>\n<defs>\n%s</defs>\n", c.defs.String())
	fmt.Fprintf(
		&b,
		`<rect width="%g" height="%g" fill="#fff"/>`+"\n%s</svg>\n",
		t.pageWidth,
		t.pageTall,
		c.body.String(),
	)
	return []byte(b.String()), nil
}

// title names the file for people.
func (l *layout) title() string {
	p := l.job.Product
	return strings.TrimSpace(clean(p.Brand + " " + p.NameZH + " " + p.Lot))
}

func (c *svgCanvas) text(x, baseline float64, l line) {
	fmt.Fprintf(&c.body, `<g transform="translate(%.3f %.3f) scale(%.5f)">`, x, baseline, l.size/outlineEm)
	at := 0.0
	for _, r := range l.runs {
		for _, char := range r.text {
			if id := c.define(r.face, char); id != "" {
				fmt.Fprintf(&c.body, `<use href="#%s" x="%.0f"/>`, id, at)
			}
			at += r.face.advance(char) * outlineEm
		}
	}
	c.body.WriteString("</g>\n")
}

// define makes sure that a character's outline is among the definitions. Blank ones have none.
func (c *svgCanvas) define(f *face, char rune) string {
	id := fmt.Sprintf("%s-%x", f.id, char)
	if drawn, seen := c.defined[id]; seen {
		if !drawn {
			return ""
		}
		return id
	}
	path := outline(f, char)
	c.defined[id] = path != ""
	if path == "" {
		return ""
	}
	fmt.Fprintf(&c.defs, `<path id="%s" d="%s"/>`+"\n", id, path)
	return id
}

// outline writes a character as SVG path data.
func outline(f *face, char rune) string {
	var b strings.Builder
	for _, s := range f.outline(char) {
		b.WriteByte("MLQC"[s.Op])
		for i, p := range s.Args[:points(s)] {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%d %d", p.X.Round(), p.Y.Round())
		}
	}
	return b.String()
}

// points is how many points a segment has.
func points(s sfnt.Segment) int { return []int{1, 1, 2, 3}[s.Op] }

func (c *svgCanvas) code(x, y, module float64, bits [][]bool) {
	fmt.Fprintf(
		&c.body,
		`<path transform="translate(%.4f %.4f) scale(%.6f)" shape-rendering="crispEdges" d="`,
		x,
		y,
		module,
	)
	runs(bits, func(x, y, n int) { fmt.Fprintf(&c.body, "M%d %dh%dv1h-%dz", x, y, n, n) })
	c.body.WriteString("\"/>\n")
}

func (c *svgCanvas) bar(x, y, width, height float64) {
	fmt.Fprintf(&c.body, `<rect x="%.3f" y="%.3f" width="%.3f" height="%.3f"/>`+"\n", x, y, width, height)
}

func (c *svgCanvas) frame(x, y, width, height float64) {
	fmt.Fprintf(
		&c.body,
		`<rect x="%.3f" y="%.3f" width="%.3f" height="%.3f" fill="none" stroke="#000" stroke-width="%g" stroke-dasharray="0.6 0.4"/>`+"\n",
		x,
		y,
		width,
		height,
		frameLine,
	)
}

// frameLine is the width of a frame's line.
const frameLine = 0.15

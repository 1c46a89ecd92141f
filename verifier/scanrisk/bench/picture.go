package bench

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
)

// Panel is one drawing of a picture: a curve for each detector.
type Panel struct {
	Title  string
	Curves [detectors][]Point
}

// NewPanel draws what the detectors made of the outcomes.
func NewPanel(title string, all []Outcome) Panel {
	p := Panel{Title: title}
	for d := range Detectors {
		p.Curves[d] = Curve(all, d)
	}
	return p
}

// Of a panel, in pixels.
const (
	side    = 260
	margin  = 50
	columns = 4
)

var colours = [detectors]string{"#0b7a4b", "#8a8a8a", "#b35c00", "#1f5fbf", "#a3257a"}

// WriteSVG draws precision (upwards) against recall (to the right) of each
// panel, four to a row, as SVG.
func WriteSVG(out io.Writer, panels []Panel) error {
	w := bufio.NewWriter(out)
	rows := (len(panels) + columns - 1) / columns
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n",
		min(columns, len(panels))*(side+margin)+margin, rows*(side+margin)+margin)
	fmt.Fprintln(w, `<rect width="100%" height="100%" fill="#fff"/>`)
	for d, name := range Detectors {
		fmt.Fprintf(w, `<text x="%d" y="16" fill="%s">%s</text>`+"\n", margin+d*150, colours[d], html.EscapeString(name))
	}
	for i, p := range panels {
		p.write(w, margin+i%columns*(side+margin), margin+i/columns*(side+margin))
	}
	fmt.Fprintln(w, `</svg>`)
	return w.Flush()
}

func (p Panel) write(w io.Writer, x, y int) {
	const height = side - 30
	fmt.Fprintf(w, `<text x="%d" y="%d">%s</text>`+"\n", x, y-6, html.EscapeString(p.Title))
	fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#999"/>`+"\n", x, y, side, height)
	for tick := 0.0; tick <= 1; tick += 0.25 {
		fmt.Fprintf(w, `<text x="%.0f" y="%d" text-anchor="middle" fill="#555">%.2f</text>`+"\n", float64(x)+tick*side, y+height+12, tick)
		fmt.Fprintf(w, `<text x="%d" y="%.0f" text-anchor="end" fill="#555">%.2f</text>`+"\n", x-3, float64(y)+(1-tick)*height+4, tick)
	}
	fmt.Fprintf(w, `<text x="%d" y="%d" text-anchor="middle" fill="#555">recall</text>`+"\n", x+side/2, y+height+24)
	for d, curve := range p.Curves {
		fmt.Fprintf(w, `<polyline fill="none" stroke="%s" stroke-width="1.5" points="`, colours[d])
		last := math.Inf(-1)
		for _, at := range curve {
			if at.Recall-last < 0.004 && at.Recall < 1 {
				continue // closer than a pixel
			}
			last = at.Recall
			fmt.Fprintf(w, "%.1f,%.1f ", float64(x)+at.Recall*side, float64(y)+(1-at.Precision)*height)
			if at.Recall == 1 {
				break
			}
		}
		fmt.Fprintln(w, `"/>`)
	}
}

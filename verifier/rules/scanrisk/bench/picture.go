package bench

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
)

// Picture is the curves of a benchmark. Its upper panels show recall against
// the share of genuine units flagged, its lower ones precision against recall.
type Picture struct{ caught, precise []panel }

// panel is one drawing: a curve for each detector.
type panel struct {
	title  string
	curves [detectors][]Point
}

// add draws the settings worth a panel: those of the middle prevalence, and the
// others where no scan is missing.
func (p *Picture) add(group string, s Setting, all []Outcome) {
	var drawn panel
	for d := range Detectors {
		drawn.curves[d] = Curve(all, d)
	}
	if s.Prevalence == prevalences[1] {
		drawn.title = fmt.Sprintf("%s, %.0f %% of scans missing", group, 100*s.Loss)
		p.caught = append(p.caught, drawn)
	}
	if s.Loss == 0 {
		drawn.title = fmt.Sprintf("%s, %.3g %% clones", group, 100*s.Prevalence)
		p.precise = append(p.precise, drawn)
	}
}

// Sizes in pixels: of a panel's frame, and what is left around it.
const (
	wide, high          = 250, 190
	left, gap           = 66, 56
	top                 = 96
	below               = 78
	caughtAt, preciseAt = 4, 3 // panels in a row
)

var colours = [detectors]string{"#0b7a4b", "#8a8a8a", "#b35c00", "#1f5fbf", "#a3257a"}

// dashes tell the curves apart without colour; ours is whole and bold.
var dashes = [detectors]string{"", "2 3", "8 3", "5 2 1 2", "1 2"}

// WriteSVG writes the picture.
func (p *Picture) WriteSVG(out io.Writer) error {
	w := bufio.NewWriter(out)
	upper, lower := rows(len(p.caught), caughtAt), rows(len(p.precise), preciseAt)
	width := left + caughtAt*(wide+gap)
	fmt.Fprintf(
		w,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui,sans-serif" font-size="12" fill="#222">`+"\n",
		width,
		top+(upper+lower)*(high+below)+20,
	)
	fmt.Fprintln(w, `<rect width="100%" height="100%" fill="#fff"/>`)
	fmt.Fprintf(
		w,
		`<text x="%d" y="28" font-size="17" font-weight="600">Clones with three scanned copies or more: caught, against simple rules (simulated logs)</text>`+"\n",
		left,
	)
	legend(w)
	for i, drawn := range p.caught {
		x, y := place(i, caughtAt, top)
		drawn.frame(w, x, y, "genuine units flagged", "clones caught")
		drawn.falseAxis(w, x, y)
		drawn.draw(w, x, y, func(at Point) (float64, float64) { return falseShare(at.FalseRate), at.Recall })
	}
	for i, drawn := range p.precise {
		x, y := place(i, preciseAt, top+upper*(high+below))
		drawn.frame(w, x, y, "clones caught", "of the flagged, clones")
		drawn.recallAxis(w, x, y)
		drawn.draw(w, x, y, func(at Point) (float64, float64) { return at.Recall, at.Precision })
	}
	fmt.Fprintln(w, `</svg>`)
	return w.Flush()
}

func rows(panels, across int) int { return (panels + across - 1) / across }

func place(i, across, y int) (int, int) {
	return left + i%across*(wide+gap), y + i/across*(high+below)
}

func legend(w io.Writer) {
	for d, name := range Detectors {
		x := left + d*190
		fmt.Fprintf(
			w,
			`<path d="M%d 50h34" %s/><text x="%d" y="54">%s</text>`+"\n",
			x,
			stroke(d),
			x+42,
			html.EscapeString(name),
		)
	}
}

func stroke(d int) string {
	width := 1.8
	if d == 0 {
		width = 3
	}
	return fmt.Sprintf(
		`fill="none" stroke="%s" stroke-width="%g" stroke-dasharray="%s" stroke-linejoin="round"`,
		colours[d],
		width,
		dashes[d],
	)
}

// frame draws the box, the lines of its quarters and what its axes stand for.
func (p *panel) frame(w io.Writer, x, y int, across, upwards string) {
	fmt.Fprintf(w, `<text x="%d" y="%d" font-weight="600">%s</text>`+"\n", x, y-8, html.EscapeString(p.title))
	for tick := 0; tick <= 100; tick += 25 {
		at := y + high - high*tick/100
		fmt.Fprintf(
			w,
			`<path d="M%d %dh%d" stroke="#ddd"/><text x="%d" y="%d" text-anchor="end" fill="#666" font-size="11">%d %%</text>`+"\n",
			x,
			at,
			wide,
			x-5,
			at+4,
			tick,
		)
	}
	fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#aaa"/>`+"\n", x, y, wide, high)
	fmt.Fprintf(
		w,
		`<text x="%d" y="%d" text-anchor="middle" fill="#666" font-size="11">%s</text>`+"\n",
		x+wide/2,
		y+high+32,
		across,
	)
	fmt.Fprintf(
		w,
		`<text transform="translate(%d %d) rotate(-90)" text-anchor="middle" fill="#666" font-size="11">%s</text>`+"\n",
		x-42,
		y+high/2,
		upwards,
	)
}

// falseShare gives where a share of falsely flagged units stands between one in
// 100,000 and one in ten, on a logarithmic scale.
func falseShare(rate float64) float64 {
	return math.Min(math.Max((math.Log10(math.Max(rate, 1e-9))+5)/4, 0), 1)
}

func (p *panel) falseAxis(w io.Writer, x, y int) {
	for _, rate := range []float64{1e-5, 1e-4, 1e-3, 1e-2, 1e-1} {
		tick(w, float64(x)+wide*falseShare(rate), y+high+16, fmt.Sprintf("%g %%", 100*rate))
	}
	for _, rate := range rates { // those of the goal
		at := float64(x) + wide*falseShare(rate)
		fmt.Fprintf(w, `<path d="M%.1f %dv%d" stroke="#555" stroke-dasharray="3 3"/>`+"\n", at, y, high)
	}
}

func (p *panel) recallAxis(w io.Writer, x, y int) {
	for percent := 0; percent <= 100; percent += 25 {
		tick(w, float64(x)+wide*float64(percent)/100, y+high+16, fmt.Sprintf("%d %%", percent))
	}
}

func tick(w io.Writer, x float64, y int, text string) {
	fmt.Fprintf(w, `<text x="%.1f" y="%d" text-anchor="middle" fill="#666" font-size="11">%s</text>`+"\n", x, y, text)
}

// draw draws the curves, ours on top; at gives where a point stands, both from 0 to 1.
func (p *panel) draw(w io.Writer, x, y int, at func(Point) (float64, float64)) {
	for d, curve := range slices.Backward(p.curves[:]) {
		fmt.Fprintf(w, `<polyline %s points="`, stroke(d))
		lastX, lastY := math.Inf(-1), math.Inf(-1)
		for i, point := range curve {
			px, py := at(point)
			if i < len(curve)-1 && math.Hypot(px-lastX, py-lastY) < 0.006 {
				continue // closer than two pixels
			}
			lastX, lastY = px, py
			fmt.Fprintf(w, "%.1f,%.1f ", float64(x)+px*wide, float64(y)+(1-py)*high)
		}
		fmt.Fprintln(w, `"/>`)
	}
}

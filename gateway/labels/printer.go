package labels

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Printer is what a page must be to come out of a printer where it should: moved by an offset in
// millimetres, to the right and down, and stretched. A scale of 0 means 1. The dots of ZPL lie
// where they lie, so that only the offset counts there.
type Printer struct {
	OffsetX float64 `json:"offsetX"`
	OffsetY float64 `json:"offsetY"`
	ScaleX  float64 `json:"scaleX,omitempty"`
	ScaleY  float64 `json:"scaleY,omitempty"`
}

// Bounds of what is a printer's tolerance and not a mistake in measuring.
const (
	maxOffset          = 20
	minScale, maxScale = 0.95, 1.05
)

func (p Printer) scaled() Printer {
	if p.ScaleX == 0 {
		p.ScaleX = 1
	}
	if p.ScaleY == 0 {
		p.ScaleY = 1
	}
	return p
}

// Check refuses a calibration that no printer needs. Errors: *trace.Error.
func (p Printer) Check() error {
	p = p.scaled()
	for field, v := range map[string]float64{"offsetX": p.OffsetX, "offsetY": p.OffsetY} {
		if !(v >= -maxOffset && v <= maxOffset) {
			return refuse(trace.FieldInvalid, field, "offset", "mm", decimal(1, v), "most", maxOffset)
		}
	}
	for field, v := range map[string]float64{"scaleX": p.ScaleX, "scaleY": p.ScaleY} {
		if !(v >= minScale && v <= maxScale) {
			return refuse(trace.FieldInvalid, field, "stretch", "factor", decimal(3, v))
		}
	}
	return nil
}

// Marks are where the four marks of a test sheet should be, or where they were measured:
// millimetres from the left and the top edge of the page.
type Marks struct {
	Left   float64 `json:"left"`
	Right  float64 `json:"right"`
	Top    float64 `json:"top"`
	Bottom float64 `json:"bottom"`
}

// Calibrate answers what brings marks that were measured back to where they should be, when the
// sheet was printed without any calibration.
func Calibrate(should, measured Marks) (Printer, error) {
	if measured.Right <= measured.Left || measured.Bottom <= measured.Top {
		return Printer{}, refuse(trace.FieldInvalid, "measured", "marks")
	}
	p := Printer{
		ScaleX: (should.Right - should.Left) / (measured.Right - measured.Left),
		ScaleY: (should.Bottom - should.Top) / (measured.Bottom - measured.Top),
	}
	p.OffsetX = should.Left - p.ScaleX*measured.Left
	p.OffsetY = should.Top - p.ScaleY*measured.Top
	return p, p.Check()
}

// Marks are those of the test sheet for a template.
func (t Template) Marks() Marks {
	in := 20.0
	if t.perPage() == 1 {
		in = min(5, t.pageWidth/4, t.pageTall/4)
	}
	return Marks{Left: in, Right: t.pageWidth - in, Top: in, Bottom: t.pageTall - in}
}

package labels

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// outlines draws text whose font is not in the document as shapes, over an invisible mark that says
// what they read, so that the text can still be searched and copied (ISO 32000-1, 14.9.4).
func (c *pdfCanvas) outlines(x, baseline float64, r run, size float64) {
	for _, char := range r.text {
		advance := r.face.advance(char) * size
		c.RawWriteStr(fmt.Sprintf("/Span <</ActualText <FEFF%s>>> BDC", utf16Hex(char)))
		c.SetTextRenderingMode(3) // neither filled nor stroked
		c.SetFont(regular.id, "", advance*pdfUnits)
		c.Text(x, baseline, "0")
		c.SetTextRenderingMode(0)
		unit := size * pdfUnits / outlineEm
		c.RawWriteStr(
			fmt.Sprintf(
				"q %.6f 0 0 %.6f %.4f %.4f cm %sf Q EMC", unit, -unit, x*pdfUnits, (c.tall-baseline)*pdfUnits,
				pdfPath(r.face.outline(char)),
			),
		)
		x += advance
	}
}

func utf16Hex(char rune) (hex string) {
	for _, unit := range utf16.AppendRune(nil, char) {
		hex += fmt.Sprintf("%04X", unit)
	}
	return hex
}

// pdfPath writes an outline as PDF path operators, which know cubic curves only.
func pdfPath(segments sfnt.Segments) string {
	var b strings.Builder
	var at fixed.Point26_6
	for _, s := range segments {
		to := s.Args[points(s)-1]
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			fmt.Fprintf(&b, "%s m ", pdfPoints(to))
		case sfnt.SegmentOpLineTo:
			fmt.Fprintf(&b, "%s l ", pdfPoints(to))
		case sfnt.SegmentOpQuadTo:
			fmt.Fprintf(&b, "%s c ", pdfPoints(towards(at, s.Args[0]), towards(to, s.Args[0]), to))
		case sfnt.SegmentOpCubeTo:
			fmt.Fprintf(&b, "%s c ", pdfPoints(s.Args[0], s.Args[1], to))
		}
		at = to
	}
	return b.String()
}

// towards is two thirds of the way, where a quadratic curve's control point lies for a cubic one.
func towards(from, to fixed.Point26_6) fixed.Point26_6 {
	return fixed.Point26_6{X: from.X + (to.X-from.X)*2/3, Y: from.Y + (to.Y-from.Y)*2/3}
}

func pdfPoints(all ...fixed.Point26_6) string {
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = fmt.Sprintf("%d %d", p.X.Round(), p.Y.Round())
	}
	return strings.Join(texts, " ")
}

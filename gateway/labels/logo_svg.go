package labels

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// Bounds of what a logo's SVG may ask of whoever draws it.
const (
	svgElements = 2000
	svgDepth    = 20
	svgScale    = 100 // of all transformations around a shape together
)

// svgShapes are the elements that a logo may have: what is drawn, and nothing that refers, runs, animates or loads.
var svgShapes = []string{
	"svg",
	"g",
	"path",
	"rect",
	"circle",
	"ellipse",
	"line",
	"polyline",
	"polygon",
	"defs",
	"linearGradient",
	"radialGradient",
	"stop",
	"style",
	"title",
	"desc",
	"metadata",
}

// What an attribute's value must not have: dashes and numbers that make a small file much work.
var (
	svgDashes  = regexp.MustCompile(`(?i)dasharray`)
	svgNumber  = regexp.MustCompile(`(^|[^.\d#])\d{5,}|\d[eE]\+?\d`)
	svgScaling = regexp.MustCompile(`(scale|matrix)\s*\(([^)]*)\)`)
)

// readSVGLogo draws a logo once, in the size in which it is kept.
func readSVGLogo(file []byte) (logo *Logo, err error) {
	if err := checkSVG(file); err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil { // the library trusts its input
			logo, err = nil, refuse(LogoInvalid, "file", "svg")
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(file), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, refuse(LogoInvalid, "file", "svg")
	}
	wide, tall := icon.ViewBox.W, icon.ViewBox.H
	if !(wide >= 1 && tall >= 1 && wide <= 10000 && tall <= 10000 && wide <= logoSlender*tall && tall <= logoSlender*wide) {
		return nil, refuse(LogoInvalid, "file", "viewbox", "most", logoSlender)
	}
	by := logoSide / max(wide, tall)
	w, h := max(1, int(wide*by)), max(1, int(tall*by))
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	icon.SetTarget(0, 0, float64(w), float64(h))
	icon.Draw(rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, picture, picture.Bounds())), 1)
	return newLogo(picture)
}

// checkSVG refuses what is no plain drawing before anything is drawn.
func checkSVG(file []byte) error {
	scales := []float64{1} // of the elements around
	elements := 0
	for decoder := xml.NewDecoder(bytes.NewReader(file)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && elements > 0 {
			return nil
		}
		if err != nil {
			return refuse(LogoInvalid, "file", "logo_unreadable")
		}
		switch e := token.(type) {
		case xml.Directive:
			return refuse(LogoInvalid, "file", "svg_entities")
		case xml.CharData: // of a style
			if svgDashes.Match(e) {
				return refuse(LogoInvalid, "file", "svg_dashes")
			}
		case xml.EndElement:
			scales = scales[:len(scales)-1]
		case xml.StartElement:
			elements++
			scaled, err := checkElement(e, scales[len(scales)-1])
			if err != nil {
				return err
			}
			if scales = append(scales, scaled); elements > svgElements || len(scales) > svgDepth || scaled > svgScale {
				return refuse(LogoInvalid, "file", "svg_intricate")
			}
		}
	}
}

// checkElement answers how much larger than its own numbers an element is drawn.
func checkElement(e xml.StartElement, scaled float64) (float64, error) {
	name := e.Name.Local
	ours := e.Name.Space == "" || e.Name.Space == "http://www.w3.org/2000/svg" // others are a drawing program's notes
	if ours && !slices.Contains(svgShapes, name) || name == "use" {
		return 0, refuse(LogoInvalid, "file", "svg_element", "element", cut(name))
	}
	for _, a := range e.Attr {
		if svgDashes.MatchString(a.Name.Local+a.Value) ||
			svgNumber.MatchString(a.Value) && a.Name.Space == "" && a.Name.Local != "id" {
			return 0, refuse(LogoInvalid, "file", "svg_numbers", "attribute", cut(a.Name.Local))
		}
		for _, m := range svgScaling.FindAllStringSubmatch(a.Value, -1) {
			scaled *= largest(m[2])
		}
	}
	return scaled, nil
}

// largest is the largest of a transformation's factors, at least 1; a matrix moves by its last two numbers.
func largest(numbers string) float64 {
	most := 1.0
	for i, text := range strings.FieldsFunc(numbers, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' }) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return svgScale + 1
		}
		if i < 4 {
			most = max(most, v, -v)
		}
	}
	return most
}

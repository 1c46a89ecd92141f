package labels

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	cjk "github.com/touchstone-trace/touchstone/gateway/labels/font"
)

// face is a font that labels are set in.
type face struct {
	id   string // in SVG and PDF
	ttf  []byte // nil where a PDF has its outlines and not the font
	font *sfnt.Font
}

var (
	regular = newFace("regular", goregular.TTF)
	bold    = newFace("bold", gobold.TTF)
	mono    = newFace("mono", gomonobold.TTF) // for what is read aloud: its zero cannot be taken for an O
	chinese = newFace("chinese", cjk.Chinese)
	rest    = outlined(
		newFace("rest", cjk.Rest),
	) // the PDF library takes neither its format nor what is outside the basic plane
	faces = []*face{regular, bold, mono, chinese, rest}
)

func newFace(id string, ttf []byte) *face {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		panic("labels: embedded font " + id + ": " + err.Error()) // a broken build, caught by every test
	}
	return &face{id, ttf, parsed}
}

func outlined(f *face) *face {
	f.ttf = nil
	return f
}

// missing stands for a character that no font has. Such text is refused before it is printed; see Unprintable.
const missing = '□'

// buffers are sfnt's working memory, which must not be shared by goroutines.
var buffers = sync.Pool{New: func() any { return new(sfnt.Buffer) }}

func (f *face) glyph(r rune) sfnt.GlyphIndex {
	buf := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(buf)
	g, err := f.font.GlyphIndex(buf, r)
	if err != nil {
		return 0
	}
	return g
}

// advance is the width of a character, in ems.
func (f *face) advance(r rune) float64 {
	buf := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(buf)
	const ppem = 1000
	a, err := f.font.GlyphAdvance(buf, f.glyph(r), fixed.I(ppem), font.HintingNone)
	if err != nil {
		return 1
	}
	return float64(a) / 64 / ppem
}

// outlineEm is the number of units an em has in outlines.
const outlineEm = 1000

// outline gives a character's outline, y downwards; empty where it is blank.
func (f *face) outline(char rune) sfnt.Segments {
	var buf sfnt.Buffer
	segments, err := f.font.LoadGlyph(&buf, f.glyph(char), fixed.I(outlineEm), nil)
	if err != nil {
		return nil
	}
	return segments
}

// run is text in one face.
type run struct {
	face  *face
	text  string
	width float64 // ems
}

// faceOf finds the face that has a character, the given one first; nil where none has it.
func faceOf(latin *face, r rune) *face {
	for _, f := range []*face{latin, chinese, rest} {
		if f.glyph(r) != 0 {
			return f
		}
	}
	return nil
}

// set splits text into runs, Latin in the given face, Chinese in the Chinese one.
func set(latin *face, text string) []run {
	var runs []run
	for _, r := range clean(text) {
		f := faceOf(latin, r)
		if f == nil {
			f, r = regular, missing
		}
		if n := len(runs); n == 0 || runs[n-1].face != f {
			runs = append(runs, run{face: f})
		}
		last := &runs[len(runs)-1]
		last.text += string(r)
		last.width += f.advance(r)
	}
	return runs
}

// Unprintable finds a character of a text that no font has.
func Unprintable(text string) (rune, bool) {
	for _, r := range clean(text) {
		if faceOf(regular, r) == nil {
			return r, true
		}
	}
	return 0, false
}

// clean is the text as it is printed: accents joined with their letters, control characters as spaces, and without what
// has no shape of its own.
func clean(text string) string { return strings.Map(printable, norm.NFC.String(text)) }

func printable(r rune) rune {
	switch {
	case unicode.IsControl(r) || unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return -1
	}
	return r
}

func widthOf(runs []run) (w float64) {
	for _, r := range runs {
		w += r.width
	}
	return w
}

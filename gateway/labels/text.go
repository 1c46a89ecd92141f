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

	cjk "github.com/touchstone-trace/touchstone/gateway/labels/font"
)

// face is a font that labels are set in.
type face struct {
	id   string // in SVG and PDF
	ttf  []byte
	font *sfnt.Font
}

var (
	regular = newFace("regular", goregular.TTF)
	bold    = newFace("bold", gobold.TTF)
	mono    = newFace("mono", gomonobold.TTF) // for what is read aloud: its zero cannot be taken for an O
	chinese = newFace("chinese", cjk.Chinese)
	faces   = []*face{regular, bold, mono, chinese}
)

func newFace(id string, ttf []byte) *face {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		panic("labels: embedded font " + id + ": " + err.Error()) // a broken build, caught by every test
	}
	return &face{id, ttf, parsed}
}

// missing stands for a character that no font has, so that its absence is seen on the proof.
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

// run is text in one face.
type run struct {
	face  *face
	text  string
	width float64 // ems
}

// set splits text into runs, Latin in the given face, Chinese in the Chinese one. Control characters become spaces, and
// what no font has becomes a box; so does what lies outside the basic plane, which the PDF library cannot address.
func set(latin *face, text string) []run {
	var runs []run
	for _, r := range strings.Map(printable, text) {
		f := latin
		switch {
		case r <= 0xFFFF && latin.glyph(r) != 0:
		case r <= 0xFFFF && chinese.glyph(r) != 0:
			f = chinese
		default:
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

func printable(r rune) rune {
	if unicode.IsControl(r) || unicode.IsSpace(r) {
		return ' '
	}
	return r
}

func widthOf(runs []run) (w float64) {
	for _, r := range runs {
		w += r.width
	}
	return w
}

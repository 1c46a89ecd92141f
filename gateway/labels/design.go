package labels

import (
	"math"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Field names what a label can say beside its code.
type Field string

// The fields, in the order in which a label says them.
const (
	FieldBrand  Field = "brand"
	FieldName   Field = "name"   // in Chinese
	FieldNameEN Field = "nameEn" // where there is room
	FieldLot    Field = "lot"
	FieldExpiry Field = "expiry"
	FieldTail   Field = "tail"   // the serial's last characters, for reading aloud
	FieldSerial Field = "serial" // all of it, where it is legible
	FieldVerify Field = "verify" // what to do with the code
	FieldHost   Field = "host"   // where the code leads
)

// Fields lists all fields.
var Fields = []Field{
	FieldBrand,
	FieldName,
	FieldNameEN,
	FieldLot,
	FieldExpiry,
	FieldTail,
	FieldSerial,
	FieldVerify,
	FieldHost,
}

// Design is a label of a merchant's own: its size, how labels lie on the sheet, and what they say.
// Lengths are in millimetres.
type Design struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	Sheet  *Sheet  `json:"sheet,omitempty"`  // nil: a roll, whose page is the label
	Fields []Field `json:"fields,omitempty"` // all where empty; code only where it is [none]
	Symbol Symbol  `json:"symbol,omitempty"`
	PIN    bool    `json:"pin,omitempty"`
	Logo   string  `json:"logo,omitempty"` // the id of an uploaded one; whoever prints finds the picture
}

// Sheet is how labels lie on an A4 sheet: from where, how many, how far apart. A pitch of 0 means that they touch.
type Sheet struct {
	Columns int     `json:"columns"`
	Rows    int     `json:"rows"`
	Left    float64 `json:"left"`
	Top     float64 `json:"top"`
	PitchX  float64 `json:"pitchX,omitempty"`
	PitchY  float64 `json:"pitchY,omitempty"`
}

// none is the one field of a label that says nothing beside its code.
const none Field = "none"

// Sizes that a label of one's own can have, in millimetres.
const (
	minSide, maxSide = 12, 200
	slack            = 0.05 // what adding up sheets in tenths of a millimetre may be off
)

// Template turns a design into what labels are laid out on. Errors: *trace.Error that names the field.
func (d Design) Template() (Template, error) {
	for field, side := range map[string]float64{"width": d.Width, "height": d.Height} {
		if !(side >= minSide && side <= maxSide) {
			return Template{}, refuse(trace.FieldInvalid, field, "sides", "least", minSide, "most", maxSide)
		}
	}
	for _, f := range d.Fields {
		if f != none && !slices.Contains(Fields, f) {
			return Template{}, trace.Refuse(trace.FieldInvalid, "fields", "one_of", "names", Fields)
		}
	}
	if d.Symbol != "" && d.Symbol != QR && d.Symbol != DataMatrix {
		return Template{}, refuse(trace.FieldInvalid, "symbol", "symbol", "symbol", trace.Quoted(200, d.Symbol))
	}
	t := Template{Width: d.Width, Height: d.Height, PIN: true, fields: d.Fields}
	t.em = max(1.3, min(0.9+0.0225*d.Width, 0.085*d.Height, 4))
	t.pad = max(0.8, min(0.04*min(d.Width, d.Height), 4))
	t.codeShare = min(0.65, 0.28+10.5/d.Width)
	if d.Sheet == nil {
		return roll(t), nil
	}
	return d.Sheet.lay(t)
}

func (s Sheet) lay(t Template) (Template, error) {
	if s.Columns < 1 || s.Columns > 20 || s.Rows < 1 || s.Rows > 30 {
		return t, refuse(trace.FieldInvalid, "sheet", "sheet")
	}
	if s.PitchX == 0 {
		s.PitchX = t.Width
	}
	if s.PitchY == 0 {
		s.PitchY = t.Height
	}
	right := s.Left + float64(s.Columns-1)*s.PitchX + t.Width
	bottom := s.Top + float64(s.Rows-1)*s.PitchY + t.Height
	switch {
	case math.IsNaN(right+bottom) || s.Left < 0 || s.Top < 0 || right > a4Width+slack || bottom > a4Height+slack:
		return t, refuse(
			trace.FieldInvalid, "sheet", "beyond_sheet", "right", decimal(1, right), "bottom", decimal(1, bottom),
		)
	case s.PitchX < t.Width-slack || s.PitchY < t.Height-slack:
		return t, refuse(trace.FieldInvalid, "sheet", "overlap")
	}
	t.columns, t.rows, t.left, t.top, t.pitchX, t.pitchY = s.Columns, s.Rows, s.Left, s.Top, s.PitchX, s.PitchY
	return sheet(t), nil
}

// shows tells whether a label says something.
func (t Template) shows(f Field) bool { return len(t.fields) == 0 || slices.Contains(t.fields, f) }

// wordless tells whether a label has nothing beside its code.
func (t Template) wordless() bool { return slices.Equal(t.fields, []Field{none}) }

// single is the template of one label alone, for looking at.
func (t Template) single() Template {
	t.left, t.top, t.pitchX, t.pitchY = 0, 0, 0, 0
	return roll(t)
}

package labels

// Template is a sheet or a roll of labels. Lengths are in millimetres.
type Template struct {
	ID     string
	NameZH string
	NameEN string
	Width  float64 // of a label
	Height float64
	PIN    bool // has room for a scratch field

	columns, rows       int
	pageWidth, pageTall float64
	left, top           float64 // of the first label on the page
	pitchX, pitchY      float64 // from one label to the next
	em                  float64 // size of the small print
	pad                 float64 // white margin at the label's edge
	codeShare           float64 // how much of the width the code may take
	fields              []Field // what it says; all where empty
}

const a4Width, a4Height = 210, 297

// templates are common die-cut sheets and rolls. The sheets are those sold by many makers under several numbers, 3474,
// 3657 and L7651 among them.
var templates = []Template{
	sheet(
		Template{
			ID:        "a4-3x8",
			NameZH:    "A4 标签纸 3×8，70×37 毫米",
			NameEN:    "A4 sheet 3×8, 70×37 mm",
			Width:     70,
			Height:    37,
			PIN:       true,
			columns:   3,
			rows:      8,
			top:       0.5,
			pitchX:    70,
			pitchY:    37,
			em:        2.5,
			pad:       4.2,
			codeShare: 0.42,
		},
	),
	sheet(
		Template{
			ID:        "a4-4x10",
			NameZH:    "A4 标签纸 4×10，48.5×25.4 毫米",
			NameEN:    "A4 sheet 4×10, 48.5×25.4 mm",
			Width:     48.5,
			Height:    25.4,
			PIN:       true,
			columns:   4,
			rows:      10,
			left:      8,
			top:       21.5,
			pitchX:    48.5,
			pitchY:    25.4,
			em:        1.9,
			pad:       1.6,
			codeShare: 0.45,
		},
	),
	sheet(
		Template{
			ID:        "a4-5x13",
			NameZH:    "A4 标签纸 5×13，38.1×21.2 毫米",
			NameEN:    "A4 sheet 5×13, 38.1×21.2 mm",
			Width:     38.1,
			Height:    21.2,
			columns:   5,
			rows:      13,
			left:      4.75,
			top:       10.7,
			pitchX:    40.6,
			pitchY:    21.2,
			em:        1.7,
			pad:       1.2,
			codeShare: 0.56,
		},
	),
	roll(
		Template{
			ID:        "roll-60x40",
			NameZH:    "卷装标签 60×40 毫米",
			NameEN:    "Roll 60×40 mm",
			Width:     60,
			Height:    40,
			PIN:       true,
			em:        2.4,
			pad:       2.2,
			codeShare: 0.44,
		},
	),
	roll(
		Template{
			ID:        "roll-50x30",
			NameZH:    "卷装标签 50×30 毫米",
			NameEN:    "Roll 50×30 mm",
			Width:     50,
			Height:    30,
			PIN:       true,
			em:        2.0,
			pad:       1.8,
			codeShare: 0.46,
		},
	),
	roll(
		Template{
			ID:        "roll-40x30",
			NameZH:    "卷装标签 40×30 毫米",
			NameEN:    "Roll 40×30 mm",
			Width:     40,
			Height:    30,
			PIN:       true,
			em:        1.8,
			pad:       1.5,
			codeShare: 0.52,
		},
	),
	roll(
		Template{
			ID:        "roll-30x20",
			NameZH:    "卷装标签 30×20 毫米",
			NameEN:    "Roll 30×20 mm",
			Width:     30,
			Height:    20,
			em:        1.5,
			pad:       0.9,
			codeShare: 0.65,
		},
	),
}

// sheet completes a template of A4 sheets.
func sheet(t Template) Template {
	t.pageWidth, t.pageTall = a4Width, a4Height
	return t
}

// roll completes a template whose page is the label itself.
func roll(t Template) Template {
	t.pageWidth, t.pageTall = t.Width, t.Height
	t.columns, t.rows = 1, 1
	return t
}

// Sheet answers how many labels lie on a page, across and down.
func (t Template) Sheet() (columns, rows int) { return t.columns, t.rows }

// Templates lists what a merchant can choose from.
func Templates() []Template { return append([]Template(nil), templates...) }

func templateByID(id string) (Template, bool) {
	for _, t := range templates {
		if t.ID == id {
			return t, true
		}
	}
	return Template{}, false
}

func templateIDs() (ids []string) {
	for _, t := range templates {
		ids = append(ids, t.ID)
	}
	return ids
}

func templateIDsWithPIN() (ids []string) {
	for _, t := range templates {
		if t.PIN {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func (t Template) perPage() int { return t.columns * t.rows }

// place answers the top left corner of the i-th label of a page, row by row.
func (t Template) place(i int) (x, y float64) {
	return t.left + float64(i%t.columns)*t.pitchX, t.top + float64(i/t.columns)*t.pitchY
}

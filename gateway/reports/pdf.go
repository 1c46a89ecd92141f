package reports

import (
	"bytes"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"

	"github.com/touchstone-trace/touchstone/gateway/labels/font"
)

// Measures of a page, in millimetres, and sizes of text, in points.
const (
	margin    = 14.0
	pageWidth = 210.0
	pageTall  = 297.0
	inside    = pageWidth - 2*margin
	rowText   = 7.5
	rowTall   = 4.0
)

// sheet is a PDF while it is written. Text is broken by its width here: fpdf itself loses a Chinese
// character at each of its own line breaks.
type sheet struct {
	*fpdf.Fpdf
}

func writePDF(w io.Writer, r Report) error {
	s := sheet{fpdf.New("P", "mm", "A4", "")}
	s.SetTitle(r.Title, true)
	s.AddUTF8FontFromBytes("zh", "", font.Chinese)
	s.SetMargins(margin, margin, margin)
	s.SetAutoPageBreak(false, margin)
	s.AliasNbPages("{pages}")
	s.SetFooterFunc(func() {
		s.SetY(-10)
		s.write(7, r.Title)
		s.SetXY(margin, pageTall-10)
		s.SetFont("Helvetica", "", 7)
		s.CellFormat(inside, 4, fmt.Sprintf("%d / {pages}", s.PageNo()), "", 0, "R", false, 0, "")
	})
	s.AddPage()
	s.line(16, r.Title, 9)
	s.facts(r)
	for _, t := range r.Tables {
		s.table(t)
	}
	s.Ln(4)
	for _, row := range s.broken(8, r.Closing, inside) {
		s.room(5)
		s.line(8, row, 4.5)
	}
	return s.Output(w)
}

// facts stand beside the pictures.
func (s sheet) facts(r Report) {
	const side, gap = 34.0, 4.0
	top, width := s.GetY(), inside
	for i, picture := range r.Pictures {
		name := fmt.Sprintf("picture%d", i)
		if info := s.RegisterImageOptionsReader(
			name, fpdf.ImageOptions{ImageType: "JPEG"}, bytes.NewReader(picture),
		); info != nil &&
			s.Ok() {
			scale := side / max(info.Width(), info.Height())
			s.ImageOptions(
				name, pageWidth-margin-float64(i+1)*side-float64(i)*gap, top, info.Width()*scale,
				info.Height()*scale, false, fpdf.ImageOptions{ImageType: "JPEG"}, 0, "",
			)
			width -= side + gap
		}
	}
	for _, f := range r.Facts {
		for _, row := range s.broken(9, f[0]+"  "+f[1], width) {
			s.line(9, row, 5)
		}
	}
	if len(r.Pictures) > 0 {
		s.SetY(max(s.GetY(), top+side))
	}
	s.Ln(3)
}

func (s sheet) table(t Table) {
	s.room(20)
	s.Ln(2)
	s.line(11, t.Title, 7)
	s.row(t, t.Columns, true)
	for _, row := range t.Rows {
		s.row(t, row, false)
	}
}

// row writes cells side by side, each broken to its column, and repeats the heading on a new page.
func (s sheet) row(t Table, cells []string, heading bool) {
	widths, texts, tall := make([]float64, len(cells)), make([][]string, len(cells)), 1
	for i, cell := range cells {
		widths[i] = inside * t.Shares[i]
		texts[i] = s.broken(rowText, cell, widths[i]-1.5)
		tall = max(tall, len(texts[i]))
	}
	height := float64(tall)*rowTall + 1
	if s.room(height) && !heading {
		s.row(t, t.Columns, true)
	}
	x, y := margin, s.GetY()
	for i := range cells {
		for n, text := range texts[i] {
			s.SetXY(x, y+float64(n)*rowTall)
			s.write(rowText, text)
		}
		x += widths[i]
	}
	s.SetDrawColor(200, 200, 196)
	s.Line(margin, y+height-0.5, margin+inside, y+height-0.5)
	s.SetXY(margin, y+height)
}

// room begins a new page where there is none for so much, and says so.
func (s sheet) room(height float64) bool {
	if s.GetY()+height < pageTall-margin-4 {
		return false
	}
	s.AddPage()
	return true
}

func (s sheet) line(size float64, text string, height float64) {
	s.SetX(margin)
	s.write(size, text)
	s.SetXY(margin, s.GetY()+height)
}

// write writes runs of Latin and of Chinese in fonts that have them.
func (s sheet) write(size float64, text string) {
	for _, r := range runs(text) {
		s.choose(r.latin, size)
		s.CellFormat(s.GetStringWidth(r.text), rowTall, r.text, "", 0, "L", false, 0, "")
	}
}

func (s sheet) choose(latin bool, size float64) {
	if latin {
		s.SetFont("Helvetica", "", size)
	} else {
		s.SetFont("zh", "", size)
	}
}

// broken breaks a text to a width.
func (s sheet) broken(size float64, text string, width float64) (rows []string) {
	row, used := "", 0.0
	for _, r := range text {
		s.choose(r < 0x7f, size)
		w := s.GetStringWidth(string(r))
		if used+w > width && row != "" {
			rows, row, used = append(rows, row), "", 0
		}
		row, used = row+string(r), used+w
	}
	return append(rows, row)
}

type run struct {
	text  string
	latin bool
}

// runs splits a text where it changes between ASCII and the rest; what the basic plane lacks, fpdf cannot write.
func runs(text string) (all []run) {
	for _, r := range text {
		if r > 0xffff {
			r = '□'
		}
		latin := r < 0x7f
		if n := len(all); n > 0 && all[n-1].latin == latin {
			all[n-1].text += string(r)
			continue
		}
		all = append(all, run{string(r), latin})
	}
	return all
}

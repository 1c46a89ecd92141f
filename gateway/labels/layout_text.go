package labels

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// group is lines that stand together. The groups of a label are spread over its height.
type group []line

func (g group) height() (h float64) {
	for _, l := range g {
		h += l.size * leading
	}
	return h
}

// smallestPrint is the least size of text, in millimetres: about 3.5 points.
const smallestPrint = 1.2

// placeText sets the column beside or under the code. Where the text is too tall it is set smaller,
// and the English name is left out before it becomes too small to read.
func (l *layout) placeText(column box, sample Unit) error {
	var groups []group
	for scale := 1.0; scale > 0.5; scale -= 0.03 {
		l.cuts = nil
		groups = l.groups(l.template.em*scale, column.width, scale > 0.8, sample)
		if tall(groups) <= column.height {
			break
		}
	}
	if over := tall(groups) - column.height; over > 0.01 {
		return refuse(trace.FieldInvalid, "fields", "too_tall", "mm", decimal(1, over))
	}
	gap := math.Max(0, column.height-tall(groups)) / float64(max(1, len(groups)-1))
	y := column.y
	for _, g := range groups {
		for _, row := range g {
			l.place(row, column.x, y+ascent*row.size)
			y += row.size * leading
		}
		y += gap
	}
	return nil
}

func tall(groups []group) (h float64) {
	for _, g := range groups {
		h += g.height()
	}
	return h
}

// place keeps a line. Behind the caption of what differs from unit to unit it keeps that one's place.
func (l *layout) place(row line, x, baseline float64) {
	l.static = append(l.static, placed{row, x, baseline})
	if row.unit != nil {
		l.varying = append(l.varying, placed{line{size: row.size, unit: row.unit}, x + row.width(), baseline})
	}
}

// narrow is the column width, in millimetres, below which the English name gives way to what must not be cut off.
const narrow = 12

// groups are what the thing is, which lot it is of, and how to check it. Names may be cut off; lot, expiry and host may
// not, so they come in shorter forms where the full one would have to be much smaller. What is cut off is noted.
func (l *layout) groups(em, width float64, withEnglish bool, sample Unit) (all []group) {
	for _, g := range []group{l.what(em, width, withEnglish), l.which(em, width, sample), l.check(em, width)} {
		if len(g) > 0 {
			all = append(all, g)
		}
	}
	return all
}

func (l *layout) what(em, width float64, withEnglish bool) (g group) {
	p, t := l.job.Product, l.template
	if l.job.Trial {
		p.Brand = "样张 SAMPLE"
	}
	if t.shows(FieldBrand) || l.job.Trial {
		g = append(g, l.named(FieldBrand, p.Brand, em*1.12, width, 1)...)
	}
	if t.shows(FieldName) {
		g = append(g, l.named(FieldName, p.NameZH, em*1.42, width, 2)...)
	}
	switch {
	case !t.shows(FieldNameEN) || clean(p.NameEN) == "":
	case withEnglish && width >= narrow:
		lines, whole := fitWhole(regular, p.NameEN, em*0.95, em*0.75, width, 2)
		g = l.noted(FieldNameEN, append(g, lines...), lines, whole)
	default:
		l.cuts = append(l.cuts, Cut{Field: FieldNameEN})
	}
	return g
}

func (l *layout) which(em, width float64, sample Unit) (g group) {
	p, t := l.job.Product, l.template
	if t.shows(FieldLot) {
		g = append(g, l.stated(FieldLot, em, width, "批号 LOT "+p.Lot, "批号 "+p.Lot, p.Lot)...)
	}
	if t.shows(FieldExpiry) && p.ExpiresOn != "" {
		g = append(
			g,
			l.stated(FieldExpiry, em, width, "有效期至 EXP "+p.ExpiresOn, "有效期至 "+p.ExpiresOn, "至 "+p.ExpiresOn)...)
	}
	if t.shows(FieldTail) {
		g = append(g, tailLine(em, width))
	}
	if t.shows(FieldSerial) {
		g = append(g, serialLine(em, width, sample)...)
	}
	return g
}

func (l *layout) check(em, width float64) (g group) {
	if l.template.shows(FieldVerify) {
		g = append(g, l.stated(FieldVerify, em*1.05, width, "扫码验真 Scan to verify", "扫码验真 Verify", "扫码验真")...)
	}
	host := l.job.Product.Host
	if l.job.Symbol == DataMatrix {
		host += "/scan" // the code has no address of its own
	}
	if l.template.shows(FieldHost) {
		g = append(g, l.stated(FieldHost, em, width, host)...)
	}
	return g
}

// noted keeps what of a field's text has no room.
func (l *layout) noted(f Field, g group, lines []line, whole bool) group {
	if !whole {
		shown := ""
		for _, one := range lines {
			if last, _ := utf8.DecodeLastRuneInString(shown); shown != "" && !isIdeograph(last) {
				shown += " "
			}
			shown += one.read()
		}
		l.cuts = append(l.cuts, Cut{Field: f, Shown: shown})
	}
	return g
}

// named sets a name, on one line where that makes it little smaller, and in bold where that can be
// had: the Chinese font has one weight, and two weights in a line look wrong.
func (l *layout) named(f Field, text string, size, width float64, lines int) group {
	face := bold
	if strings.ContainsFunc(text, isIdeograph) {
		face = regular
	}
	if one, whole := fitWhole(face, text, size, size*0.8, width, 1); whole {
		return one
	}
	set, whole := fitWhole(face, text, size, math.Max(size*0.6, math.Min(size, smallestPrint)), width, lines)
	return l.noted(f, set, set, whole)
}

// stated sets the first form that fits in a line without becoming much smaller. The last form is
// set in two lines or very small before it is cut off.
func (l *layout) stated(f Field, size, width float64, forms ...string) group {
	for _, text := range forms {
		if lines, whole := fitWhole(regular, text, size, size*0.8, width, 1); whole {
			return lines
		}
	}
	set, whole := fitWhole(regular, forms[len(forms)-1], size*0.8, size*0.4, width, 2)
	return l.noted(f, set, set, whole)
}

// tailLine is the caption of the serial's last characters, small enough to leave room for them.
func tailLine(em, width float64) line {
	caption := set(regular, "尾号 No. ")
	all := widthOf(caption) + tailLength*mono.advance('0')
	return line{
		runs: caption,
		size: math.Min(em*1.1, width/all),
		unit: func(u Unit) string { return u.Serial[max(0, len(u.Serial)-tailLength):] },
	}
}

// serialLine is the whole serial for typing where the code cannot be scanned, on labels with room to print it legibly.
func serialLine(em, width float64, sample Unit) group {
	for _, caption := range [][]run{set(regular, "编码 "), nil} {
		size := math.Min(em*0.85, width/(widthOf(caption)+float64(len(fours(sample)))*mono.advance('0')))
		if size >= smallestPrint {
			return group{{runs: caption, size: size, unit: fours}}
		}
	}
	return nil
}

// fours writes a serial in groups of four.
func fours(u Unit) string {
	var groups []string
	for chunk := range slices.Chunk([]byte(u.Serial), 4) {
		groups = append(groups, string(chunk))
	}
	return strings.Join(groups, " ")
}

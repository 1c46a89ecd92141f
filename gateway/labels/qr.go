package labels

import (
	"fmt"
	"math/bits"
	"strings"

	"rsc.io/qr/coding"
)

// qrCode draws QR codes of one version and level. What a mask changes does not depend on what a
// code says, so that a code is encoded once and its masks are laid over it.
type qrCode struct {
	plan  *coding.Plan
	masks []grid // what each mask differs in from the first
}

// grid is the modules of a code, a bit each, by row and by column; the lowest bit is the first.
type grid struct{ rows, columns []uint64 }

// maxQRVersion is the largest whose side has room in 64 bits: 61 modules, for 321 bytes.
const maxQRVersion = 11

// newQRCode finds the smallest version that holds a text at a level.
func newQRCode(text string, level coding.Level) (*qrCode, bool) {
	version := coding.Version(1)
	for qrText(text).Bits(version) > version.DataBytes(level)*8 {
		if version++; version > maxQRVersion {
			return nil, false
		}
	}
	return planQR(version, level), true
}

func planQR(version coding.Version, level coding.Level) *qrCode {
	q := &qrCode{}
	var first grid
	for mask := range coding.Mask(8) {
		plan, err := coding.NewPlan(version, level, mask)
		if err != nil {
			panic("labels: QR: " + err.Error()) // the versions and masks above are those there are
		}
		code, err := plan.Encode()
		if err != nil {
			panic("labels: QR: " + err.Error()) // nothing fits into every version
		}
		g := gridOf(code)
		if mask == 0 {
			q.plan, first = plan, g
		}
		q.masks = append(q.masks, g.over(first))
	}
	return q
}

// qrText is all of a text in the one mode that holds all of it.
func qrText(text string) coding.Encoding {
	if alpha := coding.Alpha(text); alpha.Check() == nil {
		return alpha
	}
	return coding.String(text)
}

func (q *qrCode) side() int { return len(q.plan.Pixel) }

// draw makes the modules of one code, without the quiet zone, row by row, with the mask that
// ISO/IEC 18004, 7.8.3 prefers.
func (q *qrCode) draw(u Unit) ([][]bool, error) {
	code, err := q.plan.Encode(qrText(u.URI))
	if err != nil {
		return nil, fmt.Errorf("labels: a unit's address does not fit the code of the first unit: %w", err)
	}
	plain := gridOf(code)
	best, least := plain, -1
	for _, mask := range q.masks {
		g := plain.over(mask)
		if p := g.penalty(); least < 0 || p < least {
			best, least = g, p
		}
	}
	return best.modules(), nil
}

func gridOf(code *coding.Code) grid {
	g := grid{make([]uint64, code.Size), make([]uint64, code.Size)}
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				g.rows[y] |= 1 << x
				g.columns[x] |= 1 << y
			}
		}
	}
	return g
}

// over is where two grids differ.
func (g grid) over(other grid) grid {
	n := len(g.rows)
	lines := make([]uint64, 2*n)
	for i := range n {
		lines[i], lines[n+i] = g.rows[i]^other.rows[i], g.columns[i]^other.columns[i]
	}
	return grid{lines[:n], lines[n:]}
}

func (g grid) modules() [][]bool {
	n := len(g.rows)
	all := make([]bool, n*n)
	rows := make([][]bool, n)
	for y := range n {
		rows[y] = all[y*n : (y+1)*n]
		for x := range n {
			rows[y][x] = g.rows[y]>>x&1 == 1
		}
	}
	return rows
}

// penalty is how hard a code is to read: ISO/IEC 18004, table 11.
func (g grid) penalty() int {
	n, dark, p := len(g.rows), 0, 0
	for i := range n {
		p += linePenalty(g.rows[i], n) + linePenalty(g.columns[i], n)
		dark += bits.OnesCount64(g.rows[i])
		if i > 0 { // blocks of two by two of one colour
			p += 3 * bits.OnesCount64(alike(g.rows[i], n)&alike(g.rows[i-1], n)&^(g.rows[i]^g.rows[i-1]))
		}
	}
	off := 100*dark/(n*n) - 50
	return p + 10*(max(off, -off)/5)
}

// alike has a bit where a module is like the next of its line.
func alike(line uint64, n int) uint64 { return ^(line ^ line>>1) & (1<<(n-1) - 1) }

// linePenalty counts runs of five and more modules of one colour, and what looks like a finder with white beside it.
func linePenalty(line uint64, n int) int {
	same := alike(line, n)
	five := same & (same >> 1) & (same >> 2) & (same >> 3)
	p := bits.OnesCount64(five) + 2*bits.OnesCount64(five&^(five<<1))
	finder := line & ^(line >> 1) & (line >> 2) & (line >> 3) & (line >> 4) & ^(line >> 5) & (line >> 6)
	before := ^(line << 1) & ^(line << 2) & ^(line << 3) & ^(line << 4)
	after := ^(line >> 7) & ^(line >> 8) & ^(line >> 9) & ^(line >> 10)
	return p + 40*bits.OnesCount64(finder&(before|after))
}

// longestAddress answers what takes as much room in a QR code as any address of the same length in the same characters.
func longestAddress(uri string) string {
	if coding.Alpha(uri).Check() != nil {
		return strings.Repeat("z", len(uri)) // bytes
	}
	return strings.Repeat("Z", len(uri)) // alphanumeric
}

package sampling

// lotSizes are the largest lots of table 1's rows; the last row has no end.
var lotSizes = []int64{8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000}

// table1 is the code letters of each level, by row.
var table1 = map[Level]string{
	"S-1": "AAAABBBBCCCCDDD",
	"S-2": "AAABBBCCCDDDEEE",
	"S-3": "AABBCCDDEEFFGGH",
	"S-4": "AABCCDEEFGGHJJK",
	"I":   "AABCCDEFGHJKLMN",
	"II":  "ABCDEFGHJKLMNPQ",
	"III": "BCDEFGHJKLMNPQR",
}

// letters are the rows of the master tables. S is reached by an arrow alone.
var letters = []string{"A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "Q", "R", "S"}

// Rows with a meaning of their own.
const (
	rowB, rowE, rowS = 1, 4, 16
)

// A cell of a master table is an acceptance number or an arrow.
const (
	below int64 = -1 // use the first plan below
	above int64 = -2 // use the first plan above
)

// master is a master table of single sampling. Sample sizes and AQLs both grow
// by the fifth root of ten, so that a plan's acceptance number depends on the
// sum of its row and column alone: first is the sum of the diagonal of Ac 0,
// and diagonal gives what follows it. Left of it arrows point down, right of it
// up; the diagonals beyond common are there for rows A to E only, where
// nonconformities are counted and one unit may have many.
type master struct {
	sizes    []int64
	first    int
	diagonal []int64
	common   int
	apart    func(row, column int) (cell int64, ok bool) // cells off the diagonals
}

var full = []int64{2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000}

// tables are 2-A, 2-B and 2-C of ISO 2859-1:1999.
var tables = map[Severity]master{
	Normal: {full, 14, []int64{0, above, below, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44}, 11, nothingApart},
	Tightened: {
		append(full[:16:16], 3150),
		15,
		[]int64{0, above, below, 1, 2, 3, 5, 8, 12, 18, 27, 41},
		10,
		onlyOneInS,
	},
	Reduced: {[]int64{2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800}, 14,
		[]int64{0, above, below, below, 1, 2, 3, 5, 6, 8, 10, 14, 21}, 11, twoOfAAndB},
}

func nothingApart(int, int) (int64, bool) { return 0, false }

// onlyOneInS: row S of table 2-B is there for AQL 0.025, of which R has no plan.
func onlyOneInS(row, column int) (int64, bool) {
	if row != rowS {
		return 0, false
	}
	if AQLs[column] == "0.025" {
		return 1, true
	}
	return above, true
}

// twoOfAAndB: in table 2-C rows A and B look at two units, as row A of table
// 2-A does, and have its numbers from AQL 25 on.
func twoOfAAndB(row, column int) (int64, bool) {
	if row > rowB || column < 17 {
		return 0, false
	}
	return rowAOf2A(column), true
}

// rowAOf2A gives row A of table 2-A from AQL 25 on.
func rowAOf2A(column int) int64 {
	return []int64{1, 2, 3, 5, 7, 10, 14, 21, 30}[column-17]
}

// cell gives what stands in a row and column.
func (m master) cell(row, column int) int64 {
	if cell, ok := m.apart(row, column); ok {
		return cell
	}
	d := row + column - m.first
	switch {
	case d < 0:
		return below
	case d >= len(m.diagonal), d >= m.common && row > rowE:
		return above
	}
	return m.diagonal[d]
}

// resolve follows arrows to a plan. Where an arrow would lead out of the table,
// the plan is on the other side.
func (m master) resolve(row, column int) (planRow int, accept int64) {
	cell := m.cell(row, column)
	if cell >= 0 {
		return row, cell
	}
	step := 1
	if cell == above {
		step = -1
	}
	if r, ac, ok := m.walk(row, column, step); ok {
		return r, ac
	}
	r, ac, _ := m.walk(row, column, -step)
	return r, ac
}

func (m master) walk(row, column, step int) (int, int64, bool) {
	for row += step; row >= 0 && row < len(m.sizes); row += step {
		if cell := m.cell(row, column); cell >= 0 {
			return row, cell, true
		}
	}
	return 0, 0, false
}

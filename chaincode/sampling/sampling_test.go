package sampling

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// cellOf reads a cell of testdata: an acceptance number, v (first plan below)
// or ^ (first plan above).
func cellOf(t *testing.T, text string) int64 {
	switch text {
	case "v":
		return below
	case "^":
		return above
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestMasterTables holds every cell to tables 2-A, 2-B and 2-C, which testdata
// has written out, and follows every arrow to the plan that the table shows.
func TestMasterTables(t *testing.T) {
	for severity, m := range tables {
		rows := readTable(t, severity)
		if len(rows) != len(m.sizes) {
			t.Fatalf("%s: %d rows, want %d", severity, len(m.sizes), len(rows))
		}
		for r, row := range rows {
			if row[0] != letters[r] || row[1] != strconv.FormatInt(m.sizes[r], 10) {
				t.Errorf(
					"%s: row %d is %s with %d units, want %s with %s", severity, r, letters[r], m.sizes[r],
					row[0], row[1],
				)
			}
			for c, text := range row[2:] {
				want := cellOf(t, text)
				if got := m.cell(r, c); want >= 0 && got != want || want < 0 && got >= 0 {
					t.Errorf("%s %s %s: Ac %d, want %s", severity, row[0], AQLs[c], got, text)
				}
				wantRow, wantAc := follow(t, rows, r, c)
				if gotRow, gotAc := m.resolve(r, c); gotRow != wantRow || gotAc != wantAc {
					t.Errorf(
						"%s %s %s: plan %s Ac %d, want %s Ac %d", severity, row[0], AQLs[c], letters[gotRow],
						gotAc, letters[wantRow], wantAc,
					)
				}
			}
		}
	}
}

func readTable(t *testing.T, s Severity) (rows [][]string) {
	text, err := os.ReadFile("testdata/" + string(s) + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		rows = append(rows, strings.Fields(line))
	}
	return rows
}

// follow walks the arrows of the written table one cell at a time.
func follow(t *testing.T, rows [][]string, r, c int) (int, int64) {
	for {
		switch cell := cellOf(t, rows[r][c+2]); cell {
		case below:
			r++
		case above:
			r--
		default:
			return r, cell
		}
	}
}

// TestTable1 has table 1 row by row: S-1 to S-4, I to III.
func TestTable1(t *testing.T) {
	for _, row := range []struct {
		from, to int64
		letters  string
	}{
		{1, 8, "AAAAAAB"}, {9, 15, "AAAAABC"}, {16, 25, "AABBBCD"}, {26, 50, "ABBCCDE"}, {51, 90, "BBCCCEF"},
		{91, 150, "BBCDDFG"}, {151, 280, "BCDEEGH"}, {281, 500, "BCDEFHJ"}, {501, 1200, "CCEFGJK"}, {1201, 3200, "CDEGHKL"},
		{3201, 10_000, "CDFGJLM"}, {10_001, 35_000, "CDFHKMN"}, {35_001, 150_000, "DEGJLNP"}, {150_001, 500_000, "DEGJMPQ"},
		{500_001, 100_000_000, "DEHKNQR"},
	} {
		for i, level := range Levels {
			for _, lot := range []int64{row.from, row.to} {
				if got, err := CodeLetter(lot, level); err != nil || got != row.letters[i:i+1] {
					t.Errorf("%d at %s: %s %v, want %c", lot, level, got, err, row.letters[i])
				}
			}
		}
	}
}

// TestDesign has plans that practice knows by heart.
func TestDesign(t *testing.T) {
	for _, c := range []struct {
		lot   int64
		level Level
		aql   AQL
		s     Severity
		want  Plan
	}{
		{5000, "II", "1.0", Normal, Plan{"L", Normal, 200, 5, 6, false}},
		{5000, "II", "1.0", Tightened, Plan{"L", Tightened, 200, 3, 4, false}},
		{5000, "II", "1.0", Reduced, Plan{"L", Reduced, 80, 3, 4, false}},
		{1000, "II", "2.5", Normal, Plan{"J", Normal, 80, 5, 6, false}},
		{1000, "II", "4.0", Normal, Plan{"J", Normal, 80, 7, 8, false}},
		{400, "II", "1.0", Normal, Plan{"H", Normal, 50, 1, 2, false}},
		{200, "II", "1.0", Normal, Plan{"H", Normal, 50, 1, 2, false}}, // G points down
		{120, "II", "1.0", Normal, Plan{"E", Normal, 13, 0, 1, false}}, // F points up
		{20, "II", "0.65", Normal, Plan{"F", Normal, 20, 0, 1, true}},  // C points down to F: all 20
		{10, "II", "0.010", Normal, Plan{"Q", Normal, 10, 0, 1, true}}, // 1,250 of 10
		{1, "S-1", "1000", Reduced, Plan{"A", Reduced, 1, 30, 31, true}},
		{900_000, "III", "0.025", Tightened, Plan{"S", Tightened, 3150, 1, 2, false}},
	} {
		if got, err := Design(c.lot, c.level, c.aql, c.s); err != nil || got != c.want {
			t.Errorf("%d %s %s %s: %+v %v, want %+v", c.lot, c.level, c.aql, c.s, got, err, c.want)
		}
	}
	for _, c := range []struct {
		lot   int64
		level Level
		aql   AQL
		s     Severity
		want  error
	}{{0, "II", "1.0", Normal, ErrLotSize}, {9, "IV", "1.0", Normal, ErrLevel}, {9, "II", "1", Normal, ErrAQL}, {9, "II", "1.0", "lax", ErrSeverity}} {
		if _, err := Design(c.lot, c.level, c.aql, c.s); err != c.want { //nolint:errorlint // the very error
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestTightenedIsNeverLaxer: for any lot, level and AQL, a tightened plan takes
// no larger share of nonconforming units than the normal one.
func TestTightenedIsNeverLaxer(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		lot := rapid.Int64Range(1, 2_000_000).Draw(r, "lot")
		level, aql := rapid.SampledFrom(Levels).Draw(r, "level"), rapid.SampledFrom(AQLs).Draw(r, "aql")
		normal, err1 := Design(lot, level, aql, Normal)
		tight, err2 := Design(lot, level, aql, Tightened)
		if err1 != nil || err2 != nil || tight.Accept*normal.SampleSize > normal.Accept*tight.SampleSize {
			r.Fatalf("normal %+v, tightened %+v, %v %v", normal, tight, err1, err2)
		}
	})
}

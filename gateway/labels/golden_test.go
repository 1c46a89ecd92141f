package labels

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	units := testUnits(t, 2)
	units[1].Serial = "=1+1" // as a factory's own serial might be
	for name, j := range map[string]Job{
		"serum.svg":   job(SVG, "roll-40x30", serum, units[:1]),
		"hostile.svg": job(SVG, "roll-30x20", hostile, units[:1]),
		"serum.zpl":   job(ZPL, "roll-30x20", serum, units[:1]),
		"pins.csv":    {Format: CSV, Units: each(units), Count: 2, PIN: true},
		"plain.csv":   {Format: CSV, Units: each(units), Count: 2},
	} {
		got, file := write(t, j), filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: %.2000s", name, diff)
		}
	}
}

func TestHostileNamesStayText(t *testing.T) {
	units := testUnits(t, 1)
	svg := string(write(t, job(SVG, "a4-3x8", hostile, units)))
	if strings.Contains(svg, "<script") || !strings.Contains(svg, "&lt;script&gt;") || strings.Contains(svg, "\x00") {
		t.Error("the SVG holds a name as markup")
	}
	zpl := string(write(t, job(ZPL, "roll-40x30", hostile, units)))
	if !zplFile.MatchString(zpl) {
		t.Error("the ZPL holds more than graphics")
	}
}

func TestCSVCellsAreNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"=1": "'=1", "+1": "'+1", "-1": "'-1", "@A": "'@A", "\tA": "'\tA", "\rA": "'\rA", "": "", "A=1": "A=1", "HTTPS://A": "HTTPS://A",
	} {
		if got := neutral(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

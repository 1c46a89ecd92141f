package labels

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const (
	testGTIN gs1.GTIN = "06998801000012"
	testLot  string   = "202610A01"
	testHost string   = "trace.example.com"
)

var (
	serum = Product{
		Brand:     "澄岩 Chengyan",
		NameZH:    "烟酰胺精华液 30ml",
		NameEN:    "Niacinamide Serum 30 ml",
		Lot:       testLot,
		ExpiresOn: "2028-10-03",
		Host:      testHost,
	}
	// wordy has names longer than any label, and the longest lot there is.
	wordy = Product{
		Brand:     "Chengyan Laboratories International Holdings",
		NameZH:    strings.Repeat("澄岩多重修护烟酰胺透亮精华液（敏感肌适用）", 4),
		NameEN:    strings.Repeat("Multi-Repair Brightening Serum ", 5),
		Lot:       "LOT-2026-10-A-000123",
		ExpiresOn: "2028-10-03",
		Host:      "trace.a-rather-long-name.example.com",
	}
	// hostile tries to be a command, a formula, markup, or to break the layout.
	hostile = Product{
		Brand:  "<script>alert(1)</script>面霜",
		NameZH: "=HYPERLINK(\"http://x\")^XZ~JA\x00\n",
		NameEN: "\u202Eabc]]>&amp;",
		Lot:    testLot,
		Host:   testHost,
	}
)

// testUnits are units as a batch has them.
func testUnits(t testing.TB, n int) []Unit {
	t.Helper()
	ring, err := seal.NewKeyring(seal.Epoch{Number: 1, MasterKey: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	batch, err := ring.Batch(1, testGTIN, testLot)
	if err != nil {
		t.Fatal(err)
	}
	units := make([]Unit, n)
	for i := range units {
		u, err := batch.Unit(int64(i))
		if err != nil {
			t.Fatal(err)
		}
		units[i] = Unit{u.Index, u.Serial, gs1.UnitURI(testHost, testGTIN, testLot, u.Serial), u.PIN}
	}
	return units
}

func job(format Format, template string, p Product, units []Unit) Job {
	t, _ := templateByID(template)
	return Job{Format: format, Template: template, Product: p, Units: each(units), Count: len(units), PIN: t.PIN}
}

func write(t testing.TB, j Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), &b, j); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJobsThatCannotBePrintedWriteNothing(t *testing.T) {
	units := testUnits(t, 1)
	good := func() Job { return job(PDF, "roll-40x30", serum, units) }
	for name, c := range map[string]struct {
		field string
		spoil func(*Job)
	}{
		"unknown format":           {"format", func(j *Job) { j.Format = "docx" }},
		"no labels":                {"count", func(j *Job) { j.Count = 0 }},
		"unknown template":         {"template", func(j *Job) { j.Template = "a4-1x1" }},
		"no room for a PIN":        {"template", func(j *Job) { j.Template = "roll-30x20" }},
		"ZPL on sheets":            {"template", func(j *Job) { j.Format, j.Template = ZPL, "a4-3x8" }},
		"odd printer":              {"dpi", func(j *Job) { j.Format, j.DPI = ZPL, 200 }},
		"code too large for label": {"template", func(j *Job) { j.Format, j.Template, j.PIN, j.DPI = ZPL, "roll-30x20", false, 203 }},
		"no serial":                {"units", func(j *Job) { j.Units = each([]Unit{{URI: "HTTPS://A"}}) }},
		"URI too long":             {"lot", func(j *Job) { j.Units = each([]Unit{{Serial: "1", URI: strings.Repeat("a", 3000) + "1"}}) }},
	} {
		j, b := good(), bytes.Buffer{}
		c.spoil(&j)
		err := Write(context.Background(), &b, j)
		var refusal *trace.Error
		if !errors.As(err, &refusal) || refusal.Field != c.field || b.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes written", name, err, b.Len())
		}
	}
}

func TestAWrongNumberOfUnitsIsAnError(t *testing.T) {
	units := testUnits(t, 3)
	for _, format := range []Format{PDF, SVG, PNG, ZPL, CSV} {
		for _, count := range []int{2, 4} {
			j := job(format, "roll-40x30", serum, units)
			j.Count = count
			if err := Write(context.Background(), io.Discard, j); err == nil {
				t.Errorf("%s: %d units pass for %d", format, len(units), count)
			}
		}
	}
}

func TestErrorsOfTheSourceAndOfTheContextComeThrough(t *testing.T) {
	broken := errors.New("the database is gone")
	units := testUnits(t, 2)
	failing := iter.Seq2[Unit, error](
		func(yield func(Unit, error) bool) { _ = yield(units[0], nil) && yield(Unit{}, broken) },
	)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, format := range []Format{PDF, SVG, PNG, ZPL, CSV} {
		j := job(format, "roll-40x30", serum, units)
		if err := Write(cancelled, io.Discard, j); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", format, err)
		}
		j.Units = failing
		if err := Write(context.Background(), io.Discard, j); !errors.Is(err, broken) {
			t.Errorf("%s, broken source: %v", format, err)
		}
	}
}

func TestTheSourceIsReleasedWhateverHappens(t *testing.T) {
	for name, spoil := range map[string]func(*Job){
		"done":             func(*Job) {},
		"no room":          func(j *Job) { j.Format, j.Template, j.PIN, j.DPI = ZPL, "roll-30x20", false, 203 },
		"writer is broken": func(j *Job) { j.Format = ZPL },
	} {
		released := false
		units := testUnits(t, 100)
		j := job(PDF, "roll-40x30", serum, units)
		j.Units = func(yield func(Unit, error) bool) {
			defer func() { released = true }()
			each(units)(yield)
		}
		spoil(&j)
		_ = Write(context.Background(), &limited{room: 20000}, j)
		if !released {
			t.Errorf("%s: the source is still open", name)
		}
	}
}

// limited fails once so many bytes are written.
type limited struct{ room int }

func (l *limited) Write(p []byte) (int, error) {
	if l.room -= len(p); l.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestProgressCountsEveryUnit(t *testing.T) {
	var seen []int
	j := job(ZPL, "roll-40x30", serum, testUnits(t, 5))
	j.Progress = func(done int) { seen = append(seen, done) }
	write(t, j)
	if fmt.Sprint(seen) != "[1 2 3 4 5]" {
		t.Errorf("progress: %v", seen)
	}
}

func TestFileType(t *testing.T) {
	for _, c := range []struct {
		format   Format
		template string
		count    int
		want     string
	}{
		{PDF, "a4-3x8", 1, "application/pdf"}, {PDF, "a4-3x8", PDFUnits, "application/pdf"}, {PDF, "a4-3x8", PDFUnits + 1, "application/zip"},
		{PNG, "a4-3x8", 24, "image/png"}, {PNG, "a4-3x8", 25, "application/zip"}, {SVG, "roll-40x30", 1, "image/svg+xml"},
		{SVG, "roll-40x30", 2, "application/zip"}, {ZPL, "roll-40x30", 9, "application/zpl"}, {CSV, "", 9, "text/csv; charset=utf-8"},
	} {
		if got, _ := (Job{Format: c.format, Template: c.template, Count: c.count}).FileType(); got != c.want {
			t.Errorf("%d of %s on %q: %s, want %s", c.count, c.format, c.template, got, c.want)
		}
	}
}

// parts opens a ZIP.
func parts(t *testing.T, file []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// files writes a job and takes the result apart where it is a ZIP.
func files(t *testing.T, j Job) (contents [][]byte) {
	t.Helper()
	file := write(t, j)
	if !j.zipped() {
		return [][]byte{file}
	}
	for _, f := range parts(t, file).File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		contents = append(contents, content)
	}
	return contents
}

func TestLargePDFsComeInParts(t *testing.T) {
	units := testUnits(t, PDFUnits+1)
	var names []string
	for _, f := range parts(t, write(t, job(PDF, "a4-5x13", Product{NameZH: "面霜", Lot: testLot, Host: testHost}, units))).File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "labels-000001-002500.pdf labels-002501-002501.pdf" {
		t.Errorf("parts: %s", got)
	}
}

func BenchmarkLabels(b *testing.B) {
	units := testUnits(b, 1000)
	for _, c := range []struct {
		format   Format
		template string
	}{{PDF, "a4-3x8"}, {PDF, "roll-40x30"}, {SVG, "a4-3x8"}, {PNG, "a4-3x8"}, {ZPL, "roll-40x30"}, {CSV, ""}} {
		b.Run(string(c.format)+" "+c.template, func(b *testing.B) {
			for b.Loop() {
				if err := Write(context.Background(), io.Discard, job(c.format, c.template, serum, units)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(units)), "µs/label")
		})
	}
}

// Where the code cannot be scanned, the serial is typed; all templates but the smallest have room to print it.
func TestTheSerialCanBeTyped(t *testing.T) {
	unit := Unit{
		Serial: "X5CQBWZSVWNF204Z6VVV",
		URI:    "HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/202610A01/21/X5CQBWZSVWNF204Z6VVV",
	}
	for _, tpl := range Templates() {
		l, err := newLayout(tpl, job(PDF, tpl.ID, serum, []Unit{unit}), unit)
		if err != nil {
			t.Fatal(err)
		}
		var printed []string
		for _, p := range l.varying {
			printed = append(printed, p.unit(unit))
			if end := p.x + float64(len(p.unit(unit)))*mono.advance('0')*p.size; end > tpl.Width-tpl.pad+1e-9 ||
				p.size < smallestPrint {
				t.Errorf("%s: %q ends at %.1f mm of %.1f, %.2f mm tall", tpl.ID, p.unit(unit), end, tpl.Width, p.size)
			}
		}
		want := "4Z6VVV|X5CQ BWZS VWNF 204Z 6VVV"
		if tpl.ID == "roll-30x20" {
			want = "4Z6VVV"
		}
		if got := strings.Join(printed, "|"); got != want {
			t.Errorf("%s prints %q, want %q", tpl.ID, got, want)
		}
	}
}

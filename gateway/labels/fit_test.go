package labels

import (
	"strings"
	"testing"
)

func read(lines []line) string {
	var texts []string
	for _, l := range lines {
		texts = append(texts, l.read())
	}
	return strings.Join(texts, "|")
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float64
		lines      int
		want       string
	}{
		{"fits", "面霜", 10, 1, "面霜"},
		{"wraps between ideographs", "烟酰胺精华液", 4.2, 2, "烟酰胺精|华液"},
		{"wraps between words", "Niacinamide Serum", 6.2, 2, "Niacinamide|Serum"},
		{"no line begins with a closing mark", "烟酰胺精，华液", 4.2, 2, "烟酰胺|精，华液"},
		{"no line ends with an opening mark", "烟酰胺（精）", 4.2, 2, "烟酰胺|（精）"},
		{"cut off", "烟酰胺精华液烟酰胺精华液", 4.2, 1, "烟酰胺…"},
		{"one long word is cut off", "Donaudampfschifffahrt", 4, 1, "Donau…"},
		{"nothing to print", " \t\n", 4, 1, ""},
	} {
		if got := read(fit(regular, c.text, 1, 1, c.width, c.lines)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if l := fit(regular, "烟酰胺精华液", 1, 0.5, 4.2, 1); read(l) != "烟酰胺精华液" || l[0].size > 0.7 {
		t.Errorf("text is made smaller before it is cut off: %q at %g", read(l), l[0].size)
	}
}

func TestCharactersThatNoFontHasShowAsBoxes(t *testing.T) {
	if got := read([]line{{runs: set(regular, "面霜😀\u202Eก\x00A")}}); got != "面霜□□ A" {
		t.Errorf("got %q", got)
	}
}

func TestFontsHaveWhatLabelsSay(t *testing.T) {
	for _, text := range []string{"批号 LOT 有效期至 EXP 尾号 No. 扫码验真 Scan to verify 刮开防伪码 PIN …", "澄岩烟酰胺精华液敏感肌适用（）、，。《》：；！？", "abcxyzABCXYZ0123456789.-/:%&+*()'\"#@", "éüñß×·—“”‘’"} {
		for _, r := range set(bold, text) {
			if strings.ContainsRune(r.text, missing) {
				t.Errorf("a character of %q is in no font", text)
			}
		}
	}
}

// FuzzLayout holds every label to its edges: whatever the texts, no line is wider than its column or below the label.
func FuzzLayout(f *testing.F) {
	f.Add("澄岩", "烟酰胺精华液 30ml", "Niacinamide Serum", "202610A01", "trace.example.com", byte(0))
	f.Add("<b>", "（（（（", "\u202E", "a-b-c", strings.Repeat("x", 300), byte(5))
	unit := Unit{
		0,
		"0123456789ABCDEFGHJK",
		"HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/202610A01/21/0123456789ABCDEFGHJK",
		"01234567",
	}
	f.Fuzz(func(t *testing.T, brand, zh, en, lot, host string, template byte) {
		tpl := templates[int(template)%len(templates)]
		l, err := newLayout(tpl, Job{Product: Product{brand, zh, en, lot, "2028-10-03", host}, PIN: tpl.PIN}, unit)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.static {
			if right := p.x + p.width(); right > tpl.Width+0.01 || p.x < 0 || p.baseline > tpl.Height ||
				p.baseline < 0 {
				t.Fatalf(
					"%q stands at %g to %g, baseline %g, on a label of %g by %g",
					p.read(),
					p.x,
					right,
					p.baseline,
					tpl.Width,
					tpl.Height,
				)
			}
		}
	})
}

package labels

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// level2 is what GB 18030-2022 asks of implementations of level 2 in ideographs: both ranges, and
// those of the 8,105 characters of general use that lie outside the basic plane (Unihan, kTGH).
func level2(t *testing.T) (all []rune) {
	t.Helper()
	for r := rune(0x3400); r <= 0x4DB5; r++ {
		all = append(all, r)
	}
	for r := rune(0x4E00); r <= 0x9FEF; r++ {
		all = append(all, r)
	}
	more, err := os.ReadFile("testdata/level2.txt")
	if err != nil {
		t.Fatal(err)
	}
	return append(all, []rune(strings.ReplaceAll(string(more), "\n", ""))...)
}

func TestEveryCharacterOfLevel2HasItsShape(t *testing.T) {
	all := append(level2(t), []rune("𠮷𬭎𫚖，。（）《》“”‘’—…·①⑩ⅠⅫ℃㎡㎏™®©½×÷°éüñß설화수のカナ")...)
	if len(all) < 27_500 {
		t.Fatalf("only %d characters", len(all))
	}
	for _, r := range all {
		if f := faceOf(regular, r); f == nil || len(f.outline(r)) == 0 {
			t.Errorf("%c (U+%04X) has no shape", r, r)
		}
	}
}

// What no font has is refused before anything is printed, naming it. What has no shape of its own
// is no reason to refuse.
func TestWhatNoFontHasIsRefused(t *testing.T) {
	units := testUnits(t, 1)
	for name, c := range map[string]struct {
		p           Product
		field, char string
	}{
		"emoji":               {Product{NameZH: "面霜😀", Lot: testLot, Host: testHost}, "name.zh-CN", "😀 (U+1F600)"},
		"Thai":                {Product{Brand: "ก", NameZH: "面霜", Lot: testLot, Host: testHost}, "brand", "U+0E01"},
		"beyond level 2":      {Product{NameZH: "面霜", NameEN: "\U0002F9FF\U00031350", Lot: testLot, Host: testHost}, "name.en", "U+31350"},
		"rare":                {Product{NameZH: "𠮷𬭎𫚖牌面霜", Lot: testLot, Host: testHost}, "", ""},
		"zero width, accents": {Product{NameZH: "\ufeff面\u200b霜\ufe0f", NameEN: "Cre\u0301me", Lot: testLot, Host: testHost}, "", ""},
	} {
		for _, format := range []Format{PDF, SVG, PNG, ZPL} {
			var b bytes.Buffer
			err := Write(t.Context(), &b, job(format, "roll-50x30", c.p, units))
			var refused *trace.Error
			switch {
			case c.field == "" && err != nil:
				t.Errorf("%s as %s: %v", name, format, err)
			case c.field != "" && (!errors.As(err, &refused) || refused.Code != CharacterUnprintable || refused.Field != c.field || !strings.Contains(refused.Detail().En, c.char) || b.Len() > 0):
				t.Errorf("%s as %s: %v and %d bytes", name, format, err, b.Len())
			}
		}
	}
}

// Rare characters are drawn, in every format, as they are and not as a box, and a PDF's reader can still copy them.
func TestRareCharactersAreDrawn(t *testing.T) {
	units := testUnits(t, 1)
	p := serum
	p.NameZH = "𠮷𬭎𫚖面霜"
	svg := string(write(t, job(SVG, "roll-50x30", p, units)))
	for _, r := range "𠮷𬭎𫚖" {
		if path := outline(rest, r); len(path) < 100 || !strings.Contains(svg, path) {
			t.Errorf("the SVG does not draw %c", r)
		}
	}
	boxed := p
	boxed.NameZH = "□□□面霜"
	if bytes.Equal(write(t, job(ZPL, "roll-50x30", p, units)), write(t, job(ZPL, "roll-50x30", boxed, units))) {
		t.Error("the ZPL draws boxes")
	}
	program, file := tool(t, "pdftotext", "poppler-utils"), filepath.Join(t.TempDir(), "labels.pdf")
	pdf := write(t, job(PDF, "a4-3x8", p, units))
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, file, "-").Output()
	if err != nil || !strings.Contains(strings.ReplaceAll(string(out), " ", ""), "𠮷𬭎𫚖面霜") {
		t.Errorf("the PDF reads %q, %v", out, err)
	}
	checkPages(t, mustTemplate(t, "a4-3x8"), rasterise(t, pdf), units)
}

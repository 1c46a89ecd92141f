package photo

import (
	"bytes"
	"image/jpeg"
	"testing"
)

// TestFit: each size keeps the shape, none is enlarged, and what was hidden in
// the file is gone.
func TestFit(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want [2][2]int
	}{
		"wide":         {pngOf(t, picture(400, 100)), [2][2]int{{200, 50}, {40, 10}}},
		"small":        {pngOf(t, picture(30, 30)), [2][2]int{{30, 30}, {30, 30}}},
		"a line":       {pngOf(t, picture(1000, 1)), [2][2]int{{200, 1}, {40, 1}}},
		"on its side":  {tagged(t, picture(400, 100), 6), [2][2]int{{50, 200}, {10, 40}}},
		"a tiny WebP":  {tinyWebP, [2][2]int{{1, 1}, {1, 1}}},
		"with a place": {tagged(t, picture(100, 100), 1), [2][2]int{{100, 100}, {40, 40}}},
	} {
		got, err := Fit(c.file, 200, 40)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, s := range got {
			head, err := jpeg.DecodeConfig(bytes.NewReader(s.JPEG))
			if err != nil || head.Width != c.want[i][0] || head.Height != c.want[i][1] || s.Width != head.Width ||
				s.Height != head.Height {
				t.Errorf("%s: %dx%d %v, want %v", name, head.Width, head.Height, err, c.want[i])
			}
			if bytes.Contains(s.JPEG, []byte(secret)) {
				t.Errorf("%s: the secret is still there", name)
			}
		}
	}
	if _, err := Fit([]byte("<svg/>"), 10); err == nil {
		t.Error("an SVG was taken")
	}
}

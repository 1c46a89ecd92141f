package photo

import (
	"image"
	"testing"
)

// A picture weighs what its head says, and nothing of it is decoded for that.
func TestWeigh(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want int64
	}{
		"8 bits of grey":   {pngOf(t, image.NewGray(image.Rect(0, 0, 100, 50))), 5000 * 5},
		"16 bits a colour": {pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 100, 50))), 5000 * 12},
		"a JPEG":           {tagged(t, picture(100, 50), 1), 5000 * 7},
		"no picture":       {[]byte("<svg/>"), 0},
		"nothing":          {nil, 0},
	} {
		if got := Weigh(c.file); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, got, c.want)
		}
	}
	plain := tagged(t, picture(100, 50), 1)
	for i := range plain { // the marker of its frame
		if plain[i] == 0xFF && plain[i+1] == 0xC0 {
			plain[i+1] = 0xC2
			break
		}
	}
	if got := Weigh(plain); got != 5000*19 {
		t.Errorf("progressive: %d bytes", got)
	}
}

package photo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// picture is red on the left and blue on the right.
func picture(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, color.RGBA{R: 255, A: 255})
			if x >= w/2 {
				p.Set(x, y, color.RGBA{B: 255, A: 255})
			}
		}
	}
	return p
}

// secret stands for what a phone writes into a photo: where it was taken.
const secret = "GPS 30.2741N 120.1551E"

// tagged is a JPEG with an EXIF block of an orientation and a secret.
func tagged(t testing.TB, p image.Image, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	tiff := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01"), 0x01, 0x12, 0, 3, 0, 0, 0, 1)
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(append(tiff, 0, 0, 0, 0, 0, 0), secret...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(tiff)+2))
	return append(append(head, tiff...), b.Bytes()[2:]...)
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tinyWebP is one pixel.
var tinyWebP, _ = base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")

// TestClean: every kind comes out as a JPEG of the picture, without the secret.
func TestClean(t *testing.T) {
	for name, file := range map[string][]byte{
		"jpeg": tagged(t, picture(40, 20), 1), "png": append(pngOf(t, picture(40, 20)), secret...), "webp": append(bytes.Clone(tinyWebP), secret...),
	} {
		out, err := Clean(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if bytes.Contains(out, []byte(secret)) || bytes.Contains(out, []byte("Exif")) {
			t.Errorf("%s: metadata are still there", name)
		}
		if _, format, err := image.Decode(bytes.NewReader(out)); format != "jpeg" || err != nil {
			t.Errorf("%s: %s %v", name, format, err)
		}
		again, err := Clean(out)
		if err != nil || len(again) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUpright: wherever the red half was, it stands on the left again.
func TestUpright(t *testing.T) {
	for o := 1; o <= 8; o++ {
		turned := image.NewRGBA(image.Rect(0, 0, 40, 20))
		if o >= 5 {
			turned = image.NewRGBA(image.Rect(0, 0, 20, 40))
		}
		w, h := turned.Bounds().Dx(), turned.Bounds().Dy()
		upright := picture(40, 20)
		for y := range 20 {
			for x := range 40 {
				sx, sy := source(max(o, 1), x, y, w, h)
				if o == 1 {
					sx, sy = x, y
				}
				turned.Set(sx, sy, upright.At(x, y))
			}
		}
		out, err := Clean(tagged(t, turned, uint16(o)))
		if err != nil {
			t.Fatal(err)
		}
		p, _, _ := image.Decode(bytes.NewReader(out))
		r, _, blue, _ := p.At(5, 10).RGBA()
		if p.Bounds().Dx() != 40 || r < blue {
			t.Errorf("orientation %d: %v, %d red and %d blue on the left", o, p.Bounds(), r, blue)
		}
	}
}

func TestTransparentIsWhite(t *testing.T) {
	out, err := Clean(pngOf(t, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	if err != nil {
		t.Fatal(err)
	}
	p, _, _ := image.Decode(bytes.NewReader(out))
	if r, g, b, _ := p.At(4, 4).RGBA(); r < 0xF000 || g < 0xF000 || b < 0xF000 {
		t.Errorf("%x %x %x", r, g, b)
	}
}

// bomb is a PNG of a few bytes that says it is enormous.
func bomb(t testing.TB) []byte {
	b := pngOf(t, image.NewGray(image.Rect(0, 0, 6000, 6000)))
	return b
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":             {nil, ErrNotPhoto},
		"a page":              {[]byte("<html><script>alert(1)</script>"), ErrNotPhoto},
		"an SVG":              {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrNotPhoto},
		"a GIF":               {[]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"), ErrNotPhoto},
		"the head of a JPEG":  {tagged(t, picture(40, 20), 1)[:60], ErrNotPhoto},
		"a JPEG cut short":    {tagged(t, picture(40, 20), 1)[:400], ErrNotPhoto},
		"36 megapixels":       {bomb(t), ErrTooLarge},
		"more than its bytes": {make([]byte, MaxBytes+1), ErrTooLarge},
	} {
		if _, err := Clean(test.file); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(tagged(f, picture(4, 2), 6))
	f.Add(pngOf(f, picture(4, 2)))
	f.Add(tinyWebP)
	f.Fuzz(func(t *testing.T, file []byte) {
		out, err := Clean(file)
		if err == nil {
			if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
				t.Error(err)
			}
		}
	})
}

package photo

import (
	"image"

	"golang.org/x/image/draw"
)

// Sized is a clean JPEG with its size in pixels.
type Sized struct {
	JPEG          []byte
	Width, Height int
}

// Fit gives a picture without metadata once for each side: no larger than that
// many pixels either way, never enlarged. Errors: ErrTooLarge, ErrNotPhoto.
func Fit(file []byte, sides ...int) ([]Sized, error) {
	picture, err := read(file)
	if err != nil {
		return nil, err
	}
	picture = opaque(picture)
	var all []Sized
	for _, side := range sides {
		small := within(picture, side)
		b, err := encode(small)
		if err != nil {
			return nil, err
		}
		all = append(all, Sized{b, small.Bounds().Dx(), small.Bounds().Dy()})
	}
	return all, nil
}

// within draws a picture smaller, where it is larger than side.
func within(p image.Image, side int) image.Image {
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	longest := max(w, h)
	if longest <= side {
		return p
	}
	small := image.NewRGBA(image.Rect(0, 0, max(1, w*side/longest), max(1, h*side/longest)))
	draw.CatmullRom.Scale(small, small.Bounds(), p, p.Bounds(), draw.Src, nil)
	return small
}

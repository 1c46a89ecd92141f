// Package photo makes a stranger's photo safe to keep and to show: it takes
// JPEG, PNG and WebP by what they are, not by what they are called, and draws
// them anew as JPEG, so that no metadata (places, devices, names) and nothing
// hidden behind the picture goes further. It knows nothing of who sent it or why.
// What it takes to decode a picture says Weigh, before that is done.
package photo

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	_ "image/png" // registers its decoder

	_ "golang.org/x/image/webp" // registers its decoder
)

// Bounds of a photo: the file, and the picture in it.
const (
	MaxBytes  = 8 << 20
	maxPixels = 25_000_000
	quality   = 85
)

// What can be wrong with a photo.
var (
	ErrTooLarge = errors.New("photo: larger than is read")
	ErrNotPhoto = errors.New("photo: no picture of a kind that is read")
)

// Clean gives the picture as a JPEG without metadata, upright as its EXIF
// orientation says. Errors: ErrTooLarge, ErrNotPhoto.
func Clean(file []byte) ([]byte, error) {
	picture, err := read(file)
	if err != nil {
		return nil, err
	}
	return encode(opaque(picture))
}

// read decodes a picture, upright.
func read(file []byte) (image.Image, error) {
	if len(file) > MaxBytes {
		return nil, ErrTooLarge
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return nil, ErrNotPhoto
	}
	if int64(config.Width)*int64(config.Height) > maxPixels {
		return nil, ErrTooLarge
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, ErrNotPhoto
	}
	if format == "jpeg" {
		picture = upright(picture, orientation(file))
	}
	return picture, nil
}

func encode(picture image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// opaque puts what can be transparent on white, as a viewer would show it.
func opaque(p image.Image) image.Image {
	if o, ok := p.(interface{ Opaque() bool }); ok && o.Opaque() {
		return p
	}
	canvas := image.NewRGBA(p.Bounds())
	draw.Draw(canvas, canvas.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(canvas, canvas.Bounds(), p, p.Bounds().Min, draw.Over)
	return canvas
}

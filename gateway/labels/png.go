package labels

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
)

// pngPage draws a page of units, in greys.
func (l *layout) pngPage(units []Unit) ([]byte, error) {
	c := l.newRaster()
	defer l.done(c)
	if len(units) == l.template.perPage() {
		copy(c.img.Pix, l.background().Pix)
	} else {
		l.drawStatics(c, len(units))
	}
	if err := l.drawUnits(c, units); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(
		&b, &image.Paletted{Pix: c.img.Pix, Stride: c.img.Stride, Rect: c.img.Rect, Palette: greys},
	); err != nil {
		return nil, err
	}
	return withResolution(b.Bytes(), l.dpi), nil
}

// greys makes of a grey image one with a palette, whose rows the encoder takes as they are instead
// of trying five filters on each, which long white areas do not gain from.
var greys = func() (all color.Palette) {
	for v := range 256 {
		all = append(all, color.Gray{Y: uint8(v)})
	}
	return all
}()

// withResolution puts a pHYs chunk (PNG specification, 11.3.4.3) behind the header, so that the page prints in its true
// size; the standard library writes none.
func withResolution(file []byte, dpi int) []byte {
	const header = 8 + 4 + 4 + 13 + 4 // the signature and IHDR with its length, type and checksum
	perMetre := uint32(math.Round(float64(dpi) / 0.0254))
	data := append([]byte("pHYs"), make([]byte, 9)...)
	binary.BigEndian.PutUint32(data[4:], perMetre)
	binary.BigEndian.PutUint32(data[8:], perMetre)
	data[12] = 1 // the unit is the metre
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, data...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(data))
	return append(append(append([]byte(nil), file[:header]...), chunk...), file[header:]...)
}

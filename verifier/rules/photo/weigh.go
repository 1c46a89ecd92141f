package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// drawn is what a picture takes a second time where it is drawn anew, in bytes a pixel.
const drawn = 4

// Weigh says from a picture's head how many bytes of memory it takes to decode
// it and draw it anew: a small file may hold a large picture. 0 is for what is no
// picture, which decoding refuses soon.
func Weigh(file []byte) int64 {
	head, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || head.Width < 1 || head.Height < 1 {
		return 0
	}
	deep := depth(head.ColorModel)
	if format == "jpeg" && progressive(file) {
		deep += 12 // its coefficients, of three components
	}
	return int64(head.Width) * int64(head.Height) * (deep + drawn)
}

// depth is bytes a pixel, as the decoders of image keep them.
func depth(model color.Model) int64 {
	switch model {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.Gray16Model:
		return 2
	case color.GrayModel:
		return 1
	case color.YCbCrModel, color.NYCbCrAModel:
		return 3
	}
	if _, few := model.(color.Palette); few {
		return 1
	}
	return 4
}

// progressive tells a JPEG whose picture is known only at its end (ITU-T T.81,
// B.1.1.3: the frame's marker is SOF2).
func progressive(file []byte) bool {
	for at := 2; at+4 <= len(file) && file[at] == 0xFF; {
		switch file[at+1] {
		case 0xC2:
			return true
		case 0xDA:
			return false
		case 0xFF: // fills
			at++
			continue
		}
		at += 2 + int(binary.BigEndian.Uint16(file[at+2:]))
	}
	return false
}

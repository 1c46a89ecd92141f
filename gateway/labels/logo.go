package labels

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/draw"
	"image/png"

	scale "golang.org/x/image/draw"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Logo is a picture as labels print it: in greys, on white. It was drawn anew from what was
// uploaded, so that nothing else of the file comes out again.
type Logo struct {
	PNG []byte
	img *image.Gray
}

// Bounds of a logo: the file, the picture in it, and its longer side as it is kept; 40 mm at 600 dpi.
const (
	MaxLogo     = 512 << 10
	logoPixels  = 16_000_000
	logoSide    = 945
	logoSlender = 12 // how many times as long as it is wide
)

// LogoInvalid is the reason of a file that labels cannot show.
const LogoInvalid trace.Code = "LOGO_INVALID"

// ReadLogo takes a PNG, or an SVG of plain shapes. Errors: *trace.Error.
func ReadLogo(file []byte) (*Logo, error) {
	switch {
	case len(file) > MaxLogo:
		return nil, refuse(LogoInvalid, "file", "bytes", "most", MaxLogo)
	case bytes.HasPrefix(file, []byte("\x89PNG\r\n")):
		return readPNGLogo(file)
	}
	return readSVGLogo(file)
}

func readPNGLogo(file []byte) (*Logo, error) {
	config, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, refuse(LogoInvalid, "file", "png")
	}
	if int64(config.Width)*int64(config.Height) > logoPixels {
		return nil, refuse(LogoInvalid, "file", "megapixels", "most", logoPixels/1_000_000)
	}
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, refuse(LogoInvalid, "file", "png")
	}
	return newLogo(picture)
}

// newLogo lays a picture on white and makes it as small as it needs to be.
func newLogo(picture image.Image) (*Logo, error) {
	size := picture.Bounds().Size()
	if size.X < 1 || size.Y < 1 || size.X > logoSlender*size.Y || size.Y > logoSlender*size.X {
		return nil, refuse(LogoInvalid, "file", "slender", "most", logoSlender)
	}
	if longer := max(size.X, size.Y); longer > logoSide {
		size = image.Pt(max(1, size.X*logoSide/longer), max(1, size.Y*logoSide/longer))
	}
	grey := image.NewGray(image.Rectangle{Max: size})
	draw.Draw(grey, grey.Rect, image.White, image.Point{}, draw.Src)
	scale.CatmullRom.Scale(grey, grey.Rect, picture, picture.Bounds(), draw.Over, nil)
	var b bytes.Buffer
	if err := png.Encode(&b, grey); err != nil {
		return nil, err
	}
	return &Logo{b.Bytes(), grey}, nil
}

// OpenLogo reads one that ReadLogo made.
func OpenLogo(file []byte) (*Logo, error) {
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("labels: a kept logo: %w", err)
	}
	grey, ok := picture.(*image.Gray)
	if !ok {
		return nil, fmt.Errorf("labels: a kept logo is not in greys")
	}
	return &Logo{file, grey}, nil
}

// aspect is how many times as wide as high it is.
func (l *Logo) aspect() float64 { return float64(l.img.Rect.Dx()) / float64(l.img.Rect.Dy()) }

func (c *rasterCanvas) logo(x, y, width, height float64, l *Logo) {
	to := image.Rect(c.dot(x), c.dot(y), c.dot(x+width), c.dot(y+height))
	scale.CatmullRom.Scale(c.img, to, l.img, l.img.Rect, draw.Src, nil)
}

func (c *svgCanvas) logo(x, y, width, height float64, l *Logo) {
	if !c.defined["logo"] {
		c.defined["logo"] = true
		fmt.Fprintf(&c.defs, `<image id="logo" width="%.3f" height="%.3f" href="data:image/png;base64,%s"/>`+"\n",
			width, height, base64.StdEncoding.EncodeToString(l.PNG))
	}
	fmt.Fprintf(&c.body, `<use href="#logo" x="%.3f" y="%.3f"/>`+"\n", x, y)
}

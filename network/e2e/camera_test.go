package e2e

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// scene is what a phone's camera may see: a picture lying askew on a table,
// half of it in shade, taking the given share of the frame's height.
func scene(picture image.Image, width, height int, degrees, share float64) *image.RGBA {
	frame := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			v := uint8(96 + (x*7+y*13)%23 + x*32/width)
			frame.SetRGBA(x, y, color.RGBA{v, v - 8, v - 20, 255})
		}
	}
	if picture == nil {
		return frame
	}
	b := picture.Bounds()
	zoom := share * float64(height) / float64(max(b.Dx(), b.Dy()))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Min.X)+float64(b.Dx())/2, float64(b.Min.Y)+float64(b.Dy())/2
	draw.CatmullRom.Transform(frame, f64.Aff3{
		zoom * cos, -zoom * sin, float64(width)/2 - zoom*(cos*cx-sin*cy),
		zoom * sin, zoom * cos, float64(height)/2 - zoom*(sin*cx+cos*cy),
	}, picture, b, draw.Over, nil)
	for y := range height {
		for x := range width / 2 {
			c := frame.RGBAAt(x, y)
			frame.SetRGBA(x, y, color.RGBA{c.R / 4 * 3, c.G / 4 * 3, c.B / 4 * 3, 255})
		}
	}
	return frame
}

// film writes frames as the browser's fake camera plays them, over and over
// (YUV4MPEG2, 4:2:0, here without colour).
func film(t testing.TB, file string, frames ...*image.RGBA) string {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := frames[0].Bounds()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintf(w, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n", size.Dx(), size.Dy())
	for _, frame := range frames {
		w.WriteString("FRAME\n")
		for y := range size.Dy() {
			for x := range size.Dx() {
				w.WriteByte(color.GrayModel.Convert(frame.RGBAAt(x, y)).(color.Gray).Y)
			}
		}
		for range size.Dx() * size.Dy() / 2 {
			w.WriteByte(128)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return file
}

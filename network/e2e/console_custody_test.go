package e2e

import (
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
)

// Goods are sold, found, packed, received and counted by scanning, with and
// without a network, by hand scanner and by camera; what a till refuses is
// settled, and a wrong sale undone.
func TestConsoleCustody(t *testing.T) {
	const lot = "SCAN01"
	gtin := newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 150))
	var scanned []object
	for _, u := range units(t, gtin, lot, 0, 124) {
		scanned = append(scanned, object{"uri": u.uri, "serial": u.serial})
	}
	folder := t.TempDir()
	filmOf := func(symbol string, from int) object {
		label := printed(
			t,
			gtin,
			lot,
			object{"format": "png", "template": "roll-50x30", "from": from, "count": 1, "symbol": symbol},
		)
		return object{
			"film": film(
				t,
				filepath.Join(folder, symbol+".y4m"),
				scene(nil, 1280, 720, 0, 0),
				scene(label, 1280, 720, 5, 0.9),
			),
			"serial": scanned[from]["serial"],
		}
	}
	consoleJourney(t, "custody", object{"gtin": gtin, "lot": lot, "units": scanned, "folder": folder,
		"seen": []object{filmOf("qr", 120), filmOf("datamatrix", 121)}})
	logisticLabels(t, folder)
}

// logisticLabels reads the labels of boxes that a journey has drawn, by both of
// their codes. A file is named by the SSCC that it shows.
func logisticLabels(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "sscc-*.png"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no label was drawn: %v", err)
	}
	for _, file := range files {
		want := "00" + file[len(file)-len("123456789012345678.png"):len(file)-len(".png")]
		for name, reader := range map[string]gozxing.Reader{"GS1-128": oned.NewCode128Reader(), "GS1 DataMatrix": datamatrix.NewDataMatrixReader()} {
			if got := readBy(t, reader, file, name); got != want {
				t.Errorf("%s of %s reads %q, want %q", name, filepath.Base(file), got, want)
			}
		}
	}
}

func readBy(t *testing.T, reader gozxing.Reader, file, name string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if name == "GS1 DataMatrix" { // in the upper right corner, where the reader does not look by itself
		picture = upperRight(picture)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := reader.Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Errorf("%s of %s: %v", name, filepath.Base(file), err)
		return ""
	}
	text := result.GetText()
	for len(text) > 0 && (text[0] == 0x1d || text[0] == 0xe8) { // FNC1 as this reader writes it
		text = text[1:]
	}
	return text
}

func upperRight(picture image.Image) image.Image {
	b := picture.Bounds()
	cut, ok := picture.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok {
		return picture
	}
	return cut.SubImage(image.Rect(b.Max.X-b.Dx()*3/10, b.Min.Y, b.Max.X, b.Min.Y+b.Dy()*4/10))
}

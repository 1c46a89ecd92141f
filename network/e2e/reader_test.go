package e2e

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	qrcode "github.com/skip2/go-qrcode"
)

// reading is what the browser's tests of /scan are given; see browser/reader.test.mjs.
type reading struct {
	Origin string            `json:"origin"`
	Units  map[string]string `json:"units"`  // the path of the unit that a film or photo shows, by name
	Films  map[string]string `json:"films"`  // files for the fake camera
	Photos map[string]string `json:"photos"` // files to be chosen
	Typed  map[string]string `json:"typed"`  // gtin, lot and serial of the unit "label"
}

// A label that the gateway prints, held before a phone's camera, opens the
// unit's page; a code of somebody else opens nothing.
func TestReaderInABrowser(t *testing.T) {
	const lot = "202611R01"
	gtin := newBatch(t, lot, 4)
	all := units(t, gtin, lot, 0, 4)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 4))
	dir := t.TempDir()
	label := printed(t, gtin, lot, object{"format": "png", "template": "roll-50x30", "count": 1})
	matrix := printed(
		t,
		gtin,
		lot,
		object{"format": "png", "template": "roll-50x30", "from": 1, "count": 1, "symbol": "datamatrix"},
	)
	host := strings.TrimPrefix(touchstone.verify, "http://")
	fake, err := qrcode.New("http://"+host+"@evil.example"+path(all[0].uri), qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	runScript(t, "reader.test.mjs", reading{
		Origin: touchstone.verify,
		Units:  map[string]string{"label": path(all[0].uri), "matrix": path(all[1].uri)},
		Films: map[string]string{
			"label":   film(t, in("label.y4m"), scene(nil, 1280, 720, 0, 0), scene(label, 1280, 720, 9, 0.9)),
			"matrix":  film(t, in("matrix.y4m"), scene(matrix, 1280, 720, -6, 0.9)),
			"foreign": film(t, in("foreign.y4m"), scene(fake.Image(400), 1280, 720, -7, 0.5)),
			"nothing": film(t, in("nothing.y4m"), scene(nil, 1280, 720, 0, 0)),
		},
		Photos: map[string]string{
			"label":   photo(t, in("label.jpg"), scene(label, 2400, 3200, 100, 0.25)),
			"foreign": photo(t, in("foreign.jpg"), scene(fake.Image(400), 1200, 900, 40, 0.3)),
			"nothing": photo(t, in("nothing.jpg"), scene(nil, 800, 600, 0, 0)),
			"broken":  in("label.y4m"),
		},
		Typed: map[string]string{"gtin": gtin, "lot": lot, "serial": all[0].serial},
	})
}

// path is where a unit's URI leads on its host.
func path(uri string) string { return uri[strings.Index(uri, "/01/"):] }

// printed orders one label and answers its picture.
func printed(t *testing.T, gtin, lot string, order object) image.Image {
	t.Helper()
	a := touchstone.as("producer").post(t, "/api/v1/batches/"+gtin+"/"+lot+"/labels", order)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	picture, err := png.Decode(bytes.NewReader(a.raw))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func photo(t *testing.T, file string, picture image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

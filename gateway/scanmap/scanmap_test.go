package scanmap

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var began = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

func scan(day int, city string, lat, lon float64) Scan {
	return Scan{began.AddDate(0, 0, day), city, lat, lon}
}

var story = []Scan{
	scan(9, "上海", 31.2, 121.5), scan(0, "上海", 31.2, 121.5), scan(4, "成都", 30.6, 104.1), scan(6, "哈尔滨", 45.8, 126.5),
	scan(7, "乌鲁木齐", 43.8, 87.6), scan(8, "成都", 30.6, 104.1), scan(3, "", 0, 0), scan(5, "拉萨", 0, 0),
}

// TOUCHSTONE_UPDATE=1 writes the picture anew, to be looked at.
func TestPicture(t *testing.T) {
	got := Draw("6921234567890 · 202611A01 · K7QX2M", story)
	if os.Getenv("TOUCHSTONE_UPDATE") != "" {
		if err := os.WriteFile("testdata/map.svg", got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/map.svg")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

// wellFormed says whether a picture is XML without anything that runs or loads.
func wellFormed(t interface{ Fatal(...any) }, picture []byte) (texts []string) {
	d := xml.NewDecoder(strings.NewReader(string(picture)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err, string(picture))
		}
		switch x := token.(type) {
		case xml.StartElement:
			if !strings.Contains(" svg rect text g line circle ", " "+x.Name.Local+" ") {
				t.Fatal("an element ", x.Name.Local)
			}
		case xml.CharData:
			texts = append(texts, string(x))
		}
	}
}

// Whatever a place is called and wherever it is, it is text, and on the picture.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{`<script>alert(1)</script>`, `"><image href="//evil"/>`, `]]>&amp;`} {
		texts := strings.Join(wellFormed(t, Draw(name, []Scan{scan(0, name, 31, 121)})), "")
		if !strings.Contains(texts, name) {
			t.Errorf("%q is not in %q", name, texts)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) Scan {
			return scan(
				rapid.IntRange(0, 9).Draw(t, "day"),
				rapid.StringMatching(`[ -~\x{4e00}-\x{4e20}]{0,40}`).Draw(t, "city"),
				rapid.Float64Range(-90, 90).Draw(t, "lat"),
				rapid.Float64Range(-180, 180).Draw(t, "lon"),
			)
		})
		picture := Draw("x", rapid.SliceOfN(one, 0, 30).Draw(t, "scans"))
		wellFormed(t, picture)
		if strings.Contains(string(picture), "NaN") || strings.Contains(string(picture), "Inf") ||
			len(picture) > 64<<10 {
			t.Fatalf("%d bytes: %s", len(picture), picture)
		}
	})
}

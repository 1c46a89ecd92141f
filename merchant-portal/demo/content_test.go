package demo

import (
	"io/fs"
	"testing"

	"github.com/touchstone-trace/touchstone/merchant-portal/presentation"
)

// The demo's folders can be read, both languages are there, and each picture is
// small enough to be looked at on a phone.
func TestPresentations(t *testing.T) {
	products, err := presentations.ReadDir("presentations")
	if err != nil || len(products) < 5 {
		t.Fatalf("%v %v", products, err)
	}
	for _, p := range products {
		files, err := fs.Sub(presentations, "presentations/"+p.Name())
		if err != nil {
			t.Fatal(err)
		}
		f, err := presentation.Read(files)
		if err != nil || f.Story.ZhCN == "" || f.Story.En == "" || len(f.Pictures) == 0 || len(f.Buy) == 0 {
			t.Errorf("%s: %+v %v", p.Name(), f, err)
		}
		for _, picture := range f.Pictures {
			if len(picture.Content) > 25<<10 || picture.Alt.En == "" {
				t.Errorf("%s/%s: %d bytes, %+v", p.Name(), picture.File, len(picture.Content), picture.Alt)
			}
		}
	}
}

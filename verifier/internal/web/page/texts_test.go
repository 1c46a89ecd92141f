package page_test

import (
	"testing"

	_ "github.com/touchstone-trace/touchstone/verifier/internal/web" // whose rooms say the texts that several of them have
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

// Every text of the catalogue is one that a page says. One that it lacks stops the program before any test runs.
func TestNoTextIsUnused(t *testing.T) {
	if unused := page.Texts.Unused(); len(unused) > 0 {
		t.Errorf("nobody says %q", unused)
	}
}

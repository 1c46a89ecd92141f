package history

import "testing"

// Every text of the catalogue is one that the program says. One that it lacks stops the program before any test runs.
func TestNoTextIsUnused(t *testing.T) {
	if unused := texts.Unused(); len(unused) > 0 {
		t.Errorf("nobody says %q", unused)
	}
}

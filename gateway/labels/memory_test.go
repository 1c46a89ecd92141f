package labels

import (
	"runtime"
	"testing"
)

// heaviest notes how much memory is in use whenever a part of a file is written.
type heaviest struct{ bytes uint64 }

func (h *heaviest) Write(b []byte) (int, error) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.bytes = max(h.bytes, m.HeapAlloc)
	return len(b), nil
}

// A PDF of many labels takes the memory of one of its parts, however many there are.
func TestManyPDFLabelsTakeTheMemoryOfFew(t *testing.T) {
	const most = 110 << 20 // two jobs at a time and the rest of the gateway are well within 300 MB
	j := job(PDF, "a4-3x8", serum, testUnits(t, 4*PDFUnits))
	var used heaviest
	if err := Write(t.Context(), &used, j); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d labels took up to %d MB", j.Count, used.bytes>>20)
	if used.bytes > most {
		t.Errorf("%d labels took %d MB, at most %d expected", j.Count, used.bytes>>20, most>>20)
	}
}

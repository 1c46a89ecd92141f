package e2e

import (
	"net/http"
	"os/exec"
	"testing"
)

// readers skips a test where the programs are missing that read printed codes.
func readers(t *testing.T) {
	t.Helper()
	for _, program := range []string{"zbarimg", "pdftoppm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is missing, so nobody reads what is printed: install Debian's zbar-tools and poppler-utils", program)
		}
	}
}

// Labels, from the designer to the printer's paper.
func TestConsoleLabels(t *testing.T) {
	readers(t)
	const lot, big, count = "202610A01", "202610B02", 5001
	gtin, producer := newGTIN(demoPrefix), touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 40))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, big, count))
	consoleJourney(t, "labels", object{"gtin": gtin, "lot": lot, "bigLot": big, "bigCount": count})
}

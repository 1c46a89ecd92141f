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
			t.Skipf(
				"%s is missing, so nobody reads what is printed: install Debian's zbar-tools and poppler-utils",
				program,
			)
		}
	}
}

// Labels, from the designer to the printer's paper, long work stopped and made
// again, and codes that are not needed.
func TestConsoleLabels(t *testing.T) {
	readers(t)
	const lot, big, count, wide, surplus = "202610A01", "202610B02", 5001, "202610C03", "202610D0"
	gtin, producer := newGTIN(demoPrefix), touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 40))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, big, count))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, wide, 200_000))
	for _, language := range []string{"0", "1"} {
		producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, surplus+language, 10))
	}
	consoleJourney(
		t,
		"labels",
		object{"gtin": gtin, "lot": lot, "bigLot": big, "bigCount": count, "wideLot": wide, "surplusLot": surplus},
	)
}

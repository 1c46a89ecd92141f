package e2e

import (
	"net/http"
	"testing"
)

// Goods are sold, found and counted by scanning, with and without a network.
func TestConsoleCustody(t *testing.T) {
	const lot = "SCAN01"
	gtin := newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 120))
	var scanned []object
	for _, u := range units(t, gtin, lot, 0, 110) {
		scanned = append(scanned, object{"uri": u.uri, "serial": u.serial})
	}
	consoleJourney(t, "custody", object{"gtin": gtin, "lot": lot, "units": scanned})
}

package e2e

import (
	"net/http"
	"testing"
)

// What does not fit a shipment is settled in the console, between its sender and its receiver.
func TestConsoleAmends(t *testing.T) {
	const lot = "AMEND01"
	gtin := newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 40))
	var scanned []object
	for i, u := range units(t, gtin, lot, 0, 40) {
		scanned = append(scanned, object{"uri": u.uri, "index": i})
	}
	consoleJourney(t, "amends", object{"gtin": gtin, "lot": lot, "units": scanned})
}

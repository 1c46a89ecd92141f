package e2e

import (
	"encoding/base64"
	"testing"
)

// Somebody who has never heard of a ledger holds a label within his first hour.
func TestConsoleFirstHour(t *testing.T) {
	readers(t)
	consoleJourney(t, "firsthour", object{"licence": base64.StdEncoding.EncodeToString(scanned(t))})
}

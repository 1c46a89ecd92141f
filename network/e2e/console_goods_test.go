package e2e

import "testing"

// A producer registers goods and a batch of them, finds them again, and imports
// a spreadsheet whose headings nobody knows.
func TestConsoleGoods(t *testing.T) { consoleJourney(t, "goods", nil) }

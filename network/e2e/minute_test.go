package e2e

import (
	"path/filepath"
	"testing"
)

// The shopper's minute, as one person lives it with one phone: scan the label,
// read, register as the owner, complain; and how the verdict follows.
// See browser/minute.test.mjs.
func TestTheShoppersMinute(t *testing.T) {
	const lot = "202611M01"
	gtin := newBatch(t, lot, 1)
	unit := units(t, gtin, lot, 0, 1)[0]
	deliver(t, "producer", "seller", line(gtin, lot, 0, 1))
	touchstone.as("seller").must(t, 201, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 0, 1)}})
	label := printed(t, gtin, lot, object{"format": "png", "template": "roll-50x30", "count": 1})
	runScript(t, "minute.test.mjs", object{
		"origin": touchstone.verify, "path": path(unit.uri), "pin": unit.pin,
		"film":    film(t, filepath.Join(t.TempDir(), "label.y4m"), scene(label, 1280, 720, 9, 0.9)),
		"gateway": touchstone.gateway,
		"keys":    object{"seller": touchstone.as("seller").key, "platform": touchstone.as("platform").key},
	})
}

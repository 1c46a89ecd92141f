package e2e

import (
	"net/http"
	"testing"
)

// The PIN under the coating makes the first owner, on the ledger, once.
func TestActivation(t *testing.T) {
	const lot = "202611P01"
	gtin := newBatch(t, lot, 4)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 4))
	all := units(t, gtin, lot, 0, 4)

	t.Run("another unit's PIN does not open it", func(t *testing.T) {
		if a := activate(t, all[0].uri, all[1].pin); a.status < 400 || a.status >= 500 {
			t.Errorf("%d %s", a.status, a.raw)
		}
		wantVerdict(t, all[0].uri, "genuine")
	})
	t.Run("its own does", func(t *testing.T) {
		if a := activate(t, all[0].uri, all[0].pin); a.status != http.StatusOK || a.body["status"] != "activated" {
			t.Fatalf("%d %s", a.status, a.raw)
		}
		if !eventually(settleTime, func() bool { return verdict(t, all[0].uri)["verdict"] == "caution" }) {
			t.Fatal("the activation does not show")
		}
		wantVerdict(t, all[0].uri, "caution", "ALREADY_ACTIVATED")
	})
	t.Run("a second owner is not the first", func(t *testing.T) {
		if a := activate(t, all[0].uri, all[0].pin); a.status != http.StatusConflict ||
			a.body["code"] != "UNIT_ALREADY_ACTIVATED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	t.Run("the auditor sees it", func(t *testing.T) {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot+"/"+all[0].serial)
		wantStory(t, story.body, "batch_registered", "dispatched", "received", "unit_activated")
	})
	t.Run("five wrong PINs lock the unit", func(t *testing.T) {
		for range 5 {
			activate(t, all[2].uri, all[3].pin)
		}
		if a := activate(t, all[2].uri, all[2].pin); a.body["code"] != "PIN_LOCKED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
}

// activate claims a unit, at the pace that one address is allowed.
func activate(t *testing.T, uri, pin string) answer {
	t.Helper()
	return paced(t, "/api/v1/activations", object{"uri": uri, "pin": pin})
}

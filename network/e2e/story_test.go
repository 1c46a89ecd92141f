package e2e

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// list reads a JSON array of objects.
func list(t testing.TB, raw []byte) []object {
	t.Helper()
	var all []object
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("not a list of objects: %v: %.200s", err, raw)
	}
	return all
}

// The main job, from the producer's registration to the auditor's proof.
func TestFromProductionToSale(t *testing.T) {
	const lot = "202611A01"
	gtin := newBatch(t, lot, 120)
	label := decodeLabel(t, gtin, lot, 0)

	t.Run("a printed label names the unit it was printed for", func(t *testing.T) {
		if u := units(t, gtin, lot, 0, 1)[0]; u.uri != label {
			t.Errorf("the label says %s, the unit is %s", label, u.uri)
		}
	})
	t.Run("before it is shipped a scan is a caution", func(t *testing.T) {
		wantVerdict(t, label, "caution", "NOT_YET_SHIPPED")
	})
	id := ship(t, "producer", "distributor", line(gtin, lot, 0, 60))
	t.Run("and on its way too", func(t *testing.T) {
		wantVerdict(t, label, "caution", "IN_TRANSIT")
	})
	t.Run("the distributor finds two missing and one damaged", func(t *testing.T) {
		touchstone.as("distributor").
			must(t, http.StatusCreated, "/api/v1/shipments/"+id+"/receipt", object{"lines": []object{
				with(line(gtin, lot, 0, 57), "condition", "good"), with(line(gtin, lot, 57, 1), "condition", "damaged"),
			}})
		wantHoldings(t, gtin, lot, map[string]int{"held": 57 + 60, "removed": 1, "in_transit": 2})
		touchstone.as("distributor").must(t, http.StatusCreated, "/api/v1/shipments/"+id+"/closing", object{})
		wantHoldings(t, gtin, lot, map[string]int{"held": 57 + 60, "removed": 3})
	})
	t.Run("the seller receives and sells", func(t *testing.T) {
		deliver(t, "distributor", "seller", line(gtin, lot, 0, 50))
		wantVerdict(t, label, "genuine")
		touchstone.as("seller").
			must(t, http.StatusCreated, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 0, 10)}})
		wantVerdict(t, label, "genuine")
		wantHoldings(t, gtin, lot, map[string]int{"held": 107, "sold": 10, "removed": 3})
	})
	t.Run("nobody sells what he does not hold", func(t *testing.T) {
		a := touchstone.as("seller").post(t, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 5, 10)}})
		if a.status != http.StatusConflict || a.body["code"] != "NOT_HOLDER" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	t.Run("the auditor reads the whole story with signatures", func(t *testing.T) {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot)
		wantStory(
			t, story.body, "batch_registered", "dispatched", "received", "shipment_closed", "dispatched",
			"received", "sold",
		)
	})
	t.Run("a recall stops the next scan within a second", func(t *testing.T) {
		touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/recalls", object{
			"gtin": gtin, "lots": []string{lot}, "class": "II",
			"reason":      object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
			"instruction": object{"zh-CN": "请停止使用，凭此页退货", "en": "Stop using it and return it with this page"},
		})
		if !eventually(time.Second, func() bool { return verdict(t, label)["verdict"] == "stop" }) {
			t.Errorf("one second after the answer the verdict is %v", verdict(t, label)["verdict"])
		}
	})
	t.Run("and the recalled goods cannot be sold", func(t *testing.T) {
		a := touchstone.as("seller").post(t, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 20, 1)}})
		if a.status != http.StatusConflict || a.body["code"] != "UNITS_RECALLED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
}

func with(o object, field string, value any) object {
	o[field] = value
	return o
}

// decodeLabel prints one label as PNG and reads its code as a phone does.
func decodeLabel(t *testing.T, gtin, lot string, index int) string {
	t.Helper()
	a := touchstone.as("producer").post(t, "/api/v1/batches/"+gtin+"/"+lot+"/labels",
		object{"format": "png", "from": index, "count": 1})
	if a.status != http.StatusOK {
		t.Fatalf("labels: %d %s", a.status, a.raw)
	}
	picture, err := png.Decode(bytes.NewReader(a.raw))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	code, err := qrcode.NewQRCodeReader().
		Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatal(err)
	}
	return code.GetText()
}

func wantVerdict(t testing.TB, uri, want string, reasons ...string) {
	t.Helper()
	v := verdict(t, uri)
	if v["verdict"] != want {
		t.Errorf("verdict %v with %v, want %s", v["verdict"], failing(v), want)
	}
	for _, r := range reasons {
		if !slices.Contains(failing(v), r) {
			t.Errorf("reasons %v, want %s", failing(v), r)
		}
	}
}

// wantHoldings adds a batch's units up by state.
func wantHoldings(t testing.TB, gtin, lot string, want map[string]int) {
	t.Helper()
	story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot)
	got := map[string]int{}
	for _, h := range story.body["holdings"].([]any) {
		got[h.(object)["state"].(string)] += int(h.(object)["count"].(float64))
	}
	for state, n := range want {
		if got[state] != n {
			t.Errorf("%d units %s, want %d; all: %v", got[state], state, n, got)
		}
	}
}

// wantStory checks the order of events, and that each names its transaction,
// its signer and at least two endorsers.
func wantStory(t *testing.T, story object, types ...string) {
	t.Helper()
	var got []string
	for _, x := range story["events"].([]any) {
		e := x.(object)
		got = append(got, e["type"].(string))
		endorsers, _ := e["endorsers"].([]any)
		if e["txId"] == "" || e["identity"] == "" || e["msp"] == "" || e["block"].(float64) == 0 || len(endorsers) < 2 {
			t.Errorf("an event without its proof: %v", e)
		}
	}
	if !slices.Equal(got, types) {
		t.Errorf("events %v, want %v", got, types)
	}
}

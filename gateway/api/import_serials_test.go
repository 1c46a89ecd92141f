package api

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const serialHead = "商品条码,批号,序列号,生产日期\n"

func serialRow(lot, serial string) string {
	return fmt.Sprintf("%s,%s,%s,2026-10-02\n", gtin, lot, serial)
}

// TestSerialsBySpreadsheet: rows of a lot become one batch that lists its units,
// whole or not at all; what is refused can be mended, and handing the file in
// again does no harm.
func TestSerialsBySpreadsheet(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	w.must("maker", 201, "POST", "/api/v1/batches", listedBatch("EARLIER", "OLD-1", "OLD-2"))
	file := serialHead + serialRow("S1", "AA-7Q1M") + serialRow(
		"S1", "AA-9XTT",
	) + serialRow("S2", "BB-1111") + serialRow("S2", "old1") +
		serialRow("S3", "CC-0001") + serialRow(
		"S3",
		"C C",
	) + serialRow("S1", "AA-3KKD")

	seen := w.importForm("maker", "/imports/preview", "serials", file, nil).body
	if seen["total"] != 7.0 || seen["refused"] != 1.0 {
		t.Fatalf("preview %v", seen)
	}
	id := w.importForm("maker", "/imports?dryRun=true", "serials", file, nil).body["id"].(string)
	v := w.imported("maker", id)
	if v["good"] != 5.0 || v["refused"] != 2.0 {
		t.Fatalf("checked %v", v)
	}
	refused := fmt.Sprint(w.must("maker", 200, "GET", path("/imports/%s/rows?outcome=refused", id), nil).body["items"])
	if !strings.Contains(refused, "EARLIER") || !strings.Contains(refused, "C C") {
		t.Errorf("refused: %s", refused)
	}
	if good := w.must("maker", 200, "GET", path("/imports/%s/rows?outcome=good", id), nil); !strings.Contains(
		string(good.raw), "can be guessed",
	) {
		t.Errorf("nothing is said of how easily they are guessed: %s", good.raw)
	}
	w.refused("maker", 404, "BATCH_UNKNOWN", "GET", path("/batches/%s/S1", gtin), nil)

	w.must("maker", 202, "POST", path("/imports/%s/registration", id), nil)
	if v = w.imported("maker", id); v["good"] != 3.0 || v["refused"] != 4.0 {
		t.Fatalf("registered %v", v)
	}
	if b := w.must("maker", 200, "GET", path("/batches/%s/S1", gtin), nil).body; b["quantity"] != 3.0 ||
		b["listed"] != true {
		t.Errorf("S1: %v", b)
	}
	for _, lot := range []string{"S2", "S3"} {
		w.refused("maker", 404, "BATCH_UNKNOWN", "GET", path("/batches/%s/%s", gtin, lot), nil)
	}
	mend := func(row int, lot, serial string) {
		t.Helper()
		w.must("maker", 202, "POST", path("/imports/%s/rows", id), object{"rows": []any{object{"row": row,
			"values": object{"gtin": gtin, "lot": lot, "serial": serial, "producedOn": "2026-10-02"}}}})
	}
	mend(5, "S2", "aa7q1m") // the serial of row 2, as somebody types it
	if v = w.imported("maker", id); v["refused"] != 4.0 {
		t.Errorf("a serial that another row has was taken: %v", v)
	}
	mend(5, "S2", "BB-2222")
	mend7 := func() { mend(7, "S3", "CC-0002") }
	w.imported("maker", id)
	mend7()
	if v = w.imported("maker", id); v["good"] != 7.0 || v["refused"] != 0.0 {
		t.Fatalf("mended %v", v)
	}
	for lot, serials := range map[string][]string{"S1": {"AA-7Q1M", "AA-9XTT", "AA-3KKD"}, "S2": {"BB-1111", "BB-2222"}, "S3": {"CC-0001", "CC-0002"}} {
		for index, serial := range serials {
			unit, _ := w.resolve("maker", object{"codes": []any{"(01)" + gtin + "(10)" + lot + "(21)" + serial}})["unit"].(object)
			if unit["index"] != float64(index) || unit["serial"] != serial {
				t.Errorf("%s %s: %v", lot, serial, unit)
			}
		}
	}
	whole := serialHead + serialRow("S1", "AA-7Q1M") + serialRow("S1", "AA-9XTT") + serialRow("S1", "AA-3KKD")
	before := w.ledger.count()
	again := w.imported("maker", w.importForm("maker", "/imports", "serials", whole, nil).body["id"].(string))
	other := w.imported(
		"maker",
		w.importForm("maker", "/imports", "serials", strings.Replace(whole, "3KKD", "4KKD", 1), nil).body["id"].(string),
	)
	if again["good"] != 3.0 || other["refused"] != 3.0 || w.ledger.count() != before {
		t.Errorf("handed in again: %v; with another serial: %v", again, other)
	}
	w.refused("maker", 422, "FIELD_INVALID", "POST", "/api/v1/batches", listedBatch("LATER", "NEW-1", "AA9XTT"))
}

// TestMendedRowsDoNotRepeatOthers: a dry run of mended rows sees what stands in
// the rows that are good already, and in each other.
func TestMendedRowsDoNotRepeatOthers(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	id := w.importForm("maker", "/imports?dryRun=true", "products", "商品条码,商品名称,品牌\n6998801000012,甲,澄岩\n6998801000013,乙,澄岩\n6998801000014,丙,澄岩\n", nil).body["id"].(string)
	w.imported("maker", id)
	for _, mend := range []struct {
		row     int
		gtin    string
		refused float64
	}{{3, "6998801000012", 2}, {3, "6998801000029", 1}, {4, "6998801000029", 1}, {4, "6998801000036", 0}} {
		w.must("maker", 202, "POST", path("/imports/%s/rows", id), mended(mend.row, mend.gtin))
		if v := w.imported("maker", id); v["refused"] != mend.refused {
			t.Errorf("row %d as %s: %v", mend.row, mend.gtin, v)
		}
	}
}

// TestAHundredThousandSerials are read, checked and registered as one import.
func TestAHundredThousandSerials(t *testing.T) {
	if testing.Short() {
		t.Skip("imports 100,000 rows")
	}
	w := newWorld(t)
	w.runJobs()
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	var b strings.Builder
	b.WriteString(serialHead)
	for i := range 100_000 {
		b.WriteString(
			serialRow(
				fmt.Sprint("BIG", i/50_000),
				strings.ToUpper(fmt.Sprintf("%012x", uint64(i+1)*0x9E3779B97F4A7C15>>16)),
			),
		)
	}
	began := time.Now()
	id := w.importForm("maker", "/imports", "serials", b.String(), nil).body["id"].(string)
	var v object
	for v = w.imports("maker", id); v["status"] != "done" && time.Since(began) < 4*time.Minute; v = w.imports("maker", id) {
		time.Sleep(200 * time.Millisecond)
	}
	if v["good"] != 100_000.0 || v["refused"] != 0.0 {
		t.Fatalf("%v", v)
	}
	t.Logf("100,000 rows in %s", time.Since(began))
	if q := w.must("maker", 200, "GET", path("/batches/%s/BIG1", gtin), nil).body["quantity"]; q != 50_000.0 {
		t.Errorf("%v units", q)
	}
}

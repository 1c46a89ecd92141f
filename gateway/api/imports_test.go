package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// form sends a file with what else an import takes.
func (w *world) importForm(party, path, kind, file string, mapping any) answer {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.WriteField("kind", kind)
	if mapping != nil {
		data, _ := json.Marshal(mapping)
		form.WriteField("mapping", string(data))
	}
	part, _ := form.CreateFormFile("file", "goods.csv")
	part.Write([]byte(file))
	form.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/api/v1"+path, &b)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.send(party, r)
}

// imported waits until an import has nothing more to do.
func (w *world) imported(party, id string) (v object) {
	w.t.Helper()
	eventually(w.t, "import", func() bool {
		v = w.imports(party, id)
		return v["status"] == "done" || v["status"] == "failed"
	})
	return v
}

// imports says how far an import is.
func (w *world) imports(party, id string) object {
	w.t.Helper()
	return w.must(party, 200, "GET", "/api/v1/imports/"+id+"?summary=true", nil).body
}

const strangeGoods = "货号,叫法,牌子\n6998801000012,精华液,澄岩\n6998801000029,洁面乳,澄岩\n6998801000030,面膜,澄岩\n4006381333931,别家的,别家\n"

// TestImportByHand: a file with headings that nobody knows is previewed, mapped,
// checked, mended, registered; what was said of the headings is kept for the party.
func TestImportByHand(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	seen := w.importForm("maker", "/imports/preview", "products", strangeGoods, nil)
	if seen.status != 200 || seen.body["problem"].(object)["code"] != "COLUMNS_MISSING" ||
		len(seen.body["missing"].([]any)) != 3 ||
		len(seen.body["columns"].([]any)) != 3 {
		t.Fatalf("preview %d %s", seen.status, seen.raw)
	}
	mapping := object{"headingRow": 1, "columns": object{"A": "gtin", "B": "name.zh-CN", "C": "brand"}}
	if seen = w.importForm(
		"maker", "/imports/preview", "products", strangeGoods, mapping,
	); seen.body["total"] != 4.0 || seen.body["refused"] != 1.0 ||
		seen.body["problem"] != nil {
		t.Fatalf("preview with a mapping %s", seen.raw)
	}
	if a := w.importForm(
		"maker", "/imports/preview", "products", strangeGoods,
		object{"headingRow": 1, "columns": object{"A": "lot"}},
	); a.status != 422 ||
		a.body["field"] != "mapping.columns" {
		t.Errorf("a mapping to a field of batches: %d %s", a.status, a.raw)
	}

	checked := w.importForm("maker", "/imports?dryRun=true", "products", strangeGoods, mapping)
	id := checked.body["id"].(string)
	v := w.imported("maker", id)
	if v["good"] != 2.0 || v["refused"] != 2.0 || len(v["rows"].([]any)) != 0 {
		t.Fatalf("checked %v", v)
	}
	w.refused("maker", 404, "PRODUCT_UNKNOWN", "GET", "/api/v1/products/6998801000012", nil)
	bad := w.must("maker", 200, "GET", path("/imports/%s/rows?outcome=refused&limit=1", id), nil).body
	row := bad["items"].([]any)[0].(object)
	if row["row"] != 4.0 || row["values"].(object)["name.zh-CN"] != "面膜" || bad["next"] == nil {
		t.Errorf("refused rows %v", bad)
	}
	next := w.must(
		"maker", 200, "GET", path("/imports/%s/rows?outcome=refused&limit=1&after=%s", id, bad["next"]), nil,
	).body
	if next["items"].([]any)[0].(object)["row"] != 5.0 || next["next"] != nil {
		t.Errorf("the next refused rows %v", next)
	}

	w.refused("maker", 422, "FIELD_INVALID", "POST", path("/imports/%s/rows", id), mended(2, "6998801000012"))
	w.must("maker", 202, "POST", path("/imports/%s/rows", id), mended(4, "6998801000036"))
	if v = w.imported("maker", id); v["good"] != 3.0 || v["refused"] != 1.0 || v["dryRun"] != true {
		t.Fatalf("mended %v", v)
	}
	w.must("maker", 202, "POST", path("/imports/%s/registration", id), nil)
	if v = w.imported("maker", id); v["good"] != 3.0 || v["refused"] != 1.0 || v["dryRun"] != false ||
		v["note"] != nil {
		t.Fatalf("registered %v", v)
	}
	for _, gtin := range []string{"6998801000012", "6998801000029", "6998801000036"} {
		w.must("maker", 200, "GET", "/api/v1/products/"+gtin, nil)
	}
	w.refused("maker", 422, "FIELD_INVALID", "POST", path("/imports/%s/registration", id), nil)

	again := w.importForm("maker", "/imports/preview", "products", strings.Replace(strangeGoods, "货号", " 货 号 ", 1), nil)
	if again.body["problem"] != nil {
		t.Errorf("what was said of the headings is not kept: %s", again.raw)
	}
	if other := w.importForm("rival", "/imports/preview", "products", strangeGoods, nil); other.body["problem"] == nil {
		t.Errorf("what one party said of its headings counts for another")
	}
}

func mended(row int, gtin string) object {
	return object{"rows": []any{object{"row": row, "values": object{"gtin": gtin, "name.zh-CN": "面膜", "brand": "澄岩"}}}}
}

// TestRefusedRowsAsAFile: the file of what failed can be mended and handed in again.
func TestRefusedRowsAsAFile(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	id := w.importForm("maker", "/imports", "products", "商品条码,商品名称,品牌\n6998801000013,=1+1,澄岩\n6998801000012,精华液,澄岩\n", nil).body["id"].(string)
	w.imported("maker", id)
	for _, format := range []string{"csv", "xlsx"} {
		a := w.must("maker", 200, "GET", path("/imports/%s/refused?format=%s", id, format), nil)
		if format == "csv" && (!strings.Contains(string(a.raw), "'=1+1") || !strings.Contains(string(a.raw), "校验")) {
			t.Errorf("%s", a.raw)
		}
		if p := w.importForm("maker", "/imports/preview", "products", string(a.raw), nil); p.body["total"] != 1.0 {
			t.Errorf("%s, handed in again: %s", format, p.raw)
		}
	}
	w.refused("rival", 404, "JOB_UNKNOWN", "GET", path("/imports/%s/refused", id), nil)
	w.must("maker", 200, "GET", "/api/v1/imports/templates/batches?format=csv", nil)
}

// TestManyWrongRowsStayBounded: 50,000 rows that are all wrong are answered a page at a time.
func TestManyWrongRowsStayBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("imports 50,000 rows")
	}
	w := newWorld(t)
	w.runJobs()
	var b strings.Builder
	b.WriteString("商品条码,商品名称,品牌\n")
	for i := range 50_000 {
		fmt.Fprintf(&b, "69988010%05d,商品 %d,澄岩\n", i, i)
	}
	seen := w.importForm("maker", "/imports/preview", "products", b.String(), nil)
	if seen.status != 200 || len(seen.body["rows"].([]any)) != 50 || len(seen.raw) > 100_000 {
		t.Errorf("preview: %d, %d bytes", seen.status, len(seen.raw))
	}
}

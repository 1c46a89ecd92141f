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

const logoSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#9B3A2A"/></svg>`

func (w *world) uploadLogo(party, content string) answer {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, _ := form.CreateFormFile("file", "logo.svg")
	part.Write([]byte(content))
	form.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/api/v1/labels/logos", &b)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.send(party, r)
}

// A layout of one's own is looked at, kept, printed with, and nobody else's.
func TestLabelDesigns(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.stock(30)
	logo := w.uploadLogo("maker", logoSVG).body["id"]
	design := object{
		"width":  60,
		"height": 40,
		"fields": []any{"brand", "name", "lot", "tail"},
		"logo":   logo,
		"pin":    true,
	}
	look := w.must(
		"maker", 200, "POST", path("/labels/preview"), object{"design": design, "gtin": gtin, "lot": lot},
	).body
	if svg := fmt.Sprint(
		look["svg"],
	); !strings.Contains(svg, `width="60mm"`) ||
		!strings.Contains(svg, "data:image/png;base64,") {
		t.Errorf("preview: %.200s", svg)
	}
	w.must("maker", 200, "PUT", path("/labels/designs/mine"), object{"name": "面霜 60×40", "design": design})
	w.must("maker", 200, "PUT", path("/labels/designs/mine"), object{"name": "面霜 60×40", "design": design})
	w.refused(
		"maker", 422, "FIELD_INVALID", "PUT", path("/labels/designs/roll-50x30"),
		object{"name": "x", "design": design},
	)
	w.refused(
		"maker",
		422,
		"FIELD_INVALID",
		"PUT",
		path("/labels/designs/tiny"),
		object{"name": "x", "design": object{"width": 1, "height": 1}},
	)
	w.refused(
		"maker",
		404,
		"LABEL_KIT_UNKNOWN",
		"PUT",
		path("/labels/designs/other"),
		object{"name": "x", "design": object{"width": 60, "height": 40, "logo": "none"}},
	)
	w.must(
		"maker",
		200,
		"PUT",
		path("/labels/printers/tsc"),
		object{"name": "仓库 TSC", "dpi": 203, "offsetX": 0.5, "offsetY": -0.5},
	)
	w.must(
		"maker",
		200,
		"PUT",
		path("/labels/printers/office"),
		object{"name": "办公室", "offsetX": 0, "offsetY": 0, "template": "a4-3x8",
			"measured": object{"left": 21, "right": 191, "top": 20, "bottom": 277}},
	)
	w.refused("maker", 422, "FIELD_INVALID", "PUT", path("/labels/printers/off"), object{"name": "x", "offsetX": 99})
	printers := fmt.Sprint(string(w.must("maker", 200, "GET", path("/labels/printers"), nil).raw))
	if !strings.Contains(printers, `"offsetX":-1`) {
		t.Errorf("the printer that prints 1 mm to the right: %s", printers)
	}
	labels := path("/batches/%s/%s/labels", gtin, lot)
	zpl := w.must(
		"maker", 200, "POST", labels, object{"format": "zpl", "template": "mine", "printer": "tsc", "count": 3},
	)
	if got := string(zpl.raw); strings.Count(got, "^GFA") != 3 || !strings.Contains(got, "^PW480") { // 60 mm at 203 dpi
		t.Errorf("ZPL of an own design: %.200s", got)
	}
	w.must("maker", 200, "POST", labels, object{"format": "pdf", "template": "a4-3x8", "printer": "office", "count": 3})
	w.must(
		"maker",
		200,
		"POST",
		path("/labels/test-sheet"),
		object{"format": "pdf", "template": "a4-3x8", "printer": "office"},
	)
	w.refused("maker", 404, "LABEL_KIT_UNKNOWN", "POST", labels, object{"format": "zpl", "printer": "none"})
	for _, call := range []string{"/labels/designs", "/labels/printers"} {
		if got := string(w.must("rival", 200, "GET", path("%s", call), nil).raw); strings.Contains(got, "面霜") ||
			strings.Contains(got, "TSC") {
			t.Errorf("%s shows the rival the maker's: %s", call, got)
		}
	}
	w.refused("rival", 404, "LABEL_KIT_UNKNOWN", "DELETE", path("/labels/designs/mine"), nil)
	w.refused(
		"rival", 404, "LABEL_KIT_UNKNOWN", "PUT", path("/labels/designs/theirs"),
		object{"name": "x", "design": design},
	)
	w.must("maker", 204, "DELETE", path("/labels/designs/mine"), nil)
	w.refused("maker", 422, "FIELD_INVALID", "POST", labels, object{"format": "zpl", "template": "mine"})
	w.must("maker", 204, "DELETE", path("/labels/printers/tsc"), nil)
}

// What has no room, or no font, is told before anything is printed; printing it is refused or cut as told.
func TestLabelsAreCheckedBeforePrinting(t *testing.T) {
	w := newWorld(t)
	p := product("6998801000012")
	p["name"] = object{"zh-CN": strings.Repeat("𠮷多重修护烟酰胺透亮精华液", 2)}
	w.must("maker", 201, "POST", "/api/v1/products", p)
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, 5))
	var cut, whole []string
	for _, look := range w.list("maker", path("/batches/%s/%s/labels/check?pin=true", gtin, lot)) {
		if look["problem"] != nil {
			t.Errorf("%v", look)
		}
		if strings.Contains(fmt.Sprint(look["cuts"]), "name") {
			cut = append(cut, fmt.Sprint(look["template"]))
		} else {
			whole = append(whole, fmt.Sprint(look["template"]))
		}
	}
	if len(cut) == 0 || len(whole) == 0 || !strings.Contains(fmt.Sprint(cut), "roll-30x20") ||
		!strings.Contains(fmt.Sprint(whole), "a4-3x8") {
		t.Errorf("cut in %v, whole in %v", cut, whole)
	}
	p = product("6998801000029")
	p["name"] = object{"zh-CN": "面霜😀"}
	w.must("maker", 201, "POST", "/api/v1/products", p)
	w.must("maker", 201, "POST", "/api/v1/batches", batch("06998801000029", lot, 5))
	for _, look := range w.list("maker", path("/batches/%s/%s/labels/check", "06998801000029", lot)) {
		problem, _ := look["problem"].(object)
		if problem["code"] != "CHARACTER_UNPRINTABLE" || problem["field"] != "name.zh-CN" ||
			!strings.Contains(fmt.Sprint(problem["detail"]), "😀（U+1F600）") {
			t.Errorf("%v", look)
		}
	}
	w.refused(
		"maker", 422, "CHARACTER_UNPRINTABLE", "POST", path("/batches/%s/%s/labels", "06998801000029", lot),
		object{"format": "zpl"},
	)
	w.must("maker", 200, "POST", path("/batches/%s/%s/labels", "06998801000029", lot), object{"format": "csv"})
}

// list asks for an answer that is an array of objects.
func (w *world) list(party, path string) (items []object) {
	w.t.Helper()
	a := w.must(party, 200, "GET", path, nil)
	if err := json.Unmarshal(a.raw, &items); err != nil {
		w.t.Fatal(err)
	}
	return items
}

// A design with a scratch field is printed without where the order says so.
func TestTheOrderDecidesAboutThePIN(t *testing.T) {
	w := newWorld(t)
	w.stock(30)
	w.must(
		"maker",
		200,
		"PUT",
		path("/labels/designs/scratch"),
		object{"name": "刮刮", "design": object{"width": 60, "height": 40, "pin": true}},
	)
	for i, c := range []struct {
		order object
		pin   bool
	}{{object{}, true}, {object{"pin": true}, true}, {object{"pin": false}, false}} {
		c.order["template"], c.order["gtin"], c.order["lot"] = "scratch", gtin, lot
		look := w.must("maker", 200, "POST", path("/labels/preview"), c.order).body["svg"].(string)
		if strings.Contains(look, "stroke-dasharray") != c.pin {
			t.Errorf("%d: a scratch field is %v in %.300s", i, !c.pin, look)
		}
		delete(c.order, "gtin")
		delete(c.order, "lot")
		c.order["format"], c.order["from"], c.order["count"] = "zpl", i*10, 10
		w.must("maker", 200, "POST", path("/batches/%s/%s/labels", gtin, lot), c.order)
	}
	if n := w.must("maker", 200, "GET", path("/batches/%s/%s", gtin, lot), nil).body["labels"].(object); n["with"] != 20.0 ||
		n["without"] != 10.0 {
		t.Errorf("%v", n)
	}
}

// A damaged label is printed again by what can still be read of it; a trial print is no unit's.
func TestOneLabelAgain(t *testing.T) {
	w := newWorld(t)
	w.stock(30)
	var units []object
	if err := json.Unmarshal(
		w.must("maker", 200, "GET", path("/batches/%s/%s/units?from=7&count=1", gtin, lot), nil).raw, &units,
	); err != nil {
		t.Fatal(err)
	}
	serial := units[0]["serial"].(string)
	labels := path("/batches/%s/%s/labels", gtin, lot)
	for _, code := range []string{serial, serial[14:], strings.ToLower(serial[14:]), units[0]["uri"].(string)} {
		got := string(w.must("maker", 200, "POST", labels, object{"format": "csv", "codes": []any{code}}).raw)
		if lines := strings.Split(strings.TrimSpace(got), "\n"); len(lines) != 2 ||
			!strings.Contains(lines[1], serial) {
			t.Errorf("by %s: %q", code, got)
		}
	}
	w.refused("maker", 404, "UNIT_UNKNOWN", "POST", labels, object{"format": "csv", "codes": []any{"ZZZZZZ"}})
	if got := string(
		w.must("maker", 200, "POST", labels, object{"format": "csv", "trial": true}).raw,
	); !strings.Contains(got, "00000000000000000000") {
		t.Errorf("a trial print: %q", got)
	}
}

// A batch tells its producer, and those who see all, which of its labels have PINs; a trial print
// and another party's read change nothing.
func TestABatchKnowsItsLabels(t *testing.T) {
	w := newWorld(t)
	w.stock(30)
	labels, batch := path("/batches/%s/%s/labels", gtin, lot), path("/batches/%s/%s", gtin, lot)
	for _, c := range []struct {
		order object
		want  string
	}{
		{object{"format": "zpl", "trial": true, "pin": true}, "with 0 without 0 unclear 0 unmade 30"},
		{object{"format": "zpl", "count": 10}, "with 0 without 10 unclear 0 unmade 20"},
		{object{"format": "csv", "from": 8, "count": 12, "pin": true}, "with 10 without 8 unclear 2 unmade 10"},
		{object{"format": "pdf", "template": "roll-30x20", "pin": true}, "with 10 without 8 unclear 2 unmade 10"}, // refused
	} {
		w.ask("maker", "POST", labels, c.order)
		n := w.must("maker", 200, "GET", batch, nil).body["labels"].(object)
		if got := fmt.Sprintf(
			"with %v without %v unclear %v unmade %v", n["with"], n["without"], n["unclear"], n["unmade"],
		); got != c.want {
			t.Errorf("after %v: %s, want %s", c.order, got, c.want)
		}
	}
	for party, sees := range map[string]bool{"platform": true, "auditor": true, "shop": false} {
		if a := w.ask(party, "GET", batch, nil); a.status == 200 && (a.body["labels"] != nil) != sees {
			t.Errorf("%s: %v", party, a.body["labels"])
		}
	}
}

// Jobs are found again, the newest first, by their party only.
func TestListJobs(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.stock(30)
	first := w.labelJob()
	second := w.must("maker", 202, "POST", path("/batches/%s/BIG1/labels", gtin), object{"format": "csv"}).body["id"]
	page := w.must("maker", 200, "GET", path("/jobs?limit=1"), nil).body
	item := page["items"].([]any)[0].(object)
	if item["id"] != second || item["labels"].(object)["lot"] == "" || page["next"] == nil {
		t.Errorf("the newest job: %v", page)
	}
	rest := w.must("maker", 200, "GET", path("/jobs?after=%s", urlQuery(page["next"].(string))), nil).body
	if items := rest["items"].([]any); len(items) != 1 || items[0].(object)["id"] != first || rest["next"] != nil {
		t.Errorf("the next page: %v", rest)
	}
	if items := w.must("maker", 200, "GET", path("/jobs?kind=import"), nil).body["items"].([]any); len(items) != 0 {
		t.Errorf("imports: %v", items)
	}
	if items := w.must("maker", 200, "GET", path("/jobs?kind=labels"), nil).body["items"].([]any); len(items) != 2 {
		t.Errorf("labels: %v", items)
	}
	if items := w.must("rival", 200, "GET", path("/jobs"), nil).body["items"].([]any); len(items) != 0 {
		t.Errorf("the rival sees %v", items)
	}
}

package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// carried gives one unit's code in every way in which it reaches us.
func (w *world) carried(index int) map[string]string {
	serial := w.serial(index)
	return map[string]string{
		"address":          gs1.UnitURI("https://trace.example", gtin, lot, serial),
		"elsewhere":        gs1.UnitURI("https://old.example", gtin, lot, serial),
		"scanner elements": "]d201" + gtin + "10" + lot + "\x1d21" + serial,
		"brackets":         "(01)" + gtin + "(10)" + lot + "(21)" + serial,
		"serial":           strings.ToLower(serial),
		"last six":         serial[14:],
		"last six, read":   strings.ReplaceAll(serial[14:17]+" "+serial[17:], "0", "O"),
	}
}

func byCode(route, code string) string { return "/api/v1" + route + "?code=" + url.QueryEscape(code) }

// resolve asks for one code.
func (w *world) resolve(party string, request object) object {
	w.t.Helper()
	return w.must(party, 200, "POST", "/api/v1/units/resolve", request).body["items"].([]any)[0].(object)
}

func faultOf(item object) any {
	fault, _ := item["fault"].(object)
	return fault["code"]
}

// Whatever carries it, a code names its unit, for those who may see the batch;
// for others there is no such unit.
func TestCodesNameUnits(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "carrier", line(0, 10))
	for how, code := range w.carried(7) {
		for party, seen := range map[string]bool{"maker": true, "carrier": true, "auditor": true, "rival": false, "shop": false, "lab": false} {
			item := w.resolve(party, object{"codes": []any{code}})
			if !seen {
				if faultOf(item) != "UNIT_UNKNOWN" || item["unit"] != nil {
					t.Errorf("%s as %s: %v", how, party, item)
				}
				w.refused(party, 404, "UNIT_UNKNOWN", "GET", byCode("/provenance", code), nil)
				continue
			}
			unit, _ := item["unit"].(object)
			where, _ := unit["holding"].(object)
			if unit["index"] != 7.0 || unit["lot"] != lot || where["party"] != "carrier" || where["state"] != "held" {
				t.Errorf("%s as %s: %v", how, party, item)
			}
			if whole := !strings.HasPrefix(how, "last six"); (unit["serial"] != nil) != (whole || party != "carrier") {
				t.Errorf("%s as %s is told the serial %v", how, party, unit["serial"])
			}
			story := w.must(party, 200, "GET", byCode("/provenance", code), nil).body
			if story["index"] != 7.0 || len(story["events"].([]any)) != 3 {
				t.Errorf("%s as %s: %v", how, party, story)
			}
		}
	}
	ending := w.carried(7)["last six"]
	if story := w.must(
		"carrier", 200, "GET", path("/provenance/%s/%s/%s", gtin, lot, ending), nil,
	).body; story["index"] != 7.0 {
		t.Errorf("by its end: %v", story)
	}
}

// A code that names nothing says why.
func TestCodesThatNameNothing(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	for code, want := range map[string]any{
		"0123456789ABCDEFGHJK":                       "UNIT_UNKNOWN",
		"https://trace.example/01/" + gtin + "/10/x": "CODE_UNREADABLE",
		"6998801000012":                              "CODE_UNREADABLE",
		"(01)06998801000013(10)A(21)1":               "CODE_UNREADABLE",
		"hello":                                      "CODE_UNREADABLE",
		"00" + sscc(1):                               "CONTAINER_UNKNOWN",
		"https://evil.example/":                      "CODE_UNREADABLE",
	} {
		item := w.resolve("maker", object{"codes": []any{code}})
		fault, _ := item["fault"].(object)
		if fault["code"] != want || fault["messages"].(object)["zh-CN"] == "" {
			t.Errorf("%q: %v, want %v", code, item, want)
		}
	}
	w.refused("maker", 422, "FIELD_INVALID", "POST", "/api/v1/units/resolve", object{"codes": []any{}})
	w.refused("maker", 422, "FIELD_INVALID", "POST", "/api/v1/sales", object{"codes": []any{}})
	w.refused("maker", 422, "LINES_MISSING", "POST", "/api/v1/sales", object{})
	a := w.refused(
		"maker", 422, "CODE_UNREADABLE", "POST", "/api/v1/shipments",
		object{"to": "shop", "codes": []any{w.serial(1), "hello"}},
	)
	if a.body["field"] != "codes.1" {
		t.Errorf("the field is %v", a.body["field"])
	}
	a = w.refused(
		"maker",
		422,
		"LINES_OVERLAP",
		"POST",
		"/api/v1/shipments",
		object{"to": "shop", "codes": []any{w.serial(1), w.carried(1)["brackets"]}},
	)
	if a.body["field"] != "codes.1" {
		t.Errorf("the field is %v", a.body["field"])
	}
}

// Where the end of a serial fits several units, they are offered.
func TestAnEndingThatFitsSeveral(t *testing.T) {
	w := newWorld(t)
	w.stock(60_000)
	seen, ending := map[string]bool{}, ""
	for from := 0; from < 60_000 && ending == ""; from += 10_000 {
		var units []struct{ Serial string }
		raw := w.must("maker", 200, "GET", path("/batches/%s/%s/units?from=%d&count=10000", gtin, lot, from), nil).raw
		if err := json.Unmarshal(raw, &units); err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			last := u.Serial[14:]
			if seen[last] {
				ending = last
			}
			seen[last] = true
		}
	}
	if ending == "" {
		t.Skip("no two of these units end alike")
	}
	item := w.resolve("maker", object{"codes": []any{ending}})
	if faultOf(item) != "CODE_AMBIGUOUS" || len(item["choices"].([]any)) != 2 {
		t.Errorf("%v", item)
	}
	w.refused("maker", 422, "CODE_AMBIGUOUS", "POST", "/api/v1/sales", object{"codes": []any{ending}})
}

// Every write that names units by lines takes their labels instead, and a
// container's label for what is in it.
func TestWritesByLabel(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	codes := func(from, count int) (all []any) {
		ways := []string{"address", "scanner elements", "brackets", "serial", "last six"}
		for i := range count {
			all = append(all, w.carried(from + i)[ways[i%len(ways)]])
		}
		return all
	}
	w.must("maker", 201, "POST", "/api/v1/containers", object{"sscc": sscc(1), "codes": codes(0, 5)})
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/containers",
		object{"sscc": sscc(2), "codes": []any{"(00)" + sscc(1), w.serial(5)}},
	)
	id := w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "shop", "codes": append(codes(10, 10), "]C100"+sscc(2))}).body["id"].(string)
	sent := w.must("shop", 200, "GET", "/api/v1/shipments/"+id, nil).body
	if d := cmp.Diff([]any{sscc(2)}, sent["containers"]); d != "" {
		t.Error(d)
	}
	w.must(
		"shop",
		201,
		"POST",
		"/api/v1/shipments/"+id+"/receipt",
		object{"codes": append(codes(10, 9), "00"+sscc(2)), "damaged": codes(19, 1)},
	)
	w.must("shop", 201, "POST", "/api/v1/sales", object{"codes": codes(10, 5)})
	w.must("shop", 201, "POST", "/api/v1/returns", object{"codes": codes(10, 1), "condition": "good"})
	w.must("shop", 201, "POST", "/api/v1/decommissions", object{"codes": codes(16, 2), "reason": "stolen"})
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/transformations",
		object{"codes": []any{object{"code": w.serial(90), "content": 100}},
			"measure": "GRM", "content": 50, "output": batch("6998801000012", "BLEND", 2)},
	)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{"gtin": gtin, "codes": codes(50, 3), "class": "III", "reason": object{"zh-CN": "测试", "en": "test"}},
	)

	var now []string
	for _, h := range w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body["holdings"].([]any) {
		h := h.(object)
		now = append(now, fmt.Sprintf("%v+%v %v %v", h["from"], h["count"], h["party"], h["state"]))
	}
	if d := cmp.Diff([]string{
		"0+6 shop held",
		"6+4 maker held",
		"10+1 shop held",
		"11+4 shop sold",
		"15+1 shop held",
		"16+2 shop removed",
		"18+1 shop held",
		"19+1 shop removed",
		"20+70 maker held",
		"90+1 maker consumed",
		"91+9 maker held",
	}, now); d != "" {
		t.Error(d)
	}
}

// Complaints are found by the unit's label.
func TestComplaintsByLabel(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.complain("CASE-LABEL", 50)
	w.work()
	for index, want := range map[int]int{50: 1, 51: 0} {
		for how, code := range w.carried(index) {
			if got := w.must("maker", 200, "GET", byCode("/complaints", code), nil).body["items"].([]any); len(
				got,
			) != want {
				t.Errorf("unit %d by %s: %d complaints", index, how, len(got))
			}
		}
	}
	w.refused("rival", 404, "UNIT_UNKNOWN", "GET", byCode("/complaints", w.serial(50)), nil)
}

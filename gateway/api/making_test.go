package api

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

func sscc(n int) string {
	body := fmt.Sprintf("36998801%09d", n)
	return body + string(gs1.CheckDigit(body))
}

func input(lot string, from, count, content int) object {
	return object{"gtin": gtin, "lot": lot, "from": from, "count": count, "content": content}
}

// making asks for a batch out of five units of a lot, two for each.
func making(from, to string) object {
	return object{
		"inputs":  []any{input(from, 0, 5, 100)},
		"measure": "GRM",
		"content": 50,
		"output":  batch("6998801000012", to, 10),
	}
}

// The main job of making: a blend and a drink of it are shipped on a pallet,
// and a recall of what went in reaches them there.
func TestFromIngredientToPallet(t *testing.T) {
	w := newWorld(t)
	w.stock(20)
	made := w.must("maker", 201, "POST", "/api/v1/transformations", making(lot, "BLEND")).body
	if made["lot"] != "BLEND" || made["quantity"] != 10.0 || made["expiresOn"] != "2028-01-02" ||
		made["status"] != "registered" {
		t.Errorf("made: %v", made)
	}
	w.must("maker", 201, "POST", "/api/v1/transformations", making("BLEND", "DRINK"))
	recipe := w.must("auditor", 200, "GET", path("/transformations/%s/BLEND", gtin), nil).body
	if d := cmp.Diff(
		[]any{object{"gtin": gtin, "lot": lot, "from": 0.0, "count": 5.0, "content": 100.0}}, recipe["inputs"],
	); d != "" {
		t.Error(d)
	}
	w.pallet("DRINK")
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "PALLET-1", "to": "shop", "containers": []any{sscc(2)}},
	)
	w.must("shop", 201, "POST", path("/shipments/PALLET-1/receipt"), object{})

	story := w.must("auditor", 200, "GET", path("/provenance/%s/DRINK/%s", gtin, w.serialOf("DRINK", 1)), nil).body
	if d := cmp.Diff(
		[]any{object{"party": "shop", "state": "held", "from": 1.0, "count": 1.0, "container": sscc(1)}},
		story["holdings"],
	); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(
		[]string{
			"transformed []",
			"packed [" + sscc(1) + "]",
			"packed [" + sscc(2) + "]",
			"dispatched [" + sscc(2) + "]",
			"received [" + sscc(2) + "]",
		},
		told(story),
	); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(
		[]string{"BLEND 1 via DRINK, 2 events", lot + " 2 via BLEND, 2 events"}, relatives(story["madeFrom"]),
	); d != "" {
		t.Error(d)
	}
	back := w.must("maker", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	if d := cmp.Diff(
		[]string{"BLEND 1 via " + lot + ", 2 events", "DRINK 2 via BLEND, 5 events"}, relatives(back["madeInto"]),
	); d != "" {
		t.Error(d)
	}
	shops := w.must("shop", 200, "GET", path("/provenance/%s/DRINK", gtin), nil).body
	if shops["madeFrom"] != nil {
		t.Errorf("the shop is told what its drink is made of: %v", shops["madeFrom"])
	}

	w.must("auditor", 201, "POST", "/api/v1/recalls", object{"gtin": gtin, "lots": []any{lot}, "class": "I",
		"reason": object{"zh-CN": "铅超标", "en": "Too much lead"}})
	recall := w.must("shop", 200, "GET", "/api/v1/recalls", nil).body["items"].([]any)[0].(object)
	if d := cmp.Diff(
		[]any{
			object{"gtin": gtin, "lot": "BLEND", "from": 0.0, "count": 10.0},
			object{"gtin": gtin, "lot": "DRINK", "from": 0.0, "count": 10.0},
		},
		recall["derived"],
	); d != "" {
		t.Error(d)
	}
	w.must("shop", 201, "POST", path("/containers/%s/unpacking", sscc(2)), nil)
	w.refused(
		"shop",
		409,
		"UNITS_RECALLED",
		"POST",
		"/api/v1/sales",
		object{"lines": []any{object{"gtin": gtin, "lot": "DRINK", "from": 9, "count": 1}}},
	)
}

// pallet packs units 0-4 of a lot into a case, and that with the others onto a pallet.
func (w *world) pallet(lot string) {
	w.t.Helper()
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/containers",
		object{"sscc": sscc(1), "lines": []any{object{"gtin": gtin, "lot": lot, "from": 0, "count": 5}}},
	)
	w.must("maker", 201, "POST", "/api/v1/containers", object{"sscc": sscc(2), "containers": []any{sscc(1)},
		"lines": []any{object{"gtin": gtin, "lot": lot, "from": 5, "count": 5}}})
}

// TestMadeGoodsExpireInTime: without a date the output expires with its shelf life or with the
// first of its inputs, whichever comes first; a date that goes beyond that needs a reason.
func TestMadeGoodsExpireInTime(t *testing.T) {
	w := newWorld(t)
	w.stock(20)
	soon := batch(gtin, "SOON", 20)
	soon["expiresOn"] = "2027-03-04"
	w.must("maker", 201, "POST", "/api/v1/batches", soon)
	both := func(to string, expiry object) object {
		m := making(lot, to)
		m["inputs"] = []any{input(lot, 0, 2, 100), input("SOON", 0, 3, 100)}
		maps.Copy(m["output"].(object), expiry)
		return m
	}
	m := both("EARLY", nil)
	if made := w.must("maker", 201, "POST", "/api/v1/transformations", m).body; made["expiresOn"] != "2027-03-04" {
		t.Errorf("with the first of its inputs: %v", made)
	}
	lasting := batch(gtin, "LASTING", 20)
	lasting["expiresOn"] = "2030-01-01"
	w.must("maker", 201, "POST", "/api/v1/batches", lasting)
	if made := w.must(
		"maker", 201, "POST", "/api/v1/transformations", making("LASTING", "SHELF"),
	).body; made["expiresOn"] != "2028-01-02" {
		t.Errorf("with its shelf life of 730 days, before its input: %v", made)
	}
	late := both("LATE", object{"expiresOn": "2027-03-05"})
	late["inputs"] = []any{input(lot, 2, 2, 100), input("SOON", 3, 3, 100)}
	if a := w.refused(
		"maker", 409, "EXPIRY_BEYOND_INPUTS", "POST", "/api/v1/transformations", late,
	); a.body["field"] != "output.expiresOn" {
		t.Errorf("%s", a.raw)
	}
	late["expiryReason"] = "灭菌后密封"
	if made := w.must("maker", 201, "POST", "/api/v1/transformations", late).body; made["expiresOn"] != "2027-03-05" {
		t.Errorf("for a reason: %v", made)
	}
}

func told(story object) (out []string) {
	for _, x := range story["events"].([]any) {
		e := x.(object)
		containers, _ := e["containers"].([]any)
		out = append(out, fmt.Sprint(e["type"], " ", containers))
	}
	return out
}

func relatives(list any) (out []string) {
	all, _ := list.([]any)
	for _, x := range all {
		r := x.(object)
		out = append(
			out,
			fmt.Sprint(
				r["lot"], " ", r["depth"], " via ", r["via"].(object)["lot"], ", ", len(r["events"].([]any)),
				" events",
			),
		)
	}
	return out
}

// TestContainersAreTheirHandlers: who packed a case, has it or is being sent it
// sees it, and nobody else.
func TestContainersAreTheirHandlers(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.pallet(lot)
	seen := func(party string, want int) {
		t.Helper()
		if items := w.must(party, 200, "GET", "/api/v1/containers?outermost=true", nil).body["items"].([]any); len(
			items,
		) != want {
			t.Errorf("%s sees %d containers, want %d", party, len(items), want)
		}
	}
	seen("maker", 1)
	seen("carrier", 0)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "PALLET-1", "to": "carrier", "containers": []any{sscc(2)}},
	)
	seen("carrier", 1)
	w.refused("rival", 404, "CONTAINER_UNKNOWN", "GET", path("/containers/%s", sscc(2)), nil)
	w.must(
		"carrier",
		201,
		"POST",
		path("/shipments/PALLET-1/receipt"),
		object{"lines": []any{object{"gtin": gtin, "lot": lot, "from": 0, "count": 9, "condition": "good"}}},
	)
	seen("carrier", 0)
	if c := w.must("maker", 200, "GET", path("/containers/%s", sscc(1)), nil).body; c["unpackedAt"] == nil ||
		c["parent"] != nil {
		t.Errorf("the case was counted and is still closed: %v", c)
	}
}

func TestMakingRefused(t *testing.T) {
	w := newWorld(t)
	w.stock(20)
	w.pallet(lot)
	badBalance, badLot, packed := making(lot, "BLEND"), making(lot, ""), making(lot, "BLEND")
	badBalance["loss"] = 1
	for _, x := range []struct {
		status      int
		code, field string
		path        string
		body        object
	}{
		{422, "MASS_BALANCE", "loss", "/transformations", badBalance},
		{422, "LOT_INVALID", "output.lot", "/transformations", badLot},
		{409, "UNITS_PACKED", "inputs", "/transformations", packed},
		{422, "SSCC_INVALID", "sscc", "/containers", object{"sscc": "369988010000000012", "lines": []any{line(15, 1)}}},
		{422, "LINES_MISSING", "lines", "/containers", object{"sscc": sscc(9)}},
		{409, "CONTAINER_EXISTS", "sscc", "/containers", object{"sscc": sscc(1), "lines": []any{line(15, 1)}}},
		{409, "CONTAINER_PACKED", "containers", "/shipments", object{"to": "shop", "containers": []any{sscc(1)}}},
		{404, "CONTAINER_UNKNOWN", "containers", "/shipments", object{"to": "shop", "containers": []any{sscc(9)}}},
		{422, "LINES_MISSING", "lines", "/shipments", object{"to": "shop"}},
		{409, "UNITS_PACKED", "lines", "/shipments", object{"to": "shop", "lines": []any{line(0, 1)}}},
	} {
		if a := w.refused("maker", x.status, x.code, "POST", "/api/v1"+x.path, x.body); a.body["field"] != x.field {
			t.Errorf("%s %s: field %v, want %s", x.path, x.code, a.body["field"], x.field)
		}
	}
}

// serialOf gives the serial of a unit of a lot of the maker's.
func (w *world) serialOf(lot string, index int) string {
	w.t.Helper()
	raw := string(w.must("maker", 200, "GET", path("/batches/%s/%s/units?from=%d&count=1", gtin, lot, index), nil).raw)
	_, after, _ := strings.Cut(raw, `"serial":"`)
	return after[:20]
}

package api

import (
	"fmt"
	"testing"
	"time"
)

// waiting gives what waits for a party as KIND SUBJECT, the count beside where
// more waits than is told.
func (w *world) waiting(party string) map[string]string {
	w.t.Helper()
	found := map[string]string{}
	for _, g := range w.must(party, 200, "GET", "/api/v1/overview", nil).body["groups"].([]any) {
		group := g.(object)
		tasks := group["tasks"].([]any)
		found[group["kind"].(string)] = fmt.Sprintf("%v: %v", group["count"], tasks[0].(object)["subject"])
	}
	return found
}

func (w *world) waits(party string, want map[string]string) {
	w.t.Helper()
	got := w.waiting(party)
	delete(got, "message") // what was told about all this is the inbox's test
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("%s has\n%v, not\n%v", party, got, want)
	}
}

func TestEverybodySeesWhatWaitsForHim(t *testing.T) {
	w := newWorld(t)
	w.tested(500)
	none := map[string]string{}
	w.waits("maker", map[string]string{"inspection": "1: " + lot})
	w.waits("lab", map[string]string{"inspection": "1: " + lot})
	w.waits("rival", none)
	w.awaitsInspection(map[string]string{"maker": lot, "lab": lot, "auditor": lot, "rival": "", "shop": ""})
	w.must("lab", 201, "POST", "/api/v1/inspections", inspection(lot, 3))
	w.waits("maker", none)
	w.waits("lab", none)
	w.awaitsInspection(map[string]string{"maker": "", "lab": ""})

	w.deliver("maker", "shop", line(0, 20))
	id := w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "shop", "lines": []any{line(20, 5)}}).body["id"].(string)
	w.waits("maker", map[string]string{"under_way": "1: " + id})
	w.waits("shop", map[string]string{"receive": "1: " + id})

	recall := w.must("maker", 201, "POST", "/api/v1/recalls", object{"gtin": gtin, "lots": []any{lot}, "class": "I",
		"reason": object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"}}).body["id"].(string)
	w.waits(
		"maker",
		map[string]string{"under_way": "1: " + id, "recall_open": "1: " + recall, "recall_acknowledge": "1: " + recall},
	)
	w.waits("shop", map[string]string{"receive": "1: " + id, "recall_acknowledge": "1: " + recall})
	w.waits("corner", none)
	w.must("shop", 201, "POST", path("/recalls/%s/acknowledgements", recall), object{})
	w.waits("shop", map[string]string{"receive": "1: " + id})
}

// awaitsInspection checks which lots each party is told wait for an inspection.
func (w *world) awaitsInspection(want map[string]string) {
	w.t.Helper()
	for party, lots := range want {
		got := ""
		for _, b := range w.must(party, 200, "GET", "/api/v1/inspections/waiting?count=true", nil).body["items"].([]any) {
			got += b.(object)["lot"].(string)
		}
		if got != lots {
			w.t.Errorf("%s is told that %q waits for an inspection, not %q", party, got, lots)
		}
	}
}

// A message on the overview says what it is about, and is called as in the inbox.
func TestAMessageIsCalledAsInTheInbox(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	id := w.must("maker", 201, "POST", "/api/v1/shipments", object{"to": "shop", "lines": []any{line(0, 5)}}).body["id"]
	entry := w.must("shop", 200, "GET", "/api/v1/inbox", nil).body["items"].([]any)[0].(object)
	for _, g := range w.must("shop", 200, "GET", "/api/v1/overview", nil).body["groups"].([]any) {
		if g.(object)["kind"] != "message" {
			continue
		}
		notice := g.(object)["tasks"].([]any)[0].(object)["notice"].(object)
		if notice["subject"] != id || fmt.Sprint(notice["title"]) != fmt.Sprint(entry["title"]) {
			t.Errorf("the overview says %v, the inbox %v", notice, entry)
		}
		return
	}
	t.Error("no message waits")
}

func TestARecallIsDueByItsClass(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/recalls",
		object{"gtin": gtin, "lots": []any{lot}, "class": "II", "reason": object{"zh-CN": "标签有误", "en": "Wrong label"}},
	)
	for _, g := range w.must("maker", 200, "GET", "/api/v1/overview", nil).body["groups"].([]any) {
		if g.(object)["kind"] != "recall_acknowledge" {
			continue
		}
		task := g.(object)["tasks"].([]any)[0].(object)
		at, _ := time.Parse(time.RFC3339, task["at"].(string))
		due, err := time.Parse(time.RFC3339, task["due"].(string))
		if hours := due.Sub(at).Hours(); err != nil || hours < 47.99 || hours > 48.01 {
			t.Errorf("due after %v hours, %v", hours, err)
		}
		return
	}
	t.Error("nothing to acknowledge")
}

func TestStepsAreWhatWasReallyDone(t *testing.T) {
	w := newWorld(t)
	steps := func(party string) string {
		s := w.must(party, 200, "GET", "/api/v1/overview", nil).body["steps"].(object)
		return fmt.Sprintln(s["applied"], s["standing"], s["documents"], s["products"], s["batches"], s["labels"])
	}
	w.newcomer("fresh")
	if got := steps("fresh"); got != "<nil> applied 0 0 0 0\n" {
		t.Errorf("a newcomer: %s", got)
	}
	w.stock(10)
	if got := steps("maker"); got != "<nil> qualified 0 1 1 0\n" {
		t.Errorf("with goods: %s", got)
	}
	w.must("maker", 200, "POST", path("/batches/%s/%s/labels", gtin, lot), object{"format": "svg", "count": 1})
	if got := steps("maker"); got != "<nil> qualified 0 1 1 1\n" {
		t.Errorf("with labels: %s", got)
	}
}

package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"testing"
	"time"
)

func scanned(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 40))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// kinds are what a party's inbox is about.
func (c caller) kinds(t *testing.T) map[string]int {
	t.Helper()
	all := map[string]int{}
	for _, x := range c.get(t, "/api/v1/inbox?limit=200").body["items"].([]any) {
		all[x.(object)["kind"].(string)]++
	}
	return all
}

// A stranger becomes a seller; what the platform then finds out about it is
// what the next shopper reads.
func TestSupervision(t *testing.T) {
	const lot = "202611S01"
	platform := touchstone.as("platform")
	id := fmt.Sprintf("stall-%d", time.Now().UnixNano()%1_000_000_000)
	begun := caller{
		base: touchstone.gateway,
	}.post(t, "/api/v1/applications", object{"id": id, "name": object{"zh-CN": "新摊位"}, "roles": []string{"seller"}})
	if begun.status != http.StatusCreated {
		t.Fatalf("%d %s", begun.status, begun.raw)
	}
	stall := caller{touchstone.gateway, begun.body["apiKey"].(string)}

	t.Run("an applicant applies and nothing else", func(t *testing.T) {
		if a := stall.get(t, "/api/v1/products"); a.status != http.StatusForbidden {
			t.Errorf("%d %s", a.status, a.raw)
		}
		if a := stall.upload(
			t, "/api/v1/documents", "licence.pdf", scanned(t),
		); a.status != http.StatusUnprocessableEntity ||
			a.body["code"] != "DOCUMENT_TYPE" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	kept := stall.upload(t, "/api/v1/documents", "licence.png", scanned(t))
	licence := object{
		"kind":         "food",
		"issuer":       "SAMR",
		"number":       "JY1",
		"validTo":      time.Now().AddDate(0, 0, 20).Format("2006-01-02"),
		"documentHash": kept.body["sha256"],
	}
	stall.must(t, http.StatusCreated, "/api/v1/me/application", object{"licences": []object{licence}})
	platform.must(
		t,
		http.StatusCreated,
		"/api/v1/parties/"+id+"/review",
		object{"outcome": "accepted", "reason": object{"zh-CN": "材料齐全"}},
	)

	t.Run("the document goes to those who supervise", func(t *testing.T) {
		where := "/api/v1/documents/" + kept.body["id"].(string)
		for role, want := range map[string]int{"platform": 200, "auditor": 200, "seller": 404} {
			if a := touchstone.as(role).get(t, where); a.status != want {
				t.Errorf("%s: %d", role, a.status)
			}
		}
	})
	t.Run("a webhook leads nowhere inside, and says what went wrong", func(t *testing.T) {
		for _, inside := range []string{"https://169.254.169.254/latest", "https://localhost/hook"} {
			if a := stall.post(
				t, "/api/v1/webhooks", object{"url": inside},
			); a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", inside, a.status, a.raw)
			}
		}
		hook := stall.must(
			t, http.StatusCreated, "/api/v1/webhooks", object{"url": "https://shop.invalid/hook"},
		) // a name that never resolves (RFC 6761)
		gtin := newBatch(t, lot, 10)
		a := touchstone.as("producer").
			must(t, http.StatusCreated, "/api/v1/shipments", object{"to": id, "lines": []object{line(gtin, lot, 0, 5)}})
		stall.must(t, http.StatusCreated, "/api/v1/shipments/"+a["id"].(string)+"/receipt", object{})
		where := "/api/v1/webhooks/" + hook["id"].(string) + "/deliveries"
		if !eventually(
			20*time.Second,
			func() bool { return bytes.Contains(stall.get(t, where).raw, []byte(`"error":`)) },
		) {
			t.Errorf("%s", stall.get(t, where).raw)
		}
		label := units(t, gtin, lot, 0, 1)[0].uri
		wantVerdict(t, label, "genuine")
		if got := stall.kinds(t); got["shipment"] != 1 || got["licence_expiring"] != 1 || got["standing"] != 1 {
			t.Errorf("inbox: %v", got)
		}
		supervise(t, id, label)
	})
}

// supervise lets the licence run out, an action be due, and suspends.
func supervise(t *testing.T, id, label string) {
	platform := touchstone.as("platform")
	if !eventually(time.Second, func() bool { return verdict(t, label)["verdict"] == "genuine" }) {
		t.Fatal(verdict(t, label))
	}
	yesterday := time.Now().AddDate(0, 0, -2).Format("2006-01-02")
	update := object{
		"name":     object{"zh-CN": "新摊位"},
		"licences": []object{{"kind": "food", "issuer": "SAMR", "number": "JY1", "validTo": yesterday}},
	}
	put(t, platform, "/api/v1/parties/"+id, update)
	wantVerdict(t, label, "caution", "LICENCE_EXPIRED")
	put(t, platform, "/api/v1/parties/"+id, object{"name": object{"zh-CN": "新摊位"}, "nextCheckDue": yesterday})
	wantVerdict(t, label, "caution", "CHECK_OVERDUE")
	platform.must(
		t,
		http.StatusCreated,
		"/api/v1/parties/"+id+"/checks",
		object{"items": []object{{"item": object{"zh-CN": "冷柜"}, "result": "passed"}}},
	)
	wantVerdict(t, label, "genuine")
	platform.must(
		t, http.StatusCreated, "/api/v1/parties/"+id+"/status", object{"status": "suspended", "reason": "抽检不合格"},
	)
	if !eventually(time.Second, func() bool { return verdict(t, label)["verdict"] == "stop" }) {
		t.Errorf("%v", verdict(t, label))
	}
	wantVerdict(t, label, "stop", "SELLER_SUSPENDED")
	standing := platform.get(t, "/api/v1/parties/"+id+"/standing").body
	if standing["standing"] != "suspended" || standing["score"].(object)["points"] != 0.0 {
		t.Errorf("%v", standing)
	}
}

func put(t *testing.T, c caller, path string, body any) {
	t.Helper()
	if a := request(t, http.MethodPut, c.base+path, c.key, body); a.status != http.StatusOK {
		t.Fatalf("PUT %s: %d %s", path, a.status, a.raw)
	}
}

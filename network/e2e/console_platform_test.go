package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// consoleLanguages are those that every journey is driven in.
var consoleLanguages = []string{"zh-CN", "en"}

// applicant applies with a licence to read. Every one comes from an address of its own: few may come from one.
func applicant(t *testing.T, id, address string) {
	t.Helper()
	begun, err := shopper{address: address}.do(http.MethodPost, touchstone.gateway+"/api/v1/applications",
		fmt.Sprintf(`{"id": %q, "name": {"zh-CN": "新摊位", "en": "A new stall"}, "roles": ["seller"]}`, id))
	if err != nil || begun.status != http.StatusCreated {
		t.Fatalf("%v %d %s", err, begun.status, begun.raw)
	}
	stall := caller{touchstone.gateway, begun.body["apiKey"].(string)}
	kept := stall.upload(t, "/api/v1/documents", "licence.png", scanned(t))
	licence := object{
		"kind":         "food",
		"issuer":       "SAMR",
		"number":       "JY-" + id,
		"validTo":      time.Now().AddDate(0, 0, 20).Format("2006-01-02"),
		"documentHash": kept.body["sha256"],
	}
	stall.must(t, http.StatusCreated, "/api/v1/me/application", object{"licences": []object{licence}})
}

// answered is a complaint that waits for the platform's decision.
func answered(t *testing.T, u unit) (id string) {
	t.Helper()
	id, link := complain(t, u.uri, "瓶身印刷模糊", "phone of "+u.serial)
	if !eventually(10*time.Second, func() bool { return follow(t, link)["status"] == "open" }) {
		t.Fatalf("%v", follow(t, link))
	}
	touchstone.as("seller").must(t, http.StatusCreated, "/api/v1/complaints/"+id+"/answer", object{"text": "我们从厂家进货"})
	return id
}

// alerted is an alert that waits to be looked at: a code that was scanned all over the country.
func alerted(t *testing.T, gtin, lot string, u unit) (id string) {
	t.Helper()
	longAgo(t, gtin, lot, u.serial, somewhere)
	if !(shopper{"203.0.113.7", "广州", "23.13,113.26"}).scan(u.uri) ||
		!eventually(settleTime, func() bool { return alertOf(t, "platform", lot, u.index) != nil }) {
		t.Fatal("there is no alert")
	}
	return alertOf(t, "platform", lot, u.index)["id"].(string)
}

// The platform's people do their day in the console: they decide on an
// application, an alert and a complaint, close a report, and see who lapses next.
func TestConsolePlatform(t *testing.T) {
	const lot = "DESK01"
	gtin := newBatch(t, lot, 12)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 12))
	all := units(t, gtin, lot, 0, 12)
	more := object{}
	for i, language := range consoleLanguages {
		id := fmt.Sprintf("stall-%s-%d", strings.ToLower(language), time.Now().UnixNano()%1_000_000)
		applicant(t, id, fmt.Sprint("198.51.100.", 90+i))
		forged := strings.TrimSuffix(path(all[0].uri), all[0].serial) + strings.Repeat(string("ZX"[i]), 20)
		reportBy(t, "phone "+language, touchstone.verify+forged, url.Values{"text": {"扫出来查不到"}})
		more[language] = object{
			"applicant": id,
			"alert":     alerted(t, gtin, lot, all[1+i]),
			"complaint": answered(t, all[4+i]),
			"report":    reportedCode(t, forged)["id"],
		}
	}
	consoleJourney(t, "platform", more)
}

// An auditor finds where an item has been, checks it in the browser and takes it along.
func TestConsoleAuditor(t *testing.T) {
	const lot = "AUDIT01"
	gtin := newBatch(t, lot, 20)
	deliver(t, "producer", "distributor", line(gtin, lot, 0, 20))
	deliver(t, "distributor", "seller", line(gtin, lot, 0, 10))
	unit := units(t, gtin, lot, 3, 1)[0]
	var crowd []shopper
	for i := range 12 {
		crowd = append(crowd, shopper{fmt.Sprint("203.0.113.", 100+i), "杭州", "30.27,120.16"})
	}
	longAgo(t, gtin, lot, unit.serial, crowd)
	consoleJourney(t, "auditor", object{"gtin": gtin, "lot": lot, "serial": unit.serial})
}

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// demoPrefix is the GS1 company prefix of the demo producer.
const demoPrefix = "6998801"

var lastItem atomic.Int64

// newGTIN gives a GTIN-14 under a company prefix of seven digits that no demo
// product has.
func newGTIN(prefix string) string {
	digits := fmt.Sprintf("0%s%05d", prefix, 50000+lastItem.Add(1))
	sum := 0
	for i, d := range digits {
		weight := 3
		if i%2 == 1 {
			weight = 1
		}
		sum += weight * int(d-'0')
	}
	return fmt.Sprintf("%s%d", digits, (10-sum%10)%10)
}

func product(gtin string) object {
	return object{
		"gtin": gtin, "name": object{"zh-CN": "烟酰胺精华液 30ml", "en": "Niacinamide serum 30 ml"},
		"brand": "澄岩", "category": "美妆", "specification": "30ml", "origin": "浙江杭州", "shelfLifeDays": 730,
	}
}

func batch(gtin, lot string, quantity int) object {
	produced := time.Now().AddDate(0, -1, 0)
	return object{
		"gtin": gtin, "lot": lot, "quantity": quantity, "origin": "浙江杭州",
		"producedOn": produced.Format("2006-01-02"), "expiresOn": produced.AddDate(2, 0, 0).Format("2006-01-02"),
	}
}

// newBatch registers a product of its own and one batch of it.
func newBatch(t testing.TB, lot string, quantity int) (gtin string) {
	t.Helper()
	gtin = newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	producer.must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, quantity))
	return gtin
}

func line(gtin, lot string, from, count int) object {
	return object{"gtin": gtin, "lot": lot, "from": from, "count": count}
}

// party asks an account which party it acts for.
func party(t testing.TB, role string) string {
	t.Helper()
	return touchstone.as(role).get(t, "/api/v1/me").body["party"].(string)
}

// ship sends units from one demo account to another and answers the shipment's id.
func ship(t testing.TB, from, to string, lines ...object) string {
	t.Helper()
	a := touchstone.as(from).
		must(t, http.StatusCreated, "/api/v1/shipments", object{"to": party(t, to), "lines": lines})
	return a["id"].(string)
}

// deliver ships and has everything received in good order.
func deliver(t testing.TB, from, to string, lines ...object) {
	t.Helper()
	id := ship(t, from, to, lines...)
	touchstone.as(to).must(t, http.StatusCreated, "/api/v1/shipments/"+id+"/receipt", object{})
}

// unit is what a label carries.
type unit struct {
	index            int
	serial, uri, pin string
}

func units(t testing.TB, gtin, lot string, from, count int) []unit {
	t.Helper()
	a := touchstone.as("producer").
		get(t, fmt.Sprintf("/api/v1/batches/%s/%s/units?from=%d&count=%d", gtin, lot, from, count))
	if a.status != http.StatusOK {
		t.Fatalf("units: %d %s", a.status, a.raw)
	}
	var all []unit
	for _, x := range list(t, a.raw) {
		all = append(all, unit{int(x["index"].(float64)), x["serial"].(string), x["uri"].(string), x["pin"].(string)})
	}
	return all
}

// page gives the address on the verifier under test of what a label's URI names.
func page(uri string) string {
	return touchstone.verify + uri[strings.Index(uri, "/01/"):]
}

// verdict scans a unit as an application does: it asks again where it is told to.
func verdict(t testing.TB, uri string) object {
	t.Helper()
	var a answer
	eventually(settleTime, func() bool {
		a = request(t, http.MethodGet, page(uri), "", nil, "Accept", "application/json")
		return a.status != http.StatusServiceUnavailable
	})
	return a.body
}

// failing lists the reasons of the checks that did not pass.
func failing(v object) []string {
	var reasons []string
	checks, _ := v["checks"].([]any)
	for _, c := range checks {
		if reason, ok := c.(object)["reason"].(string); ok && reason != "" {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

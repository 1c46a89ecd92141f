package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// look is a page that the browser tests open; see browser/pages.test.mjs.
type look struct {
	Name    string `json:"name"`
	URL     string `json:"url"`
	Verdict string `json:"verdict"`
	Text    object `json:"text"`            // what it says every time
	First   object `json:"first,omitempty"` // what it says to whoever comes first
}

// Every verdict, as a phone shows it.
func TestPagesInABrowser(t *testing.T) {
	const lot = "202610A01"
	gtin := newInspectedGoods(t, lot, 60)
	all := units(t, gtin, lot, 0, 60)
	inspect(t, gtin, lot, 0)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 20))
	ship(t, "producer", "seller", line(gtin, lot, 20, 5))
	touchstone.as("seller").must(t, http.StatusCreated, "/api/v1/decommissions",
		object{"lines": []object{line(gtin, lot, 5, 1)}, "reason": "stolen"})
	touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/recalls", object{
		"gtin": gtin, "lines": []object{line(gtin, lot, 10, 5)}, "class": "I",
		"reason":      object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
		"instruction": object{"zh-CN": "请停止使用，凭此页退货", "en": "Stop using it and return it with this page"},
	})
	if a := activate(t, all[7].uri, all[7].pin); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	confirmScan(t, all[1].uri)
	wantVerdict(t, all[7].uri, "caution", "ALREADY_ACTIVATED")
	forged := all[0].uri[:strings.LastIndex(all[0].uri, "/")+1] + "00000000000000000000"
	goods := object{"zh-CN": "烟酰胺精华液", "en": "Niacinamide serum"}
	runScript(t, "pages.test.mjs", []look{
		{"genuine", page(all[0].uri), "genuine", object{"zh-CN": "检验合格", "en": "Inspection passed"},
			object{"zh-CN": "您是第一位查询的人", "en": "You are the first to check it"}},
		{"genuine-seen", page(all[1].uri), "genuine", object{"zh-CN": "此前查询过", "en": "Earlier checks"}, nil},
		{
			"not-shipped",
			page(all[30].uri),
			"caution",
			object{"zh-CN": "还没有离开生产方", "en": "has not left its producer"},
			nil,
		},
		{"in-transit", page(all[20].uri), "caution", object{"zh-CN": "还没有到达卖家", "en": "has not reached a seller"}, nil},
		{
			"other-seller",
			page(all[2].uri) + "?seller=" + party(t, "distributor"),
			"caution",
			object{"zh-CN": "最后一站是另一位卖家", "en": "last stop is another seller"},
			nil,
		},
		{"activated", page(all[7].uri), "caution", object{"zh-CN": "首位所有者", "en": "first owner"}, nil},
		{
			"recalled",
			page(all[10].uri),
			"stop",
			object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
			nil,
		},
		{"stolen", page(all[5].uri), "stop", goods, nil},
		{"expired", page(expiredUnit(t)), "stop", object{"zh-CN": "有效期已于", "en": "This item expired on"}, nil},
		{
			"not-recognised",
			page(forged),
			"not_recognised",
			object{"zh-CN": "查不到这枚编码", "en": "We do not know this code"},
			nil,
		},
	})
	stale := strings.Replace(page(all[3].uri), touchstone.verify, staleVerifier(t), 1)
	lockTable(t, "ledger.checkpoint") // or the gateway might note that all is level just while the page is made
	runScript(t, "pages.test.mjs", []look{
		{"unavailable", stale, "unavailable", object{"zh-CN": "现在无法核验", "en": "We cannot check right now"}, nil},
	})
}

// confirmScan does what the page's script does once the page is seen.
func confirmScan(t *testing.T, uri string) {
	t.Helper()
	seen := request(t, http.MethodGet, page(uri), "", nil, "Accept", "application/json")
	a := request(
		t,
		http.MethodPost,
		touchstone.verify+"/api/v1/scans",
		"",
		object{"uri": uri, "nonce": seen.header.Get("Touchstone-Scan-Nonce")},
	)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.raw)
	}
}

// expiredUnit makes a batch whose last good day has passed.
func expiredUnit(t *testing.T) (uri string) {
	t.Helper()
	const lot = "202311A01"
	gtin := newGTIN(demoPrefix)
	producer := touchstone.as("producer")
	producer.must(t, http.StatusCreated, "/api/v1/products", product(gtin))
	old := with(batch(gtin, lot, 2), "producedOn", time.Now().AddDate(-2, 0, -9).Format(time.DateOnly))
	producer.must(
		t,
		http.StatusCreated,
		"/api/v1/batches",
		with(old, "expiresOn", time.Now().AddDate(0, 0, -2).Format(time.DateOnly)),
	)
	return units(t, gtin, lot, 0, 1)[0].uri
}

// staleVerifier runs a second verifier on the same database, for which no
// record is ever fresh enough.
func staleVerifier(t *testing.T) (url string) {
	return secondVerifier(t, "TOUCHSTONE_MAX_STALENESS=1ns")
}

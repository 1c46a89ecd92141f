package e2e

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// site is a shop's own web site, on a host of its own, whose only page is html.
func site(t *testing.T, host string) (address string, show func(html string)) {
	t.Helper()
	html := ""
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().
			Set("Content-Security-Policy", "default-src 'none'; script-src "+touchstone.verify+"; img-src "+touchstone.verify)
		_, _ = w.Write([]byte(html))
	}))
	server.Start()
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return host + ":" + port, func(h string) {
		html = "<!doctype html><html lang=en><title>Shop</title><main><h1>Serum</h1>" + h + "</main></html>"
	}
}

// What merchants and creators say stands beside a verdict, and a badge on a
// shop's own page says what is so now, until a recall, and not on a copy.
func TestContent(t *testing.T) {
	const lot = "202611P01"
	gtin := newBatch(t, lot, 20)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 20))
	all := units(t, gtin, lot, 0, 3)
	producer, platform := touchstone.as("producer"), touchstone.as("platform")
	at := "/api/v1/products/" + gtin + "/presentation"
	kept := producer.upload(t, "/api/v1/pictures", "bottle.jpg", bottle(t))
	if kept.status != http.StatusCreated {
		t.Fatalf("%d %s", kept.status, kept.raw)
	}
	story := object{
		"story": object{
			"zh-CN": "山谷里的泉水。\n\n慢一点，清一点。",
			"en":    "Spring water from the valley.\n\nSlower, and clearer.",
		},
		"pictures": []object{{"id": kept.body["id"], "alt": object{"zh-CN": "瓶身", "en": "The bottle"}}},
		"videos": []object{
			{"title": object{"zh-CN": "三分钟看懂", "en": "In three minutes"}, "url": "https://video.example/1"},
		},
		"buy": []object{
			{"label": object{"zh-CN": "旗舰店", "en": "Flagship"}, "url": "https://chengyan.example/serum"},
		},
	}
	if a := request(t, http.MethodPut, producer.base+at, producer.key, story); a.status != http.StatusOK ||
		a.body["shown"] != 1.0 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	key := platform.must(t, http.StatusCreated, "/api/v1/creators", object{"handle": "e2e-lin", "name": object{"zh-CN": "林夏", "en": "Lin Xia"}, "url": "https://video.example/lin"})["apiKey"].(string)
	seen := request(t, http.MethodGet, page(all[1].uri), "", nil, "Accept", "application/json")
	token := request(t, http.MethodPost, touchstone.verify+"/api/v1/scans", "", object{"uri": all[1].uri, "nonce": seen.header.Get("Touchstone-Scan-Nonce")}).body["reviewToken"]
	endorsement := object{
		"uri":       all[1].uri,
		"token":     token,
		"text":      object{"zh-CN": "吸收快", "en": "It sinks in fast"},
		"url":       "https://video.example/lin/1",
		"sponsored": true,
		"sponsor":   "澄岩",
	}
	if a := request(
		t, http.MethodPost, touchstone.verify+"/api/v1/endorsements", key, endorsement,
	); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.raw)
	}

	shop, showShop := site(t, "localhost")
	copied, showCopy := site(t, "127.0.0.1")
	badge := touchstone.as("seller").
		must(t, http.StatusCreated, "/api/v1/badges", object{"gtin": gtin, "lot": lot, "host": shop})
	showShop(badge["script"].(string) + badge["picture"].(string))
	showCopy(badge["script"].(string) + badge["picture"].(string))
	look := func(word, onCopy string) {
		t.Helper()
		runScript(
			t,
			"content.test.mjs",
			object{
				"unit":    page(all[0].uri),
				"related": page(demoUnit(t)),
				"shop":    "http://" + shop,
				"copy":    "http://" + copied,
				"host":    shop,
				"badge":   touchstone.verify + "/badges/" + badge["id"].(string),
				"word":    word,
				"onCopy":  onCopy,
			},
		)
	}
	look("On record", "Issued for another site")
	producer.must(t, http.StatusCreated, "/api/v1/recalls", object{"gtin": gtin, "lots": []string{lot}, "class": "II",
		"reason":      object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
		"instruction": object{"zh-CN": "请停止使用，凭此页退货", "en": "Stop using it and return it with this page"}})
	if shop := request(t, http.MethodGet, page(all[0].uri), "", nil, "Accept", "application/json").body["shop"]; shop != nil {
		t.Errorf("somebody sells what is recalled: %v", shop)
	}
	look("Lot recalled", "Issued for another site")
}

// demoUnit is a unit of the demo's serum, whose brand has more that is presented.
func demoUnit(t *testing.T) string {
	t.Helper()
	return units(t, "06998801900015", "202610A01", 45, 1)[0].uri
}

func bottle(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for y := range 480 {
		for x := range 640 {
			picture.Set(x, y, color.RGBA{uint8(200 - y/4), uint8(180 - x/8), 150, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

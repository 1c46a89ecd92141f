package web

import (
	"fmt"
	"math"
	"net"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestParsePoint(t *testing.T) {
	for text, want := range map[string]verdict.Point{
		"31.2304,121.4737": {Lat: 31.2, Lon: 121.5}, " -33.87 , 151.21 ": {Lat: -33.9, Lon: 151.2}, "-0.01,0.04": {},
		"": {}, "31.2": {}, "31.2,": {}, "91,0": {}, "0,181": {}, "NaN,1": {}, "1,Inf": {}, "31.2,121.5,7": {}, "北,东": {},
	} {
		if got := parsePoint(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParsePoint(f *testing.F) {
	f.Add("31.2304,121.4737")
	f.Fuzz(func(t *testing.T, s string) {
		p := parsePoint(s)
		if math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 || parsePoint(fmt.Sprintf("%v,%v", p.Lat, p.Lon)) != p {
			t.Errorf("%q: %v", s, p)
		}
	})
}

// Place and point are kept where a trusted proxy gives them, and only there; a
// PIN that was entered is kept with them, right or wrong.
func TestPointIsTheProxys(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	headers := func(o *Options) { o.PlaceHeader, o.PointHeader = "X-City", "X-Point" }
	proxied := newClient(t, w, headers, func(o *Options) { _, n, _ := net.ParseCIDR("192.0.2.0/24"); o.Proxies = []*net.IPNet{n} })
	direct := newClient(t, w, headers)
	where := []string{"X-City", "上海", "X-Point", "31.2304,121.4737"}
	for index, c := range []client{proxied, direct} {
		path := b.Path(int64(index))
		nonce := c.get(path, "Accept", "application/json").Header().Get(nonceHeader)
		if rec := c.post("/api/v1/scans", fmt.Sprintf(`{"uri":"https://trace.example.com%s","nonce":%q}`, path, nonce), where...); rec.Code != 200 {
			t.Fatal(rec.Body)
		}
		for _, pin := range []string{b.Unit(50).PIN, b.Unit(int64(index)).PIN} {
			c.post("/api/v1/activations", fmt.Sprintf(`{"uri":"https://trace.example.com%s","pin":%q}`, path, pin), where...)
		}
	}
	for query, want := range map[string]string{
		`select string_agg(place || ' ' || coalesce(lat || ',' || lon, '-'), '; ' order by unit_index) from scan.scan`:                             "上海 31.2,121.5;  -",
		`select string_agg(accepted || ' ' || place || ' ' || coalesce(lat || ',' || lon, '-'), '; ' order by unit_index, at) from scan.pin_entry`: "false 上海 31.2,121.5; true 上海 31.2,121.5; false  -; true  -",
	} {
		var got string
		if err := w.DB.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, %v", query, got, err)
		}
	}
}

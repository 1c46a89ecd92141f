package visitor_test

import (
	"fmt"
	"net"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/unit"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// Place and point are kept where a trusted proxy gives them, and only there; a
// PIN that was entered is kept with them, right or wrong.
func TestPointIsTheProxys(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	headers := func(o *web.Options) { o.PlaceHeader, o.PointHeader = "X-City", "X-Point" }
	proxied := webtest.New(
		t,
		w,
		headers,
		func(o *web.Options) { _, n, _ := net.ParseCIDR("192.0.2.0/24"); o.Proxies = []*net.IPNet{n} },
	)
	direct := webtest.New(t, w, headers)
	where := []string{"X-City", "上海", "X-Point", "31.2304,121.4737"}
	for index, c := range []webtest.Client{proxied, direct} {
		path := b.Path(int64(index))
		nonce := c.Get(path, "Accept", "application/json").Header().Get(unit.NonceHeader)
		if rec := c.Post(
			"/api/v1/scans",
			fmt.Sprintf(`{"uri":"https://trace.example.com%s","nonce":%q}`, path, nonce),
			where...); rec.Code != 200 {
			t.Fatal(rec.Body)
		}
		for _, pin := range []string{b.Unit(50).PIN, b.Unit(int64(index)).PIN} {
			c.Post(
				"/api/v1/activations",
				fmt.Sprintf(`{"uri":"https://trace.example.com%s","pin":%q}`, path, pin),
				where...)
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

package visitor

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// City and country are the trusted proxy's word: the last, where somebody sent
// one ahead, and nothing that is no city.
func TestPlacesAreTheProxysWord(t *testing.T) {
	_, proxy, _ := net.ParseCIDR("10.0.0.0/8")
	d := &Desk{Proxies: []*net.IPNet{proxy}, PlaceHeader: "X-City"}
	for _, x := range []struct {
		remote string
		values []string
		want   string
	}{
		{"10.0.0.1:1", []string{"杭州"}, "杭州"}, {"10.0.0.1:1", []string{"made up", "杭州"}, "杭州"}, {"10.0.0.1:1", nil, ""}, {"198.51.100.7:1", []string{"made up"}, ""},
		{"10.0.0.1:1", []string{"a\x00b"}, ""}, {"10.0.0.1:1", []string{strings.Repeat("市", 41)}, ""}, {"10.0.0.1:1", []string{"\xff"}, ""}, {"garbage", []string{"made up"}, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = x.remote
		r.Header["X-City"] = x.values
		if got := d.Place(r); got != x.want {
			t.Errorf("%+v: %q", x, got)
		}
	}
}

// Whatever stands in X-Forwarded-For, who asks is named by an address.
func FuzzForwardedFor(f *testing.F) {
	for _, seed := range []string{"", "203.0.113.7", " 203.0.113.7 , 10.0.0.1", "[2001:db8::1]:443", "fe80::1%eth0", "1.2.3.4:80", "unknown", "_hidden", ",,,", "::ffff:1.2.3.4", strings.Repeat("1,", 1000), "\xff\x00"} {
		f.Add(seed, "203.0.113.9")
	}
	_, proxy, _ := net.ParseCIDR("10.0.0.0/8")
	trusting, direct := ExtractIP([]*net.IPNet{proxy}), ExtractIP(nil)
	f.Fuzz(func(t *testing.T, first, second string) {
		r := &http.Request{RemoteAddr: "10.0.0.1:1", Header: http.Header{echo.HeaderXForwardedFor: {first, second}}}
		if got := trusting(r); net.ParseIP(got) == nil {
			t.Errorf("%q, %q: %q is no address", first, second, got)
		}
		if got := direct(r); got != "10.0.0.1" {
			t.Errorf("without a proxy: %q", got)
		}
		r.RemoteAddr = "198.51.100.7:1"
		if got := trusting(r); got != "198.51.100.7" {
			t.Errorf("from elsewhere: %q", got)
		}
	})
}

// A device is the same for a month, and cannot be followed beyond it.
func TestDevice(t *testing.T) {
	d, other := &Desk{Secret: bytes.Repeat([]byte{7}, 32)}, &Desk{Secret: bytes.Repeat([]byte{8}, 32)}
	november := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	same := d.device("192.0.2.1", "phone", "zh", november)
	if !bytes.Equal(same, d.device("192.0.2.1", "phone", "zh", november.AddDate(0, 0, 29))) {
		t.Error("changes within the month")
	}
	for name, got := range map[string][]byte{
		"next month": d.device("192.0.2.1", "phone", "zh", november.AddDate(0, 1, 0)), "another address": d.device("192.0.2.2", "phone", "zh", november),
		"another phone": d.device("192.0.2.1", "tablet", "zh", november), "another secret": other.device("192.0.2.1", "phone", "zh", november),
	} {
		if bytes.Equal(same, got) {
			t.Errorf("the same for %s", name)
		}
	}
}

// A trusted proxy is believed before the link.
func TestMarketByTrustedProxy(t *testing.T) {
	_, network, _ := net.ParseCIDR("192.0.2.0/24") // where httptest asks from
	all := []*net.IPNet{network}
	d := &Desk{MarketHeader: "X-Country", Proxies: all}
	r := httptest.NewRequest("GET", "/01/x?market=CN", nil)
	r.Header.Set("X-Country", "SG")
	if got := d.Market(r); got != "SG" {
		t.Errorf("%q", got)
	}
	r.RemoteAddr = "203.0.113.9:1"
	if got := d.Market(r); got != "CN" {
		t.Errorf("from a stranger: %q", got)
	}
}

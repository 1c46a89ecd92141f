package webhook

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestPublic(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"100.100.100.200", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "203.0.113.1", "192.0.0.192",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
		"::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001::1", "fec0::1", "2001:20::1",
	} {
		if public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
	}
	for _, a := range []string{"1.1.1.1", "8.8.8.8", "223.5.5.5", "172.32.0.1", "100.128.0.1", "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as private", a)
		}
	}
}

func TestCheckURL(t *testing.T) {
	strict, trusting := NewSender(false), NewSender(true)
	for _, bad := range []string{"", "shop.example", "http://shop.example/", "ftp://shop.example/", "https://", "https://u:p@shop.example/",
		"https://shop.example/#x", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1:8443/", "https://169.254.169.254/latest",
		"https://[::ffff:127.0.0.1]/", "https://localhost/", "https://LOCALHOST.:8443/", "https://db.internal/", "https://printer.local/", "https://a.localhost/",
		"https://intranet/", "https://router.home.arpa/", "file:///etc/passwd", "https://shop.example/" + strings.Repeat("x", 600)} {
		if strict.CheckURL(bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
	if err := errors.Join(
		strict.CheckURL("https://shop.example:8443/hook?x=1"),
		strict.CheckURL("https://[2606:4700::1111]/"),
		strict.CheckURL("https://localhost.example/"),
		trusting.CheckURL("http://127.0.0.1:1/"),
	); err != nil {
		t.Error(err)
	}
}

// A name that leads to this machine is refused when it is resolved: nothing of
// the request gets there.
func TestNamesAreLookedAtWhenDialled(t *testing.T) {
	reached := false
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, target := range []string{"https://localhost" + port, "https://2130706433" + port, "https://0x7f.1" + port, "https://0177.0.0.1" + port} {
		status, err := NewSender(false).Send(t.Context(), target, "1", nil, nil, time.Now())
		if status != 0 || err == nil || reached {
			t.Errorf("%s: %d %v, reached %t", target, status, err, reached)
		}
	}
	if _, err := NewSender(
		false,
	).Send(t.Context(), "https://localhost"+port, "1", nil, nil, time.Now()); !errors.Is(err, errPrivate) {
		t.Errorf("refused for another reason: %v", err)
	}
}

func TestSend(t *testing.T) {
	var got *http.Request
	var body []byte
	answer := http.StatusNoContent
	elsewhere := httptest.NewServer(
		http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }),
	)
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Location", elsewhere.URL)
		w.WriteHeader(answer)
	}))
	defer server.Close()
	s, at := NewSender(true), time.Unix(1_790_000_000, 0)
	status, err := s.Send(t.Context(), server.URL, "17", []byte("secret"), []byte(`{"a":1}`), at)
	if status != 204 || err != nil || string(body) != `{"a":1}` || got.Header.Get("Touchstone-Delivery") != "17" ||
		got.Method != "POST" {
		t.Errorf("%d %v %s %v", status, err, body, got.Header)
	}
	const want = "t=1790000000,v1=da8fe498621aaab99d5b11c51346b13d1a2bf2914b865b8d3edd3531cab25a3e"
	if s := got.Header.Get("Touchstone-Signature"); s != want {
		t.Errorf("signature %s", s)
	}
	for _, answer = range []int{302, 307, 404, 500} {
		if status, err := s.Send(t.Context(), server.URL, "17", nil, nil, at); status != answer || err == nil {
			t.Errorf("%d: %d %v", answer, status, err)
		}
	}
}

package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// copiedUnit, of the first lot, has its code copied.
const copiedUnit = 20

// towns are where shoppers come across the copies.
var towns = []struct{ name, point string }{
	{"上海", "31.23,121.47"}, {"北京", "39.90,116.41"}, {"成都", "30.57,104.07"}, {"广州", "23.13,113.26"}, {"西安", "34.34,108.94"},
	{"武汉", "30.59,114.31"}, {"沈阳", "41.80,123.43"}, {"昆明", "24.88,102.83"}, {"兰州", "36.06,103.83"}, {"乌鲁木齐", "43.83,87.62"},
	{"哈尔滨", "45.80,126.53"}, {"福州", "26.07,119.30"},
}

// victims is how many shoppers scan a copy: enough that nobody takes the code
// for one item's. They all come in the minute that the demo has, as after a
// photograph, so the pattern that copies sold over weeks would make is not here.
const victims = 36

// copied has shoppers all over the country scan one code. Who they are and
// where only a trusted proxy can say, so it is left out where the demo cannot
// stand for one.
func (a actors) copied(ctx context.Context, l Loader, all []lot) error {
	from, err := netip.ParseAddr(l.Proxy)
	if err != nil || !bindable(from) {
		return nil //nolint:nilerr // there is no such address here
	}
	units, err := a.producer.ListUnitsWithResponse(ctx, all[0].gtin, all[0].lot, &client.ListUnitsParams{From: copiedUnit, Count: 1})
	if err := step("units", units, err, ""); err != nil {
		return err
	}
	if units.JSON200 == nil || len(*units.JSON200) != 1 {
		return fmt.Errorf("units: the gateway answered %s", units.Body)
	}
	proxy := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
		d := net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(from, 0))}
		return d.DialContext(ctx, "tcp4", address)
	}}}
	for n := range victims {
		if err := a.scan(ctx, proxy, (*units.JSON200)[0].URI, n); err != nil {
			return fmt.Errorf("scan a copy: %w", err)
		}
	}
	return nil
}

// bindable tries whether connections can be made from an address.
func bindable(a netip.Addr) bool {
	l, err := net.Listen("tcp4", netip.AddrPortFrom(a, 0).String())
	return err == nil && l.Close() == nil
}

// scan opens a page and confirms that a person saw it, as its script does.
func (a actors) scan(ctx context.Context, proxy *http.Client, uri string, victim int) error {
	_, path, _ := strings.Cut(uri, "/01/")
	page, err := a.from(ctx, proxy, victim, http.MethodGet, "/01/"+path, "")
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{"uri": uri, "nonce": page.Get("Touchstone-Scan-Nonce")})
	if err != nil {
		return err
	}
	_, err = a.from(ctx, proxy, victim, http.MethodPost, "/api/v1/scans", string(body))
	return err
}

// from sends a victim's request on to the verifier, saying who and where.
func (a actors) from(ctx context.Context, proxy *http.Client, victim int, method, path, body string) (http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, method, a.verifier+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	town := towns[victim%len(towns)]
	for name, value := range map[string]string{"Accept": "application/json", "User-Agent": "demo phone", "X-Forwarded-For": fmt.Sprint("203.0.113.", victim+1),
		"Touchstone-City": town.name, "Touchstone-Point": town.point} {
		r.Header.Set(name, value)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := proxy.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the verifier answered %s: %s", answer.Status, text)
	}
	return answer.Header, err
}

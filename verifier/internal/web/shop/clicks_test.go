package shop_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

var pings = regexp.MustCompile(`href="([^"]+)"[^>]* ping="([^"]+)"`)

// A link leads straight to where it says, and its opening counts once a day for a device that has scanned the item.
func TestClicksAreCountedOnce(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	present(w, verifiertest.GTIN, 1, presentation())
	c := webtest.New(t, w)
	page := c.Get(b.Path(1)).Body.String()
	links := pings.FindAllStringSubmatch(page, -1)
	if len(links) != 2 || links[1][1] != "https://heyu.example/" {
		t.Fatalf("%v", links)
	}
	ping := html.UnescapeString(links[1][2])
	counted := func(when string, want int) {
		t.Helper()
		var n int
		if err := w.DB.QueryRow(`select count(*) from scan.click where kind = 'buy' and by = $1 and url = 'https://heyu.example/'`, verifiertest.Seller).
			Scan(&n); err != nil ||
			n != want {
			t.Errorf("%s: %d clicks, %v", when, n, err)
		}
	}
	send := func(path string, want int) {
		t.Helper()
		if rec := c.Post(path, "PING", "Content-Type", "text/ping"); rec.Code != want ||
			rec.Header().Get("Location") != "" {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	send(ping, http.StatusNoContent)
	counted("before the scan", 0)
	c.Confirm(b.Path(1), c.Nonce(b.Path(1)))
	send(ping, http.StatusNoContent)
	send(ping, http.StatusNoContent)
	counted("twice after the scan", 1)
	shown := content.LinkID("https://heyu.example/")
	send(strings.Replace(ping, "link="+shown, "link="+content.LinkID("https://evil.example/"), 1), http.StatusNotFound)
	send(strings.Replace(ping, "nonce=", "nonce=x", 1), http.StatusBadRequest)
	if preview := c.Get(
		"/previews/preview" + verifiertest.GTIN + "1",
	).Body.String(); strings.Contains(preview, "ping=") {
		t.Error("a preview counts")
	}
}

package unit_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/unit"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// carriedPaths are a genuine code as people, programs and scanners pass it on.
func carriedPaths(b verifiertest.Batch) map[string]string {
	good, serial := b.Path(7), b.Unit(7).Serial
	return map[string]string{
		"a trailing slash":   good + "/",
		"more qualifiers":    good + "/22/A",
		"serial first":       "/01/" + b.GTIN + "/21/" + serial + "/10/L1",
		"the lot twice":      strings.Replace(good, "/21/", "/10/L1/21/", 1),
		"a full stop":        good + ".",
		"a zero-width space": good + "%E2%80%8B",
		"semicolons":         good + ";jsessionid=1",
		"a fragment":         good + "%23x",
		"slashes twice":      strings.Replace(good, "/10/", "//10//", 1),
		"thirteen digits":    strings.Replace(good, b.GTIN, b.GTIN[1:], 1),
		"an impossible day":  strings.Replace(good, "/21/", "/17/281399/21/", 1),
		"small letters":      strings.ToLower(good),
		"a query":            "/01/" + b.GTIN + "?10=L1&21=" + serial,
		"the lot's escape":   strings.Replace(good, "L1", "%4C1", 1),
		"a version":          strings.Replace(good, "/10/", "/22/2A/10/", 1),
	}
}

// raw sends a request line as it stands and reads the answer.
func raw(
	t *testing.T, address, method, target string, headers ...string,
) (status int, header http.Header, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	request := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", method, target)
	for i := 0; i < len(headers); i += 2 {
		request += fmt.Sprintf("%s: %s\r\n", headers[i], headers[i+1])
	}
	if _, err := io.WriteString(
		conn, request+"\r\n",
	); err != nil { // at once: who is refused at the first line resets what comes behind it
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.200s: %v", target, err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%.200s: %v", target, err)
	}
	response.Header.Del("Date")
	return response.StatusCode, response.Header, string(content)
}

// Whatever is wrong with a code, the answer is the same to the byte, in every
// form, and no database is asked: there is nothing to learn from trying.
func TestHostileCodesLookAlike(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	now, asked := time.Now(), &webtest.CountedRecords{Real: w.Store}
	c := webtest.New(t, w, func(o *web.Options) { o.Now, o.Records = func() time.Time { return now }, asked })
	server := httptest.NewServer(c.H)
	defer server.Close()
	address := server.Listener.Addr().String()
	for _, accept := range []string{page.TypeHTML, page.TypeJSON, page.TypeLinkset} {
		var want string
		for name, path := range webtest.ForgedPaths(b) {
			status, header, body := raw(t, address, http.MethodGet, path, "Accept", accept)
			got := fmt.Sprint(status, header, body)
			if want == "" {
				want = got
			}
			if got != want || header.Get(unit.NonceHeader) != "" {
				t.Errorf("%s as %s is answered otherwise:\n%.900s\nnot\n%.900s", name, accept, got, want)
			}
		}
		if !strings.Contains(want, "not_recognised") && accept != page.TypeLinkset {
			t.Errorf("as %s: %.500s", accept, want)
		}
	}
	if n := asked.N.Load(); n != 0 {
		t.Errorf("the database was asked %d times", n)
	}
}

// What is no whole code is never called unknown: it is asked for again, and no
// database is asked either.
func TestBrokenCodesAreAskedForAgain(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	asked := &webtest.CountedRecords{Real: w.Store}
	c := webtest.New(t, w, func(o *web.Options) { o.Records = asked })
	server := httptest.NewServer(c.H)
	defer server.Close()
	address := server.Listener.Addr().String()
	for name, path := range webtest.BrokenPaths(b) {
		status, header, body := raw(t, address, http.MethodGet, path, "Accept", page.TypeJSON)
		if status == http.StatusBadRequest && len(path) < 8 {
			continue // net/http does not take it for a path
		}
		if status != http.StatusOK || !strings.Contains(body, `"unavailable"`) ||
			!strings.Contains(body, "CODE_INCOMPLETE") ||
			header.Get(unit.NonceHeader) != "" ||
			strings.Contains(body, "not_recognised") {
			t.Errorf("%s: %d %.300s", name, status, body)
		}
		if _, _, page := raw(
			t, address, http.MethodGet, path, "Accept", page.TypeHTML,
		); !strings.Contains(page, `name="serial"`) || strings.Contains(page, "不要购买") ||
			strings.Contains(page, "<script>alert") {
			t.Errorf("%s: the page does not ask for the fields: %.300s", name, page)
		}
		if status, _, _ := raw(
			t, address, http.MethodGet, path, "Accept", page.TypeLinkset,
		); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d for its links", name, status)
		}
	}
	if n := asked.N.Load(); n != 0 {
		t.Errorf("the database was asked %d times", n)
	}
}

// Genuine goods are genuine however their code was carried, on every way in.
func TestCarriedCodes(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	server := httptest.NewServer(c.H)
	defer server.Close()
	address := server.Listener.Addr().String()
	for name, path := range carriedPaths(b) {
		if _, _, body := raw(t, address, http.MethodGet, path, "Accept", page.TypeJSON); !strings.Contains(
			body,
			`"verdict":"genuine"`,
		) {
			t.Errorf("%s: %.300s", name, body)
		}
	}
	for name, path := range map[string]string{"a stem": "/some/stem" + b.Path(7), "aliases": strings.NewReplacer("/01/", "/gtin/", "/10/", "/lot/", "/21/", "/ser/").Replace(b.Path(7))} {
		if status, header, _ := raw(t, address, http.MethodGet, path); status != http.StatusSeeOther ||
			header.Get("Location") != b.Path(7) {
			t.Errorf("%s: %d %s", name, status, header.Get("Location"))
		}
	}
	serial := b.Unit(7).Serial
	for _, text := range []string{"01" + b.GTIN + "10L121" + serial, "01" + b.GTIN + "10L1<GS>21" + serial, "(01)" + b.GTIN + "(21)" + serial + "(10)L1", "01" + b.GTIN + "10l1|21" + strings.ToLower(serial),
		"01" + b.GTIN + "10L11728100121" + serial} {
		rec := c.Get("/?uri=" + url.QueryEscape(text))
		if location := rec.Header().
			Get("Location"); rec.Code != http.StatusSeeOther ||
			!strings.EqualFold(location, b.Path(7)) {
			t.Errorf("%q leads to %d %s", text, rec.Code, location)
		}
		if rec := c.Get("/api/v1/proofs?uri=" + url.QueryEscape(text)); rec.Code == http.StatusNotFound ||
			rec.Code == http.StatusUnprocessableEntity {
			t.Errorf("no proof for %q: %d %s", text, rec.Code, rec.Body)
		}
	}
	if rec := c.Get(
		"/api/v1/proofs?uri=" + url.QueryEscape("01"+b.GTIN+"10L1"),
	); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("a proof of half a code: %d", rec.Code)
	}
	if body := c.Get("/00/069988010000000013").Body.String() + c.Get(
		"/?uri=00069988010000000012",
	).Body.String(); !strings.Contains(body, "SSCC") {
		t.Errorf("a box: %.300s", body)
	}
}

// A lot's O and 0, small letters and capitals are told apart by the code's tag.
func TestLotsInOtherLetters(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "l-O10"}).OnSale()
	c := webtest.New(t, w)
	for _, lot := range []string{"l-O10", "L-O10", "L-010", "l-01O", "l-o1o", "L-OIO"} {
		path := label.UnitPath(gs1.GTIN(b.GTIN), lot, b.Unit(3).Serial)
		want := `"verdict":"genuine"`
		if lot == "L-OIO" {
			want = "not_recognised" // I is not 1 in a lot
		}
		if body := c.Get(path, "Accept", page.TypeJSON).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: %.200s", lot, body)
		}
	}
}

// Nothing that is asked in a query makes an answer larger, slower or another's.
func TestHostileQueries(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	for name, query := range map[string]string{
		"1 MB": "x=" + strings.Repeat("y", 1<<20), "100,000 fields": strings.Repeat("a&", 100_000), "a language of 100 kB": "lang=" + strings.Repeat("z", 100_000),
		"semicolons": "lang=en;seller=x", "bad escapes": "lang=%zz&seller=%", "invalid UTF-8": "lang=%ff&seller=%ff", "a field many times": strings.Repeat("lang=en&", 1000),
		"a seller with markup": "seller=%3Cscript%3E", "a seller with a path": "seller=..%2F..%2F", "a market of no country": "market=XX<",
	} {
		begin := time.Now()
		r := httptest.NewRequest(http.MethodGet, b.Path(7), nil)
		r.URL.RawQuery = query
		rec := c.Do(r, "Accept", page.TypeHTML)
		if rec.Code != http.StatusOK || rec.Body.Len() > 60_000 || time.Since(begin) > 2*time.Second {
			t.Errorf("%s: %d, %d bytes after %s", name, rec.Code, rec.Body.Len(), time.Since(begin))
		}
	}
	for name, headers := range map[string][]string{
		"Accept": {"Accept", strings.Repeat("text/html;q=0.1,", 6500)}, "Accept-Language": {"Accept-Language", strings.Repeat("zh-Hans-CN;q=0.1,", 6000)},
		"Accept of nonsense": {"Accept", strings.Repeat("a/b;c=\"", 15_000)}, "User-Agent": {"User-Agent", strings.Repeat("Mozilla bo", 10_000)},
	} {
		begin := time.Now()
		if rec := c.Get(b.Path(7), headers...); rec.Code != http.StatusOK || time.Since(begin) > 2*time.Second {
			t.Errorf("100 kB of %s: %d after %s", name, rec.Code, time.Since(begin))
		}
	}
}

// No change of a valid code makes a genuine one of another unit: what is
// answered as genuine is the unit whose code it was, spelt another way.
func TestNoMutationIsGenuine(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	w.Batch(trace.Batch{Lot: "L2"}).OnSale()
	c := webtest.New(t, w)
	good := b.Path(7)
	if a := c.Verdict(good); a.Verdict != verdict.Genuine {
		t.Fatalf("%+v", a)
	}
	alphabet := []rune("0123456789ABCDEFGHJKMNPQRSTVWXYZabcilou-_./%;:~+ ０Ａ\u0000\u200b")
	genuine := 0
	rapid.Check(t, func(t *rapid.T) {
		path := []rune(good)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			at := rapid.IntRange(1, len(path)-1).Draw(t, "at")
			letter := rapid.SampledFrom(alphabet).Draw(t, "letter")
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				path[at] = letter
			case 1:
				path = append(path[:at:at], append([]rune{letter}, path[at:]...)...)
			case 2:
				path = append(path[:at:at], path[at+1:]...)
			case 3:
				other := rapid.IntRange(1, len(path)-1).Draw(t, "other")
				path[at], path[other] = path[other], path[at]
			}
			if len(path) < 3 {
				return
			}
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: string(path)}
		if raw := strings.ToUpper(string(path)); strings.Contains(raw, "%") {
			if decoded, err := url.PathUnescape(string(path)); err == nil {
				r.URL = &url.URL{Path: decoded, RawPath: string(path)}
			}
		}
		rec := c.Do(r, "Accept", page.TypeJSON)
		if rec.Code != http.StatusOK {
			return
		}
		a := webtest.Decode[verdict.Answer](c.T, rec)
		if a.Item == nil {
			return
		}
		genuine++
		if a.Item.GTIN != b.GTIN || a.Item.Lot != "L1" || a.Item.Serial != b.Unit(7).Serial {
			t.Fatalf("%q is taken for %+v", string(path), a.Item)
		}
	})
	t.Logf("%d spellings of the same unit", genuine)
}

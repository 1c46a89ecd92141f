package unit_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// User agents as they are sent; true for those behind which nobody looks.
var agents = []struct {
	program bool
	agent   string
}{
	{false, webtest.PhoneAgent},
	{
		false,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.54(0x18003630) NetType/WIFI Language/zh_CN",
	},
	{
		false,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
	},
	{
		false,
		"Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.5",
	},
	{
		false,
		"Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 HuaweiBrowser/15.0 Mobile Safari/537.36",
	},
	{
		false,
		"Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36",
	},
	{
		false,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/21G80 [FBAN/FBIOS;FBAV/480.0]",
	},
	{
		false,
		"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Line/14.5.0 AlipayClient/10.6 Weibo (vivo)",
	},
	{false, "Go-http-client/1.1"}, // an app of its own, with the nonce of the JSON answer
	{false, ""},
	{true, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
	{
		true,
		"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
	},
	{true, "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"},
	{
		true,
		"Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
	},
	{true, "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)"},
	{true, "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"},
	{true, "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"},
	{true, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
	{true, "facebookexternalhit/1.1;line-poker/1.0"},
	{true, "WhatsApp/2.24.20.89 A"},
	{true, "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
	{true, "Slack-ImgProxy (+https://api.slack.com/robots)"},
	{true, "Twitterbot/1.0"},
	{true, "TelegramBot (like TwitterBot)"},
	{true, "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
	{true, "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"},
	{true, "DingTalkBot-LinkService/1.0 (+https://open-doc.dingtalk.com)"},
	{true, "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) SkypeUriPreview Preview/0.5"},
	{true, "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b"},
	{
		true,
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
	},
	{true, "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1"},
	{true, "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"},
	{true, "Applebot/0.1 (+http://www.apple.com/go/applebot)"},
	{true, "PetalBot;+https://webmaster.petalsearch.com/site/petalbot"},
}

// A program gets the page that people get, and what it confirms is not counted.
func TestProgramsAreNotCounted(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1", Quantity: 1000}).OnSale()
	c := webtest.New(t, w)
	people := 0
	for i, x := range agents {
		path := b.Path(int64(i))
		nonce := c.Nonce(path)
		rec := c.Post(
			"/api/v1/scans",
			fmt.Sprintf(`{"uri": "https://trace.example.com%s", "nonce": %q}`, path, nonce),
			"User-Agent",
			x.agent,
		)
		if (rec.Code == http.StatusOK) == x.program ||
			x.program && (rec.Code != http.StatusNoContent || rec.Body.Len() > 0) {
			t.Errorf("%s: %d %s", x.agent, rec.Code, rec.Body)
		}
		form := url.Values{"uri": {"https://trace.example.com" + path}, "nonce": {nonce}}.Encode()
		if rec := c.Post(
			"/scans", form, "Content-Type", page.TypeForm, "User-Agent", x.agent,
		); rec.Code != http.StatusOK {
			t.Errorf("%s: the form: %d", x.agent, rec.Code)
		}
		if !x.program {
			people++
		}
	}
	if n := webtest.Count(t, w, `select count(*) from scan.scan`); n != people {
		t.Errorf("%d scans, want %d", n, people)
	}
}

// Crawlers are told to stay away from whatever is one person's.
func TestRobots(t *testing.T) {
	rec := webtest.New(t, verifiertest.New(t)).Get("/robots.txt")
	for _, path := range []string{"/01/", "/api/", "/complaints/", "/owner", "/previews/"} {
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Disallow: "+path+"\n") {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
}

// A page that a browser fetches ahead, or somebody asks for the head of, is not
// shown to anybody yet; when it is shown, it can be confirmed.
func TestFetchingAheadIsNoScan(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	for _, header := range [][]string{{"Sec-Purpose", "prefetch"}, {"Sec-Purpose", "prefetch;prerender"}, {"Purpose", "prefetch"}, {"X-Moz", "prefetch"}, {"X-Purpose", "preview"}} {
		if rec := c.Get(path, header...); !nonceInPage.MatchString(rec.Body.String()) {
			t.Errorf("%v: no nonce for later", header)
		}
	}
	if rec := c.Do(httptest.NewRequest(http.MethodHead, path, nil)); rec.Code != http.StatusOK {
		t.Errorf("HEAD: %d", rec.Code)
	}
	c.Get(path, "User-Agent", "Twitterbot/1.0")
	c.Get(path, "User-Agent", webtest.PhoneAgent)
	if err := w.Store.Close(); err != nil { // writes what waits
		t.Fatal(err)
	}
	if seen, scans := webtest.Count(
		t,
		w,
		`select coalesce(sum(count), 0) from scan.seen`,
	), webtest.Count(
		t,
		w,
		`select count(*) from scan.scan`,
	); seen != 1 ||
		scans != 0 {
		t.Errorf("%d seen, %d scans", seen, scans)
	}
}

// Without scripts a button confirms, once for each visit, and takes nothing but
// the nonce of this very page.
func TestCountingWithoutScripts(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	post := func(path, nonce string, headers ...string) (int, string) {
		form := url.Values{"uri": {"https://trace.example.com" + path}, "nonce": {nonce}}
		rec := c.Post(
			"/scans?lang=zh-CN",
			form.Encode(),
			append([]string{"Content-Type", page.TypeForm}, headers...)...)
		return rec.Code, rec.Body.String()
	}
	nonce := c.Nonce(b.Path(7))
	for range 2 { // reloading the answer sends the form again
		if status, body := post(
			b.Path(7), nonce,
		); status != http.StatusOK || !strings.Contains(body, webtest.Word(t, "counted").ZhCN) ||
			!strings.Contains(body, b.Path(7)) {
			t.Fatalf("%d %s", status, body)
		}
	}
	for name, try := range map[string][2]string{"another unit": {b.Path(8), nonce}, "no nonce": {b.Path(8), ""}, "no unit": {"/01/x", nonce}} {
		if status, _ := post(try[0], try[1]); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := post(
		b.Path(8), c.Nonce(b.Path(8)), "Sec-Fetch-Site", "cross-site",
	); status != http.StatusForbidden {
		t.Errorf("from another site: %d", status)
	}
	if page := c.Get(b.Path(7)).Body.String(); !strings.Contains(page, "<noscript><form") {
		t.Error("no button in the page")
	}
	if n := webtest.Count(t, w, `select count(*) from scan.scan`); n != 1 {
		t.Errorf("%d scans", n)
	}
}

// Loading again, going back, a second tab and the other language are one visit,
// also where a month ends in between.
func TestOneVisitIsOneScan(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	var clock webtest.Clock
	c := webtest.New(t, w, func(o *web.Options) { o.Now, o.MaxAge = clock.Now, 1<<62 })
	c.Get(path) // a first tab
	for i, page := range []string{path, path, path + "?lang=en", path + "?seller=heyu"} {
		if _, got, p := c.Confirm(path, c.Nonce(page), "User-Agent", webtest.PhoneAgent); got.ScanCount != 1 {
			t.Errorf("load %d: %+v %+v", i, got, p)
		}
	}
	clock.ToMonthsEnd()
	if _, got, _ := c.Confirm(path, c.Nonce(path), "User-Agent", webtest.PhoneAgent); got.ScanCount != 2 {
		t.Errorf("the month's last minute: %+v", got)
	}
	clock.Add(2)
	if _, got, _ := c.Confirm(path, c.Nonce(path), "User-Agent", webtest.PhoneAgent); got.ScanCount != 2 {
		t.Errorf("the next month's first minutes: %+v", got)
	}
	clock.Add(40)
	if _, got, _ := c.Confirm(path, c.Nonce(path), "User-Agent", webtest.PhoneAgent); got.ScanCount != 3 {
		t.Errorf("later: %+v", got)
	}
}

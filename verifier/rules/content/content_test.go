package content

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestLink(t *testing.T) {
	for address, want := range map[string]string{
		"https://shop.example":                       "https://shop.example",
		" HTTPS://Shop.Example/A?b=1#c ":             "https://shop.example/A?b=1#c",
		"https://аррle.example/":                     "https://xn--le-6kc8da.example/", // Cyrillic а, р, р
		"https://ｓｈｏｐ.example/":                      "https://shop.example/",
		"https://shop.example./":                     "https://shop.example/",
		"https://shop.example/商品":                    "https://shop.example/%E5%95%86%E5%93%81",
		"https://user@shop.example/":                 "",
		"https://shop.example:443/":                  "",
		"https://[::1]/":                             "",
		"https://127.0.0.1/":                         "",
		"https://2130706433/":                        "",
		"https://a.0x7f.1/":                          "",
		"https://１２７.０.０.１/":                         "",
		"https:shop.example":                         "",
		"//shop.example/":                            "",
		"ftp://shop.example/":                        "",
		"javascript://shop.example/%0aalert(1)":      "",
		"https://shop.example/\u202egnp.exe":         "",
		"https://" + strings.Repeat("a", 500) + ".x": "",
		"": "",
	} {
		got, err := Link("url", address)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.60q: %q %v, want %q", address, got, err, want)
		}
	}
}

// FuzzLink: what is taken is https, in ASCII, and leads where it says, and
// taking it again changes nothing.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"https://shop.example/a?b#c", "https://甲店.example/", "https://a.example@b.example", "https://1.2.3.4", "https://x.example/%2e%2e/\"><script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Link("url", s)
		if err != nil {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "https" || u.User != nil || u.Host == "" || u.Host != HostOf(got) ||
			!strings.Contains(u.Host, ".") {
			t.Errorf("%q became %q", s, got)
		}
		if strings.ContainsFunc(
			got, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\", r) },
		) {
			t.Errorf("%q became %q", s, got)
		}
		if again, err := Link("url", got); err != nil || again != got {
			t.Errorf("%q became %q and then %q, %v", s, got, again, err)
		}
	})
}

func TestSites(t *testing.T) {
	for host, want := range map[string]string{
		"Shop.Example": "shop.example", "shop.example:8443": "shop.example:8443", "localhost:3000": "localhost:3000", "127.0.0.1:80": "127.0.0.1:80",
		"甲店.example": "xn--hxt161c.example", "shop": "", "10.0.0.1": "", "shop.example:": "", "shop.example:99999x": "", "shop.example/x": "", "a b.example": "",
	} {
		if got, err := Site(host); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", host, got, err, want)
		}
	}
	for header, want := range map[string]string{
		"https://Shop.Example/a/b": "shop.example", "https://shop.example:443": "shop.example", "http://localhost:3000/": "localhost:3000",
		"null": "", "": "", "android-app://com.x": "", "https://shop.example:444": "shop.example:444",
	} {
		if got := SiteOf(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

// An endorsement says whether it is paid for, one way or the other.
func TestDisclosure(t *testing.T) {
	yes, no := true, false
	for name, c := range map[string]struct {
		n     NewEndorsement
		field string // empty: it is taken
	}{
		"unpaid":              {NewEndorsement{Sponsored: &no}, ""},
		"paid":                {NewEndorsement{Sponsored: &yes, Sponsor: "澄岩"}, ""},
		"not said":            {NewEndorsement{}, "sponsored"},
		"paid by nobody":      {NewEndorsement{Sponsored: &yes, Sponsor: " "}, "sponsor"},
		"unpaid by somebody":  {NewEndorsement{Sponsored: &no, Sponsor: "澄岩"}, "sponsor"},
		"a sponsor in lines":  {NewEndorsement{Sponsored: &yes, Sponsor: "澄\n岩"}, "sponsor"},
		"a sponsor that lies": {NewEndorsement{Sponsored: &yes, Sponsor: "\u202eX"}, "sponsor"},
	} {
		c.n.Text, c.n.URL = trace.Text{ZhCN: "好用"}, "https://video.example/1"
		e, err := c.n.Of("lin", verdict.Unit{GTIN: "1"}, time.Unix(1, 0), [32]byte{1})
		switch {
		case c.field == "" && (err != nil || e.ID == "" || e.Sponsored != *c.n.Sponsored):
			t.Errorf("%s: %+v %v", name, e, err)
		case c.field != "" && (trace.CodeOf(err) != trace.FieldInvalid || err.(*trace.Error).Field != c.field): //nolint:errorlint // it is one
			t.Errorf("%s: %v", name, err)
		}
	}
}

package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

//go:embed assets
var assets embed.FS

func asset(name string) []byte {
	b, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // embedded: a matter of the build
	}
	return b
}

var comments = regexp.MustCompile(`(?s)\s*/\*.*?\*/|\s+$`)

// The style stands in the page, so that the first answer on a slow phone is
// complete; the scripts have files of their own, whose names change with them.
var (
	style         = comments.ReplaceAll(asset("page.css"), nil)
	scanScript    = newScript("scan", "scan.js", "print.js", "related.js")
	proofScript   = newScript("proof", "inflate.js", "proof.js", "facts.js", "proof-page.js")
	endorseScript = newScript("endorse", "endorse.js")

	claimScript     = newScript("claim", "owner.js", "claim.js")
	ownerPageScript = newScript("owner", "owner.js", "owner-page.js")
	qrScript        = newScript("qr", "vendor/lean-qr.mjs") // loaded when somebody wants a picture
)

// policy allows the page's own style, script and requests, and nothing else.
var policy = "default-src 'none'; style-src 'sha256-" + digestBase64(style) + "'; script-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

var previewPolicy = strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors *", 1)

func digestBase64(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(style) }, //nolint:gosec // embedded, and what the policy's digest is of
}).ParseFS(assets, "assets/*.html"))

// frame is what every page has: the reader's language and the links to change it.
type frame struct {
	Lang    string
	Chinese string // link to this page in Chinese
	English string
}

func newFrame(r *http.Request, keep url.Values) frame {
	link := func(lang string) string {
		q := url.Values{"lang": {lang}}
		for name := range keep {
			q.Set(name, keep.Get(name))
		}
		return "?" + q.Encode()
	}
	return frame{Lang: languageOf(r), Chinese: link(chinese), English: link(english)}
}

// T gives one of the page's own texts.
func (f frame) T(name string) string { return word(name).In(f.Lang) }

// say gives one that quotes facts.
func (f frame) say(name string, facts wording.Args) string { return word(name).With(facts).In(f.Lang) }

// In gives a text in the reader's language. Dates and counts stay on one line,
// as far as a space or a hyphen would let them be broken.
func (f frame) In(t trace.Text) string {
	return englishDate.ReplaceAllString(unbroken.Replace(t.In(f.Lang)), "$1\u00a0$2\u00a0$3")
}

var englishDate = regexp.MustCompile(`(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})`)

var unbroken = strings.NewReplacer(" 月 ", "\u00a0月\u00a0", " 年", "\u00a0年", " 月", "\u00a0月", " 日", "\u00a0日", " 次", "\u00a0次",
	"-0", "-\u20600", "-1", "-\u20601", "-2", "-\u20602", "-3", "-\u20603")

// Day writes a date for the reader.
func (f frame) Day(d trace.Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil || f.Lang == chinese {
		return string(d)
	}
	return t.Format("2\u00a0Jan\u00a02006")
}

// CheckName, ResultName and CheckText describe a check.
func (f frame) CheckName(c verdict.Check) string { return checkNames[c.ID].In(f.Lang) }

// ResultName says how the check went.
func (f frame) ResultName(c verdict.Check) string { return resultNames[c.Result].In(f.Lang) }

// CheckText says what was found, in one line.
func (f frame) CheckText(c verdict.Check) string { return f.In(c.Line()) }

// page answers with the shopper's page. Showing it is noted, and is no scan.
func (h *handler) page(c echo.Context, status int, asked code, from place, a verdict.Answer) error {
	p := unitPage{Answer: a, Script: scanScript.path, ProofScript: proofScript.path, proof: h.proofSource(), from: from,
		ClaimScript: claimScript.path, Reviews: h.reviewsOf(c.Request().Context(), a), Shop: h.shopOf(c.Request().Context(), a, asked.unit), CheckedAt: h.Now()}
	keep := url.Values{}
	if asked.serial != "" {
		p.Nonce, p.URL = h.newNonce(asked.unit), h.uriOf(asked)
		p.Complain = "/complaints/new?" + url.Values{"uri": {p.URL}, "lang": {languageOf(c.Request())}}.Encode()
		if partyForm.MatchString(from.seller) {
			keep.Set("seller", from.seller)
		}
		if market := c.QueryParam("market"); gs1.IsCountry(market) {
			keep.Set("market", market)
		}
		if r := c.Request(); r.Method == http.MethodGet && !isProgram(r) && !isAhead(r) {
			h.Scans.Seen(asked.unit, h.Now())
		}
	}
	p.frame = newFrame(c.Request(), keep)
	p.AsOwner = h.asOwner(c.Request().Context(), p, asked)
	return render(c, status, "unit.html", p)
}

// asOwner gives the page that a unit's owner reads. It is no secret, so that it
// goes to everybody, and the owner's own device puts it in the other's place.
func (h *handler) asOwner(ctx context.Context, p unitPage, asked code) *unitPage {
	if p.ForOwner == nil {
		return nil
	}
	p.Answer = *p.ForOwner
	p.Reviews, p.Shop = h.reviewsOf(ctx, p.Answer), h.shopOf(ctx, p.Answer, asked.unit)
	return &p
}

func render(c echo.Context, status int, name string, data any) error {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Language", languageOf(c.Request()))
	return c.HTMLBlob(status, b.Bytes())
}

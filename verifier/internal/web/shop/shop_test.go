package shop_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

const picture1 = "1111111111111111111111111111111111111111111111111111111111111111"

// present shows a presentation of a product, as the gateway keeps it.
func present(w *verifiertest.World, gtin string, version int, p content.Presentation) {
	doc, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 3)), nil)
	w.Exec(
		`insert into app.picture (id, width, height, data, small) values (decode($1, 'hex'), 4, 3, $2, $2) on conflict do nothing`,
		picture1,
		b.Bytes(),
	)
	w.Exec(
		`insert into app.presentation (gtin, version, party, account, doc, preview) values ($1, $2, $3, 'a', $4, $5)`,
		gtin,
		version,
		verifiertest.Producer,
		string(doc),
		fmt.Sprint("preview", gtin, version),
	)
	w.Exec(`insert into app.publication (gtin, version, account) values ($1, $2, 'a')`, gtin, version)
}

func presentation() content.Presentation {
	return content.Presentation{
		Story:    trace.Text{ZhCN: "第一段 <script>alert(1)</script>。\n\n第二段。", En: "Our <b>story</b>."},
		Pictures: []content.Picture{{ID: picture1, Alt: trace.Text{ZhCN: `罐身"><img onerror=x>`, En: "The tin"}}},
		Videos: []content.Video{
			{
				Title:    trace.Text{ZhCN: "采摘"},
				URL:      "https://video.example/1",
				Live:     true,
				StartsAt: time.Now().Add(time.Hour),
			},
		},
		Buy: []content.BuyLink{{Label: trace.Text{ZhCN: "旗舰店", En: "Flagship"}, URL: "https://xn--hxt161c.example/"},
			{Seller: verifiertest.Seller, Label: trace.Text{ZhCN: "便利店", En: "Corner"}, URL: "https://heyu.example/"}},
	}
}

// What a brand says is shown as text and plain links, to those whose item nothing
// speaks against; folded where something asks for care, and not at all on a warning.
func TestShop(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	if got := shopping(c, b.Path(1)); got != nil || strings.Contains(c.Get(b.Path(1)).Body.String(), "品牌与购买") {
		t.Errorf("nothing was said: %+v", got)
	}
	present(w, verifiertest.GTIN, 1, presentation())
	page := c.Get(b.Path(1)).Body.String()
	for _, want := range []string{`<details class="card shop noprint" open>`, "第一段 &lt;script&gt;alert(1)&lt;/script&gt;。</p>", `href="https://xn--hxt161c.example/" target="_blank" rel="noopener noreferrer nofollow"`,
		"澄岩食品 · 资质有效 · xn--hxt161c.example", "禾屿便利 · 资质有效 · heyu.example", `width="4" height="3"`, `<img class="thumb" src="/pictures/` + picture1 + `-s.jpg"`, "video.example"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<script>alert", "<img onerror", "<b>story", "<iframe", "xn--hxt161c.example</a>"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if size := gzipped(t, page); size > 30<<10 {
		t.Errorf("%d bytes", size)
	}
	b.Complaint("CASE-0001", 2)
	if page := c.Get(
		b.Path(2),
	).Body.String(); !strings.Contains(page, `<details class="card shop noprint">`) ||
		strings.Contains(page, `id="related"`) {
		t.Error("not folded where something asks for care")
	}
	b.Complaint("CASE-0002", 3, trace.CounterfeitConfirmed)
	if page := c.Get(
		b.Path(3),
	).Body.String(); shopping(c, b.Path(3)) != nil || strings.Contains(page, "heyu.example") ||
		strings.Contains(page, "旗舰店") {
		t.Error("somebody sells on a warning")
	}
}

func gzipped(t *testing.T, s string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.Len()
}

// A link to buy lasts as long as its seller's standing, and a brand that may not
// do business is not presented.
func TestShopFollowsStanding(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	present(w, verifiertest.GTIN, 1, presentation())
	w.Exec(
		`insert into app.buy_link (gtin, party, account, links) values ($1, $2, 'a', '[{"label": {"zh-CN": "旧"}, "url": "https://old.example/"}]'),
		($1, $2, 'a', '[{"label": {"zh-CN": "青石"}, "url": "https://qingshi.example/"}]')`,
		verifiertest.GTIN,
		verifiertest.OtherSeller,
	)
	offers := func() (hosts []string) {
		for _, o := range shopping(c, b.Path(1)).Offers {
			hosts = append(hosts, o.Host())
		}
		return hosts
	}
	status := func(party string, s trace.Status) {
		w.Exec(`update ledger.party set doc = jsonb_set(doc, '{status}', to_jsonb($2::text)) where id = $1`, party, s)
	}
	if got := fmt.Sprint(offers()); got != "[xn--hxt161c.example heyu.example qingshi.example]" {
		t.Error(got)
	}
	status(verifiertest.OtherSeller, trace.StatusSuspended)
	w.Exec(
		`update ledger.party set doc = jsonb_set(doc, '{nextCheckDue}', '"2020-01-01"') where id = $1`,
		verifiertest.Producer,
	)
	if got := shopping(c, b.Path(1)); got != nil {
		t.Errorf("of a brand and a shop that may not sell: %+v", got)
	}
}

func TestPicturesAndPreviews(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	present(w, verifiertest.GTIN, 1, presentation())
	w.Exec(`insert into app.publication (gtin, reason, hidden_to, account) values ($1, 'x', 1, 'a')`, verifiertest.GTIN)
	for _, name := range []string{picture1 + ".jpg", picture1 + "-s.jpg"} {
		rec := c.Get("/pictures/" + name)
		if rec.Code != 200 || rec.Header().Get("Content-Type") != "image/jpeg" ||
			!strings.Contains(rec.Header().Get("Cache-Control"), "immutable") ||
			rec.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", name, rec.Code, rec.Header())
		}
	}
	for _, name := range []string{strings.Repeat("2", 64) + ".jpg", picture1, picture1 + ".svg", "x.jpg", strings.ToUpper(strings.Repeat("a", 64)) + ".jpg", picture1 + "-s-s.jpg"} {
		if rec := c.Get("/pictures/" + name); rec.Code != 404 {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	if rec := c.Get(
		"/previews/preview" + verifiertest.GTIN + "1",
	); rec.Code != 200 || !strings.Contains(rec.Body.String(), "预览") ||
		!strings.Contains(rec.Body.String(), "旗舰店") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	w.Exec(
		`insert into app.buy_link (gtin, party, account, links) values ($1, $2, 'a', '[{"label": {"zh-CN": "青石"}, "url": "https://qingshi.example/"}]')`,
		verifiertest.GTIN,
		verifiertest.OtherSeller,
	)
	w.Exec(
		`insert into app.presentation_look (gtin, account, party, doc, preview) values ($1, 'a', $2, '{"story": {"zh-CN": "还没写完"}}', 'look')`,
		verifiertest.GTIN,
		verifiertest.Producer,
	)
	look := c.Get("/previews/look")
	if policy := look.Header().
		Get("Content-Security-Policy"); look.Header().Get("X-Frame-Options") != "" || !strings.Contains(policy, "frame-ancestors *") ||
		!strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the console cannot frame it: %v", look.Header())
	}
	if page := look.Body.String(); !strings.Contains(page, "还没写完") || strings.Contains(page, "旗舰店") ||
		!strings.Contains(page, "青石") ||
		!strings.Contains(page, "这不是核验结果") {
		t.Error("not what shoppers would see of it")
	}
	w.Exec(`update app.presentation_look set made_at = now() - interval '8 days'`)
	if rec := c.Get("/previews/look"); rec.Code != 404 {
		t.Errorf("after a week: %d", rec.Code)
	}
	if rec := c.Get("/previews/none"); rec.Code != 404 || rec.Header().Get("X-Frame-Options") != "DENY" {
		t.Errorf("%d", rec.Code)
	}
}

// Goods like those that were scanned, and none that are recalled, unsold, of
// sellers who may not sell, or scanned already.
func TestRelated(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	other := func(gtin, brand, category string) {
		w.Exec(
			`insert into ledger.product (gtin, owner, doc, tx_id) values ($1, $2, jsonb_build_object('gtin', $1::text, 'owner', $2::text,
			'brand', $3::text, 'category', $4::text, 'name', '{"zh-CN": "别的", "en": "Other"}'::jsonb), 'x')`,
			gtin,
			verifiertest.Producer,
			brand,
			category,
		)
	}
	const sameBrand, sameKind, neither, mute, unsent = "06998801000012", "06998801000029", "06998801000043", "06998801000050", "06998801000067"
	other(sameBrand, "澄岩", "家居")
	other(sameKind, "别家", "食品")
	other(neither, "别家", "家居")
	other(mute, "澄岩", "食品")
	other(unsent, "澄岩", "食品")
	for _, gtin := range []string{sameBrand, sameKind, neither, unsent} {
		present(w, gtin, 1, presentation())
		holder := verifiertest.Seller
		if gtin == unsent {
			holder = verifiertest.Producer
		}
		w.Exec(`insert into ledger.holding values ($1, 'L', 0, 9, $2, 'held', '', 'x')`, gtin, holder)
	}
	related := func(query string) (gtins []string) {
		rec := c.Get("/api/v1/related" + query)
		for _, item := range webtest.Decode[struct{ Items []shop.RelatedItem }](t, rec).Items {
			gtins = append(gtins, item.GTIN)
		}
		if rec.Code != 200 || rec.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", query, rec.Code, rec.Header())
		}
		return gtins
	}
	if got := fmt.Sprint(related("?gtin=" + verifiertest.GTIN)); got != "["+sameBrand+" "+sameKind+"]" {
		t.Error(got)
	}
	if got := related("?gtin=" + verifiertest.GTIN + "&gtin=" + sameBrand + "&gtin=" + sameKind); fmt.Sprint(
		got,
	) != "["+neither+"]" {
		t.Error(got)
	}
	if got := related(""); got != nil {
		t.Error(got)
	}
	if rec := c.Get("/api/v1/related?gtin=%3Cscript%3E"); rec.Code != 422 ||
		strings.Contains(rec.Body.String(), "script") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	w.Exec(`insert into ledger.recall (id, gtin, doc, tx_id) values ('R1', $1, '{}', 'x')`, sameBrand)
	w.Exec(`insert into ledger.recall_scope values ('R1', $1, 'L', 0, 1)`, sameBrand)
	if got := fmt.Sprint(related("?gtin=" + verifiertest.GTIN)); got != "["+sameKind+"]" {
		t.Error(got)
	}
}

const badgeID = "BAAAAAAAAAAAAAAAA"

func giveBadge(w *verifiertest.World, lot string) {
	w.Exec(
		`insert into app.badge (id, gtin, lot, host, seller, issuer, account, expires_at) values ($1, $2, $3, 'shop.example:8443', $4, $5, 'a', now() + interval '1 year')`,
		badgeID,
		verifiertest.GTIN,
		lot,
		verifiertest.Seller,
		verifiertest.Producer,
	)
}

// A badge's picture says what is so now, names its host, and says so when the
// page that shows it is another's.
func TestBadge(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	giveBadge(w, "L1")
	c := webtest.New(t, w)
	svg := func(query string, headers ...string) *httptest.ResponseRecorder {
		rec := c.Get("/badge/"+badgeID+".svg"+query, headers...)
		if rec.Code != 200 || rec.Header().Get("Content-Type") != "image/svg+xml" ||
			rec.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" ||
			!strings.Contains(rec.Body.String(), "shop.example:8443") ||
			strings.Contains(rec.Body.String(), "<script") ||
			rec.Header().Get("Set-Cookie") != "" {
			t.Errorf("%d %v %s", rec.Code, rec.Header(), rec.Body)
		}
		return rec
	}
	for name, test := range map[string]struct {
		query   string
		headers []string
		word    string
	}{
		"no word of the page":   {"", nil, "登记在册"},
		"its own page":          {"", []string{"Referer", "https://Shop.Example:8443/item?x=1"}, "登记在册"},
		"as its script says":    {"?site=shop.example:8443&lang=en", nil, "On record"},
		"another page":          {"", []string{"Referer", "https://evil.example/"}, "不是本站的标识"},
		"another port":          {"?lang=en", []string{"Referer", "https://shop.example/"}, "Issued for another site"},
		"another origin":        {"", []string{"Origin", "https://evil.example"}, "不是本站的标识"},
		"a script that lies":    {"?site=shop.example:8443", []string{"Referer", "https://evil.example/"}, "不是本站的标识"},
		"a script on a copy":    {"?site=evil.example", []string{"Referer", "https://shop.example:8443/"}, "不是本站的标识"},
		"a site that is markup": {"?site=%22%3E%3Cscript%3E", nil, "不是本站的标识"},
	} {
		if got := svg(test.query, test.headers...).Body.String(); !strings.Contains(got, ">"+test.word+"<") {
			t.Errorf("%s: %s", name, got)
		}
	}
	js := c.Get("/badge/" + badgeID + ".js")
	if js.Code != 200 || !strings.Contains(js.Body.String(), "/badge/"+badgeID+".svg") ||
		strings.Contains(js.Body.String(), "cookie") ||
		js.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%d %s", js.Code, js.Body)
	}
	page := c.Get("/badges/" + badgeID)
	for _, want := range []string{`<strong>shop.example:8443</strong>`, "登记在册", "澄岩冻干咖啡", "禾屿便利 · 有效", "澄岩食品", "图片谁都能复制"} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if page.Header().Get("X-Frame-Options") != "DENY" ||
		!strings.Contains(page.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Errorf("%v", page.Header())
	}
	if copied := c.Get("/badges/"+badgeID, "Referer", "https://evil.example/"); !strings.Contains(
		copied.Body.String(), "不是这个网站",
	) {
		t.Error("the page does not warn whoever comes from elsewhere")
	}
	for _, name := range []string{"BBBBBBBBBBBBBBBBB.svg", "x.svg", badgeID, badgeID + ".png", "%3Cscript%3E.js"} {
		if rec := c.Get("/badge/" + name); rec.Code != 404 {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	r := trace.Recall{
		ID:    "RECALL-1",
		GTIN:  b.GTIN,
		Lots:  []string{"L1"},
		Class: trace.ClassII,
		By:    verifiertest.Producer,
		At:    b.Day(8),
		Reason: trace.Text{
			ZhCN: "防腐剂超标",
			En:   "A preservative exceeds the limit",
		},
		Instruction: trace.Text{ZhCN: "停用", En: "Stop"},
	}
	b.Happens(
		trace.Event{Type: trace.EventRecalled, At: b.Day(8), By: verifiertest.Producer, Recall: &r}, trace.Place{},
	)
	if got := svg("?lang=en").Body.String(); !strings.Contains(got, ">Lot recalled<") {
		t.Error(got)
	}
	if got := webtest.Decode[verdict.BadgeAnswer](
		t, c.Get("/badges/"+badgeID, "Accept", "application/json"),
	); got.Verdict != verdict.Stop ||
		got.Finding != verdict.BadgeLotRecalled {
		t.Errorf("%+v", got)
	}
	if page := c.Get(
		"/badges/" + badgeID + "?lang=en",
	).Body.String(); !strings.Contains(page, "A preservative exceeds the limit") {
		t.Error("the recall is not on the page")
	}
	w.Exec(`update ledger.checkpoint set checked_at = now() - interval '1 hour'`)
	if got := svg("?lang=en").Body.String(); !strings.Contains(got, ">Cannot check right now<") {
		t.Error(got)
	}
	w.Exec(`update app.badge set revoked_at = now()`)
	if got := svg("?lang=en").Body.String(); !strings.Contains(got, ">Badge withdrawn<") {
		t.Error(got)
	}
}

const creatorKey = "the creator's key"

func enterCreator(w *verifiertest.World) {
	w.Exec(
		`insert into app.account (name, party, role, key_hash) values ('creator-lin', '@lin', 'creator', sha256($1::bytea))`,
		[]byte(creatorKey),
	)
	w.Exec(
		`insert into app.creator (handle, name, url, account) values ('lin', '{"zh-CN": "林夏", "en": "Lin Xia"}', 'https://video.example/lin', 'creator-lin')`,
	)
}

// A creator's word stands on every page of the product, says who paid for it and
// which item he had, and falls with that item.
func TestEndorsement(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	enterCreator(w)
	c := webtest.New(t, w)
	token := c.Token(b.Path(1))
	if rec := endorse(c, creatorKey, b.Path(1), token, nil); rec.Code != http.StatusCreated {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	mine, another := c.Get(b.Path(1)).Body.String(), c.Get(b.Path(2)).Body.String()
	for _, page := range []string{mine, another} {
		for _, want := range []string{"林夏", `<b class="tag ad">广告</b>`, "由「澄岩」赞助", "每天都喝 &lt;b&gt;真的", "video.example"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
	}
	if !strings.Contains(mine, "扫过您手上的这一件") || strings.Contains(another, "扫过您手上的这一件") ||
		!strings.Contains(another, "同款的一件，批号 L1") {
		t.Error("the pages do not tell the item that was scanned from the others")
	}
	for name, test := range map[string]struct {
		key, path, token string
		change           map[string]any
		status           int
		field            string
	}{
		"without a key":      {"", b.Path(2), token, nil, 401, ""},
		"with a party's key": {"another key", b.Path(2), token, nil, 401, ""},
		"of another unit":    {creatorKey, b.Path(2), token, nil, 403, "token"},
		"with no scan":       {creatorKey, b.Path(2), "", nil, 403, "token"},
		"of no unit":         {creatorKey, "/01/x", token, nil, 403, "token"},
		"silent on money":    {creatorKey, b.Path(1), token, map[string]any{"sponsored": nil, "sponsor": nil}, 422, "sponsored"},
		"with a script":      {creatorKey, b.Path(1), token, map[string]any{"url": "javascript:alert(1)"}, 422, "url"},
		"unknown field":      {creatorKey, b.Path(1), token, map[string]any{"rating": 5}, 400, ""},
		"said already":       {creatorKey, b.Path(1), token, nil, 422, "uri"},
	} {
		rec := endorse(c, test.key, test.path, test.token, test.change)
		if p := webtest.Decode[webtest.Problem](t, rec); rec.Code != test.status ||
			test.field != "" && p.Field != test.field {
			t.Errorf("%s: %d %+v", name, rec.Code, p)
		}
	}
	id := said(c, b.Path(2))[0].ID
	n := webtest.AnchorAll(t, w, trace.LogReviews)
	if rec := c.Get(fmt.Sprintf("/api/v1/anchors/reviews/%d", n-1)); rec.Code != 200 ||
		!strings.Contains(rec.Body.String(), id) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}

	w.Exec(`insert into app.endorsement_end (endorsement_id, kind, account) values ($1, 'withdrawn', 'a')`, id)
	if got := said(c, b.Path(2)); len(got) != 0 {
		t.Errorf("withdrawn: %+v", got)
	}
	if rec := endorse(c, creatorKey, b.Path(1), token, nil); webtest.Decode[webtest.Problem](t, rec).Field != "token" {
		t.Errorf("a scan was used twice: %d %s", rec.Code, rec.Body)
	}
	if rec := endorse(
		c, creatorKey, b.Path(3), c.Token(b.Path(3)), map[string]any{"sponsored": false, "sponsor": nil},
	); rec.Code != 201 {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	if page := c.Get(b.Path(2)).Body.String(); strings.Contains(page, "tag ad") || !strings.Contains(page, "未收取任何报酬") {
		t.Error("an unpaid word is marked as paid, or not at all")
	}
	b.Complaint("CASE-0009", 3, trace.CounterfeitConfirmed, trace.FoundGenuine)
	if got := said(c, b.Path(2)); len(got) != 1 {
		t.Errorf("after an appeal: %+v", got)
	}
	w.Exec(
		`insert into app.endorsement_end (endorsement_id, kind, reason, account) select id, 'hidden', '{"zh-CN": "夸大功效", "en": "Overstated"}', 'a' from scan.endorsement where id <> $1`,
		id,
	)
	page := c.Get(b.Path(2)).Body.String()
	if !strings.Contains(page, "夸大功效") || strings.Contains(page, "每天都喝") {
		t.Error("what the platform hid is not hidden with its reason")
	}
	w.Exec(`update app.account set revoked_at = now()`)
	if rec := endorse(c, creatorKey, b.Path(4), c.Token(b.Path(4)), nil); rec.Code != 401 ||
		len(said(c, b.Path(2))) != 0 {
		t.Errorf("a revoked creator: %d", rec.Code)
	}
}

// What a creator had in hand and turned out to be a fake no longer speaks for the product.
func TestEndorsementOfAFake(t *testing.T) {
	w := verifiertest.New(t)
	b, other := w.Batch(trace.Batch{Lot: "L1"}).OnSale(), w.Batch(trace.Batch{Lot: "L2"}).OnSale()
	enterCreator(w)
	c := webtest.New(t, w)
	endorse(c, creatorKey, b.Path(1), c.Token(b.Path(1)), nil)
	if got := said(c, other.Path(1)); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	b.Complaint("CASE-0001", 1, trace.CounterfeitConfirmed)
	if got := said(c, other.Path(1)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// The form carries what its script needs to confirm the scan, asks about money
// without a default, and repeats nothing of a code that is not known.
func TestEndorseForm(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	present(w, verifiertest.GTIN, 1, presentation())
	if page := c.Get(b.Path(1)).Body.String(); !strings.Contains(page, "/endorsements/new?") {
		t.Error("no way to the form")
	}
	for _, lang := range webtest.Languages {
		rec := c.Get("/endorsements/new?uri="+url.QueryEscape(webtest.Host+b.Path(1)), "Accept-Language", lang)
		webtest.CheckHeaders(t, "form", rec.Header())
		webtest.CheckDocument(t, "form", lang, rec.Body.Bytes())
		if body := rec.Body.String(); !strings.Contains(body, `<option value="">`) ||
			strings.Contains(body, "selected") ||
			strings.Contains(body, `data-nonce=""`) {
			t.Error(body)
		}
	}
	for _, uri := range []string{"%3Cscript%3E", url.QueryEscape(webtest.Host + b.Path(1) + "0"), ""} {
		if body := c.Get(
			"/endorsements/new?uri=" + uri,
		).Body.String(); !strings.Contains(body, `data-nonce=""`) || strings.Contains(body, "%3Cscript") ||
			strings.Contains(body, "alert") {
			t.Errorf("%s: %s", uri, body)
		}
	}
}

// shopping reads what a unit's page shows beside the product.
func shopping(c webtest.Client, path string) *content.Shown {
	c.T.Helper()
	return c.Unit(path).Shop
}

// said reads what creators say about a unit's product.
func said(c webtest.Client, path string) []content.ShownEndorsement {
	c.T.Helper()
	if shop := shopping(c, path); shop != nil {
		return shop.Endorsements
	}
	return nil
}

// endorse sends an endorsement; change replaces its fields, nil removes one.
func endorse(c webtest.Client, key, path, token string, change map[string]any) *httptest.ResponseRecorder {
	body := map[string]any{
		"uri":       webtest.Host + path,
		"token":     token,
		"text":      map[string]string{"zh-CN": "每天都喝 <b>真的</b>", "en": "Every day"},
		"url":       "https://video.example/lin/1",
		"sponsored": true,
		"sponsor":   "澄岩",
	}
	for k, v := range change {
		body[k] = v
		if v == nil {
			delete(body, k)
		}
	}
	b, _ := json.Marshal(body)
	return c.Post("/api/v1/endorsements", string(b), "Authorization", "Bearer "+key)
}

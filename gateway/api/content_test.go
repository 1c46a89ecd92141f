package api

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// creator enters a creator and keeps his key.
func (w *world) creator(handle string) {
	w.t.Helper()
	a := w.must(
		"platform",
		201,
		"POST",
		"/api/v1/creators",
		object{
			"handle": handle,
			"name":   object{"zh-CN": "林夏", "en": "Lin Xia"},
			"url":    "https://video.example/" + handle,
		},
	)
	w.keys[handle] = a.body["apiKey"].(string)
}

// picture uploads a file as a picture.
func (w *world) picture(party string, file []byte) answer {
	w.t.Helper()
	r := w.form("photo.png", "", file)
	r.URL.Path = "/api/v1/pictures"
	return w.send(party, r)
}

const presented = "/api/v1/products/" + gtin + "/presentation"

func tale(story string) object {
	return object{"story": object{"zh-CN": story, "en": "A story"}}
}

func link(url string) object {
	return object{"label": object{"zh-CN": "旗舰店", "en": "Flagship"}, "url": url}
}

// A brand's page from draft to undo: each save is a version, and one is shown.
func TestPresentation(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	picture := w.picture("maker", photo(t))
	if picture.status != 201 || picture.body["width"] != 8.0 {
		t.Fatalf("%d %s", picture.status, picture.raw)
	}
	full := tale("第一段。\n\n第二段。")
	full["pictures"] = []any{object{"id": picture.body["id"], "alt": object{"zh-CN": "瓶身", "en": "The bottle"}}}
	full["videos"] = []any{
		object{
			"title":    object{"zh-CN": "直播"},
			"url":      "https://live.example/9",
			"live":     true,
			"startsAt": "2026-12-01T12:00:00Z",
		},
	}
	full["buy"] = []any{
		link("HTTPS://Shop.Example/p?id=1"),
		object{"seller": "shop", "label": object{"zh-CN": "甲店"}, "url": "https://甲店.example/"},
	}
	full["draft"] = true

	draft := w.must("maker", 200, "PUT", presented, full).body
	if draft["shown"] != 0.0 {
		t.Errorf("a draft is shown: %v", draft)
	}
	one := draft["versions"].([]any)[0].(object)
	buy := one["content"].(object)["buy"].([]any)
	if buy[0].(object)["url"] != "https://shop.example/p?id=1" ||
		buy[1].(object)["url"] != "https://xn--hxt161c.example/" ||
		!strings.HasPrefix(one["preview"].(string), "https://trace.example/previews/") {
		t.Errorf("%v", one)
	}
	if got := w.must("maker", 200, "POST", presented+"/publication", object{"version": 1}).body; got["shown"] != 1.0 {
		t.Errorf("%v", got)
	}
	if got := w.must("maker", 200, "PUT", presented, tale("另一个故事")).body; got["shown"] != 2.0 ||
		len(got["versions"].([]any)) != 2 {
		t.Errorf("%v", got)
	}
	if got := w.must("maker", 200, "POST", presented+"/publication", object{"version": 1}).body; got["shown"] != 1.0 {
		t.Errorf("undone: %v", got)
	}
	w.refused("maker", 404, "PRESENTATION_UNKNOWN", "POST", presented+"/publication", object{"version": 3})
	w.refused("rival", 404, "PRODUCT_UNKNOWN", "GET", presented, nil)
	w.refused("rival", 404, "PRODUCT_UNKNOWN", "PUT", presented, tale("冒名"))
	w.refused("shop", 403, "NOT_ALLOWED", "PUT", presented, tale("冒名"))

	hidden := w.must("platform", 200, "POST", presented+"/hiding", object{"reason": "宣称疗效"}).body
	if hidden["shown"] != 0.0 || w.must("maker", 200, "GET", presented, nil).body["hiddenWhy"] != "宣称疗效" {
		t.Errorf("%v", hidden)
	}
	w.refused("maker", 404, "PRESENTATION_UNKNOWN", "POST", presented+"/publication", object{"version": 1})
	w.refused("platform", 404, "PRESENTATION_UNKNOWN", "POST", presented+"/hiding", object{"reason": "再来"})
	if got := w.must("maker", 200, "PUT", presented, tale("改好了")).body; got["shown"] != 3.0 || got["hiddenWhy"] != nil {
		t.Errorf("%v", got)
	}
}

// What is being written is looked at under an address that stays, is found again by who wrote it
// and by nobody else, and is neither a version nor in the log of changes; a save or a word ends it.
func TestPresentationIsLookedAtWhileItIsWritten(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.person("yan", "maker", record.DutyGoods)
	preview, seen := presented+"/preview", func(who string) object {
		return w.must(who, 200, "GET", presented, nil).body
	}
	first := w.must("maker", 200, "PUT", preview, tale("开头")).body["preview"]
	if again := w.must("maker", 200, "PUT", preview, tale("开头，再加一句")).body["preview"]; again != first ||
		!strings.HasPrefix(fmt.Sprint(again), "https://trace.example/previews/") {
		t.Errorf("%v, before %v", again, first)
	}
	mine := seen("maker")
	if len(mine["versions"].([]any)) != 0 ||
		mine["unsaved"].(object)["content"].(object)["story"].(object)["zh-CN"] != "开头，再加一句" ||
		mine["unsaved"].(object)["preview"] != first {
		t.Errorf("%v", mine)
	}
	if other := w.must("yan", 200, "PUT", preview, tale("同事写的")).body["preview"]; other == first ||
		seen("maker")["unsaved"].(object)["preview"] != first {
		t.Error("two people write in one place")
	}
	foreign := tale("故事")
	foreign["pictures"] = []any{object{"id": w.picture("rival", photo(t)).body["id"], "alt": object{"zh-CN": "别人的"}}}
	w.refused("maker", 422, "FIELD_INVALID", "PUT", preview, foreign)
	w.refused("maker", 422, "FIELD_INVALID", "PUT", preview, object{"buy": []any{link("http://shop.example")}})
	w.refused("rival", 404, "PRODUCT_UNKNOWN", "PUT", preview, tale("冒名"))
	w.must("maker", 200, "PUT", presented, tale("存下来的"))
	if mine := seen("maker"); mine["unsaved"] != nil {
		t.Errorf("after it was saved: %v", mine["unsaved"])
	}
	if yan := seen("yan"); yan["unsaved"] != nil {
		t.Errorf("older than a colleague's version: %v", yan["unsaved"])
	}
	w.must("maker", 200, "PUT", preview, tale("又改"))
	w.must("maker", 204, "DELETE", preview, nil)
	if mine := seen("maker"); mine["unsaved"] != nil {
		t.Errorf("forgotten: %v", mine["unsaved"])
	}
	if log := w.found("maker", "previewPresentation"); log != "" {
		t.Errorf("in the log of changes: %s", log)
	}
}

// What could mislead or attack a shopper is refused, and nothing is kept of it.
func TestPresentationRefused(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	foreign := w.picture("rival", photo(t)).body["id"]
	with := func(field string, value any) object {
		p := tale("故事")
		p[field] = value
		return p
	}
	video := func(change object) object {
		v := object{"title": object{"zh-CN": "视频"}, "url": "https://video.example/1"}
		for k, x := range change {
			v[k] = x
		}
		return with("videos", []any{v})
	}
	for name, c := range map[string]struct {
		body  object
		field string
	}{
		"script address":     {with("buy", []any{link("javascript:alert(1)")}), "buy[0].url"},
		"data address":       {with("buy", []any{link("data:text/html,x")}), "buy[0].url"},
		"not encrypted":      {with("buy", []any{link("http://shop.example/")}), "buy[0].url"},
		"user name in front": {with("buy", []any{link("https://shop.example@evil.example/")}), "buy[0].url"},
		"backslash":          {with("buy", []any{link(`https://shop.example\@evil.example/`)}), "buy[0].url"},
		"an address":         {with("buy", []any{link("https://169.254.169.254/latest")}), "buy[0].url"},
		"a disguised one":    {with("buy", []any{link("https://shop.0x7f000001/")}), "buy[0].url"},
		"a port":             {with("buy", []any{link("https://shop.example:8443/")}), "buy[0].url"},
		"no dot":             {with("buy", []any{link("https://localhost/")}), "buy[0].url"},
		"line feed":          {with("buy", []any{link("https://shop.example/\nx")}), "buy[0].url"},
		"unknown seller":     {with("buy", []any{object{"seller": "nobody", "label": object{"zh-CN": "店"}, "url": "https://shop.example/"}}), "buy[0].seller"},
		"empty label":        {with("buy", []any{object{"label": object{"zh-CN": " "}, "url": "https://shop.example/"}}), "buy[0].label.zh-CN"},
		"turned text":        {tale("官方\u202e店旗"), "story.zh-CN"},
		"control":            {tale("a\x07"), "story.zh-CN"},
		"long":               {tale(strings.Repeat("长", 2001)), "story.zh-CN"},
		"English only":       {object{"story": object{"en": "A story"}}, "story.zh-CN"},
		"start of no stream": {video(object{"startsAt": "2026-12-01T12:00:00Z"}), "videos[0].startsAt"},
		"another's picture":  {with("pictures", []any{object{"id": foreign, "alt": object{"zh-CN": "图"}}}), "pictures"},
		"no alt":             {with("pictures", []any{object{"id": foreign, "alt": object{"zh-CN": ""}}}), "pictures[0].alt.zh-CN"},
	} {
		if a := w.refused(
			"maker", 422, string(trace.FieldInvalid), "PUT", presented, c.body,
		); a.body["field"] != c.field {
			t.Errorf("%s: %s", name, a.raw)
		}
	}
	w.refused("maker", 413, "TOO_LARGE", "PUT", presented, tale(strings.Repeat("x", 2<<20)))
	if got := w.must("maker", 200, "GET", presented, nil).body; len(got["versions"].([]any)) != 0 {
		t.Errorf("%v", got)
	}
	w.must("platform", 201, "POST", "/api/v1/parties/maker/status", object{"status": "suspended", "reason": "test"})
	w.refused("maker", 403, "PARTY_SUSPENDED", "PUT", presented, tale("故事"))
}

// bomb is a PNG of a few bytes that says it is 30,000 pixels wide and high.
func bomb() []byte {
	chunk := func(kind string, data []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		b = append(append(b, kind...), data...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 30_000), 30_000)
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(make([]byte, 1<<20))
	z.Close()
	return bytes.Join(
		[][]byte{
			[]byte("\x89PNG\r\n\x1a\n"),
			chunk("IHDR", append(head, 8, 6, 0, 0, 0)),
			chunk("IDAT", packed.Bytes()),
			chunk("IEND", nil),
		},
		nil,
	)
}

func TestPicturesRefused(t *testing.T) {
	w := newWorld(t)
	for name, file := range map[string][]byte{
		"SVG":           []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"bomb":          bomb(),
		"HTML as a PNG": []byte("\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
		"GIF":           []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"nothing":       []byte(" "),
	} {
		if a := w.picture("maker", file); a.status != 422 || a.body["code"] != "PICTURE_INVALID" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	if a := w.picture(
		"maker", append(photo(t), make([]byte, 10<<20)...),
	); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("10 MB: %d %s", a.status, a.raw)
	}
	if a := w.picture("shop", photo(t)); a.status != 403 {
		t.Errorf("a shop: %d %s", a.status, a.raw)
	}
}

// Links are for parties whose hands the goods went through.
func TestBuyLinks(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	at := "/api/v1/products/" + gtin + "/buy-links"
	w.refused("shop", 403, "GOODS_NOT_HANDLED", "PUT", at, object{"links": []any{link("https://shop.example/")}})
	w.deliver("maker", "shop", line(0, 10))
	got := w.must("shop", 200, "PUT", at, object{"links": []any{link("https://shop.example/")}}).body
	if links := got["links"].([]any); len(links) != 1 || got["party"] != "shop" {
		t.Errorf("%v", got)
	}
	other := link("https://shop.example/")
	other["seller"] = "corner"
	w.refused("shop", 422, "FIELD_INVALID", "PUT", at, object{"links": []any{other}})
	if links := w.must("maker", 200, "GET", at, nil).body["links"].([]any); len(links) != 0 {
		t.Errorf("the maker has %v", links)
	}
	w.refused("corner", 403, "GOODS_NOT_HANDLED", "GET", at, nil)
}

// A badge speaks for a seller who has had the goods, on one host.
func TestBadges(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	ask := func(change object) object {
		b := object{"gtin": "6998801000012", "host": "Shop.Example"}
		for k, v := range change {
			b[k] = v
		}
		return b
	}
	mine := w.must("shop", 201, "POST", "/api/v1/badges", ask(object{"lot": lot})).body
	if mine["host"] != "shop.example" || mine["seller"] != "shop" || mine["gtin"] != gtin ||
		!strings.Contains(mine["script"].(string), `src="https://trace.example/badge/`+mine["id"].(string)+`.js"`) {
		t.Errorf("%v", mine)
	}
	theirs := w.must("maker", 201, "POST", "/api/v1/badges", ask(object{"seller": "shop"})).body
	if theirs["seller"] != "shop" || theirs["issuer"] != "maker" {
		t.Errorf("%v", theirs)
	}
	w.refused("corner", 403, "GOODS_NOT_HANDLED", "POST", "/api/v1/badges", ask(nil))
	w.refused("corner", 403, "NOT_ALLOWED", "POST", "/api/v1/badges", ask(object{"seller": "shop"}))
	w.refused("maker", 403, "GOODS_NOT_HANDLED", "POST", "/api/v1/badges", ask(object{"seller": "corner"}))
	w.refused("shop", 404, "BATCH_UNKNOWN", "POST", "/api/v1/badges", ask(object{"lot": "NONE"}))
	for _, host := range []string{"shop", "https://shop.example", "shop.example/x", "10.0.0.1", "shop.example:0", "shop.example:http", ""} {
		w.refused("shop", 422, "FIELD_INVALID", "POST", "/api/v1/badges", ask(object{"host": host}))
	}
	for party, want := range map[string]int{"shop": 2, "maker": 1, "corner": 0, "auditor": 2} {
		if items := w.must(party, 200, "GET", "/api/v1/badges", nil).body["items"].([]any); len(items) != want {
			t.Errorf("%s sees %v", party, items)
		}
	}
	w.refused("corner", 404, "BADGE_UNKNOWN", "DELETE", "/api/v1/badges/"+mine["id"].(string), nil)
	w.must("shop", 204, "DELETE", "/api/v1/badges/"+theirs["id"].(string), nil)
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "Lot/O1", 10))
	for _, carried := range []object{{"lot": "Lot/O1"}, {"lot": "Lot%2FO1"}, {"lot": "LOT/O1", "gtin": gtin[1:]}, {"lot": "lot/01"}, {"lot": "l0t%2fo1"}} {
		if b := w.must("maker", 201, "POST", "/api/v1/badges", ask(carried)).body; b["lot"] != "Lot/O1" ||
			b["gtin"] != gtin {
			t.Errorf("%v: a badge of %v %v", carried, b["gtin"], b["lot"])
		}
	}
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "LOT/O1", 10))
	w.refused("maker", 404, "BATCH_UNKNOWN", "POST", "/api/v1/badges", ask(object{"lot": "lot/o1"})) // either
	w.must("platform", 204, "DELETE", "/api/v1/badges/"+mine["id"].(string), nil)
	w.must("platform", 201, "POST", "/api/v1/parties/shop/status", object{"status": "suspended", "reason": "test"})
	w.refused("shop", 403, "PARTY_SUSPENDED", "POST", "/api/v1/badges", ask(nil))
}

// Creators are entered by the platform and keep to themselves; what ends an
// endorsement ends it once.
func TestCreators(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.creator("lin-xia")
	w.creator("other")
	if me := w.must("lin-xia", 200, "GET", "/api/v1/me", nil).body; me["role"] != "creator" ||
		me["party"] != "@lin-xia" {
		t.Errorf("%v", me)
	}
	w.refused("lin-xia", 403, "NOT_ALLOWED", "GET", "/api/v1/products", nil)
	w.refused(
		"platform",
		409,
		"CREATOR_EXISTS",
		"POST",
		"/api/v1/creators",
		object{"handle": "other", "name": object{"zh-CN": "甲"}, "url": "https://video.example/"},
	)
	w.refused(
		"platform",
		422,
		"FIELD_INVALID",
		"POST",
		"/api/v1/creators",
		object{"handle": "third", "name": object{"zh-CN": "甲"}, "url": "javascript:x"},
	)
	endorse := func(id, creator string, unit int) {
		if err := w.exec(
			fmt.Sprintf(
				`insert into scan.endorsement (id, creator, gtin, lot, unit_index, scanned_at, proof, text_zh, text_en, url, sponsored, sponsor)
			values ('%s', '%s', '%s', '%s', %d, now(), '\x%064x', '好用', '', 'https://video.example/1', true, '澄岩')`,
				id,
				creator,
				gtin,
				lot,
				unit,
				unit,
			),
		); err != nil {
			t.Fatal(err)
		}
	}
	endorse("E1", "lin-xia", 1)
	endorse("E2", "other", 2)
	for who, want := range map[string]int{"lin-xia": 1, "maker": 2, "rival": 0, "platform": 2} {
		if items := w.must(who, 200, "GET", "/api/v1/endorsements", nil).body["items"].([]any); len(items) != want {
			t.Errorf("%s sees %v", who, items)
		}
	}
	reason := object{"reason": object{"zh-CN": "夸大功效", "en": "Overstated"}}
	w.refused("lin-xia", 404, "ENDORSEMENT_UNKNOWN", "DELETE", "/api/v1/endorsements/E2", nil)
	w.must("lin-xia", 204, "DELETE", "/api/v1/endorsements/E1", nil)
	w.refused("lin-xia", 409, "ENDORSEMENT_ENDED", "DELETE", "/api/v1/endorsements/E1", nil)
	w.refused(
		"platform", 422, "FIELD_INVALID", "POST", "/api/v1/endorsements/E2/hiding",
		object{"reason": object{"zh-CN": "只有中文"}},
	)
	if got := w.must(
		"platform", 201, "POST", "/api/v1/endorsements/E2/hiding", reason,
	).body; got["status"] != "hidden" ||
		got["reason"].(object)["en"] != "Overstated" {
		t.Errorf("%v", got)
	}
	w.must("platform", 204, "DELETE", "/api/v1/creators/other", nil)
	if a := w.ask("other", "GET", "/api/v1/me", nil); a.status != 401 {
		t.Errorf("a revoked creator: %d", a.status)
	}
	list := w.must("auditor", 200, "GET", "/api/v1/creators", nil).body["items"].([]any)
	if len(list) != 2 || list[1].(object)["revokedAt"] == nil {
		t.Errorf("%v", list)
	}
}

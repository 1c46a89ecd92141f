package unit_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// reputed gives the seller a record: qualified, authorised, licensed, checked,
// and with a complaint decided against it about another lot.
func reputed(w *verifiertest.World) {
	today := trace.DayOf(time.Now())
	w.Exec(`update ledger.party set doc = doc || jsonb_build_object(
		'history', jsonb_build_array(jsonb_build_object('status', 'qualified', 'at', '2026-03-02T02:00:00Z', 'by', 'platform', 'reason', '{"zh-CN":"内部理由"}'::jsonb)),
		'authorisations', jsonb_build_array(jsonb_build_object('prefix', '6998801', 'brand', '澄岩', 'validTo', $1::text)),
		'licences', jsonb_build_array(jsonb_build_object('kind', 'food', 'issuer', 'SAMR', 'number', 'JY-SECRET-1', 'validTo', $2::text)),
		'nextCheckDue', $3::text) where id = 'heyu'`, today.AddDays(200), today.AddDays(400), today.AddDays(90))
	w.Batch(trace.Batch{Lot: "EARLIER"}).OnSale().Complaint("CASE-EARLIER", 3, trace.FoundGenuine)
}

// A genuine item's page tells everything, in both languages.
func TestSections(t *testing.T) {
	w := verifiertest.New(t)
	reputed(w)
	b := w.Batch(trace.Batch{Lot: "L1", ExpiresOn: "2031-05-06"})
	webtest.Examined(b)
	b.OnSale().Complaint("CASE-OWN", 7, trace.FoundGenuine)
	c := webtest.New(t, w)
	for lang, wants := range map[string][]string{
		wording.Chinese: {"由「澄岩食品」于", "您是第一位查询的人", "批号 L1<", "有效期至 2031-05-06", "检验合格", "《冻干咖啡检验规程》", "抽检 20 件", strings.Repeat("ab12", 16),
			"广东广州", "您在这里", "项全部通过", "自 2026-03-02 起", "「澄岩」授权，有效至", "零售商", "下次检查", "认定为正品 2 起", "respondent=heyu",
			"关于这枚编码", "理由：包装印刷与真品不符", "这是第一次", "核验时间", `href="#owner"`},
		wording.English: {"Issued by Chengyan Foods on", "You are the first to check it", "Lot L1<", "Expires 6 May 2031", "Inspection passed", "Freeze-dried coffee",
			"You are here", "All 11 passed", "since 2 Mar 2026", "authorised by 澄岩, valid until", "retailer", "Next check", "Found genuine: 2", "About this code", "Checked on"},
	} {
		body := plainText(c.Get(b.Path(7), "Accept-Language", lang).Body.String())
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q is not in the page", lang, want)
			}
		}
		for _, secret := range []string{"内部理由", "JY-SECRET"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s: %q is in the page", lang, secret)
			}
		}
	}
}

// plainText undoes what keeps dates on one line.
func plainText(body string) string {
	return strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(body)
}

// A warning comes first, its checks are open, and the rest is folded away.
func TestWarningsLead(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	for _, s := range scenarios(w) {
		body := c.Get(s.path).Body.String()
		item, checks := strings.Index(body, `id="item"`), strings.Index(body, `class="checks"`)
		if item < 0 {
			continue
		}
		if warned := s.verdict != "genuine"; (checks < item) != warned || strings.Contains(body, "另有") != warned ||
			strings.Contains(body, "项全部通过") == warned {
			t.Errorf("%s: checks at %d, item at %d", s.name, checks, item)
		}
		if s.verdict == "genuine" {
			continue
		}
		first, last := strings.Index(body, "请这样做"), strings.Index(body, `class="more" open`)
		if first < 0 || first > checks || last >= 0 {
			t.Errorf("%s: advice at %d, details open at %d", s.name, first, last)
		}
	}
}

// Switching the language keeps where the question comes from, and nothing else.
func TestLanguageSwitchKeepsTheQuestion(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	body := webtest.New(t, w).Get(path + "?seller=heyu&market=CN&x=%3Cb%3E").Body.String()
	for _, want := range []string{`"?lang=zh-CN&amp;market=CN&amp;seller=heyu"`, `"?lang=en&amp;market=CN&amp;seller=heyu"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no link %s", want)
		}
	}
}

// The first response leaves compressed, and says what it depends on.
func TestPageIsCompressed(t *testing.T) {
	w := verifiertest.New(t)
	reputed(w)
	b := w.Batch(trace.Batch{Lot: "L1"})
	webtest.Examined(b)
	c := webtest.New(t, w)
	plain := c.Get(b.OnSale().Path(7), "Accept", page.TypeHTML)
	rec := c.Get(b.Path(7), "Accept", page.TypeHTML, "Accept-Encoding", "gzip")
	size := rec.Body.Len()
	vary := strings.Join(rec.Header().Values("Vary"), ", ")
	for _, name := range []string{"Accept", "Accept-Language", "Accept-Encoding"} {
		if !strings.Contains(vary+",", name+",") {
			t.Errorf("Vary: %s", vary)
		}
	}
	z, err := gzip.NewReader(rec.Body)
	if err != nil || rec.Code != http.StatusOK || rec.Header().Get("Content-Encoding") != "gzip" ||
		rec.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%v %d %v", err, rec.Code, rec.Header())
	}
	body, err := io.ReadAll(z)
	if err != nil || size > webtest.MaxPage || len(body) < plain.Body.Len()*9/10 {
		t.Errorf("%v: %d bytes for %d", err, size, len(body))
	}
	t.Logf("%d bytes, of %d uncompressed", size, len(body))
}

package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
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

// examined gives a batch a passed inspection by a standard with a name.
func examined(b verifiertest.Batch) {
	s := trace.Standard{ID: "STD-1", Version: 1, Category: "食品", Name: trace.Text{ZhCN: "冻干咖啡检验规程", En: "Freeze-dried coffee"}}
	b.Happens(trace.Event{Type: trace.EventStandardRegistered, At: b.Day(0), By: "platform", Standard: &s}, trace.Place{})
	i := trace.Inspection{ID: "INSPECTION-" + b.Lot, GTIN: b.GTIN, Lot: b.Lot, Standard: s.ID, Version: 1, Accepted: true, ReportHash: strings.Repeat("ab12", 16),
		By: verifiertest.Distributor, At: b.Day(1), Classes: []trace.ClassResult{{ClassPlan: trace.ClassPlan{Plan: sampling.Plan{SampleSize: 20}}}}}
	q := trace.Quality{GTIN: b.GTIN, Lot: b.Lot, Inspection: i.ID, Accepted: true}
	b.Happens(trace.Event{Type: trace.EventInspected, At: b.Day(1), By: i.By, Inspection: &i, Quality: &q}, trace.Place{})
}

// A genuine item's page tells everything, in both languages.
func TestSections(t *testing.T) {
	w := verifiertest.New(t)
	reputed(w)
	b := w.Batch(trace.Batch{Lot: "L1", ExpiresOn: "2031-05-06"})
	examined(b)
	b.OnSale().Complaint("CASE-OWN", 7, trace.FoundGenuine)
	c := newClient(t, w)
	for lang, wants := range map[string][]string{
		chinese: {"由「澄岩食品」于", "您是第一位查询的人", "批号 L1<", "有效期至 2031-05-06", "检验合格", "《冻干咖啡检验规程》", "抽检 20 件", strings.Repeat("ab12", 16),
			"广东广州", "您在这里", "项全部通过", "自 2026-03-02 起", "「澄岩」授权，有效至", "零售商", "下次检查", "认定为正品 2 起", "respondent=heyu",
			"关于这枚编码", "理由：包装印刷与真品不符", "这是第一次", "核验时间", `href="#owner"`},
		english: {"Issued by Chengyan Foods on", "You are the first to check it", "Lot L1<", "Expires 6 May 2031", "Inspection passed", "Freeze-dried coffee",
			"You are here", "All 11 passed", "since 2 Mar 2026", "authorised by 澄岩, valid until", "retailer", "Next check", "Found genuine: 2", "About this code", "Checked on"},
	} {
		body := plainText(c.get(b.Path(7), "Accept-Language", lang).Body.String())
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
	c := newClient(t, w)
	for _, s := range scenarios(w) {
		body := c.get(s.path).Body.String()
		item, checks := strings.Index(body, `id="item"`), strings.Index(body, `class="checks"`)
		if item < 0 {
			continue
		}
		if warned := s.verdict != "genuine"; (checks < item) != warned || strings.Contains(body, "另有") != warned || strings.Contains(body, "项全部通过") == warned {
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
	body := newClient(t, w).get(path + "?seller=heyu&market=CN&x=%3Cb%3E").Body.String()
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
	examined(b)
	c := newClient(t, w)
	plain := c.get(b.OnSale().Path(7), "Accept", typeHTML)
	rec := c.get(b.Path(7), "Accept", typeHTML, "Accept-Encoding", "gzip")
	size := rec.Body.Len()
	vary := strings.Join(rec.Header().Values("Vary"), ", ")
	for _, name := range []string{"Accept", "Accept-Language", "Accept-Encoding"} {
		if !strings.Contains(vary+",", name+",") {
			t.Errorf("Vary: %s", vary)
		}
	}
	z, err := gzip.NewReader(rec.Body)
	if err != nil || rec.Code != http.StatusOK || rec.Header().Get("Content-Encoding") != "gzip" || rec.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%v %d %v", err, rec.Code, rec.Header())
	}
	body, err := io.ReadAll(z)
	if err != nil || size > maxPage || len(body) < plain.Body.Len()*9/10 {
		t.Errorf("%v: %d bytes for %d", err, size, len(body))
	}
	t.Logf("%d bytes, of %d uncompressed", size, len(body))
}

// Decisions can be read by party, page by page and in either language.
func TestDecisionsAgainst(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	for _, id := range []string{"CASE-0001", "CASE-0002"} {
		b.Complaint(id, 7, trace.CannotTell)
	}
	w.Exec(`update ledger.complaint set respondent = 'qingshi' where id = 'CASE-0002'`)
	c := newClient(t, w)
	got := decode[decisionsAnswer](t, c.get("/api/v1/decisions?respondent=heyu"))
	if len(got.Items) != 1 || got.Items[0].ID != "CASE-0001" {
		t.Errorf("%+v", got)
	}
	if body := c.get("/decisions?respondent=heyu", "Accept", typeHTML).Body.String(); strings.Contains(body, "CASE-0002") || !strings.Contains(body, "lang=en&amp;respondent=heyu") {
		t.Error(body)
	}
	if rec := c.get("/api/v1/decisions?respondent=%3Cb%3E"); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", rec.Code)
	}
}

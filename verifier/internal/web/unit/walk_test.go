package unit

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// contradictions are pairs of statements that no page may make together; a
// statement without another may not be made at all. What a page says in square
// brackets is what the walk knows of the unit.
var contradictions = []struct{ lang, one, other string }{
	{wording.Chinese, `被「[^」]+」暂扣`, `(^|[^经])检验合格|没有被暂扣`},
	{wording.English, `put on hold by`, `[Pp]assed inspection|Inspection passed|not on hold|nothing holds it`},
	{wording.Chinese, `检验不合格|结果不合格`, `(^|[^经])检验合格`},
	{wording.English, `and failed|Inspection failed`, `[Pp]assed inspection|Inspection passed`},
	{wording.Chinese, `未通过`, ``},
	{wording.English, `not passed[^ ]|not passed [^o]|: passed`, ``},
	{wording.Chinese, `被召回，原因`, `没有被召回`},
	{wording.English, `recalled on`, `has not been recalled`},
	{wording.Chinese, `被召回，原因|暂扣，原因|结果不合格`, `没有被盗、销毁或停售`},
	{wording.English, `recalled on|put on hold by|and failed`, `destroyed or withdrawn`},

	{wording.Chinese, `暂时失效：|(暂时失效|暂停|撤销) ?自`, ``},
	{wording.English, `Lapsed:|(Lapsed|Suspended|Revoked) ?since`, ``},
	{wording.Chinese, `下次检查 2026-11-21`, ``},
	{wording.English, `Next check 21 Nov 2026`, ``},
	{wording.Chinese, `被撤销`, `暂停经营|已被暂停`},
	{wording.English, `Revoked`, `[Ss]uspended`},
	{wording.Chinese, `证照有效，检查按期完成`, `暂时失效|已于 \S+ 到期|逾期|暂停经营|已被暂停|撤销`},
	{wording.English, `licences of [A-Za-z ]+ are valid`, `Lapsed|ran out|ended on|overdue|[Ss]uspended`},

	{wording.Chinese, `还没有人登记为所有者|登记为首位所有者`, `登记了首位所有者|在您名下|首位所有者登记`},
	{
		wording.English,
		`Nobody has claimed it yet|Register as its first owner`,
		`claimed by its first owner|registered to you|Claimed by its first`,
	},
	{wording.Chinese, `登记了首位所有者|在您名下|已报告失窃`, `刮开|核对防伪码`},
	{wording.English, `claimed by its first owner|registered to you|reported it stolen`, `[Ss]cratch|verify the PIN`},
	{wording.Chinese, `在您名下|您是登记的所有者|您已报告失窃`, `请与卖家核实|登记的人如果|如果登记的人|您若是登记的|如果您是所有者|眼前出售它的人`},
	{
		wording.English,
		`registered to you|You are its registered owner|You reported it stolen`,
		`new, ask the seller|If that was you,|If you are (its|the)|Whoever is offering it`,
	},
	{wording.Chinese, `一切正常`, `很可能|投诉了带有|即将到期|证照已于`},
	{wording.English, `all is well`, `probably|complained about an item|which is soon|ran out on`},

	{wording.Chinese, `\[without\]`, `刮开|涂层|防伪码|登记为首位`},
	{wording.English, `\[without\]`, `[Ss]cratch|coating|\bPIN\b|Register as`},
	{wording.Chinese, `\[no form\]`, `刮开|核对防伪码|登记为首位`},
	{wording.English, `\[no form\]`, `[Ss]cratch|verify the PIN|Register as`},
	{wording.Chinese, `\[unknown\]`, `刮开涂层，|刮开标签上的涂层|凭涂层下`},
	{wording.English, `\[unknown\]`, `Scratch the coating|Scratch off the coating|If you own one, the PIN`},
	{wording.Chinese, `\[with\]`, `有涂层的|没有涂层`},
	{wording.English, `\[with\]`, `has a (scratch field|coating)`},
	{wording.Chinese, `验证码|刮开码|商品会锁定`, ``},
	{wording.English, `[Ss]cratch code|verification code|lock the item`, ``},

	{wording.Chinese, `很可能被复制|复制到了别的商品`, `没有显示编码被复制`},
	{wording.English, `was probably copied|copied onto other goods`, `no sign of a copied`},
	{wording.Chinese, `投诉还没有结论`, `关于这枚编码`},
	{wording.English, `Nothing is decided yet`, `About this code`},
	{wording.Chinese, `[^次]没有认定的假货`, `认定为假货`},
	{wording.English, `no counterfeit is known`, `Counterfeit confirmed`},
	{wording.Chinese, `同批次没有认定的假货`, `认定为假货 \d{4}`},
	{wording.English, `no counterfeit of its lot is known`, `Counterfeit confirmed \d`},

	{wording.Chinese, `记录没有异常|正品记录相符`, `请谨慎|请不要购买|请停止使用|现在无法核验|请留意有效期|[^没]有问题 `},
	{
		wording.English,
		`nothing unusual|Matches the genuine`,
		`Be careful|Do not buy|Stop using|cannot check|Mind the expiry|speaks against`,
	},
	{wording.Chinese, `您是第一位查询的人|这是第一次`, `此前查询过|此后被查询`},
	{wording.English, `You are the first|this is the first`, `Earlier checks|[Cc]hecks since`},
	{wording.Chinese, `有效期已于`, `在有效期内|没有有效期限制`},
	{wording.English, `This item expired`, `in date until|no expiry date`},

	{wording.Chinese, `还没有离开生产方`, `最后一站|已由`},
	{wording.English, `has not left its producer`, `last stop|was sold by`},
	{wording.Chinese, `还没有到达卖家`, `最后一站|已由`},
	{wording.English, `has not reached a seller`, `last stop|was sold by`},
	{wording.Chinese, `属于另一位卖家|由「[^」]+」持有`, `售出|登记了首位所有者|在您名下`},
	{wording.English, `belongs to another|It is with`, `[Ss]old by|claimed by its first owner|registered to you`},
	{wording.Chinese, `没有被盗`, `(被盗|失窃)。|销毁。|报告失窃`},
	{wording.English, `Nobody has (reported|recorded) it`, `reported (this item|it) stolen|recorded as destroyed`},

	{wording.Chinese, `\[not level\]`, `核对通过|没有被召回|在有效期内|(^|[^经，])检验合格`},
	{wording.English, `\[not level\]`, `Other checks passed|has not been recalled|in date until|Inspection passed`},
	{wording.Chinese, `编码与账本上登记的不一致`, `本平台签发|与编码一致|没有被|最后一站`},
	{wording.English, `not the ones registered`, `was issued here|fits the code|has not been|last stop`},
	{wording.Chinese, `请不要购买|请停止使用`, `不作判断|账本记录 ?\S* ?这不代表商品有问题`},
	{wording.English, `Do not buy|Stop using`, `give no judgement|Ledger ?[a-z ]*This says nothing`},
}

// rule is a contradiction that remembers which parts of pages make either statement: most parts are on many pages.
type rule struct {
	one, other *regexp.Regexp
	known      map[string][2]bool
}

func rulesFor(lang string) (all []rule) {
	for _, c := range contradictions {
		if c.lang == lang {
			all = append(all, rule{regexp.MustCompile(c.one), regexp.MustCompile(c.other), map[string][2]bool{}})
		}
	}
	return all
}

// broken gives the parts of a page that contradict each other.
func (r rule) broken(parts []string) (one, other string, found bool) {
	for _, part := range parts {
		says, known := r.known[part]
		if !known {
			says = [2]bool{r.one.MatchString(part), r.other.MatchString(part)}
			r.known[part] = says
		}
		if says[0] {
			one = r.one.FindString(part)
		}
		if says[1] && r.other.String() != "" {
			other = r.other.FindString(part)
		}
	}
	return one, other, one != "" && (other != "" || r.other.String() == "")
}

var ended = map[string]*regexp.Regexp{
	wording.Chinese: regexp.MustCompile(`证照 ?已于 (\S+) 到期`),
	wording.English: regexp.MustCompile(`(?:licence of [A-Za-z ]+ ran out on|Licences ended on) (\d+ \w+ \d+)`),
}

var (
	hiddenParts = regexp.MustCompile(`(?s)<(script|template|svg)[ >].*?</(script|template|svg)>`)
	partEnds    = regexp.MustCompile(`</(li|p|dl|summary|h1|h2|form|section)>`)
	tags        = regexp.MustCompile(`<[^>]*>`)
	spaces      = regexp.MustCompile(`\s+`)
)

// partsOf gives what a reader is told of a unit, folded or not, part by part,
// and what the walk knows of the unit.
func partsOf(t *testing.T, lang string, e verdict.Evidence, a verdict.Answer) (parts []string) {
	t.Helper()
	p := unitPage{
		Frame:     room.Frame(httptest.NewRequest(http.MethodGet, "/?lang="+lang, nil), nil),
		Answer:    a,
		CheckedAt: e.Now,
	}
	p.Words, p.Told, p.Goods = owner.WordsIn(lang), complaints.ToldIn(lang), shop.GoodsIn(p.Frame)
	if a.Item != nil {
		p.Nonce, p.URL, p.Complain = "nonce", "HTTPS://X", "/complaints/new"
	}
	b, err := room.Draw("unit.html", p)
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(b), "<main")
	for _, part := range partEnds.Split(hiddenParts.ReplaceAllString("<main"+body, " "), -1) {
		text := spaces.ReplaceAllString(tags.ReplaceAllString(part, " "), " ")
		parts = append(parts, plainText(html.UnescapeString(text)))
	}
	parts = append(parts, "["+cmp.Or(string(e.Records.PINs), "unknown")+"]")
	if e.Records.Ledger == nil || e.Records.Ledger.Halted != "" || e.Now.Sub(e.Records.Ledger.CheckedAt) > e.MaxAge {
		parts = append(parts, "[not level]")
	}
	if !strings.Contains(body, `name="pin"`) {
		parts = append(parts, "[no form]")
	}
	return parts
}

// walk visits the unit in its usual state, in every other, and in every two of
// different dimensions at once.
func walk(visit func(name string, e verdict.Evidence)) {
	visit("usual", onSale())
	all := dimensions()
	for i, dimension := range all {
		for _, s := range dimension {
			e := onSale()
			s.set(&e)
			visit(s.name, e)
			for _, other := range all[i+1:] {
				for _, s2 := range other {
					e := onSale()
					s.set(&e)
					s2.set(&e)
					visit(s.name+" + "+s2.name, e)
				}
			}
		}
	}
}

// No page contradicts itself, to whoever reads it and in either language.
func TestNothingContradictsItself(t *testing.T) {
	rules := map[string][]rule{wording.Chinese: rulesFor(wording.Chinese), wording.English: rulesFor(wording.English)}
	seen, pagesRead := map[string]int{}, 0
	read := func(name string, e verdict.Evidence, a verdict.Answer) {
		for _, lang := range []string{wording.Chinese, wording.English} {
			parts := partsOf(t, lang, e, a)
			pagesRead++
			for _, r := range rules[lang] {
				one, other, found := r.broken(parts)
				if what := fmt.Sprintf("%q beside %q", one, other); found {
					if seen[what]++; seen[what] == 1 {
						t.Errorf("%s: %s", name, what)
					}
				}
			}
			dates := map[string]bool{}
			for _, m := range ended[lang].FindAllStringSubmatch(strings.Join(parts, "\n"), -1) {
				dates[m[1]] = true
			}
			if len(dates) > 1 {
				t.Errorf("%s: a licence that ended on %v", name, dates)
			}
		}
	}
	walk(func(name string, e verdict.Evidence) {
		a := verdict.Judge(e)
		read(name, e, a)
		if a.ForOwner != nil {
			read(name+", to its owner", e, *a.ForOwner)
		}
	})
	t.Logf("%d pages; statements that contradict each other, by how often: %v", pagesRead, seen)
}

// plainText takes out what keeps dates and counts on one line.
func plainText(body string) string {
	return strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(body)
}

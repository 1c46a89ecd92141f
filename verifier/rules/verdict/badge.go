package verdict

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// InGoodStanding reports whether shoppers may be sent to a party for a product
// on a day: it is qualified, nothing of its papers has run out, and its right to
// the product's goods, where it needs one, has not ended.
func InGoodStanding(p trace.Party, gtin string, today trace.Date) bool {
	_, expired := p.AuthorisationExpired(gtin, today)
	return p.StandingOn(today) == trace.Standing(trace.StatusQualified) && !expired
}

// Badge is what a badge says: that a seller offers a product, or one lot of it,
// on the pages of one host. Issuer is the party that asked for it.
type Badge struct {
	ID        string    `json:"id"`
	GTIN      string    `json:"gtin"`
	Lot       string    `json:"lot,omitempty"`
	Host      string    `json:"host"`
	Seller    string    `json:"seller"`
	Issuer    string    `json:"issuer"`
	IssuedAt  time.Time `json:"issuedAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	RevokedAt time.Time `json:"revokedAt,omitzero"`
}

// BadgeRecords is what the read model says about a badge, all of one moment.
// Recalls are the open ones that reach the product, or the lot where it names one.
type BadgeRecords struct {
	Badge   Badge                  `json:"badge"`
	Ledger  *Ledger                `json:"ledger"`
	Product *trace.Product         `json:"product"`
	Batch   *trace.Batch           `json:"batch"` // nil without a lot
	Quality *trace.Quality         `json:"quality"`
	Recalls []trace.Recall         `json:"recalls"`
	Parties map[string]trace.Party `json:"parties"`
}

// BadgeEvidence is a badge's records at an instant. Site is the host on whose
// page the badge stands, empty where the browser does not say.
type BadgeEvidence struct {
	Now     time.Time
	MaxAge  time.Duration
	Site    string
	Records BadgeRecords
}

// BadgeFinding names what decides about a badge.
type BadgeFinding string

// The findings, in the order they are looked for: the first one that holds decides.
const (
	BadgeOtherSite   BadgeFinding = "OTHER_SITE"
	BadgeRevoked     BadgeFinding = "BADGE_REVOKED"
	BadgeExpired     BadgeFinding = "BADGE_EXPIRED"
	BadgeUnavailable BadgeFinding = "UNAVAILABLE"
	BadgeSuspended   BadgeFinding = "SELLER_SUSPENDED"
	BadgeLotRecalled BadgeFinding = "LOT_RECALLED"
	BadgeLotStopped  BadgeFinding = "LOT_NOT_FOR_SALE"
	BadgeLapsed      BadgeFinding = "SELLER_LAPSED"
	BadgeRecalls     BadgeFinding = "LOTS_RECALLED"
	BadgeInOrder     BadgeFinding = "IN_ORDER"
)

// BadgeAnswer is what a badge shows now. Word goes into the picture, Found onto
// its page. It is never more than "on record": of the thing that a parcel will
// hold, only its own code can tell.
type BadgeAnswer struct {
	Verdict Verdict      `json:"verdict"`
	Finding BadgeFinding `json:"finding"`
	Word    trace.Text   `json:"word"`
	Found   trace.Text   `json:"found"`
}

// JudgeBadge gives the answer to a badge's evidence.
func JudgeBadge(e BadgeEvidence) BadgeAnswer {
	f := e.finding()
	said, r := badgeFindings[f], e.Records
	name := func(party string) trace.Text {
		if p, ok := r.Parties[party]; ok {
			return p.Name
		}
		return trace.Text{ZhCN: party, En: party}
	}
	detail := Detail{"host": r.Badge.Host, "seller": name(r.Badge.Seller), "lot": r.Badge.Lot, "lots": RecalledLots(r.Recalls, r.Badge.GTIN),
		"expires": r.Badge.ExpiresAt, "revoked": r.Badge.RevokedAt}
	return BadgeAnswer{Verdict: said.verdict, Finding: f, Word: said.word, Found: detail.fill(said.found)}
}

func (e BadgeEvidence) finding() BadgeFinding {
	r, today := e.Records, trace.DayOf(e.Now)
	seller, known := r.Parties[r.Badge.Seller]
	switch {
	case e.Site != "" && e.Site != r.Badge.Host:
		return BadgeOtherSite
	case !r.Badge.RevokedAt.IsZero():
		return BadgeRevoked
	case !e.Now.Before(r.Badge.ExpiresAt):
		return BadgeExpired
	case e.missing() || !known:
		return BadgeUnavailable
	case seller.Status != trace.StatusQualified:
		return BadgeSuspended
	case r.Batch != nil && len(r.Recalls) > 0:
		return BadgeLotRecalled
	case r.Batch != nil && !e.lotForSale(today):
		return BadgeLotStopped
	case !InGoodStanding(seller, r.Badge.GTIN, today) || !InGoodStanding(r.Parties[r.Product.Owner], r.Badge.GTIN, today):
		return BadgeLapsed
	case len(r.Recalls) > 0:
		return BadgeRecalls
	}
	return BadgeInOrder
}

// missing reports whether the records cannot be relied on.
func (e BadgeEvidence) missing() bool {
	r := e.Records
	return r.Ledger == nil || r.Ledger.Halted != "" || e.Now.Sub(r.Ledger.CheckedAt) > e.MaxAge || r.Product == nil ||
		r.Badge.Lot != "" && r.Batch == nil
}

func (e BadgeEvidence) lotForSale(today trace.Date) bool {
	r := e.Records
	expires := (&Records{Batch: r.Batch, Product: r.Product}).expiresOn()
	var q trace.Quality
	if r.Quality != nil {
		q = *r.Quality
	}
	switch q.Status(r.Product.InspectionRequired || r.Batch != nil && r.Batch.Legacy) {
	case trace.QualityOnHold, trace.QualityRejected, trace.QualityAwaiting:
		return false
	}
	return !expires.Expired(today)
}

// RecalledLots names the lots of a product that recalls reach, each once.
func RecalledLots(recalls []trace.Recall, gtin string) []string {
	lots := []string{}
	for _, r := range recalls {
		if r.GTIN == gtin {
			lots = append(lots, r.Lots...)
		}
		for _, l := range slices.Concat(r.Lines, r.Derived) {
			if l.GTIN == gtin {
				lots = append(lots, l.Lot)
			}
		}
	}
	slices.Sort(lots)
	return slices.Compact(lots)
}

// badgeFindings is the one table of what a finding leads to and how it is said.
var badgeFindings = map[BadgeFinding]struct {
	verdict     Verdict
	word, found trace.Text
}{
	BadgeOtherSite: {Stop, trace.Text{ZhCN: "不是本站的标识", En: "Issued for another site"},
		trace.Text{ZhCN: "这枚标识是发给 {host} 的，您看到它的网页不是这个网站。", En: "This badge was issued for {host}, and the page that shows it is not of that site."}},
	BadgeRevoked: {Stop, trace.Text{ZhCN: "标识已撤销", En: "Badge withdrawn"},
		trace.Text{ZhCN: "这枚标识已于 {revoked}撤销，不再说明任何事情。", En: "This badge was withdrawn on {revoked} and says nothing any more."}},
	BadgeExpired: {Caution, trace.Text{ZhCN: "标识已过期", En: "Badge expired"},
		trace.Text{ZhCN: "这枚标识已于 {expires}到期，商家尚未更新。", En: "This badge ran out on {expires} and was not renewed."}},
	BadgeUnavailable: {Unavailable, trace.Text{ZhCN: "现在无法核验", En: "Cannot check right now"},
		trace.Text{ZhCN: "现在读不到最新记录，不代表商品有问题。请稍后再试。", En: "The latest records cannot be read right now. This says nothing about the goods; try again shortly."}},
	BadgeSuspended: {Stop, trace.Text{ZhCN: "卖家资格已停", En: "Seller not admitted"},
		trace.Text{ZhCN: "「{seller}」目前没有经营资格，请不要在此购买。", En: "{seller} may not do business at present. Do not buy here."}},
	BadgeLotRecalled: {Stop, trace.Text{ZhCN: "该批次已召回", En: "Lot recalled"},
		trace.Text{ZhCN: "批号 {lot} 正在召回，请不要购买，已买到的请停止使用。", En: "Lot {lot} is being recalled. Do not buy it; stop using it if you have it."}},
	BadgeLotStopped: {Stop, trace.Text{ZhCN: "该批次不可销售", En: "Lot not for sale"},
		trace.Text{ZhCN: "批号 {lot} 已过期、未放行或被封存，现在不可销售。", En: "Lot {lot} has expired, is not released or is on hold, and is not for sale now."}},
	BadgeLapsed: {Caution, trace.Text{ZhCN: "资质待更新", En: "Papers out of date"},
		trace.Text{ZhCN: "「{seller}」或生产方的证照、授权或例行检查已过期，请先向卖家问清楚。", En: "A licence, an authorisation or a check of {seller} or of the producer is out of date. Ask the seller first."}},
	BadgeRecalls: {Caution, trace.Text{ZhCN: "部分批次召回中", En: "Some lots recalled"},
		trace.Text{ZhCN: "此商品的批号 {lots} 正在召回，其他批次不受影响。收货后请扫码核对批号。", En: "Lots {lots} of this product are being recalled, others are not affected. Scan the item when it arrives."}},
	BadgeInOrder: {Genuine, trace.Text{ZhCN: "登记在册", En: "On record"},
		trace.Text{ZhCN: "此商品登记在册，没有召回；「{seller}」资质有效，平台准许其经营。收货后请扫码核对手中的这一件。", En: "The product is on record without a recall, and {seller} is in good standing. When it arrives, scan the item itself."}},
}

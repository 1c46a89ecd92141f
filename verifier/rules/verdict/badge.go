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
	detail := Detail{
		"host":    r.Badge.Host,
		"seller":  name(r.Badge.Seller),
		"lot":     r.Badge.Lot,
		"lots":    RecalledLots(r.Recalls, r.Badge.GTIN),
		"expires": r.Badge.ExpiresAt,
		"revoked": r.Badge.RevokedAt,
	}
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
	BadgeOtherSite: {Stop, text("badge.OTHER_SITE.word"),
		text("badge.OTHER_SITE.found")},
	BadgeRevoked: {Stop, text("badge.BADGE_REVOKED.word"),
		text("badge.BADGE_REVOKED.found")},
	BadgeExpired: {Caution, text("badge.BADGE_EXPIRED.word"),
		text("badge.BADGE_EXPIRED.found")},
	BadgeUnavailable: {Unavailable, text("badge.UNAVAILABLE.word"),
		text("badge.UNAVAILABLE.found")},
	BadgeSuspended: {Stop, text("badge.SELLER_SUSPENDED.word"),
		text("badge.SELLER_SUSPENDED.found")},
	BadgeLotRecalled: {Stop, text("badge.LOT_RECALLED.word"),
		text("badge.LOT_RECALLED.found")},
	BadgeLotStopped: {Stop, text("badge.LOT_NOT_FOR_SALE.word"),
		text("badge.LOT_NOT_FOR_SALE.found")},
	BadgeLapsed: {Caution, text("badge.SELLER_LAPSED.word"),
		text("badge.SELLER_LAPSED.found")},
	BadgeRecalls: {Caution, text("badge.LOTS_RECALLED.word"),
		text("badge.LOTS_RECALLED.found")},
	BadgeInOrder: {Genuine, text("badge.IN_ORDER.word"),
		text("badge.IN_ORDER.found")},
}

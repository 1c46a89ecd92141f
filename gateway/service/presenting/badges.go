package presenting

import (
	"context"
	"fmt"
	"html"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Badges keeps the badges that shops put on their pages.
type Badges interface {
	SaveBadge(ctx context.Context, b verdict.Badge, account string, most int) (bool, error)
	Badges(ctx context.Context, party string, p record.Paging) (record.Page[verdict.Badge], error)
	RevokeBadge(ctx context.Context, party, id, account string) (bool, error)
}

const (
	badgeLife = 365 * 24 * time.Hour
	maxBadges = 500 // running ones of one issuer
)

// NewBadge asks for a badge. Without a seller it is the caller's own.
type NewBadge struct {
	GTIN   string `json:"gtin"`
	Lot    string `json:"lot,omitempty"`
	Host   string `json:"host"`
	Seller string `json:"seller,omitempty"`
}

// CreateBadge issues a badge for a product, or one lot of it, on the pages of a
// host. A seller speaks for itself; a product's owner also for a party that has
// had the goods.
func (s *Service) CreateBadge(ctx context.Context, c service.Caller, n NewBadge) (record.Badge, error) {
	if n.Seller == "" {
		n.Seller = c.Party
	}
	host, err := content.Site(n.Host)
	if err != nil {
		return record.Badge{}, err
	}
	product, err := s.badgeGoods(ctx, c, &n)
	if err != nil {
		return record.Badge{}, err
	}
	now := s.Writer.Now().UTC().Truncate(time.Millisecond)
	b := verdict.Badge{
		ID:        feedback.NewID("B"),
		GTIN:      product.GTIN,
		Lot:       n.Lot,
		Host:      host,
		Seller:    n.Seller,
		Issuer:    c.Party,
		IssuedAt:  now,
		ExpiresAt: now.Add(badgeLife),
	}
	if err := s.Writer.Audit(ctx, c, "badge_create", b); err != nil {
		return record.Badge{}, err
	}
	ok, err := s.Badges.SaveBadge(ctx, b, c.Account, maxBadges)
	if err == nil && !ok {
		err = service.Refuse(service.BadgeLimit, "", "most_badges", "most", maxBadges)
	}
	return s.badge(b), err
}

// badgeGoods checks that the badge's seller may speak for the goods, and writes
// their lot as it was registered.
func (s *Service) badgeGoods(ctx context.Context, c service.Caller, n *NewBadge) (record.Product, error) {
	product, err := s.handled(ctx, n.Seller, n.GTIN)
	if err != nil {
		return product, err
	}
	if n.Seller != c.Party && product.Owner != c.Party {
		return product, service.Refuse(trace.NotAllowed, "seller", "owner_asks_badge")
	}
	if n.Lot != "" {
		b, ok, err := s.Sight.BatchLike(ctx, product.GTIN, n.Lot)
		if ok && err == nil && b.Producer != n.Seller {
			ok, err = s.Goods.BatchSeenBy(ctx, n.Seller, product.GTIN, b.Lot)
		}
		if _, err := service.Found(b, ok, err)(trace.BatchUnknown, "lot", product.GTIN+" "+n.Lot); err != nil {
			return product, err
		}
		n.Lot = b.Lot
	}
	if err := s.mustStandWell(ctx, c.Party); err != nil {
		return product, err
	}
	return product, s.mustStandWell(ctx, n.Seller)
}

// badge adds what to put on a page.
func (s *Service) badge(b verdict.Badge) record.Badge {
	page, svg, script := s.page("/badges/"+b.ID), s.page("/badge/"+b.ID+".svg"), s.page("/badge/"+b.ID+".js")
	return record.Badge{
		Badge:  b,
		Page:   page,
		Script: fmt.Sprintf(`<script async src="%s"></script>`, html.EscapeString(script)),
		Picture: fmt.Sprintf(
			`<a href="%s"><img src="%s" width="240" height="64" alt="试金石 Touchstone" referrerpolicy="origin"></a>`,
			html.EscapeString(page),
			html.EscapeString(svg),
		),
	}
}

// ListBadges lists the badges that the caller's party issued or sells under, and
// all for the platform and auditors.
func (s *Service) ListBadges(
	ctx context.Context, c service.Caller, p record.Paging,
) (record.Page[record.Badge], error) {
	all, err := s.Badges.Badges(ctx, c.Within(), p)
	return record.PageOf(all, s.badge), err
}

// RevokeBadge ends a badge that the caller's party issued or sells under; the
// platform ends any.
func (s *Service) RevokeBadge(ctx context.Context, c service.Caller, id string) error {
	if err := s.Writer.Audit(ctx, c, "badge_revoke", map[string]string{"badge": id}); err != nil {
		return err
	}
	ok, err := s.Badges.RevokeBadge(ctx, c.Within(), id, c.Account)
	_, err = service.Found(id, ok, err)(service.BadgeUnknown, "id", id)
	return err
}

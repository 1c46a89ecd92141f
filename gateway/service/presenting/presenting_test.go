package presenting

import (
	"context"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

const gtin = "06998801000012"

// house has maker's product, which shop has had, and a badge and an endorsement of shop's.
type house struct {
	full   bool
	kept   []verdict.Badge
	ended  []string
	status trace.Status
}

func (h *house) Product(context.Context, string) (record.Product, error) {
	return record.Product{Product: trace.Product{GTIN: gtin, Owner: "maker"}}, nil
}
func (h *house) BatchLike(_ context.Context, g, lot string) (record.Batch, bool, error) {
	return record.Batch{Batch: trace.Batch{GTIN: g, Lot: strings.ToUpper(lot), Producer: "maker"}}, lot != "none", nil
}
func (h *house) BatchSeenBy(_ context.Context, party, _, _ string) (bool, error) {
	return party == "shop" || party == "maker", nil
}
func (h *house) Batches(_ context.Context, f record.BatchFilter, _ record.Paging) (record.Page[record.Batch], error) {
	if f.SeenBy == "shop" {
		return record.Page[record.Batch]{Items: []record.Batch{{}}}, nil
	}
	return record.Page[record.Batch]{}, nil
}
func (h *house) Party(_ context.Context, id string) (trace.Party, bool, error) {
	return trace.Party{ID: id, Status: h.status}, true, nil
}
func (h *house) SaveBadge(_ context.Context, b verdict.Badge, _ string, _ int) (bool, error) {
	h.kept = append(h.kept, b)
	return !h.full, nil
}

// rest is what a test does not use.
type rest = Badges

type badges struct {
	rest
	*house
}

func (b badges) SaveBadge(ctx context.Context, x verdict.Badge, account string, most int) (bool, error) {
	return b.house.SaveBadge(ctx, x, account, most)
}
func (b badges) RevokeBadge(_ context.Context, party, id, _ string) (bool, error) {
	b.ended = append(b.ended, party+" "+id)
	return party == "" || party == "shop", nil
}

func room() (*Service, *house, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	h := &house{status: trace.StatusQualified}
	return &Service{
		Writer:  w,
		Badges:  badges{house: h},
		Goods:   h,
		Parties: h,
		Sight:   h,
		URIBase: "T.Example/",
	}, h, ledger
}

// A seller speaks for itself; a product's owner also for a party that has had the goods.
func TestWhoGetsABadge(t *testing.T) {
	for name, x := range map[string]struct {
		party string
		n     NewBadge
		state trace.Status
		full  bool
		code  trace.Code
	}{
		"a seller":                {"shop", NewBadge{Host: "shop.example"}, "", false, ""},
		"the owner for a seller":  {"maker", NewBadge{Host: "shop.example", Seller: "shop"}, "", false, ""},
		"a seller for another":    {"shop", NewBadge{Host: "x.example", Seller: "maker"}, "", false, trace.NotAllowed},
		"who never had the goods": {"rival", NewBadge{Host: "rival.example"}, "", false, service.GoodsNotHandled},
		"a lot in small letters":  {"shop", NewBadge{Host: "shop.example", Lot: "l1"}, "", false, ""},
		"a lot that there is not": {"shop", NewBadge{Host: "shop.example", Lot: "none"}, "", false, trace.BatchUnknown},
		"no host":                 {"shop", NewBadge{Host: "not a host"}, "", false, trace.FieldInvalid},
		"a suspended seller":      {"shop", NewBadge{Host: "shop.example"}, trace.StatusSuspended, false, trace.PartySuspended},
		"one too many":            {"shop", NewBadge{Host: "shop.example"}, "", true, service.BadgeLimit},
	} {
		s, h, ledger := room()
		if h.full = x.full; x.state != "" {
			h.status = x.state
		}
		x.n.GTIN = gtin
		b, err := s.CreateBadge(t.Context(), service.Caller{Account: "li", Party: x.party}, x.n)
		if trace.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
		if x.code == "" &&
			(len(h.kept) != 1 || len(ledger.Audited) != 1 || h.kept[0].Lot != strings.ToUpper(x.n.Lot) || !strings.HasPrefix(b.Page, "https://t.example/badges/B")) {
			t.Errorf("%s: kept %+v, audited %d times, page %s", name, h.kept, len(ledger.Audited), b.Page)
		}
		if x.code != "" && !x.full && len(h.kept)+len(ledger.Audited) != 0 {
			t.Errorf("%s: refused, and kept %+v", name, h.kept)
		}
	}
}

// A badge is ended by its own people, and by those who see all.
func TestRevokeBadge(t *testing.T) {
	for c, code := range map[service.Caller]trace.Code{{Party: "shop"}: "", {Party: "rival"}: service.BadgeUnknown, {Party: "platform", Role: trace.RolePlatform}: ""} {
		s, _, ledger := room()
		if err := s.RevokeBadge(t.Context(), c, "B1"); trace.CodeOf(err) != code || len(ledger.Audited) != 1 {
			t.Errorf("%s: %v, audited %d times", c.Party, err, len(ledger.Audited))
		}
	}
}

// What goes into a shop's page is escaped.
func TestABadgesCodeIsEscaped(t *testing.T) {
	s, _, _ := room()
	b := s.badge(verdict.Badge{ID: `"><script>`})
	if strings.Contains(b.Picture, "<script>") || strings.Contains(b.Script, `"><script>`) {
		t.Errorf("%s %s", b.Picture, b.Script)
	}
}

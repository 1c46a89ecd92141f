package custody

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/cases"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

const gtin = "06998801000012"

// desk reads codes and follows up what is refused.
type desk struct {
	Store
	asked    []codes.Request
	refuse   error
	followed []cases.Handover
	filter   record.ShipmentFilter
}

func (d *desk) UnitsOf(_ context.Context, _ service.Caller, _ string, r codes.Request) ([]trace.Line, error) {
	d.asked = append(d.asked, r)
	if d.refuse != nil || len(r.Codes) == 0 {
		return nil, d.refuse
	}
	return []trace.Line{{GTIN: gtin, Lot: "B", From: int64(7 * len(d.asked)), Count: 1}}, nil
}

func (d *desk) GoodsOf(_ context.Context, _ service.Caller, _ string, r codes.Request) (codes.Things, error) {
	if len(r.Codes) == 0 {
		return codes.Things{}, d.refuse
	}
	return codes.Things{
		Lines:      []trace.Line{{GTIN: gtin, Lot: "B", From: 7, Count: 1}},
		Containers: []string{"369988010000000013"},
	}, d.refuse
}

func (d *desk) FollowUp(_ context.Context, _ service.Caller, h cases.Handover, err error) error {
	if err != nil {
		d.followed = append(d.followed, h)
	}
	return err
}

func (d *desk) Shipments(
	_ context.Context, f record.ShipmentFilter, _ record.Paging,
) (record.Page[trace.Shipment], error) {
	d.filter = f
	return record.Page[trace.Shipment]{Items: []trace.Shipment{{ID: "S-0001"}}}, nil
}

func room() (*Service, *desk, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	d := &desk{}
	return &Service{Writer: w, Store: d, Codes: d, Cases: d}, d, ledger
}

var shop = service.Caller{Account: "till", Party: "shop", Role: trace.RoleSeller}

// Units named by lines and units named by codes go into one sale.
func TestSellByLinesAndCodes(t *testing.T) {
	s, d, ledger := room()
	o := SaleOrder{Codes: []string{"code"}}
	o.Lines = []trace.Line{{GTIN: "6998801000012", Lot: "A", Count: 2}}
	if _, err := s.Sell(t.Context(), shop, o); err != nil {
		t.Fatal(err)
	}
	want := []trace.Line{{GTIN: gtin, Lot: "A", Count: 2}, {GTIN: gtin, Lot: "B", From: 7, Count: 1}}
	if got := ledger.Calls[0].Request.(trace.SellRequest).Lines; !slices.Equal(got, want) || len(d.followed) != 0 {
		t.Errorf("%+v, followed up %v", got, d.followed)
	}
}

// What a till refuses is followed up with where the units would have had to be: by the
// code where that names nothing, by the units where the ledger refuses them.
func TestWhatATillRefusesIsFollowedUp(t *testing.T) {
	for name, x := range map[string]struct {
		code   error
		ledger error
		sell   bool
		state  trace.State
		lines  int
	}{
		"an unknown code":      {&trace.Error{Code: trace.UnitUnknown, Field: "codes.0"}, nil, true, trace.Held, 0},
		"units elsewhere":      {nil, &trace.Error{Code: trace.NotHolder, Field: "lines"}, true, trace.Held, 1},
		"a return of the held": {nil, &trace.Error{Code: trace.NotSold, Field: "lines"}, false, trace.Sold, 1},
	} {
		s, d, ledger := room()
		d.refuse, ledger.Refuse = x.code, x.ledger
		var err error
		if x.sell {
			_, err = s.Sell(t.Context(), shop, SaleOrder{Codes: []string{"code"}})
		} else {
			o := ReturnOrder{Codes: []string{"code"}}
			_, err = s.TakeBack(t.Context(), shop, o)
		}
		if !errors.Is(err, errors.Join(x.code, x.ledger)) && trace.CodeOf(err) == "" || len(d.followed) != 1 {
			t.Errorf("%s: %v, followed up %+v", name, err, d.followed)
			continue
		}
		h := d.followed[0]
		if h.From != (trace.Place{Holder: "shop", State: x.state}) || len(h.Lines) != x.lines ||
			!slices.Equal(h.Codes["codes"], []string{"code"}) {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

// A receipt says of each unit in which condition it arrived, the codes of the shipment before all others.
func TestReceiveTellsTheDamaged(t *testing.T) {
	s, d, ledger := room()
	o := ReceiptOrder{Codes: []string{"good"}, Damaged: []string{"broken"}}
	o.ID = "S-0001"
	if _, err := s.Receive(t.Context(), shop, o); err != nil {
		t.Fatal(err)
	}
	lines := ledger.Calls[0].Request.(trace.ReceiveRequest).Lines
	if len(lines) != 2 || lines[0].Condition != trace.Good || lines[1].Condition != trace.Damaged {
		t.Errorf("%+v", lines)
	}
	for _, r := range d.asked {
		if r.Shipment != "S-0001" {
			t.Errorf("%v is looked for everywhere", r.Codes)
		}
	}
}

// What a label names may be a box: it is shipped, and packed, as one.
func TestBoxesGoAsOne(t *testing.T) {
	s, _, ledger := room()
	ship := ShipOrder{Codes: []string{"box"}}
	ship.To = "corner"
	if _, err := s.Ship(t.Context(), shop, ship); err != nil {
		t.Fatal(err)
	}
	if r := ledger.Calls[0].Request.(trace.DispatchRequest); len(r.Containers) != 1 || len(r.Lines) != 1 || r.ID == "" {
		t.Errorf("%+v", r)
	}
}

func TestShipmentsAreOnesOwn(t *testing.T) {
	s, d, _ := room()
	for c, want := range map[service.Caller]string{shop: "shop", {Party: "auditor", Role: trace.RoleAuditor}: ""} {
		page, err := s.Shipments(t.Context(), c, record.ShipmentFilter{Party: "another"}, record.Paging{})
		if err != nil || d.filter.Party != want || page.Items[0].State == "" {
			t.Errorf("%s: asked for %q, %+v %v", c.Party, d.filter.Party, page.Items, err)
		}
	}
}

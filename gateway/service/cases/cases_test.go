package cases

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

const gtin = "06998801000012"

// house has a shipment from maker to shop, which lists lot A, and all units of lot A with shop.
type house struct {
	Store
	waiting int
	pending string
}

func (h *house) Shipment(_ context.Context, id string) (trace.Shipment, bool, error) {
	return trace.Shipment{
		ID:    id,
		From:  "maker",
		To:    "shop",
		Lines: []trace.Line{{GTIN: gtin, Lot: "A", Count: 10}},
	}, id == "S-0001", nil
}
func (h *house) ShipmentsOf(context.Context, string, []trace.Line, int) ([]record.Proved[trace.Shipment], error) {
	return []record.Proved[trace.Shipment]{
		{Doc: trace.Shipment{ID: "S-0001", To: "shop"}},
		{Doc: trace.Shipment{ID: "S-0002", To: "corner"}},
	}, nil
}
func (h *house) Holdings(_ context.Context, u record.Units) ([]record.ProvenanceHolding, error) {
	if u.Lot != "A" {
		return nil, nil
	}
	return []record.ProvenanceHolding{{From: 0, Count: 5, Party: "shop", State: trace.Held}}, nil
}
func (h *house) Product(context.Context, string) (record.Product, bool, error) {
	return record.Product{Product: trace.Product{Owner: "maker"}}, true, nil
}
func (h *house) PendingCase(context.Context, trace.Case) (string, int, error) {
	return h.pending, h.waiting, nil
}

func room() (*Service, *house, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	h := &house{}
	return &Service{Writer: w, Store: h, Platform: "platform"}, h, ledger
}

var shop = service.Caller{Account: "till", Party: "shop", Role: trace.RoleSeller}

func units(lot string, from, count int64) []trace.Line {
	return []trace.Line{{GTIN: gtin, Lot: lot, From: from, Count: count}}
}

// What a till or a receipt refuses because it does not fit becomes a case, with the
// party that can say what it is; what a recall or a date stops has its own keeper.
func TestFollowUp(t *testing.T) {
	held, coming := trace.Place{
		Holder: "shop",
		State:  trace.Held,
	}, trace.Place{
		Holder: "S-0001",
		State:  trace.InTransit,
	}
	code := "(01)" + gtin + "(10)X(21)NOBODYS"
	scanned := map[string][]string{"codes": {"typed", code}}
	for name, x := range map[string]struct {
		h     Handover
		err   error
		opens bool
		cause trace.Cause
		with  string
		ships string
	}{
		"an unknown code at the till":   {Handover{Codes: scanned, From: held}, &trace.Error{Code: trace.UnitUnknown, Field: "codes.1"}, true, trace.CauseTillRefused, "maker", ""},
		"an unknown code in a shipment": {Handover{Shipment: "S-0001", Codes: scanned, From: coming}, &trace.Error{Code: trace.UnitUnknown, Field: "codes.1"}, true, trace.CauseUnknownCode, "", "S-0001"},
		"a slip of the hand":            {Handover{Codes: scanned, From: held}, &trace.Error{Code: trace.UnitUnknown, Field: "codes.0"}, false, "", "", ""},
		"units that another has":        {Handover{Lines: units("A", 4, 3), From: held}, &trace.Error{Code: trace.NotHolder, Field: "lines"}, true, trace.CauseTillRefused, "", "S-0001"},
		"units that are where they are": {Handover{Lines: units("A", 0, 5), From: held}, &trace.Error{Code: trace.NotHolder, Field: "lines"}, false, "", "", ""},
		"units of another lot":          {Handover{Shipment: "S-0001", Lines: units("B", 0, 1), From: coming}, &trace.Error{Code: trace.NotHolder, Field: "lines"}, true, trace.CauseWrongLot, "", "S-0001"},
		"damage to what was not sent":   {Handover{Shipment: "S-0001", Lines: units("A", 0, 1), From: coming}, &trace.Error{Code: trace.UnitsNotSent, Field: "lines"}, true, trace.CauseDamage, "", "S-0001"},
		"a shipment that is another's":  {Handover{Shipment: "S-0009", Lines: units("A", 0, 1), From: coming}, &trace.Error{Code: trace.NotHolder, Field: "lines"}, false, "", "", ""},
		"recalled units":                {Handover{Lines: units("A", 7, 1), From: held}, &trace.Error{Code: trace.UnitsRecalled, Field: "lines"}, false, "", "", ""},
		"an outcome that nobody knows":  {Handover{Lines: units("A", 7, 1), From: held}, &record.OutcomeUnknown{TxID: "tx"}, false, "", "", ""},
		"no refusal":                    {Handover{Lines: units("A", 7, 1), From: held}, nil, false, "", "", ""},
	} {
		s, _, ledger := room()
		ledger.Event.Case = &trace.Case{ID: "C-0001"}
		got := s.FollowUp(t.Context(), shop, x.h, x.err)
		if !errors.Is(got, x.err) {
			t.Errorf("%s: the refusal is lost: %v", name, got)
		}
		var inCase *InCase
		if errors.As(got, &inCase) != x.opens || len(ledger.Calls) != map[bool]int{true: 1}[x.opens] {
			t.Errorf("%s: %v, wrote %v", name, got, ledger.Transactions())
			continue
		}
		if x.opens {
			if r := ledger.Calls[0].Request.(trace.OpenCaseRequest); r.Cause != x.cause || r.With != x.with ||
				r.Shipment != x.ships {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

// A case that waits is not opened twice, and no more open by themselves than somebody looks at.
func TestFollowUpOpensOnce(t *testing.T) {
	odd := Handover{Lines: units("A", 7, 1), From: trace.Place{Holder: "shop", State: trace.Held}}
	refused := &trace.Error{Code: trace.NotHolder, Field: "lines"}
	s, h, ledger := room()
	h.pending = "C-0007"
	var inCase *InCase
	if err := s.FollowUp(t.Context(), shop, odd, refused); !errors.As(err, &inCase) || inCase.Case != "C-0007" ||
		len(ledger.Calls) != 0 {
		t.Errorf("%v, wrote %d", err, len(ledger.Calls))
	}
	h.pending, h.waiting = "", maxPending
	if err := s.FollowUp(t.Context(), shop, odd, refused); errors.As(err, &inCase) || len(ledger.Calls) != 0 {
		t.Errorf("%v, wrote %d", err, len(ledger.Calls))
	}
}

// A case is shown as it stands now: past its deadline it is the platform's.
func TestCaseAsItStandsNow(t *testing.T) {
	s, _, _ := room()
	c := trace.Case{
		ID:       "C-0001",
		Opener:   "shop",
		With:     "maker",
		Status:   trace.CaseOpen,
		AnswerBy: servicetest.Now.Add(time.Hour),
	}
	if v := s.caseView(c); v.Status != trace.CaseOpen || v.Owner != "maker" {
		t.Errorf("%+v", v)
	}
	c.AnswerBy = servicetest.Now.Add(-time.Hour)
	if v := s.caseView(c); v.Status != trace.CaseEscalated || v.Owner != "platform" {
		t.Errorf("%+v", v)
	}
}

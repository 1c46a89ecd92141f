package service_test

import (
	"errors"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

var (
	shop = service.Caller{Account: "till", Party: "shop", Role: trace.RoleSeller}
	sale = trace.SellRequest{Lines: []trace.Line{{GTIN: "06998801000012", Lot: "A", From: 3, Count: 2}}}
)

func TestWriteIsReadableAndNoted(t *testing.T) {
	w, ledger := servicetest.Writer()
	c := shop
	c.Trail = &service.Trail{}
	r, err := w.Write(t.Context(), c, trace.Sell, sale)
	if err != nil || r.TxID != "tx" || c.Trail.TxID != "tx" {
		t.Fatalf("%+v %v, noted %q", r, err, c.Trail.TxID)
	}
	if len(ledger.Calls) != 1 || ledger.Calls[0].Party != "shop" ||
		string(ledger.Calls[0].Note) != `{"account":"till"}` {
		t.Errorf("submitted %+v", ledger.Calls)
	}
	ledger.Blind = errors.New("behind")
	var unreadable *service.Unreadable
	if _, err := w.Write(t.Context(), c, trace.Sell, sale); !errors.As(err, &unreadable) || unreadable.TxID != "tx" {
		t.Errorf("written and not readable: %v", err)
	}
}

// The ledger is asked only what the caller may know the answer to.
func TestWriteNamesNothingUnseen(t *testing.T) {
	w, ledger := servicetest.Writer()
	ledger.Unseen = &trace.Error{Code: trace.BatchUnknown, Field: "lot"}
	for name, ask := range map[string]func() error{
		"write": func() error { _, err := w.Write(t.Context(), shop, trace.Sell, sale); return err },
		"try":   func() error { return w.Try(t.Context(), shop, trace.Sell, sale) },
	} {
		if err := ask(); trace.CodeOf(err) != trace.BatchUnknown {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(ledger.Calls)+len(ledger.Tried) != 0 || len(ledger.Named) != 2 || ledger.Named[0].Lines[0] != sale.Lines[0] {
		t.Errorf("asked the ledger %d times, the sight %+v", len(ledger.Calls)+len(ledger.Tried), ledger.Named)
	}
}

// Why a party takes no goods is that party's own business.
func TestRefusedReceiverIsNotTold(t *testing.T) {
	w, ledger := servicetest.Writer()
	order := trace.DispatchRequest{ID: "S-0001", To: "other", Lines: sale.Lines}
	for _, code := range []trace.Code{trace.PartyUnknown, trace.ReceiverInvalid} {
		ledger.Refuse = &trace.Error{Code: code, Field: "to"}
		_, hidden := w.Write(t.Context(), shop, trace.Dispatch, order)
		if trace.CodeOf(hidden) != trace.PartyUnknown || hidden.Error() == ledger.Refuse.Error() {
			t.Errorf("%s: %v", code, hidden)
		}
		_, told := w.Write(
			t.Context(), service.Caller{Party: "platform", Role: trace.RolePlatform}, trace.Dispatch, order,
		)
		if !errors.Is(told, ledger.Refuse) {
			t.Errorf("%s, to the platform: %v", code, told)
		}
	}
}

// A request that is taken up again is not sent a second time where the first was written.
func TestResumedWriteFindsItsFirst(t *testing.T) {
	c := shop
	c.Ref, c.Resumed = "request", true
	pending := record.Pending{TxID: "first", Party: "shop", Transaction: trace.Sell}
	for name, x := range map[string]struct {
		outcome *record.Outcome
		sent    bool
		tx      string
		calls   int
	}{
		"written":    {&record.Outcome{Block: 5, Code: record.Valid}, true, "first", 0},
		"failed":     {&record.Outcome{Code: record.NeverOrdered}, true, "tx", 1},
		"never sent": {nil, false, "tx", 1},
	} {
		w, ledger := servicetest.Writer()
		ledger.Sent = func() (record.Submission, bool) {
			return record.Submission{Pending: pending, Outcome: x.outcome}, x.sent
		}
		ledger.Written = record.Transaction{TxID: "first", Event: []byte(`{"type":"sold"}`)}
		r, err := w.Write(t.Context(), c, trace.Sell, sale)
		if err != nil || r.TxID != x.tx || len(ledger.Calls) != x.calls {
			t.Errorf("%s: %+v %v, %d sent", name, r, err, len(ledger.Calls))
		}
	}
}

func TestIDsOfNamedRequestsRepeat(t *testing.T) {
	named := service.Caller{Ref: "request"}
	if a, b := service.NewID("S", named), service.NewID("S", named); a != b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := service.NewID("S", shop), service.NewID("S", shop); a == b {
		t.Errorf("twice %s", a)
	}
}

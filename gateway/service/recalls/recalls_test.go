package recalls

import (
	"context"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

const gtin = "06998801000012"

// house has a recall by the platform of maker's product, which reaches shop and corner; batch MIX was made of A.
type house struct {
	Store
	reached []trace.Line
}

func (h *house) Product(context.Context, string) (record.Product, error) {
	return record.Product{Product: trace.Product{GTIN: gtin, Owner: "maker"}}, nil
}
func (h *house) UnitsOf(_ context.Context, _ service.Caller, _ string, r codes.Request) ([]trace.Line, error) {
	if len(r.Codes) == 0 {
		return nil, nil
	}
	return []trace.Line{{GTIN: gtin, Lot: "A", From: 3, Count: 1}}, nil
}
func (h *house) Recall(_ context.Context, id string) (trace.Recall, bool, error) {
	return trace.Recall{ID: id, GTIN: gtin, By: "platform"}, true, nil
}
func (h *house) RecallHolders(context.Context, string) ([]record.RecallHolder, error) {
	return []record.RecallHolder{{Party: "shop"}, {Party: "corner"}}, nil
}
func (h *house) HoldersOf(_ context.Context, units []trace.Line) ([]record.RecallHolder, error) {
	h.reached = units
	return nil, nil
}
func (h *house) Descendants(context.Context, []trace.Line) ([]record.Relative, error) {
	return []record.Relative{{GTIN: gtin, Lot: "MIX", Lines: []trace.Line{{GTIN: gtin, Lot: "MIX", Count: 20}}}}, nil
}
func (h *house) Batch(_ context.Context, g, lot string) (record.Batch, bool, error) {
	return record.Batch{Batch: trace.Batch{GTIN: g, Lot: lot, Quantity: 100}}, lot == "A", nil
}

func room() (*Service, *house, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	h := &house{}
	return &Service{Writer: w, Store: h, Sight: h, Codes: h}, h, ledger
}

// Whom a recall reaches is told to who started it, the product's owner and those who see all; to others themselves.
func TestRecallReachIsNotEverybodys(t *testing.T) {
	s, _, _ := room()
	for c, want := range map[service.Caller][]string{
		{Party: "maker"}: {"shop", "corner"},
		{Party: "platform", Role: trace.RolePlatform}: {"shop", "corner"},
		{Party: "auditor", Role: trace.RoleAuditor}:   {"shop", "corner"},
		{Party: "shop", Role: trace.RoleSeller}:       {"shop"},
		{Party: "bystander", Role: trace.RoleSeller}:  nil,
	} {
		reach, err := s.RecallReach(t.Context(), c, "R-0001")
		var got []string
		for _, h := range reach.Holders {
			got = append(got, h.Party)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is told of %v, want %v: %v", c.Party, got, want, err)
		}
	}
}

// A preview counts what was made of the goods too, and is for those who may recall them.
func TestPreviewRecall(t *testing.T) {
	s, h, ledger := room()
	maker := service.Caller{Party: "maker", Role: trace.RoleProducer}
	v, err := s.PreviewRecall(t.Context(), maker, RecallScope{GTIN: "6998801000012", Lots: []string{"A"}})
	if err != nil || v.Units != 120 || len(v.Derived) != 1 || len(h.reached) != 2 || v.Holders == nil {
		t.Errorf("%+v %v, reached %v", v, err, h.reached)
	}
	for name, x := range map[string]struct {
		party string
		scope RecallScope
		code  trace.Code
	}{"another's": {"shop", RecallScope{GTIN: gtin, Lots: []string{"A"}}, trace.NotAllowed}, "nothing": {"maker", RecallScope{GTIN: gtin}, trace.FieldInvalid},
		"no such lot": {"maker", RecallScope{GTIN: gtin, Lots: []string{"B"}}, trace.BatchUnknown}} {
		if _, err := s.PreviewRecall(t.Context(), service.Caller{Party: x.party}, x.scope); trace.CodeOf(
			err,
		) != x.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(ledger.Calls)+len(ledger.Tried) != 0 {
		t.Error("a preview asked the ledger")
	}
}

// A recall that does not say what to do says what is usual.
func TestRecallSaysWhatToDo(t *testing.T) {
	s, _, ledger := room()
	ledger.Event.Recall = &trace.Recall{ID: "R-0001", GTIN: gtin, By: "maker"}
	maker := service.Caller{Party: "maker", Role: trace.RoleProducer}
	o := RecallOrder{Recall: trace.Recall{GTIN: gtin, Lots: []string{"A"}}, Codes: []string{"code"}}
	if _, err := s.Recall(t.Context(), maker, o); err != nil {
		t.Fatal(err)
	}
	if r := ledger.Calls[0].Request.(trace.Recall); r.Instruction.En != usualInstruction.En || r.ID == "" ||
		len(r.Lines) != 1 {
		t.Errorf("%+v", r)
	}
}

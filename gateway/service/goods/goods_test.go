package goods

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const gtin = "06998801000012"

// house is a store, a sight and the units of one product of maker's.
type house struct {
	Store
	keys      *seal.Keyring
	there     bool // the batch is registered
	kept      int
	forgotten int
	printed   bool
	voiding   []string
}

func (h *house) Product(context.Context, string) (record.Product, error) {
	return record.Product{Product: trace.Product{GTIN: gtin, Owner: "maker", ShelfLifeDays: 30}}, nil
}

func (h *house) Party(_ context.Context, id string) (trace.Party, bool, error) {
	return trace.Party{
		ID:       id,
		Roles:    []trace.Role{trace.RoleProducer},
		Status:   trace.StatusQualified,
		Prefixes: []string{"6998801"},
	}, true, nil
}

func (h *house) LotsAlike(_ context.Context, _, lot string) ([]string, error) {
	return map[string][]string{"l0t": {"LOT"}}[lot], nil
}

func (h *house) SaveCommitments(context.Context, [32]byte, int64, []byte) error { h.kept++; return nil }
func (h *house) SaveUnitTree(context.Context, [32]byte, int64, []byte) error    { h.kept++; return nil }
func (h *house) SaveSerials(context.Context, [32]byte, []string) error          { return nil }
func (h *house) ForgetUnits(context.Context, [32]byte) error                    { h.forgotten++; return nil }

func (h *house) BeginVoiding(_ context.Context, ref string, _ trace.Line) (bool, error) {
	h.voiding = append(h.voiding, "begin")
	return !h.printed, nil
}

func (h *house) EndVoiding(context.Context, string) error {
	h.voiding = append(h.voiding, "end")
	return nil
}

func (h *house) KeysOf(b trace.Batch) (*seal.Batch, error) {
	return h.keys.Batch(uint32(b.KeyEpoch), gs1.GTIN(b.GTIN), b.Lot)
}

func (h *house) Taken(context.Context, trace.Batch, []string) (map[string]string, error) {
	return map[string]string{"TAKEN-7": "OLD"}, nil
}

// shelf is the store's part of a house: its Batch is the registered one.
type shelf struct{ *house }

func (s shelf) Batch(_ context.Context, g, lot string) (record.Batch, bool, error) {
	return record.Batch{Batch: trace.Batch{GTIN: g, Lot: lot}}, s.there, nil
}

// eyes is its sight.
type eyes struct{ *house }

func (e eyes) Batch(context.Context, service.Caller, string, string) (record.Batch, error) {
	return record.Batch{}, nil
}

func (e eyes) SeesBatch(_ context.Context, _ service.Caller, _, lot string) (bool, error) {
	return lot != "UNSEEN", nil
}

func room(t *testing.T) (*Service, *house, *servicetest.Ledger) {
	t.Helper()
	keys, err := seal.NewKeyring(seal.Epoch{Number: 1, MasterKey: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	w, ledger := servicetest.Writer()
	h := &house{keys: keys}
	return New(w, shelf{h}, eyes{h}, h, nil, keys.Current), h, ledger
}

var maker = service.Caller{Account: "li", Party: "maker", Role: trace.RoleProducer}

func order(lot string, quantity int64) BatchOrder {
	return BatchOrder{Batch: trace.Batch{GTIN: "6998801000012", Lot: lot, Quantity: quantity, ProducedOn: "2026-11-01"}}
}

// What follows from the product is filled in, and a lot that people will take for another is told of.
func TestRegisterBatch(t *testing.T) {
	s, h, ledger := room(t)
	written, err := s.RegisterBatch(t.Context(), maker, order("l0t", 10))
	if err != nil || len(written.Remarks) != 1 {
		t.Fatalf("%+v %v", written, err)
	}
	b := ledger.Calls[0].Request.(trace.Batch)
	if b.GTIN != gtin || b.ExpiresOn != "2026-12-01" || b.KeyEpoch != 1 || b.UnitsRoot == "" || b.UnitsRoot == noUnits {
		t.Errorf("%+v", b)
	}
	if h.kept == 0 || h.forgotten != 0 || len(ledger.Tried) != 0 {
		t.Errorf("kept %d times, forgot %d, tried %d", h.kept, h.forgotten, len(ledger.Tried))
	}
}

// What the ledger refuses leaves nothing; of what is costly it is asked before.
func TestARefusedBatchLeavesNothing(t *testing.T) {
	s, h, ledger := room(t)
	ledger.Refuse = &trace.Error{Code: trace.BatchExists, Field: "lot"}
	if _, err := s.RegisterBatch(t.Context(), maker, order("A", 10)); trace.CodeOf(err) != trace.BatchExists ||
		h.forgotten != 1 {
		t.Errorf("%v, forgot %d times", err, h.forgotten)
	}
	h.kept = 0
	if _, err := s.RegisterBatch(
		t.Context(), maker, order("A", costlyBatch),
	); trace.CodeOf(err) != trace.BatchExists || h.kept != 0 ||
		len(ledger.Tried) != 1 {
		t.Errorf("%v, kept %d trees, tried %d times", err, h.kept, len(ledger.Tried))
	}
	ledger.Calls = nil
	h.there = true
	if _, err := s.RegisterBatch(t.Context(), maker, order("A", 10)); trace.CodeOf(err) != trace.BatchExists ||
		len(ledger.Calls) != 0 {
		t.Errorf("a batch that is there: %v, %d sent", err, len(ledger.Calls))
	}
}

func TestSerialsOfAFactory(t *testing.T) {
	for name, x := range map[string]struct {
		serials  []string
		quantity int64
		code     trace.Code
		field    string
	}{
		"good":          {[]string{"QX-1183", "ZB-9027"}, 2, "", ""},
		"too few":       {[]string{"QX-1183"}, 2, trace.QuantityInvalid, "quantity"},
		"alike":         {[]string{"AB-0", "ab-O"}, 2, trace.FieldInvalid, "serials.1"},
		"no serial":     {[]string{"QX-1183", "with space"}, 2, trace.FieldInvalid, "serials.1"},
		"a path":        {[]string{".."}, 1, trace.FieldInvalid, "serials.0"},
		"of other lots": {[]string{"QX-1183", "TAKEN-7"}, 2, trace.FieldInvalid, "serials.1"},
	} {
		s, _, ledger := room(t)
		o := order("A", x.quantity)
		o.Serials = x.serials
		_, err := s.RegisterBatch(t.Context(), maker, o)
		e, _ := trace.Refused(err)
		if trace.CodeOf(err) != x.code || e != nil && e.Field != x.field || (x.code == "") != (len(ledger.Calls) == 1) {
			t.Errorf("%s: %v, %d sent", name, err, len(ledger.Calls))
		}
	}
}

// Serials that follow each other can be guessed by whoever sees one.
func TestGuessable(t *testing.T) {
	row := func(form string, n int) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprintf(form, i))
		}
		return all
	}
	free, signs := make([]string, 40), "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for i := range free {
		for place := range 12 {
			free[i] += string(signs[(i*i*7+i*place*11+place*5)%len(signs)])
		}
	}
	for name, x := range map[string]struct {
		serials []string
		want    []trace.Text
	}{"none": {nil, nil}, "in a row": {row("AB-%06d", 50), []trace.Text{serialsFollow}}, "free": {free, nil}} {
		if got := Guessable(x.serials); len(got) != len(x.want) || len(got) > 0 && got[0].En != x.want[0].En {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := Guessable([]string{"AAAAAA", "BBBBBB", "CCCCCC"}); len(got) != 1 || got[0].En == serialsFollow.En {
		t.Errorf("a few places: %v", got)
	}
}

// Codes are voided only while nobody can print them, until the outcome is known.
func TestVoidUnits(t *testing.T) {
	for name, x := range map[string]struct {
		printed bool
		refuse  error
		code    trace.Code
		steps   []string
	}{
		"voided":  {false, nil, "", []string{"begin", "end"}},
		"printed": {true, nil, service.CodesPrinted, []string{"begin"}},
		"refused": {false, &trace.Error{Code: trace.NotHolder}, trace.NotHolder, []string{"begin", "end"}},
		"unknown": {false, &record.OutcomeUnknown{TxID: "tx"}, "", []string{"begin"}},
	} {
		s, h, ledger := room(t)
		h.printed, ledger.Refuse = x.printed, x.refuse
		_, err := s.VoidUnits(
			t.Context(),
			maker,
			trace.VoidUnitsRequest{Line: trace.Line{GTIN: gtin, Lot: "A", Count: 2}, Reason: "never printed"},
		)
		if trace.CodeOf(err) != x.code || (err == nil) != (x.code == "" && x.refuse == nil) ||
			!slices.Equal(h.voiding, x.steps) {
			t.Errorf("%s: %v, %v", name, err, h.voiding)
		}
	}
}

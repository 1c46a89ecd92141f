package importing

import (
	"context"
	"errors"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const gtin = "06998801000012"

// house registers what it is given, and has what it is told to have.
type house struct {
	product    *record.Product
	batch      *record.Batch
	registered int
}

func (h *house) MayRegister(context.Context, string, string) error { return nil }
func (h *house) CompleteBatch(_ context.Context, _ service.Caller, b trace.Batch) (trace.Batch, error) {
	b.ExpiresOn = "2027-01-01"
	return b, nil
}
func (h *house) AlikeRemark(context.Context, string, string) (*trace.Text, error) { return nil, nil }
func (h *house) RegisterProduct(context.Context, service.Caller, trace.Product) (goods.ProductWritten, error) {
	h.registered++
	return goods.ProductWritten{}, nil
}
func (h *house) RegisterBatch(context.Context, service.Caller, goods.BatchOrder) (goods.BatchWritten, error) {
	h.registered++
	return goods.BatchWritten{}, nil
}
func (h *house) Taken(context.Context, trace.Batch, []string) (map[string]string, error) {
	return map[string]string{"S-3": "OLD"}, nil
}

// shelf is the store's part of a house.
type shelf struct {
	Store
	h *house
}

func (s shelf) Product(context.Context, string) (record.Product, bool, error) {
	if s.h.product == nil {
		return record.Product{}, false, nil
	}
	return *s.h.product, true, nil
}
func (s shelf) Batch(context.Context, string, string) (record.Batch, bool, error) {
	if s.h.batch == nil {
		return record.Batch{}, false, nil
	}
	return *s.h.batch, true, nil
}

var maker = service.Caller{Party: "maker", Role: trace.RoleProducer}

// A row that says what is registered is good without a write, one that says otherwise is told of,
// and a dry run writes nothing.
func TestAProductsRow(t *testing.T) {
	p := trace.Product{GTIN: gtin, Brand: "B"}
	kept := func(owner, brand string) *record.Product {
		return &record.Product{Product: trace.Product{GTIN: gtin, Brand: brand, Owner: owner}}
	}
	for name, x := range map[string]struct {
		there    *record.Product
		dryRun   bool
		written  int
		remarked bool
		code     trace.Code
	}{
		"new":             {nil, false, 1, false, ""},
		"new, a dry run":  {nil, true, 0, false, ""},
		"the same":        {kept("maker", "B"), false, 0, false, ""},
		"other contents":  {kept("maker", "C"), false, 0, true, ""},
		"another party's": {kept("rival", "B"), false, 0, false, trace.ProductExists},
	} {
		h := &house{product: x.there}
		remark, err := (&Service{Store: shelf{h: h}, Goods: h}).importRow(
			t.Context(), maker, imports.Row{Product: &p}, x.dryRun,
		)
		if trace.CodeOf(err) != x.code || h.registered != x.written || (remark != nil) != x.remarked {
			t.Errorf("%s: %v %v, wrote %d", name, remark, err, h.registered)
		}
	}
}

func TestABatchsRow(t *testing.T) {
	b := trace.Batch{GTIN: gtin, Lot: "A", Quantity: 10, ProducedOn: "2026-01-01"}
	kept := func(producer string, quantity int64) *record.Batch {
		o := b
		o.Producer, o.Quantity, o.ExpiresOn = producer, quantity, "2027-01-01"
		return &record.Batch{Batch: o}
	}
	for name, x := range map[string]struct {
		there   *record.Batch
		dryRun  bool
		written int
		code    trace.Code
	}{"new": {nil, false, 1, ""}, "a dry run": {nil, true, 0, ""}, "the same": {kept("maker", 10), false, 0, ""}, "another quantity": {kept("maker", 9), false, 0, trace.BatchExists},
		"another's": {kept("rival", 10), false, 0, trace.BatchExists}} {
		h, row := &house{batch: x.there}, b
		_, err := (&Service{Store: shelf{h: h}, Goods: h}).importRow(
			t.Context(), maker, imports.Row{Batch: &row}, x.dryRun,
		)
		if trace.CodeOf(err) != x.code || h.registered != x.written || row.ExpiresOn != "2027-01-01" {
			t.Errorf("%s: %v, wrote %d, expires %s", name, err, h.registered, row.ExpiresOn)
		}
	}
}

// The rows of a lot say the same of it, and no serial is another unit's.
func TestTheRowsOfALot(t *testing.T) {
	row := func(number int, serial, expires string, faults ...imports.Fault) imports.Row {
		return imports.Row{
			Number: number,
			Serial: serial,
			Batch:  &trace.Batch{GTIN: gtin, Lot: "A", ExpiresOn: trace.Date(expires)},
			Faults: faults,
		}
	}
	h := &house{}
	s := &Service{Store: shelf{h: h}, Goods: h, Units: units{h}}
	faults, err := s.lotFaults(
		t.Context(),
		[]imports.Row{row(2, "S-1", "", imports.Fault{Err: &trace.Error{Code: trace.FieldInvalid, Field: "serial"}}),
			row(3, "S-2", "2027-01-01"), row(4, "S-3", "2027-01-01"), row(5, "S-4", ""), row(6, "S-5", "2028-01-01")},
	)
	if err != nil {
		t.Fatal(err)
	}
	for number, code := range map[int]trace.Code{2: trace.FieldInvalid, 3: "", 4: trace.FieldInvalid, 5: "", 6: trace.DateInvalid} {
		if got := trace.CodeOf(faults[number]); got != code {
			t.Errorf("row %d: %q, want %q", number, got, code)
		}
	}
}

type units struct{ *house }

func (units) KeysOf(trace.Batch) (*seal.Batch, error) { return nil, errors.New("not asked") }

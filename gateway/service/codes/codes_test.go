package codes

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const (
	gtin = "06998801000012"
	box  = "369988010000000013"
)

// house has one batch of four units, and a box with a smaller box in it.
type house struct{ looked int }

var batch = trace.Batch{GTIN: gtin, Lot: "A", Quantity: 4, Producer: "maker"}

var serials = []string{"QX0001AAAAAA", "QX0002BBBBBB", "QX0003CCCCCC", "QX0004BBBBBB"}

func (h *house) LotsAlike(context.Context, string, string) ([]string, error) { return nil, nil }
func (h *house) Holdings(_ context.Context, u record.Units) ([]record.ProvenanceHolding, error) {
	return []record.ProvenanceHolding{{From: u.From, Count: 1, Party: "shop", State: trace.Held}}, nil
}
func (h *house) Product(context.Context, string) (record.Product, error) {
	return record.Product{Product: trace.Product{GTIN: gtin, Name: trace.Text{ZhCN: "茶"}}}, nil
}
func (h *house) Batch(_ context.Context, _ service.Caller, g, lot string) (record.Batch, error) {
	if g != gtin || lot != "A" {
		return record.Batch{}, &trace.Error{Code: trace.BatchUnknown, Field: "lot"}
	}
	return record.Batch{Batch: batch}, nil
}

func (h *house) Batches(
	_ context.Context, c service.Caller, _ record.BatchFilter, _ record.Paging,
) (record.Page[record.Batch], error) {
	h.looked++
	if c.Party == "stranger" {
		return record.Page[record.Batch]{}, nil
	}
	return record.Page[record.Batch]{Items: []record.Batch{{Batch: batch}}}, nil
}
func (h *house) Container(_ context.Context, _ service.Caller, sscc string) (trace.Container, error) {
	switch sscc {
	case box:
		return trace.Container{
			SSCC:       box,
			Lines:      []trace.Line{{GTIN: gtin, Lot: "A", From: 2, Count: 1}},
			Containers: []string{"inner"},
		}, nil
	case "inner":
		return trace.Container{SSCC: "inner", Lines: []trace.Line{{GTIN: gtin, Lot: "A", From: 3, Count: 1}}}, nil
	}
	return trace.Container{}, &trace.Error{Code: trace.ContainerUnknown, Field: "sscc"}
}
func (h *house) Shipment(context.Context, service.Caller, string) (trace.Shipment, error) {
	return trace.Shipment{Lines: []trace.Line{{GTIN: gtin, Lot: "A", From: 1, Count: 2}}}, nil
}
func (h *house) IndexOf(_ context.Context, _ trace.Batch, serial string) (int64, bool, error) {
	i := slices.Index(serials, serial)
	return int64(i), i >= 0, nil
}
func (h *house) SerialIn(_ context.Context, _ trace.Batch, index int64) (string, error) {
	return serials[index], nil
}

func (h *house) EndingsIn(
	_ context.Context, _ trace.Batch, run trace.Line, endings []string,
) (map[string][]int64, error) {
	found := map[string][]int64{}
	for _, e := range endings {
		for i := run.From; i < run.To(); i++ {
			if strings.HasSuffix(serials[i], e) {
				found[e] = append(found[e], i)
			}
		}
	}
	return found, nil
}

func room(t *testing.T) (*Service, *house) {
	t.Helper()
	keys, err := seal.NewKeyring(seal.Epoch{Number: 1, MasterKey: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{}
	return New(h, h, h, keys), h
}

var shop = service.Caller{Party: "shop", Role: trace.RoleSeller}

func whole(i int) string { return "(01)" + gtin + "(10)A(21)" + serials[i] }

// A code names a unit, a box, several units to choose from, or nothing; and says which.
func TestWhatACodeNames(t *testing.T) {
	s, _ := room(t)
	for code, want := range map[string]struct {
		unit    int64 // -1 is none
		sscc    string
		choices int
		fault   trace.Code
	}{
		whole(1):                            {1, "", 0, ""},
		"AAAAAA":                            {0, "", 0, ""},
		"BBBBBB":                            {-1, "", 2, service.CodeAmbiguous},
		"ZZZZZZ":                            {-1, "", 0, trace.UnitUnknown},
		"(00)" + box:                        {-1, box, 0, ""},
		"(01)" + gtin + "(10)B(21)" + "X12": {-1, "", 0, trace.UnitUnknown},
		"6998801000012":                     {-1, "", 0, service.CodeUnreadable},
		"https://elsewhere.example/hello":   {-1, "", 0, service.CodeUnreadable},
	} {
		got, err := s.ResolveCodes(t.Context(), shop, Request{Codes: []string{code}})
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		x := got.Items[0]
		index := int64(-1)
		if x.Unit != nil {
			index = x.Unit.Index
		}
		fault := trace.Code("")
		if x.Fault != nil {
			fault = x.Fault.Code
		}
		if index != want.unit || x.SSCC != want.sscc || len(x.Choices) != want.choices || fault != want.fault {
			t.Errorf("%s: unit %d, box %q, %d choices, %q", code, index, x.SSCC, len(x.Choices), fault)
		}
	}
}

// An ending that happens to fit must not give a whole code away.
func TestTheSerialIsToldToWhoBroughtIt(t *testing.T) {
	s, _ := room(t)
	for name, x := range map[string]struct {
		c    service.Caller
		code string
		told bool
	}{"brought whole": {shop, whole(0), true}, "an ending": {shop, "AAAAAA", false},
		"an ending, to the maker": {service.Caller{Party: "maker"}, "AAAAAA", true}} {
		got, err := s.ResolveCodes(t.Context(), x.c, Request{Codes: []string{x.code}})
		if err != nil || got.Items[0].Unit == nil || (got.Items[0].Unit.Serial != "") != x.told {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

// Codes are read for a write: each names one thing, none twice, neighbours make a line.
func TestGoodsOf(t *testing.T) {
	s, _ := room(t)
	g, err := s.GoodsOf(t.Context(), shop, "codes", Request{Codes: []string{whole(1), "(00)" + box, whole(0)}})
	if err != nil || !slices.Equal(g.Containers, []string{box}) ||
		!slices.Equal(g.Lines, []trace.Line{{GTIN: gtin, Lot: "A", Count: 2}}) {
		t.Errorf("%+v %v", g, err)
	}
	for name, x := range map[string]struct {
		codes []string
		code  trace.Code
		field string
	}{"twice": {[]string{whole(0), "AAAAAA"}, trace.LinesOverlap, "codes.1"}, "nothing": {[]string{whole(0), "ZZZZZZ"}, trace.UnitUnknown, "codes.1"},
		"several": {[]string{"BBBBBB"}, service.CodeAmbiguous, "codes.0"}, "too many": {make([]string, MaxCodes+1), trace.FieldInvalid, "codes"}} {
		_, err := s.GoodsOf(t.Context(), shop, "codes", Request{Codes: x.codes})
		e, is := trace.Refused(err)
		if !is || e.Code != x.code || e.Field != x.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A container stands for all that is in it, however deep.
func TestUnitsOfABox(t *testing.T) {
	s, _ := room(t)
	lines, err := s.UnitsOf(t.Context(), shop, "codes", Request{Codes: []string{"(00)" + box}})
	if want := []trace.Line{
		{GTIN: gtin, Lot: "A", From: 2, Count: 1},
		{GTIN: gtin, Lot: "A", From: 3, Count: 1},
	}; err != nil ||
		!slices.Equal(lines, want) {
		t.Errorf("%+v %v", lines, err)
	}
	if _, err := s.One(t.Context(), shop, "code", Request{Codes: []string{"(00)" + box}}); trace.CodeOf(
		err,
	) != service.CodeUnreadable {
		t.Errorf("a box is no unit: %v", err)
	}
}

// Endings are looked for in the shipment that is named, else in what the caller may see.
func TestEndingsKeepToTheirScope(t *testing.T) {
	s, h := room(t)
	got, err := s.ResolveCodes(t.Context(), shop, Request{Codes: []string{"BBBBBB"}, Shipment: "S1"})
	if err != nil || got.Items[0].Unit == nil || got.Items[0].Unit.Index != 1 || h.looked != 0 {
		t.Errorf("%+v %v, looked everywhere %d times", got, err, h.looked)
	}
	got, err = s.ResolveCodes(t.Context(), service.Caller{Party: "stranger"}, Request{Codes: []string{"AAAAAA"}})
	if err != nil || got.Items[0].Fault == nil || got.Items[0].Fault.Code != trace.UnitUnknown {
		t.Errorf("%+v %v", got, err)
	}
}

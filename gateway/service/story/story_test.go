package story

import (
	"context"
	"fmt"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

const gtin = "06998801000012"

// house has a batch of maker's that went to carrier, shop and corner, made from many others.
type house struct {
	Store
	ancestors int
	unseen    string // a lot
}

func (h *house) Batch(_ context.Context, g, lot string) (record.Batch, bool, error) {
	return record.Batch{Batch: trace.Batch{GTIN: g, Lot: lot, Quantity: 10, Producer: "maker"}}, true, nil
}
func (h *house) Product(context.Context, string) (record.Product, bool, error) {
	return record.Product{}, true, nil
}
func (h *house) Events(context.Context, record.Units) ([]record.ProvenanceEvent, error) {
	return []record.ProvenanceEvent{
		{Type: trace.EventBatchRegistered, By: "maker"},
		{Type: trace.EventDispatched, By: "maker", From: "maker", To: "carrier"},
		{
			Type: trace.EventDispatched,
			By:   "carrier",
			From: "carrier",
			To:   "shop",
		},
		{Type: trace.EventSold, By: "corner"},
	}, nil
}
func (h *house) FirstEvents(context.Context, record.Units, int) ([]record.ProvenanceEvent, error) {
	return nil, nil
}
func (h *house) Holdings(context.Context, record.Units) ([]record.ProvenanceHolding, error) {
	return []record.ProvenanceHolding{{Party: "shop"}, {Party: "corner"}}, nil
}
func (h *house) Ancestors(context.Context, []trace.Line) ([]record.Relative, error) {
	var all []record.Relative
	for i := range h.ancestors {
		all = append(
			all,
			record.Relative{GTIN: gtin, Lot: fmt.Sprint("R", i), Lines: []trace.Line{{GTIN: gtin, Lot: "R", Count: 1}}},
		)
	}
	return all, nil
}
func (h *house) Descendants(context.Context, []trace.Line) ([]record.Relative, error) {
	return nil, nil
}

// eyes are what callers may see.
type eyes struct{ *house }

func (e eyes) Batch(ctx context.Context, _ service.Caller, g, lot string) (record.Batch, error) {
	b, _, err := e.house.Batch(ctx, g, lot)
	return b, err
}
func (e eyes) SeesBatch(_ context.Context, _ service.Caller, _, lot string) (bool, error) {
	return lot != e.unseen, nil
}

// shelf finds units: the serial of a unit is its number.
type shelf struct{ told int }

func (s *shelf) IndexOf(_ context.Context, _ trace.Batch, serial string) (int64, bool, error) {
	return 3, serial == "3", nil
}
func (s *shelf) SerialIn(_ context.Context, _ trace.Batch, index int64) (string, error) {
	return fmt.Sprint(index), nil
}

func (s *shelf) Told(
	_ context.Context, _ service.Caller, _ string, r codes.Request,
) (codes.NamedUnit, trace.Batch, error) {
	s.told++
	return codes.NamedUnit{GTIN: gtin, Lot: "A", Index: 7}, trace.Batch{GTIN: gtin, Lot: "A", Producer: "maker"}, nil
}

func room() (*Service, *house, *shelf) {
	h, u := &house{}, &shelf{}
	return &Service{Store: h, Sight: eyes{h}, Units: u, Codes: u}, h, u
}

// The producer and those who see all read the whole story; others the batch's own events, theirs,
// and their neighbours'.
func TestAStoryIsToldAsFarAsOneMayKnowIt(t *testing.T) {
	for c, want := range map[service.Caller][2]int{{Party: "maker"}: {4, 2}, {Party: "auditor", Role: trace.RoleAuditor}: {4, 2},
		{Party: "carrier"}: {3, 0}, {Party: "shop"}: {2, 1}, {Party: "corner"}: {2, 1}} {
		s, _, _ := room()
		p, err := s.TraceBatch(t.Context(), c, gtin, "A")
		if err != nil || len(p.Events) != want[0] || len(p.Holdings) != want[1] || p.Partial != (want[0] != 4) {
			t.Errorf(
				"%s: %d events, %d holdings, partial %v, want %v: %v", c.Party, len(p.Events), len(p.Holdings),
				p.Partial, want, err,
			)
		}
	}
}

// The nearest relatives are told, the rest counted, and what the caller may not see is neither.
func TestRelativesAreBounded(t *testing.T) {
	s, h, _ := room()
	h.ancestors, h.unseen = maxRelatives+6, "R4"
	p, err := s.TraceBatch(t.Context(), service.Caller{Party: "maker"}, gtin, "A")
	if err != nil || len(p.MadeFrom) != maxRelatives || p.LeftOff != 5 {
		t.Errorf("%d told, %d left off, %v", len(p.MadeFrom), p.LeftOff, err)
	}
	for _, r := range p.MadeFrom {
		if r.Lot == "R4" {
			t.Error("told of what the caller may not see")
		}
	}
}

// A unit is asked for by its serial, or by the end of it.
func TestTraceUnit(t *testing.T) {
	maker := service.Caller{Party: "maker"}
	for serial, x := range map[string]struct {
		index int64
		told  int
		code  trace.Code
	}{"3": {3, 0, ""}, "ABCDEF": {7, 1, ""}, "nobody's-serial": {0, 0, trace.UnitUnknown}} {
		s, _, u := room()
		p, err := s.TraceUnit(t.Context(), maker, gtin, "A", serial)
		if trace.CodeOf(err) != x.code || u.told != x.told || x.code == "" && (p.Index == nil || *p.Index != x.index) {
			t.Errorf("%s: %v %v, looked up %d codes", serial, p.Index, err, u.told)
		}
	}
}

// A report is a file whose name a file system takes.
func TestTraceReportsName(t *testing.T) {
	s, _, _ := room()
	s.Store = pictures{s.Store}
	s.Now = servicetest.Clock
	f, err := s.TraceReport(t.Context(), service.Caller{Party: "maker"}, gtin, `A/1\2`, "", "csv", "en")
	if err != nil || f.Name != "trace-"+gtin+"-A_1_2.csv" || len(f.Content) == 0 {
		t.Errorf("%s, %d bytes, %v", f.Name, len(f.Content), err)
	}
}

type pictures struct{ Store }

func (pictures) ShownPictures(context.Context, string, int) ([][]byte, error) { return nil, nil }

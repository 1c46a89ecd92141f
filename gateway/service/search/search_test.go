package search

import (
	"context"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

type house struct {
	asked record.Lookup
	hits  []record.Hit
	unit  *codes.NamedUnit
}

func (h *house) Search(_ context.Context, l record.Lookup) ([]record.Hit, error) {
	h.asked = l
	return h.hits, nil
}

func (h *house) ResolveCodes(context.Context, service.Caller, codes.Request) (codes.ResolvedCodes, error) {
	return codes.ResolvedCodes{Items: []codes.ResolvedCode{{Unit: h.unit}}}, nil
}

func (h *house) Transaction(_ context.Context, c service.Caller, txID string) (record.Transaction, error) {
	if c.Party != "maker" {
		return record.Transaction{}, &trace.Error{Code: service.TransactionUnknown, Field: "txId"}
	}
	return record.Transaction{TxID: txID, Party: "maker", Status: record.TxCommitted}, nil
}

// What was typed, pasted or scanned is looked up as what it is.
func TestSearchReadsWhatWasTyped(t *testing.T) {
	maker := service.Caller{Party: "maker", Role: trace.RoleProducer}
	for text, want := range map[string]record.Lookup{
		"  Green Tea ":            {Text: "green tea"},
		"6998801000012":           {Text: "6998801000012", GTIN: "06998801000012"},
		"(00) 369988010000000012": {Text: "(00) 369988010000000012", SSCC: "369988010000000012"},
		"https://t.example/01/06998801000012/10/L%2F1": {Text: "l/1", GTIN: "06998801000012"},
		"a\x00b": {Text: "ab"},
	} {
		h := &house{}
		if _, err := (&Service{Finder: h, Codes: h, Sight: h}).Search(t.Context(), maker, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		want.SeenBy = "maker"
		if h.asked != want {
			t.Errorf("%q: asked %+v, want %+v", text, h.asked, want)
		}
	}
}

func TestSearchTellsATransactionToItsSenderOnly(t *testing.T) {
	id := strings.Repeat("a", 64)
	h := &house{}
	s := &Service{Finder: h, Codes: h, Sight: h}
	for party, want := range map[string]int{"maker": 1, "shop": 0} {
		found, err := s.Search(t.Context(), service.Caller{Party: party}, id)
		if err != nil || len(found.Hits) != want {
			t.Errorf("%s: %+v %v", party, found, err)
		}
	}
}

// A unit comes first: a code is the most exact thing that one can type.
func TestSearchPutsAUnitFirst(t *testing.T) {
	h := &house{
		hits: []record.Hit{{Kind: record.HitBatch}},
		unit: &codes.NamedUnit{GTIN: "06998801000012", Lot: "A", Index: 4,
			Holding: &record.ProvenanceHolding{Party: "shop", State: trace.Held}},
	}
	found, err := (&Service{Finder: h, Codes: h, Sight: h}).Search(t.Context(), service.Caller{}, "code")
	if err != nil || len(found.Hits) != 2 || found.Hits[0].Kind != record.HitUnit || found.Hits[0].Party != "shop" ||
		found.Hits[0].ID != "06998801000012/A/4" {
		t.Errorf("%+v %v", found, err)
	}
}

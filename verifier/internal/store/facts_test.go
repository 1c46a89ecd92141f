package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

const (
	tea  = "06998801000012"
	lots = 3
	size = 24
)

// history makes one up: whatever the contract takes happens, the rest is refused.
type history struct {
	*testing.T
	*rand.Rand
	l         *verifiertest.Ledger
	shipments []string
	recalls   []string
	cases     []string
	bookings  []string
	boxes     []string
	taken     map[trace.Transaction]int
	n         int
}

var signers = map[string]string{
	"platform": trace.PlatformMSP,
	"maker":    trace.ProducerMSP,
	"shop":     trace.PlatformMSP,
	"stall":    trace.PlatformMSP,
	"carrier":  trace.PlatformMSP,
	"lab":      trace.AuditorMSP,
	"auditor":  trace.AuditorMSP,
}

func (h *history) try(who string, name trace.Transaction, request any) trace.Event {
	h.Helper()
	h.l.Now = h.l.Now.Add(time.Duration(1+h.IntN(1000)) * time.Millisecond)
	e, err := h.l.Submit(signers[who], who, name, request)
	if err == nil {
		h.taken[name]++
	} else if _, refused := errors.AsType[*trace.Error](err); !refused {
		h.Fatalf("%s: %v", name, err)
	}
	return e
}

func (h *history) must(who string, name trace.Transaction, request any) {
	h.Helper()
	if e := h.try(who, name, request); e.Type == "" {
		h.Fatalf("%s by %s is refused", name, who)
	}
}

func (h *history) id(kind string) string { h.n++; return fmt.Sprintf("%s-%04d", kind, h.n) }

func both(text string) trace.Text { return trace.Text{ZhCN: text, En: text} }

func (h *history) begin() {
	party := func(id string, role trace.Role) {
		p := trace.Party{ID: id, MSP: signers[id], Identity: id, Roles: []trace.Role{role}, Name: both(id), Place: "广州"}
		if id == "maker" {
			p.Prefixes = []string{"6998801"}
		}
		if id == "shop" {
			p.Licences = []trace.Licence{{Kind: "food", Issuer: "SAMR", Number: "SC1", ValidTo: "2099-01-01"}}
		}
		h.must("platform", trace.RegisterParty, p)
		if id != "platform" {
			h.must("platform", trace.SetPartyStatus, trace.SetPartyStatusRequest{ID: id, Status: trace.StatusQualified})
		}
	}
	party("platform", trace.RolePlatform)
	party("maker", trace.RoleProducer)
	party("shop", trace.RoleSeller)
	party("stall", trace.RoleSeller)
	party("carrier", trace.RoleDistributor)
	party("lab", trace.RoleInspector)
	party("auditor", trace.RoleAuditor)
	h.must(
		"maker",
		trace.RegisterProduct,
		trace.Product{GTIN: tea, Name: both("茶"), Brand: "试金", Category: "茶叶", ShelfLifeDays: 400},
	)
	h.must(
		"platform",
		trace.RegisterStandard,
		trace.Standard{ID: "STANDARD-1", Version: 1, Name: both("标准"), Category: "茶叶",
			Level: "II", Limits: []trace.ClassLimit{{Class: trace.Critical, AQL: "0.65"}},
			Items: []trace.TestItem{{ID: "lead", Name: both("铅"), Class: trace.Critical}}},
	)
	for i := range lots {
		h.must(
			"maker",
			trace.RegisterBatch,
			trace.Batch{GTIN: tea, Lot: fmt.Sprint("L", i), Quantity: size, UnitsRoot: strings.Repeat("ab", 32),
				ProducedOn: trace.DayOf(h.l.Now.Add(-24 * time.Hour))},
		)
	}
}

func pick[V any](h *history, from []V) (v V) {
	if len(from) > 0 {
		v = from[h.IntN(len(from))]
	}
	return v
}

func (h *history) line() trace.Line {
	from := int64(h.IntN(size))
	return trace.Line{GTIN: tea, Lot: fmt.Sprint("L", h.IntN(lots)), From: from, Count: 1 + h.Int64N(min(6, size-from))}
}

// step has something happen.
func (h *history) step() {
	l := h.line()
	who := pick(h, []string{"maker", "maker", "shop", "stall", "carrier"})
	one, lot := []trace.Line{l}, trace.QualityRequest{GTIN: tea, Lot: l.Lot, Reason: both("查")}
	unit := trace.FlagRequest{GTIN: tea, Lot: l.Lot, Index: l.From, Note: "记录", Officer: "li"}
	switch h.IntN(30) {
	case 0, 1, 2, 24, 25, 26:
		id := h.id("SHIP")
		r := trace.DispatchRequest{ID: id, To: pick(h, []string{"shop", "stall", "carrier", "maker"}), Lines: one}
		if h.IntN(3) == 0 && len(h.boxes) > 0 {
			r.Lines, r.Containers = nil, []string{pick(h, h.boxes)}
		}
		if h.try(who, trace.Dispatch, r).Type != "" {
			h.shipments = append(h.shipments, id)
		}
	case 3, 4, 5, 27:
		r := trace.ReceiveRequest{ID: pick(h, h.shipments)}
		if h.IntN(2) == 0 {
			r.Lines = []trace.ReceiptLine{
				{Line: l, Condition: pick(h, []trace.Condition{trace.Good, trace.Damaged, trace.Missing})},
			}
		}
		for _, to := range []string{"shop", "stall", "carrier", "maker"} {
			h.try(to, trace.Receive, r)
		}
	case 6:
		h.try(who, trace.CancelShipment, trace.CancelShipmentRequest{ID: pick(h, h.shipments), Reason: "错"})
	case 7, 8:
		if e := h.try(who, trace.Sell, trace.SellRequest{Lines: one}); e.Type != "" {
			h.bookings = append(h.bookings, fmt.Sprintf("%064x", h.l.Height()))
		}
	case 9:
		h.try(
			who,
			trace.Return,
			trace.ReturnRequest{Lines: one, Condition: pick(h, []trace.Condition{trace.Good, trace.Damaged})},
		)
	case 10:
		h.try(
			who,
			trace.Decommission,
			trace.DecommissionRequest{Lines: one, Reason: pick(h, trace.DecommissionReasons)},
		)
	case 11:
		h.try(who, trace.Undo, trace.UndoRequest{TxID: pick(h, h.bookings), Reason: "错"})
	case 12:
		box := h.sscc()
		if h.try("maker", trace.Pack, trace.PackRequest{SSCC: box, Lines: one}).Type != "" {
			h.boxes = append(h.boxes, box)
		}
	case 13:
		for _, by := range []string{"maker", "shop"} {
			h.try(by, trace.Unpack, trace.UnpackRequest{SSCC: pick(h, h.boxes)})
		}
	case 14:
		id := h.id("RECALL")
		r := trace.Recall{
			ID:          id,
			GTIN:        tea,
			Lines:       one,
			Class:       trace.ClassII,
			Reason:      both("铅"),
			Instruction: both("停用"),
		}
		if h.IntN(6) == 0 {
			r.Lots, r.Lines = []string{l.Lot}, nil
		}
		if h.try("auditor", trace.StartRecall, r).Type != "" {
			h.recalls = append(h.recalls, id)
		}
	case 15:
		h.try("auditor", trace.CloseRecall, trace.CloseRecallRequest{ID: pick(h, h.recalls), Note: "完"})
	case 16:
		h.try(pick(h, []string{"maker", "auditor"}), trace.HoldBatch, lot)
	case 17, 28, 29:
		h.try("platform", trace.ReleaseBatch, lot)
		h.try("auditor", trace.CloseRecall, trace.CloseRecallRequest{ID: pick(h, h.recalls), Note: "完"})
	case 18:
		h.try(
			"lab",
			trace.RecordInspection,
			trace.RecordInspectionRequest{
				ID:       h.id("INSPECT"),
				GTIN:     tea,
				Lot:      l.Lot,
				Standard: "STANDARD-1",
				Results: []trace.Finding{
					{Item: "lead", Nonconforming: new(h.Int64N(8) / 7)},
				},
				ReportHash: strings.Repeat("cd", 32),
			},
		)
	case 19:
		h.try("maker", pick(h, []trace.Transaction{trace.FlagUnit, trace.UnflagUnit}), unit)
	case 20:
		h.complain(l)
	case 21:
		h.decide()
	case 22:
		h.try(
			"platform",
			trace.SetPartyStatus,
			trace.SetPartyStatusRequest{
				ID:     "stall",
				Status: pick(h, []trace.Status{trace.StatusSuspended, trace.StatusQualified}),
				Reason: "内部",
			},
		)
	case 23:
		h.try(
			"maker",
			trace.CorrectBatch,
			trace.CorrectBatchRequest{
				GTIN:        tea,
				Lot:         l.Lot,
				BatchChange: trace.BatchChange{Origin: new(fmt.Sprint("云南", h.n)), Reason: "错"},
			},
		)
	}
}

func (h *history) sscc() string {
	h.n++
	body := fmt.Sprintf("36998801%09d", h.n)
	return body + string(gs1.CheckDigit(body))
}

func (h *history) complain(l trace.Line) {
	r := h.records(verdict.Unit{GTIN: tea, Lot: l.Lot, Index: l.From})
	id := h.id("CASE")
	if r.Holding != nil &&
		h.try("platform", trace.OpenComplaint, trace.OpenComplaintRequest{
			ID:           id,
			GTIN:         tea,
			Lot:          l.Lot,
			Index:        l.From,
			Holder:       r.Holding.Holder,
			Container:    r.Holding.Container,
			EvidenceHash: strings.Repeat("ef", 32),
		}).Type != "" {
		h.cases = append(h.cases, id)
		for _, who := range []string{"maker", "shop", "stall", "carrier"} {
			h.try(who, trace.AnswerComplaint, trace.StatementRequest{ID: id, EvidenceHash: strings.Repeat("ef", 32)})
		}
	}
}

func (h *history) decide() {
	id := pick(h, h.cases)
	for _, who := range []string{"maker", "shop", "stall", "carrier"} {
		if h.IntN(2) == 0 {
			h.try(who, trace.AppealComplaint, trace.StatementRequest{ID: id, EvidenceHash: strings.Repeat("ef", 32)})
		}
	}
	for _, kind := range []trace.DecisionKind{trace.FirstDecision, trace.AppealDecision, trace.Amendment} {
		h.try(
			"platform",
			trace.DecideComplaint,
			trace.DecideComplaintRequest{
				ID:      id,
				Kind:    kind,
				Officer: pick(h, []string{"li", "wu", "he"}),
				Reason:  both("查明"),
				Outcome: pick(h, []trace.Outcome{trace.CounterfeitConfirmed, trace.FoundGenuine, trace.CannotTell}),
			},
		)
		if h.IntN(2) == 0 {
			return
		}
	}
}

func (h *history) records(u verdict.Unit) *verdict.Records {
	r, err := h.l.Store.Records(context.Background(), u)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

// TestRecordsTellTheLedgersFacts: whatever happens on the ledger, the facts made of
// the read model are what the contract states, byte for byte.
func TestRecordsTellTheLedgersFacts(t *testing.T) {
	taken := map[trace.Transaction]int{}
	for _, seed := range []uint64{1, uint64(time.Now().UnixNano())} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			h := &history{T: t, Rand: rand.New(rand.NewPCG(seed, 0)), l: verifiertest.NewLedger(t), taken: taken}
			h.begin()
			for range 5 {
				for range 40 {
					h.step()
				}
				h.compare()
			}
		})
	}
	for _, name := range []trace.Transaction{trace.Dispatch, trace.Receive, trace.Sell, trace.StartRecall, trace.HoldBatch, trace.Pack, trace.RecordInspection, trace.DecideComplaint} {
		if taken[name] == 0 {
			t.Errorf("no %s was taken: %v", name, taken)
		}
	}
}

func (h *history) compare() {
	for i := range lots {
		for from := int64(0); from < size; from += trace.MaxFacts {
			var ours []trace.Facts
			var request trace.FactsRequest
			for n := range int64(trace.MaxFacts) {
				u := verdict.Unit{GTIN: tea, Lot: fmt.Sprint("L", i), Index: from + n}
				f := facts.Of(h.records(u), u)
				ours, request.Units = append(ours, f), append(request.Units, facts.Asked(f))
			}
			text, err := trace.Marshal(request)
			if err != nil {
				h.Fatal(err)
			}
			theirs, err := h.l.Query(trace.GetFacts, string(text))
			if err != nil {
				h.Fatal(err)
			}
			same, err := trace.Marshal(ours)
			if err != nil {
				h.Fatal(err)
			}
			if !slices.Equal(same, theirs) {
				var all []trace.Facts
				_ = json.Unmarshal(theirs, &all)
				h.Fatalf("the ledger (+) states something else than the records (-): %s", cmp.Diff(ours, all))
			}
		}
	}
}

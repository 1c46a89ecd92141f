package historytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Acts is a ledger that a Story happens on.
type Acts interface {
	Submit(mspID, party string, name trace.Transaction, request any) (trace.Event, error)
	Query(name trace.Query, args ...string) ([]byte, error)
	LastTx() string     // the id of the last transaction that passed
	Pass(time.Duration) // lets time pass
}

// What a Story is about: so many Lots of Tea with so many units each, L0 and those after it.
const (
	Tea  = "06998801000012"
	Lots = 3
	Size = 24
)

// Story makes one up: whatever the contract takes happens, the rest is refused.
type Story struct {
	testing.TB
	*rand.Rand
	L         Acts
	shipments []string
	recalls   []string
	cases     []string
	bookings  []string
	boxes     []string
	Taken     map[trace.Transaction]int
	n         int
}

var parties = map[string]string{
	"platform": trace.PlatformMSP,
	"maker":    trace.ProducerMSP,
	"shop":     trace.PlatformMSP,
	"stall":    trace.PlatformMSP,
	"carrier":  trace.PlatformMSP,
	"lab":      trace.AuditorMSP,
	"auditor":  trace.AuditorMSP,
}

func (h *Story) try(who string, name trace.Transaction, request any) trace.Event {
	h.Helper()
	h.L.Pass(time.Duration(1+h.IntN(1000)) * time.Millisecond)
	e, err := h.L.Submit(parties[who], who, name, request)
	if err == nil {
		h.Taken[name]++
	} else if _, refused := errors.AsType[*trace.Error](err); !refused {
		h.Fatalf("%s: %v", name, err)
	}
	return e
}

func (h *Story) must(who string, name trace.Transaction, request any) {
	h.Helper()
	if e := h.try(who, name, request); e.Type == "" {
		h.Fatalf("%s by %s is refused", name, who)
	}
}

func (h *Story) id(kind string) string { h.n++; return fmt.Sprintf("%s-%04d", kind, h.n) }

func both(text string) trace.Text { return trace.Text{ZhCN: text, En: text} }

// Begin registers everybody, the goods and the Lots.
func (h *Story) Begin(now time.Time) {
	party := func(id string, role trace.Role) {
		p := trace.Party{ID: id, MSP: parties[id], Identity: id, Roles: []trace.Role{role}, Name: both(id), Place: "广州"}
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
		trace.Product{GTIN: Tea, Name: both("茶"), Brand: "试金", Category: "茶叶", ShelfLifeDays: 400},
	)
	h.must(
		"platform",
		trace.RegisterStandard,
		trace.Standard{ID: "STANDARD-1", Version: 1, Name: both("标准"), Category: "茶叶",
			Level: "II", Limits: []trace.ClassLimit{{Class: trace.Critical, AQL: "0.65"}},
			Items: []trace.TestItem{{ID: "lead", Name: both("铅"), Class: trace.Critical}}},
	)
	for i := range Lots {
		h.must(
			"maker",
			trace.RegisterBatch,
			trace.Batch{GTIN: Tea, Lot: fmt.Sprint("L", i), Quantity: Size, UnitsRoot: strings.Repeat("ab", 32),
				ProducedOn: trace.DayOf(now.Add(-24 * time.Hour))},
		)
	}
}

func pick[V any](h *Story, from []V) (v V) {
	if len(from) > 0 {
		v = from[h.IntN(len(from))]
	}
	return v
}

func (h *Story) line() trace.Line {
	from := int64(h.IntN(Size))
	return trace.Line{GTIN: Tea, Lot: fmt.Sprint("L", h.IntN(Lots)), From: from, Count: 1 + h.Int64N(min(6, Size-from))}
}

// Step has something happen, or be refused.
func (h *Story) Step() {
	l := h.line()
	who := pick(h, []string{"maker", "maker", "shop", "stall", "carrier"})
	one, lot := []trace.Line{l}, trace.QualityRequest{GTIN: Tea, Lot: l.Lot, Reason: both("查")}
	unit := trace.FlagRequest{GTIN: Tea, Lot: l.Lot, Index: l.From, Note: "记录", Officer: "li"}
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
			h.bookings = append(h.bookings, h.L.LastTx())
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
			GTIN:        Tea,
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
				GTIN:     Tea,
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
				GTIN:        Tea,
				Lot:         l.Lot,
				BatchChange: trace.BatchChange{Origin: new(fmt.Sprint("云南", h.n)), Reason: "错"},
			},
		)
	}
}

func (h *Story) sscc() string {
	h.n++
	body := fmt.Sprintf("36998801%09d", h.n)
	return body + string(gs1.CheckDigit(body))
}

func (h *Story) complain(l trace.Line) {
	at := h.where(l)
	id := h.id("CASE")
	if at != nil &&
		h.try("platform", trace.OpenComplaint, trace.OpenComplaintRequest{
			ID:           id,
			GTIN:         Tea,
			Lot:          l.Lot,
			Index:        l.From,
			Holder:       at.Holder,
			Container:    at.Container,
			EvidenceHash: strings.Repeat("ef", 32),
		}).Type != "" {
		h.cases = append(h.cases, id)
		for _, who := range []string{"maker", "shop", "stall", "carrier"} {
			h.try(who, trace.AnswerComplaint, trace.StatementRequest{ID: id, EvidenceHash: strings.Repeat("ef", 32)})
		}
	}
}

func (h *Story) decide() {
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

// where gives the place of a line's first unit, as the ledger states it.
func (h *Story) where(l trace.Line) *trace.Place {
	request, err := trace.Marshal(
		trace.FactsRequest{Units: []trace.FactsAsked{{GTIN: l.GTIN, Lot: l.Lot, Index: l.From}}},
	)
	if err != nil {
		h.Fatal(err)
	}
	answer, err := h.L.Query(trace.GetFacts, string(request))
	var all []trace.Facts
	if err := errors.Join(err, json.Unmarshal(answer, &all)); err != nil {
		h.Fatal(err)
	}
	return all[0].Place
}

package projector_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

func party(id string, role trace.Role) *trace.Party {
	return &trace.Party{ID: id, MSP: "M", Identity: id, Roles: []trace.Role{role}, Status: trace.StatusQualified}
}

// noticed is a chain on which everybody is told of something.
func noticed() *chain {
	c := newChain()
	event := func(e trace.Event) {
		e.At = began
		c.add(tx{function: trace.Sell, event: &e})
	}
	for id, role := range map[string]trace.Role{"platform": trace.RolePlatform, "maker": trace.RoleProducer, "shop": trace.RoleSeller, "stall": trace.RoleSeller} {
		event(trace.Event{Type: trace.EventPartyRegistered, By: "platform", Party: party(id, role)})
	}
	units := trace.Line{GTIN: "g", Lot: "l", Count: 10}
	b := trace.Batch{GTIN: "g", Lot: "l", Quantity: 10, UnitsRoot: "00", Producer: "maker", RegisteredAt: began}
	made := trace.Place{Holder: "maker", State: trace.Held}
	event(
		trace.Event{
			Type:  trace.EventBatchRegistered,
			By:    "maker",
			Batch: &b,
			Moves: []trace.Move{{Line: units, Target: made}},
		},
	)
	s := trace.Shipment{ID: "SHIP-1", From: "maker", To: "shop", DispatchedAt: began}
	event(
		trace.Event{
			Type:     trace.EventDispatched,
			By:       "maker",
			Shipment: &s,
			Moves: []trace.Move{{Line: trace.Line{GTIN: "g", Lot: "l", Count: 4},
				Source: made, Target: trace.Place{Holder: "SHIP-1", State: trace.InTransit}}},
		},
	)
	event(
		trace.Event{
			Type:       trace.EventInspected,
			By:         "lab",
			Inspection: &trace.Inspection{ID: "INSP-1", GTIN: "g", Lot: "l"},
		},
	)
	event(
		trace.Event{
			Type:   trace.EventRecalled,
			By:     "platform",
			Recall: &trace.Recall{ID: "RECALL-1", GTIN: "g", At: began},
			Lines:  []trace.Line{units},
		},
	)
	complaint := trace.Complaint{
		ID:         "CASE-1",
		Respondent: "stall",
		Status:     trace.ComplaintOpen,
		OpenedAt:   began,
		AnswerBy:   began,
	}
	event(trace.Event{Type: trace.EventComplaintOpened, By: "platform", Complaint: &complaint})
	event(trace.Event{Type: trace.EventComplaintAnswered, By: "stall", Complaint: &complaint})
	flag := trace.UnitFlag{GTIN: "g", Lot: "l", Index: 2, Rulings: []trace.FlagRuling{{Copied: true, By: "platform"}}}
	event(trace.Event{Type: trace.EventUnitFlagged, By: "platform", Flag: &flag})
	event(trace.Event{Type: trace.EventApplied, By: "stall", Party: party("stall", trace.RoleSeller)})
	event(trace.Event{Type: trace.EventPartyStatus, By: "platform", Party: party("stall", trace.RoleSeller)})
	event(trace.Event{Type: trace.EventPartyUpdated, By: "platform", Party: party("stall", trace.RoleSeller)})
	return c
}

func inboxes(t *testing.T, s *store.Store) map[string][]string {
	t.Helper()
	told := map[string][]string{}
	for _, p := range []string{"platform", "maker", "shop", "stall"} {
		list, err := s.Notices(t.Context(), record.NoticeFilter{Party: p}, record.Paging{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range list.Items {
			told[p] = append(told[p], string(n.Kind)+" "+n.Subject)
		}
	}
	return told
}

// TestWhoIsTold: and that a rebuild from block 0 tells nobody again, webhooks
// that were made meanwhile included.
func TestWhoIsTold(t *testing.T) {
	url, c := databasetest.URL(t), noticed()
	s, inbox := storetest.As(t, url, database.Projector), storetest.As(t, url, database.Gateway)
	want := map[string][]string{
		"platform": {"standing stall", "complaint CASE-1"},
		"maker":    {"clone g/l/2", "recall RECALL-1", "inspection INSP-1"},
		"shop":     {"recall RECALL-1", "shipment SHIP-1"},
		"stall":    {"standing stall", "complaint CASE-1"},
	}
	for range 2 {
		rebuild(t, s, c.blocks)
		if diff := cmp.Diff(want, inboxes(t, inbox)); diff != "" {
			t.Error(diff)
		}
		if ok, err := inbox.AddWebhook(
			t.Context(),
			record.Webhook{
				ID:     txID(len(want)),
				Party:  "shop",
				URL:    "https://shop.example",
				Events: []record.NoticeKind{},
				Secret: []byte{1},
			},
			"shop",
		); err != nil &&
			!database.IsUnique(err) {
			t.Fatal(ok, err)
		}
	}
	if due, err := inbox.ClaimDeliveries(t.Context(), 10, 10, nil); len(due) > 0 || err != nil {
		t.Errorf("a rebuild sends again: %+v %v", due, err)
	}
	more := trace.Shipment{ID: "SHIP-2", From: "maker", To: "shop", DispatchedAt: began}
	c.add(
		tx{
			function: trace.Dispatch,
			event:    &trace.Event{Type: trace.EventDispatched, At: began, By: "maker", Shipment: &more},
		},
	)
	rebuild(t, s, c.blocks)
	due, err := inbox.ClaimDeliveries(t.Context(), 10, 10, nil)
	if err != nil || len(due) != 1 || due[0].Notice.Subject != "SHIP-2" || due[0].Tries != 1 {
		t.Errorf("what is new: %+v %v", due, err)
	}
	if again, _ := inbox.ClaimDeliveries(t.Context(), 10, 10, nil); len(again) > 0 {
		t.Error("claimed twice within the lease")
	}
}

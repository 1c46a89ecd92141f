package quality

import (
	"context"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

type house struct {
	Store
	quality  trace.Quality
	producer *string
}

func (h *house) Quality(context.Context, string, string) (trace.Quality, bool, error) {
	return h.quality, true, nil
}

func (h *house) AwaitingInspection(
	_ context.Context, producer string, _ trace.Date, _ record.Paging,
) (record.Page[record.Batch], error) {
	h.producer = &producer
	return record.Page[record.Batch]{}, nil
}

// Goods that were made before they were registered are labelled once an inspector has said what they are.
func TestStated(t *testing.T) {
	accepted := trace.Quality{Inspection: "I-1", Accepted: true}
	held := trace.Quality{Inspection: "I-1", Accepted: true, Holds: []trace.Hold{{By: "lab"}}}
	for name, x := range map[string]struct {
		legacy  bool
		quality trace.Quality
		ok      bool
	}{"made now": {false, trace.Quality{}, true}, "of before, not looked at": {true, trace.Quality{}, false},
		"of before, accepted": {true, accepted, true}, "of before, on hold": {true, held, false}} {
		s := &Service{Store: &house{quality: x.quality}}
		if err := s.Stated(t.Context(), trace.Batch{Lot: "A", Legacy: x.legacy}); (err == nil) != x.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who inspects or supervises sees all that waits, others their own.
func TestAwaitingInspection(t *testing.T) {
	for role, want := range map[trace.Role]string{trace.RoleInspector: "", trace.RolePlatform: "", trace.RoleAuditor: "", trace.RoleProducer: "me", trace.RoleSeller: "me"} {
		w, _ := servicetest.Writer()
		h := &house{}
		_, err := (&Service{Writer: w, Store: h}).AwaitingInspection(
			t.Context(), service.Caller{Party: "me", Role: role}, record.Paging{},
		)
		if err != nil || h.producer == nil || *h.producer != want {
			t.Errorf("%s: asked for %v, want %q", role, h.producer, want)
		}
	}
}

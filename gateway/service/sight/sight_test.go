package sight

import (
	"context"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

const (
	gtin = "06998801000012"
	sscc = "369988010000000013"
)

// house has one of each: a batch of maker's that shop has had, a shipment from maker to shop,
// a case between them, a container of shop's and a transaction of maker's.
type house struct{ Store }

func (house) Batch(_ context.Context, g, lot string) (record.Batch, bool, error) {
	return record.Batch{Batch: trace.Batch{GTIN: g, Lot: lot, Producer: "maker"}}, g == gtin && lot == "L/1", nil
}

func (house) BatchSeenBy(_ context.Context, party, _, _ string) (bool, error) {
	return party == "maker" || party == "shop", nil
}

func (house) LotsAlike(_ context.Context, _, lot string) ([]string, error) {
	return map[string][]string{"l/1": {"L/1"}, "0": {"O", "o"}}[lot], nil
}

func (house) Shipment(_ context.Context, id string) (trace.Shipment, bool, error) {
	return trace.Shipment{ID: id, From: "maker", To: "shop"}, id == "S1", nil
}

func (house) Case(_ context.Context, id string) (trace.Case, bool, error) {
	return trace.Case{ID: id, Opener: "shop", With: "maker"}, id == "C1", nil
}

func (house) Container(_ context.Context, party, code string) (trace.Container, bool, error) {
	return trace.Container{SSCC: code}, party == "" || party == "shop", nil
}

func (house) Transaction(_ context.Context, id string) (record.Transaction, bool, error) {
	return record.Transaction{TxID: id, Party: "maker"}, id == "T1", nil
}

func caller(party string) service.Caller {
	return service.Caller{
		Party: party,
		Role: map[string]trace.Role{"maker": trace.RoleProducer, "shop": trace.RoleSeller, "rival": trace.RoleProducer,
			"lab": trace.RoleInspector, "platform": trace.RolePlatform, "auditor": trace.RoleAuditor}[party],
	}
}

// Everything is given to those whom it concerns and to those who see all, and is
// not there for anybody else, in the words in which it would not be there at all.
func TestWhoSeesWhat(t *testing.T) {
	s := &Service{Store: house{}}
	for what, x := range map[string]struct {
		see     func(service.Caller, bool) error
		names   service.Names
		seen    []string
		unknown trace.Code
	}{
		"batch": {func(c service.Caller, is bool) error {
			_, err := s.Batch(t.Context(), c, gtin, pick(is, "L/1", "none"))
			return err
		}, service.Names{}, []string{"maker", "shop", "platform", "auditor"}, trace.BatchUnknown},
		"batch to be tested": {func(c service.Caller, is bool) error {
			_, err := s.TestedBatch(t.Context(), c, gtin, pick(is, "L/1", "none"))
			return err
		}, service.Names{Lines: []trace.Line{{GTIN: gtin, Lot: "L/1", Count: 1}}}, []string{"maker", "shop", "lab", "platform", "auditor"}, trace.BatchUnknown},
		"own batch": {func(c service.Caller, is bool) error {
			_, err := s.OwnBatch(t.Context(), c, gtin, pick(is, "L/1", "none"))
			return err
		}, service.Names{}, []string{"maker"}, trace.BatchUnknown},
		"shipment": {func(c service.Caller, is bool) error {
			_, err := s.Shipment(t.Context(), c, pick(is, "S1", "S2"))
			return err
		}, service.Names{Shipment: "S1"}, []string{"maker", "shop", "platform", "auditor"}, trace.ShipmentUnknown},
		"case": {func(c service.Caller, is bool) error {
			_, err := s.Case(t.Context(), c, pick(is, "C1", "C2"))
			return err
		}, service.Names{Case: "C1"}, []string{"maker", "shop", "platform", "auditor"}, trace.CaseUnknown},
		"container": {func(c service.Caller, _ bool) error {
			_, err := s.Container(t.Context(), c, sscc)
			return err
		}, service.Names{Containers: []string{sscc}, ContainersField: "containers"}, []string{"shop", "platform", "auditor"}, trace.ContainerUnknown},
		"transaction": {func(c service.Caller, is bool) error {
			_, err := s.Transaction(t.Context(), c, pick(is, "T1", "T2"))
			return err
		}, service.Names{TxID: "T1"}, []string{"maker", "platform", "auditor"}, service.TransactionUnknown},
	} {
		for _, party := range []string{"maker", "shop", "rival", "lab", "platform", "auditor"} {
			want := trace.Code("")
			if !slices.Contains(x.seen, party) {
				want = x.unknown
			}
			if got := trace.CodeOf(x.see(caller(party), true)); got != want {
				t.Errorf("%s of %s: %q, want %q", what, party, got, want)
			}
			if what != "container" && trace.CodeOf(x.see(caller(party), false)) != x.unknown {
				t.Errorf("%s that is not there, of %s", what, party)
			}
			if len(x.names.Lines)+len(x.names.Containers) > 0 || x.names.Shipment+x.names.Case+x.names.TxID != "" {
				if got := trace.CodeOf(s.MayName(t.Context(), caller(party), x.names)); got != want {
					t.Errorf("%s named by %s: %q, want %q", what, party, got, want)
				}
			}
		}
	}
}

// A lot is found as it was carried: escaped, or in other letters where one batch can be meant.
func TestBatchLike(t *testing.T) {
	s := &Service{Store: house{}}
	for lot, want := range map[string]bool{"L/1": true, "L%2F1": true, "l/1": true, "l%2F1": true, "0": false, "none": false} {
		b, ok, err := s.BatchLike(t.Context(), gtin, lot)
		if err != nil || ok != want || ok && b.Lot != "L/1" {
			t.Errorf("%s: %v %v %v", lot, b.Lot, ok, err)
		}
	}
}

func pick(is bool, a, b string) string {
	if is {
		return a
	}
	return b
}

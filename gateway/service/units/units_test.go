package units

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// shelf keeps one batch's listed serials.
type shelf struct {
	serials []string
	batch   trace.Batch
	read    []record.LabelsMade
	audited *servicetest.Ledger
	early   bool
}

func (k *shelf) Serials(_ context.Context, _ [32]byte, from, count int64) ([]string, error) {
	return k.serials[from:min(from+count, int64(len(k.serials)))], nil
}

func (k *shelf) SerialIndex(_ context.Context, _ [32]byte, serial string) (int64, bool, error) {
	i := slices.Index(k.serials, serial)
	return int64(i), i >= 0, nil
}

func (k *shelf) SerialsTaken(_ context.Context, _, _ string, read []string) (map[string]string, error) {
	return map[string]string{read[0]: "OTHER"}, nil
}

func (k *shelf) SerialsEnding(_ context.Context, _ [32]byte, ending string, from, count int64) (at []int64, err error) {
	for i := from; i < from+count; i++ {
		if strings.HasSuffix(k.serials[i], ending) {
			at = append(at, i)
		}
	}
	return at, nil
}

func (k *shelf) LabelsMade(_ context.Context, _ []trace.Line, how record.LabelsMade) (*trace.Line, error) {
	k.early = k.early || len(k.audited.Audited) == 0
	k.read = append(k.read, how)
	return nil, nil
}

func (k *shelf) OwnBatch(_ context.Context, c service.Caller, _, _ string) (trace.Batch, error) {
	if c.Party != "maker" {
		return trace.Batch{}, &trace.Error{Code: trace.BatchUnknown, Field: "lot"}
	}
	return k.batch, nil
}

func room(t *testing.T, listed ...string) (*Service, *shelf) {
	t.Helper()
	keys, err := seal.NewKeyring(seal.Epoch{Number: 1, MasterKey: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	w, ledger := servicetest.Writer()
	k := &shelf{
		serials: listed,
		audited: ledger,
		batch: trace.Batch{GTIN: "06998801000012", Lot: "A", Quantity: 40, KeyEpoch: 1, Producer: "maker",
			UnitsRoot: hex.EncodeToString(make([]byte, 32))},
	}
	if k.batch.Listed = len(listed) > 0; k.batch.Listed {
		k.batch.Quantity = int64(len(listed))
	}
	return &Service{Writer: w, Store: k, Sight: k, Keys: keys, URIBase: "https://t.example"}, k
}

// A serial leads back to its unit, derived or listed, whole or by its end.
func TestASerialLeadsToItsUnit(t *testing.T) {
	for name, listed := range map[string][]string{"derived": nil, "listed": {"AB-000001", "AB-000002", "ZZ-900000"}} {
		s, k := room(t, listed...)
		for i := range k.batch.Quantity {
			serial, err := s.SerialIn(t.Context(), k.batch, i)
			if err != nil {
				t.Fatal(err)
			}
			if at, ok, err := s.IndexOf(t.Context(), k.batch, serial); at != i || !ok || err != nil {
				t.Errorf("%s: %s is %d %v %v, want %d", name, serial, at, ok, err, i)
			}
			ending := serial[len(serial)-6:]
			found, err := s.EndingsIn(t.Context(), k.batch, trace.Line{From: i, Count: 1}, []string{ending})
			if err != nil || !slices.Equal(found[ending], []int64{i}) {
				t.Errorf("%s: %s ends %v %v", name, ending, found, err)
			}
		}
		if _, ok, err := s.IndexOf(t.Context(), k.batch, "NOBODYS"); ok || err != nil {
			t.Errorf("%s: an unknown serial: %v %v", name, ok, err)
		}
	}
}

// A unit beyond the batch's quantity is none of it, though its tag is right.
func TestAUnitBeyondTheBatchIsNone(t *testing.T) {
	s, k := room(t)
	last, err := s.SerialIn(t.Context(), k.batch, k.batch.Quantity-1)
	if err != nil {
		t.Fatal(err)
	}
	k.batch.Quantity--
	if _, ok, _ := s.IndexOf(t.Context(), k.batch, last); ok {
		t.Error("found")
	}
}

// PINs are told to the producer alone, and are in the audit log before they are told.
func TestUnitsAreAuditedBeforeTheyAreTold(t *testing.T) {
	s, k := room(t)
	maker := service.Caller{Party: "maker"}
	units, err := s.Units(t.Context(), maker, k.batch.GTIN, "A", 35, 100)
	if err != nil || len(units) != 5 || units[0].Index != 35 || units[0].PIN == "" ||
		!strings.HasPrefix(units[0].URI, "HTTPS://T.EXAMPLE/01/06998801000012/10/A/21/") {
		t.Errorf("%+v %v", units, err)
	}
	if len(k.audited.Audited) != 1 || k.early || !slices.Equal(k.read, []record.LabelsMade{record.PINsRead}) {
		t.Errorf("audited %d times, noted %v", len(k.audited.Audited), k.read)
	}
	for name, x := range map[string]struct {
		party       string
		from, count int64
		code        trace.Code
	}{"another's": {"shop", 0, 1, trace.BatchUnknown}, "none": {"maker", 0, 0, trace.LineOutOfRange}, "beyond": {"maker", 41, 1, trace.LineOutOfRange},
		"before": {"maker", -1, 1, trace.LineOutOfRange}, "too many": {"maker", 0, MaxUnitPage + 1, trace.LineOutOfRange}} {
		if _, err := s.Units(
			t.Context(), service.Caller{Party: x.party}, k.batch.GTIN, "A", x.from, x.count,
		); trace.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(k.audited.Audited) != 1 {
		t.Errorf("a refused read is in the log")
	}
}

// A serial counts as taken however it is spelt, and is told as it was given.
func TestTakenTellsTheSerialAsItWasGiven(t *testing.T) {
	s, k := room(t)
	taken, err := s.Taken(t.Context(), k.batch, []string{"ab-0o1"})
	if err != nil || taken["ab-0o1"] != "OTHER" {
		t.Errorf("%v %v", taken, err)
	}
}

package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func batchWith(change func(*trace.Batch)) trace.Batch { return with(batch(tea, "NEW", 10), change) }

var batchRefusals = []refusal{
	{
		"of an unknown product",
		maker,
		trace.RegisterBatch,
		batch(gtin(makerPrefix, 8), "NEW", 1),
		trace.ProductUnknown,
		"gtin",
	},
	{
		"of the rival's product",
		maker,
		trace.RegisterBatch,
		batch(gtin(rivalPrefix, 1), "NEW", 1),
		trace.PrefixNotOwned,
		"gtin",
	},
	{"a second time", maker, trace.RegisterBatch, batch(tea, "A", 100), trace.BatchExists, "lot"},
	{
		"for the rival",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.Producer = "rival" }),
		trace.NotAllowed,
		"producer",
	},
	{
		"with a status",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.Status = trace.BatchRegistered }),
		trace.FieldInvalid,
		"status",
	},
	{
		"with its own time",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.RegisteredAt = noon }),
		trace.FieldInvalid,
		"registeredAt",
	},
	{"of nothing", maker, trace.RegisterBatch, batch(tea, "NEW", 0), trace.QuantityInvalid, "quantity"},
	{"of too much", maker, trace.RegisterBatch, batch(tea, "NEW", trace.MaxIndex+1), trace.QuantityInvalid, "quantity"},
	{"without a lot", maker, trace.RegisterBatch, batch(tea, "", 1), trace.LotInvalid, "lot"},
	{"with a long lot", maker, trace.RegisterBatch, batch(tea, strings.Repeat("L", 21), 1), trace.LotInvalid, "lot"},
	{"with a lot in Chinese", maker, trace.RegisterBatch, batch(tea, "一批", 1), trace.LotInvalid, "lot"},
	{
		"without a root",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.UnitsRoot = "" }),
		trace.UnitsRootInvalid,
		"unitsRoot",
	},
	{
		"produced tomorrow",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.ProducedOn = "2026-10-03" }),
		trace.DateInvalid,
		"producedOn",
	},
	{
		"produced in the year 1026",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.ProducedOn = "1026-10-02" }),
		trace.DateInvalid,
		"producedOn",
	},
	{
		"for ever",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.ExpiresOn = "9999-12-31" }),
		trace.DateInvalid,
		"expiresOn",
	},
	{
		"for a century",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.ExpiresOn = "2199-12-31" }),
		trace.DateInvalid,
		"expiresOn",
	},
	{
		"a lot of dots",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.Lot = ".." }),
		trace.LotInvalid,
		"lot",
	},
	{
		"expired when made",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.ExpiresOn = b.ProducedOn }),
		trace.DateInvalid,
		"expiresOn",
	},
	{
		"with an odd document",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.Documents = []trace.Document{{Kind: "coa", Hash: "x"}} }),
		trace.FieldInvalid,
		"documents.hash",
	},

	{"unknown", platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "NONE"}, trace.BatchUnknown, "lot"},
	{
		"that does not wait",
		platform,
		trace.ApproveBatch,
		trace.BatchRequest{GTIN: tea, Lot: "A"},
		trace.BatchNotAwaiting,
		"lot",
	},
	{"by its producer", maker, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"}, trace.RoleMissing, ""},
}

func TestRegisterBatch(t *testing.T) {
	l := newMarket(t)
	b := batchWith(func(b *trace.Batch) {
		b.ExpiresOn, b.Origin, b.Line, b.KeyEpoch = "2027-10-01", "杭州", "2", 3
		b.Documents = []trace.Document{{Kind: "coa", Hash: tree.root}}
	})
	e := l.must(maker, trace.RegisterBatch, b)
	b.Producer, b.Status, b.RegisteredAt = "maker", trace.BatchRegistered, noon
	want := trace.Event{
		Type:  trace.EventBatchRegistered,
		At:    noon,
		By:    "maker",
		Batch: &b,
		Lines: lines(line("NEW", 0, 10)),
		Moves: []trace.Move{{Line: line("NEW", 0, 10), Target: held("maker")}},
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	stored, err := query[trace.Batch](l, shop, trace.GetBatch, tea, "NEW")
	if diff := cmp.Diff(b, stored); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	checkHoldings(t, l, "NEW", trace.Holding{Holder: "maker", State: trace.Held, Count: 10})
}

func checkHoldings(t *testing.T, l *ledger, lot string, want ...trace.Holding) {
	t.Helper()
	got, err := query[[]trace.Holding](l, auditor, trace.GetHoldings, tea, lot)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("holdings of %s: %s %v", lot, diff, err)
	}
}

// TestSecondApproval: a batch over the quota stays where it is until the
// platform approves it.
func TestSecondApproval(t *testing.T) {
	l := newMarket(t)
	one := lines(line("BIG", 0, 1))
	leaving := map[trace.Transaction]any{
		trace.Dispatch:     trace.DispatchRequest{ID: "BIG-01", To: "shop", Lines: one},
		trace.Sell:         trace.SellRequest{Lines: lines(line("BIG", 1, 1))},
		trace.Decommission: trace.DecommissionRequest{Lines: lines(line("BIG", 2, 1)), Reason: trace.ReasonExported},
	}
	for tx, request := range leaving {
		if _, err := l.submit(maker, tx, request); trace.CodeOf(err) != trace.BatchUnapproved {
			t.Errorf("%s: %v", tx, err)
		}
	}
	l.must(
		maker,
		trace.Decommission,
		trace.DecommissionRequest{Lines: lines(line("BIG", 3, 1)), Reason: trace.ReasonDestroyed},
	)
	e := l.must(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"})
	if e.Type != trace.EventBatchApproved || e.Batch.Status != trace.BatchRegistered || len(e.Moves) > 0 {
		t.Errorf("event %+v", e)
	}
	for tx, request := range leaving {
		l.must(maker, tx, request)
	}
}

package contract

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func retelling(change func(*trace.CorrectProductRequest)) trace.CorrectProductRequest {
	name := trace.Text{ZhCN: "龙井", En: "Longjing"}
	return with(trace.CorrectProductRequest{GTIN: tea, Name: &name, Reason: "名称录错"}, change)
}

func redating(lot string, change func(*trace.CorrectBatchRequest)) trace.CorrectBatchRequest {
	day := trace.Date("2026-09-30")
	return with(
		trace.CorrectBatchRequest{
			GTIN:        tea,
			Lot:         lot,
			BatchChange: trace.BatchChange{ProducedOn: &day, Reason: "日期录错"},
		},
		change,
	)
}

func voiding(lot string, from, count int64) trace.VoidUnitsRequest {
	return trace.VoidUnitsRequest{Line: line(lot, from, count), Reason: "数量录多"}
}

func amending(id string, lines ...trace.ReceiptLine) trace.AmendReceiptRequest {
	return trace.AmendReceiptRequest{ID: id, Lines: lines, Reason: "点错"}
}

var correctionRefusals = []refusal{
	{
		"of nothing",
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { r.Name = nil }),
		trace.NothingToCorrect,
		"",
	},
	{
		"to what it is",
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { n := product(tea).Name; r.Name = &n }),
		trace.NothingToCorrect,
		"",
	},
	{
		"without a reason",
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { r.Reason = " " }),
		trace.FieldInvalid,
		"reason",
	},
	{
		"of another's",
		rival,
		trace.CorrectProduct,
		retelling(func(*trace.CorrectProductRequest) {}),
		trace.NotAllowed,
		"gtin",
	},
	{
		"to no name",
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { r.Name = &trace.Text{} }),
		trace.NameMissing,
		"name.zh-CN",
	},
	{
		"out of what it is inspected by",
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { c := "杂货"; r.GTIN, r.Category = strict, &c }),
		trace.NotAllowed,
		"category",
	},

	{
		"of nothing",
		maker,
		trace.CorrectBatch,
		redating("TREE", func(r *trace.CorrectBatchRequest) { r.ProducedOn = nil }),
		trace.NothingToCorrect,
		"",
	},
	{
		"of another's",
		rival,
		trace.CorrectBatch,
		redating("TREE", func(*trace.CorrectBatchRequest) {}),
		trace.NotAllowed,
		"lot",
	},
	{
		"to a day that is not yet",
		maker,
		trace.CorrectBatch,
		redating("TREE", func(r *trace.CorrectBatchRequest) { d := trace.Date("2026-12-01"); r.ProducedOn = &d }),
		trace.DateInvalid,
		"producedOn",
	},
	{
		"that nobody asked for",
		platform,
		trace.DecideCorrection,
		trace.DecideCorrectionRequest{GTIN: tea, Lot: "TREE", Approve: true},
		trace.CorrectionUnknown,
		"lot",
	},
	{
		"without a note",
		platform,
		trace.DecideCorrection,
		trace.DecideCorrectionRequest{GTIN: tea, Lot: "TREE"},
		trace.FieldInvalid,
		"note",
	},

	{"of another's units", rival, trace.VoidUnits, voiding("TREE", 0, 1), trace.NotAllowed, "lot"},
	{"of units that were sent", maker, trace.VoidUnits, voiding("A", 0, 1), trace.NotHolder, "lines"},
	{
		"without a reason",
		maker,
		trace.VoidUnits,
		trace.VoidUnitsRequest{Line: line("TREE", 0, 1)},
		trace.FieldInvalid,
		"reason",
	},

	{
		"of a received shipment",
		maker,
		trace.CancelShipment,
		trace.CancelShipmentRequest{ID: "SHIP-1", Reason: "发错"},
		trace.ShipmentReceived,
		"id",
	},
	{
		"by its receiver",
		shop,
		trace.CancelShipment,
		trace.CancelShipmentRequest{ID: "SHIP-2", Reason: "发错"},
		trace.NotAllowed,
		"id",
	},

	{
		"of nothing received",
		shop,
		trace.AmendReceipt,
		amending("SHIP-2", got(trace.Damaged, "A", 40, 1)),
		trace.ShipmentOpen,
		"id",
	},
	{
		"by a stranger",
		stall,
		trace.AmendReceipt,
		amending("SHIP-1", got(trace.Damaged, "A", 10, 1)),
		trace.NotAllowed,
		"id",
	},
	{
		"of other units",
		shop,
		trace.AmendReceipt,
		amending("SHIP-1", got(trace.Damaged, "A", 39, 2)),
		trace.NotReceived,
		"lines",
	},
	{
		"that nobody proposed",
		maker,
		trace.AnswerAmendment,
		trace.AnswerAmendmentRequest{ID: "SHIP-1", Accept: true},
		trace.AmendmentUnknown,
		"id",
	},

	{"of no booking", shop, trace.Undo, trace.UndoRequest{TxID: "tx-none", Reason: "错"}, trace.BookingUnknown, "txId"},
	{"of no transaction", shop, trace.Undo, trace.UndoRequest{TxID: "../x", Reason: "错"}, trace.FieldInvalid, "txId"},
}

// TestNoCategoryIsAWayOut: goods are not moved to where expired ones may be given
// away, except by the platform.
func TestNoCategoryIsAWayOut(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.SetCustodyTerms, with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) {
		x.Expired = []trace.ExpiredPolicy{{Category: "饮料", Disposal: true}}
	}))
	to := func(category string) trace.CorrectProductRequest {
		return retelling(func(r *trace.CorrectProductRequest) { r.Category = &category })
	}
	if _, err := l.submit(maker, trace.CorrectProduct, to("饮料")); trace.CodeOf(err) != trace.NotAllowed {
		t.Errorf("by the owner: %v", err)
	}
	l.fork(t).must(maker, trace.CorrectProduct, to("杂货"))
	l.must(platform, trace.CorrectProduct, to("饮料"))
}

// TestCorrectProduct keeps what was, what is, why and who.
func TestCorrectProduct(t *testing.T) {
	l := newMarket(t)
	e := l.must(
		maker,
		trace.CorrectProduct,
		retelling(func(r *trace.CorrectProductRequest) { s := "100 g"; r.Specification = &s }),
	)
	want := []trace.Correction{
		{Field: "name", Before: "绿茶 / Green tea", After: "龙井 / Longjing", Reason: "名称录错", By: "maker", At: noon},
		{Field: "specification", After: "100 g", Reason: "名称录错", By: "maker", At: noon},
	}
	if diff := cmp.Diff(want, e.Product.Corrections); diff != "" || e.Product.Name.ZhCN != "龙井" {
		t.Error(diff)
	}
	category := "杂货"
	l.must(
		platform,
		trace.CorrectProduct,
		trace.CorrectProductRequest{GTIN: strict, Category: &category, Reason: "类目录错"},
	)
}

// TestCorrectBatch: alone as long as nothing has left and nothing stands against
// the goods, and with the platform's approval from then on.
func TestCorrectBatch(t *testing.T) {
	start := newMarket(t)
	start.must(
		maker, trace.RegisterBatch, with(batch(tea, "OLD", 5), func(b *trace.Batch) { b.ExpiresOn = "2026-10-02" }),
	)
	start.must(maker, trace.RegisterBatch, batch(tea, "SENT", 5))
	later := trace.Date("2028-10-02")
	lasting := func(r *trace.CorrectBatchRequest) { r.ExpiresOn = &later }
	for name, test := range map[string]struct {
		before func(*ledger)
		lot    string
		by     identity
		direct bool
	}{
		"nothing has left":                {nil, "TREE", maker, true},
		"some were sent":                  {nil, "A", maker, false},
		"some were sent, by the platform": {nil, "A", platform, true},
		"it is recalled":                  {nil, "R", maker, false},
		"it has expired":                  {func(l *ledger) { l.sleep(48 * time.Hour) }, "OLD", maker, false},
		"it has not expired yet":          {nil, "OLD", maker, true},
		"it is on hold": {func(l *ledger) {
			l.must(auditor, trace.HoldBatch, trace.QualityRequest{GTIN: tea, Lot: "TREE", Reason: reasons})
		}, "TREE", maker, false},
		"it was sent behind a lot that was sent before": {func(l *ledger) {
			l.must(maker, trace.Dispatch, send("shop", line("A", 50, 1), line("SENT", 0, 1)))
		}, "SENT", maker, false},
		"it was sent and taken back": {func(l *ledger) {
			l.must(maker, trace.Dispatch, send("shop", line("SENT", 0, 1)))
			l.must(maker, trace.CancelShipment, trace.CancelShipmentRequest{ID: "SHIP-NEW", Reason: "发错"})
		}, "SENT", maker, false},
	} {
		l := start.fork(t)
		if test.before != nil {
			test.before(l)
		}
		e := l.must(test.by, trace.CorrectBatch, redating(test.lot, lasting))
		if test.direct != (e.Type == trace.EventBatchCorrected && e.Batch.ExpiresOn == later && len(e.Batch.Corrections) == 2) {
			t.Errorf("%s: %+v", name, e.Batch)
		}
		if test.direct {
			continue
		}
		if e.Batch.ExpiresOn == later || e.Batch.Correcting == nil {
			t.Errorf("%s: a correction that waits counts already: %+v", name, e.Batch)
		}
		if _, err := l.submit(maker, trace.CorrectBatch, redating(test.lot, lasting)); trace.CodeOf(
			err,
		) != trace.CorrectionWaits {
			t.Errorf("%s: a second one: %v", name, err)
		}
		refused := l.fork(t).
			must(platform, trace.DecideCorrection, trace.DecideCorrectionRequest{GTIN: tea, Lot: test.lot, Note: "证据不足"})
		if refused.Batch.Correcting != nil || refused.Batch.ExpiresOn == later {
			t.Errorf("%s: refused: %+v", name, refused.Batch)
		}
		approved := l.must(
			platform,
			trace.DecideCorrection,
			trace.DecideCorrectionRequest{GTIN: tea, Lot: test.lot, Approve: true},
		)
		if c := approved.Batch.Corrections; len(c) != 2 || c[0].By != "maker" || c[0].ApprovedBy != "platform" ||
			approved.Batch.ExpiresOn != later {
			t.Errorf("%s: approved: %+v", name, approved.Batch)
		}
	}
}

// TestVoidUnits: they count as removed, and can be neither sold nor sent.
func TestVoidUnits(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.VoidUnits, voiding("TREE", 1, 2))
	checkHoldings(t, l, "TREE",
		trace.Holding{Holder: "maker", State: trace.Held, Count: 1},
		trace.Holding{Holder: "maker", State: trace.Removed, Reason: trace.ReasonVoided, From: 1, Count: 2})
	if _, err := l.submit(maker, trace.Sell, selling(line("TREE", 2, 1))); trace.CodeOf(err) != trace.NotHolder {
		t.Error(err)
	}
}

// TestCancelShipment: everything is the sender's again, closed boxes closed.
func TestCancelShipment(t *testing.T) {
	l := newMarket(t)
	l.must(
		maker,
		trace.Dispatch,
		with(shipping("shop", pallet), func(r *trace.DispatchRequest) { r.Lines = lines(line("A", 60, 5)) }),
	)
	cancel := trace.CancelShipmentRequest{ID: "SHIP-NEW", Reason: "发错"}
	e := l.must(maker, trace.CancelShipment, cancel)
	if e.Shipment.StateAt(noon) != trace.ShipmentCancelled || e.Containers[0].Holder != "maker" ||
		!e.Containers[0].UnpackedAt.IsZero() {
		t.Errorf("event %+v", e)
	}
	for name, a := range map[string]act{
		"received":  {shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NEW"}, 0},
		"closed":    {shop, trace.CloseShipment, trace.CloseShipmentRequest{ID: "SHIP-NEW"}, 0},
		"cancelled": {maker, trace.CancelShipment, cancel, 0},
	} {
		if err := l.play([]act{a}); trace.CodeOf(err) != trace.ShipmentTakenBack {
			t.Errorf("%s again: %v", name, err)
		}
	}
	l.must(
		maker,
		trace.Dispatch,
		with(shipping("stall", pallet), func(r *trace.DispatchRequest) { r.ID = "SHIP-AGAIN" }),
	)
}

// TestAmendReceipt: within a day and by consent of both.
func TestAmendReceipt(t *testing.T) {
	l := newMarket(t)
	l.must(
		shop,
		trace.Receive,
		with(
			receipt(got(trace.Good, "A", 40, 5), got(trace.Damaged, "A", 45, 2)),
			func(r *trace.ReceiveRequest) { r.Close = true },
		),
	)
	propose := amending(
		"SHIP-2", got(trace.Damaged, "A", 40, 1), got(trace.Good, "A", 45, 1), got(trace.Good, "A", 47, 1),
		got(trace.Missing, "A", 41, 1),
	)
	agree := trace.AnswerAmendmentRequest{ID: "SHIP-2", Accept: true}
	for name, test := range map[string]struct {
		steps []act
		code  trace.Code
	}{
		"agreed":             {[]act{{shop, trace.AmendReceipt, propose, time.Hour}, {maker, trace.AnswerAmendment, agree, time.Hour}}, ""},
		"from the sender":    {[]act{{maker, trace.AmendReceipt, propose, time.Hour}, {shop, trace.AnswerAmendment, agree, time.Hour}}, ""},
		"refused":            {[]act{{shop, trace.AmendReceipt, propose, 0}, {maker, trace.AnswerAmendment, trace.AnswerAmendmentRequest{ID: "SHIP-2", Note: "不符"}, 0}}, ""},
		"by one side alone":  {[]act{{shop, trace.AmendReceipt, propose, 0}, {shop, trace.AnswerAmendment, agree, 0}}, trace.NotAllowed},
		"twice at a time":    {[]act{{shop, trace.AmendReceipt, propose, 0}, {maker, trace.AmendReceipt, propose, 0}}, trace.AmendmentWaits},
		"proposed too late":  {[]act{{shop, trace.AmendReceipt, propose, 25 * time.Hour}}, trace.AmendmentLate},
		"agreed to too late": {[]act{{shop, trace.AmendReceipt, propose, 0}, {maker, trace.AnswerAmendment, agree, 25 * time.Hour}}, trace.AmendmentLate},
		"sold in between":    {[]act{{shop, trace.AmendReceipt, propose, 0}, {shop, trace.Sell, selling(line("A", 40, 1)), 0}, {maker, trace.AnswerAmendment, agree, 0}}, trace.NotHolder},
	} {
		if err := l.fork(t).play(test.steps); trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
	}
	l.must(shop, trace.AmendReceipt, propose)
	e := l.must(maker, trace.AnswerAmendment, agree)
	if len(e.Moves) != 4 || len(e.Receipt) != 4 || e.Shipment.Amendment != nil {
		t.Errorf("event %+v", e)
	}
	all, err := query[[]trace.Holding](l, auditor, trace.GetHoldings, tea, "A")
	if err != nil ||
		!slices.Contains(
			all,
			trace.Holding{Holder: "SHIP-2", State: trace.Removed, Reason: trace.ReasonMissing, From: 41, Count: 1},
		) {
		t.Errorf("holdings %+v: %v", all, err)
	}
}

// TestUndo: by who booked it for a day, by the platform later; in parts, once.
func TestUndo(t *testing.T) {
	start := newMarket(t)
	start.must(shop, trace.Sell, selling(line("A", 10, 4)))
	start.must(maker, trace.Sell, selling(line("TREE", 0, 2)))
	start.must(platform, trace.ActivateUnit, tree.units[0])
	back := func(change func(*trace.UndoRequest)) trace.UndoRequest {
		return with(trace.UndoRequest{TxID: "", Reason: "扫错"}, change)
	}
	last := func(l *ledger) string { return l.txID() }
	sold := func(l *ledger) string { l.must(shop, trace.Sell, selling(line("A", 20, 4))); return last(l) }
	for name, test := range map[string]struct {
		book  func(*ledger) string
		wait  time.Duration
		by    identity
		lines []trace.Line
		code  trace.Code
	}{
		"a sale":                 {sold, 0, shop, nil, ""},
		"a sale, in part":        {sold, 0, shop, lines(line("A", 21, 2)), ""},
		"more than was sold":     {sold, 0, shop, lines(line("A", 23, 2)), trace.BookingUndone},
		"a sale of another":      {sold, 0, stall, nil, trace.NotAllowed},
		"a sale, a day later":    {sold, 25 * time.Hour, shop, nil, trace.UndoLate},
		"later, by the platform": {sold, 25 * time.Hour, platform, nil, ""},
		"a return": {func(l *ledger) string {
			l.must(shop, trace.Return, returning(trace.Damaged, line("A", 0, 1)))
			return last(l)
		}, 0, shop, nil, ""},
		"a removal": {func(l *ledger) string {
			l.must(shop, trace.Decommission, removing(trace.ReasonStolen, line("A", 30, 1)))
			return last(l)
		}, 0, shop, nil, ""},
		"a voiding": {func(l *ledger) string { l.must(maker, trace.VoidUnits, voiding("TREE", 2, 1)); return last(l) }, 0, maker, nil, ""},
		"of recalled goods": {func(l *ledger) string {
			l.must(shop, trace.Decommission, removing(trace.ReasonDestroyed, line("R", 0, 1)))
			return last(l)
		}, 0, shop, nil, ""},
		"a sale to a known owner": {func(l *ledger) string { return boughtBy(start) }, 0, maker, nil, trace.UnitActivated},
		"what went on": {func(l *ledger) string {
			id := sold(l)
			l.must(shop, trace.Return, returning(trace.Good, line("A", 20, 1)))
			return id
		}, 0, shop, nil, trace.NotSold},
	} {
		l := start.fork(t)
		id := test.book(l)
		l.sleep(test.wait)
		e, err := l.submit(test.by, trace.Undo, back(func(r *trace.UndoRequest) { r.TxID, r.Lines = id, test.lines }))
		if trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
		if err != nil {
			continue
		}
		if e.Undoes.TxID != id || len(e.Moves) == 0 {
			t.Errorf("%s: %+v", name, e)
		}
		if _, err := l.submit(
			test.by, trace.Undo, back(func(r *trace.UndoRequest) { r.TxID, r.Lines = id, e.Lines }),
		); trace.CodeOf(err) != trace.BookingUndone {
			t.Errorf("%s, twice: %v", name, err)
		}
		if name == "of recalled goods" {
			if _, err := l.submit(shop, trace.Sell, selling(line("R", 0, 1))); trace.CodeOf(
				err,
			) != trace.UnitsRecalled {
				t.Errorf("undoing lifted a recall: %v", err)
			}
		}
	}
}

// boughtBy gives the transaction that sold lot TREE: the one before its unit was claimed.
func boughtBy(l *ledger) string { return (&ledger{txs: l.txs - 1}).txID() }

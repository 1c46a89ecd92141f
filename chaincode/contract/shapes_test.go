package contract

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var update = flag.Bool("update", false, "write testdata/events.jsonl anew")

// told is a transaction of a story.
type told struct {
	by      identity
	tx      trace.Transaction
	request any
}

// laterTold are those that their transactions' tests have added, see tried.
var laterTold []told

// TestEventShapes holds one event of every kind to testdata/events.jsonl, for
// blocks that were written once are read for ever.
func TestEventShapes(t *testing.T) {
	l := newMarket(t)
	mine := trace.OwnedUnit{UnitEvent: trace.UnitEvent{GTIN: tea, Lot: "TREE", Index: 2, Serial: "SERIAL-2"}}
	after := func(acts int64) trace.OwnedUnit { return with(mine, func(u *trace.OwnedUnit) { u.Acts = acts }) }
	p := party("newcomer", trace.ProducerMSP, trace.RoleProducer)
	p.Prefixes, p.NextCheckDue = []string{"6911111"}, "2027-10-02"
	p.Licences = []trace.Licence{
		{
			Kind:         "food",
			Issuer:       "SAMR",
			Number:       "SC1",
			ValidFrom:    "2026-01-01",
			ValidTo:      "2027-01-01",
			DocumentHash: tree.root,
		},
	}
	p.Authorisations = []trace.Authorisation{{Prefix: makerPrefix, Brand: "试金", ValidTo: "2027-01-01"}}
	story := append([]told{
		{platform, trace.RegisterParty, p},
		{platform, trace.UpdateParty, trace.UpdatePartyRequest{ID: "newcomer", Name: p.Name, DailyQuota: 5}},
		{platform, trace.SetPartyStatus, status("newcomer", trace.StatusQualified)},
		{maker, trace.RegisterProduct, newProduct},
		{maker, trace.RegisterBatch, batch(newProduct.GTIN, "L1", 5)},
		{platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"}},
		{maker, trace.Dispatch, send("shop", line("A", 60, 3))},
		{
			shop,
			trace.Receive,
			receipt(got(trace.Good, "A", 40, 9), got(trace.Damaged, "A", 49, 1), got(trace.Good, "A", 50, 2)),
		},
		{shop, trace.CloseShipment, trace.CloseShipmentRequest{ID: "SHIP-2", Reason: "少五件"}},
		{shop, trace.OpenCase, opening(asIs)},
		{maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: "CASE-NEW", Note: "出库时完好"}},
		{platform, trace.DecideCase, trace.DecideCaseRequest{ID: "CASE-NEW", Outcome: trace.CaseUpheld, Note: "照片为证"}},
		{
			shop,
			trace.OpenCase,
			trace.OpenCaseRequest{
				ID:    "CASE-TILL",
				Cause: trace.CauseTillRefused,
				Fix:   trace.FixOther,
				With:  "maker",
				Code:  "HTTPS://X/01/1",
			},
		},
		{shop, trace.WithdrawCase, trace.CaseRequest{ID: "CASE-TILL"}},
		{platform, trace.SetCustodyTerms, with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) {
			x.Expired = []trace.ExpiredPolicy{{Category: "茶叶", DonationDays: 30, Disposal: true}}
		})},
		{shop, trace.Sell, selling(line("A", 20, 2))},
		{shop, trace.Return, returning(trace.Damaged, line("A", 0, 1))},
		{shop, trace.Decommission, removing(trace.ReasonStolen, line("A", 30, 1))},
		{platform, trace.RegisterStandard, with(standard, func(s *trace.Standard) { s.Version = 2 })},
		{lab, trace.RecordInspection, inspecting("INSPECT-2", "Q", 0, 0.5)},
		{auditor, trace.HoldBatch, holding("Q")},
		{platform, trace.ReleaseBatch, holding("Q")},
		{auditor, trace.StartRecall, recall("RECALL-2", "A")},
		{shop, trace.AcknowledgeRecall, trace.AcknowledgeRecallRequest{ID: "RECALL-2", Note: "已下架"}},
		{platform, trace.ResumeInspection, resuming},
		{platform, trace.CloseRecall, trace.CloseRecallRequest{ID: "RECALL-2", Note: "完"}},
		{platform, trace.ActivateUnit, tree.units[1]},
		{platform, trace.ActivateUnit, unit(2, func(u *trace.ActivateUnitRequest) { u.Owner = ann.public() })},
		{platform, trace.ReportUnitStolen, ann.signs(trace.ReportUnitStolen, mine, "")},
		{platform, trace.WithdrawStolenReport, ann.signs(trace.WithdrawStolenReport, after(1), "")},
		{platform, trace.RenewOwnerKey, ann.signs(trace.RenewOwnerKey, after(2), bo.public())},
		{platform, trace.PassOnUnit, bo.signs(trace.PassOnUnit, after(3), eve.public())},
		{maker, trace.Transform, making(line("A", 80, 5))},
		{maker, trace.Pack, packing(newCase, line("BLEND", 0, 5))},
		{maker, trace.Unpack, trace.UnpackRequest{SSCC: pallet}},
		{
			maker,
			trace.Dispatch,
			with(shipping("stall", newCase), func(r *trace.DispatchRequest) { r.ID = "SHIP-CASE" }),
		},
		{maker, trace.CorrectProduct, retelling(func(*trace.CorrectProductRequest) {})},
		{maker, trace.CorrectBatch, redating("A", func(*trace.CorrectBatchRequest) {})},
		{
			platform,
			trace.DecideCorrection,
			trace.DecideCorrectionRequest{GTIN: tea, Lot: "A", Approve: true, Note: "属实"},
		},
		{maker, trace.VoidUnits, voiding("BIG", 1000, 1)},
		{shop, trace.AmendReceipt, amending("SHIP-1", got(trace.Damaged, "A", 31, 1))},
		{maker, trace.AnswerAmendment, trace.AnswerAmendmentRequest{ID: "SHIP-1", Accept: true}},
		{maker, trace.Sell, selling(line("BIG", 0, 2))},
		{maker, trace.Undo, trace.UndoRequest{TxID: "LAST", Reason: "扫错"}},
		{maker, trace.CancelShipment, trace.CancelShipmentRequest{ID: "SHIP-CASE", Reason: "发错"}},
		{
			platform,
			trace.SetComplaintTerms,
			trace.ComplaintTerms{AnswerMinutes: 60, DecideMinutes: 120, AppealMinutes: 180},
		},
		{platform, trace.OpenComplaint, against("CASE-1", "shop", 20)},
		{shop, trace.AnswerComplaint, saying("CASE-1")},
		{
			platform,
			trace.DecideComplaint,
			with(deciding("CASE-1", trace.FirstDecision, trace.CounterfeitConfirmed, "li"),
				func(r *trace.DecideComplaintRequest) { r.Suspend = true }),
		},
		{shop, trace.AppealComplaint, saying("CASE-1")},
		{platform, trace.OpenComplaint, against("CASE-2", "shop", 20)},
		{platform, trace.WithdrawComplaint, trace.ComplaintRequest{ID: "CASE-2"}},
		{platform, trace.AnchorLog, anchoring("scans", 0, 7)},
		{applicant, trace.Apply, applying(func(r *trace.ApplyRequest) { r.Prefixes = []string{"6922222"} })},
		{platform, trace.ReviewApplication, reviewing("applicant", trace.ApplicationAccepted)},
		{platform, trace.ScheduleChecks, scheduling("applicant", trace.RiskMedium, "2026-11-02")},
		{platform, trace.RecordCheck, checking("CHECK-1", func(r *trace.CheckRequest) { r.Party = "applicant" })},
		{platform, trace.CloseAction, mending("CHECK-1", 1)},
		{
			maker,
			trace.RegisterBatch,
			with(batch(newProduct.GTIN, "L2", 1), func(b *trace.Batch) { b.Markets = []string{"CN", "SG"} }),
		},
	}, laterTold...)
	var shapes bytes.Buffer
	for _, s := range story {
		if r, ok := s.request.(trace.UndoRequest); ok {
			r.TxID = l.txID() // of the transaction before
			s.request = r
		}
		data, err := trace.Marshal(l.must(s.by, s.tx, s.request))
		if err != nil {
			t.Fatal(err)
		}
		shapes.Write(append(data, '\n'))
	}
	checkGolden(t, "testdata/events.jsonl", shapes.Bytes())
	shown := map[trace.Transaction]bool{}
	for _, s := range story {
		shown[s.tx] = true
	}
	if len(shown) != len(trace.Transactions) {
		t.Errorf("%d of %d transactions have a shape here", len(shown), len(trace.Transactions))
	}
}

func checkGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

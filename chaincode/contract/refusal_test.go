package contract

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// refusal is a transaction in the market that the ledger must refuse, with
// this code, on this field.
type refusal struct {
	name    string
	by      identity
	tx      trace.Transaction
	request any
	code    trace.Code
	field   string
}

// refusals are all of them; each aggregate's stand with its tests.
var refusals = slices.Concat(requestRefusals, standingRefusals, partyRefusals, productRefusals, batchRefusals,
	shipmentRefusals, receiptRefusals, custodyRefusals, recallRefusals, unitRefusals, ownerRefusals,
	transformationRefusals, containerRefusals, complaintRefusals, anchorRefusals, supervisionRefusals,
	inspectionRefusals, qualityRefusals, acknowledgementRefusals, closeRefusals, caseRefusals, correctionRefusals)

// trial is how a transaction is tried, said beside its tests: who may submit it, as authority has
// it, what the ledger refuses, and a step of the story of shapes_test.go. Tables of other files
// have it for those from before.
type trial struct {
	by       string
	refusals []refusal
	shape    told
}

// tried adds a transaction's trial to the tables.
func tried(tx trace.Transaction, x trial) bool {
	authority[tx] = x.by
	refusals = append(refusals, x.refusals...)
	laterTold = append(laterTold, x.shape)
	return true
}

func TestRefusals(t *testing.T) {
	for _, r := range refusals {
		t.Run(string(r.tx)+" "+r.name, func(t *testing.T) {
			_, err := newMarket(t).submit(r.by, r.tx, r.request)
			if e, ok := errors.AsType[*trace.Error](err); !ok || e.Code != r.code || e.Field != r.field {
				t.Errorf("answers %v, want %s on %q", err, r.code, r.field)
			}
		})
	}
}

// given elsewhere: the codes whose tests need more than one transaction.
var givenElsewhere = map[trace.Code]string{
	trace.ClockSkew:      "TestClock",
	trace.PartyLapsed:    "TestLapse",
	trace.UnitActivated:  "TestActivateOnce",
	trace.UnitStolen:     "TestOnlyTheOwnerActs",
	trace.UnitNotStolen:  "TestOnlyTheOwnerActs",
	trace.OwnerActsSpent: "TestOwnersActSoOften",
	trace.RecallClosed:   "TestRecallEnds",
	trace.NotTransformed: "TestTransform",

	trace.CasePending:            "TestOneCaseForOneThing",
	trace.InspectionDiscontinued: "TestSwitchingOnTheLedger",
	trace.InspectorInvolved:      "TestInspectorWithUnits",
	trace.BatchOnHold:            "TestHolds",
	trace.RecallAcknowledged:     "TestAcknowledge",
	trace.InspectionUnknown:      "TestQualityQueries",

	trace.ContainerLimit: "TestContainerLimits",

	trace.CheckExists:   "TestComplianceCheck",
	trace.ActionUnknown: "TestComplianceCheck",
	trace.ActionClosed:  "TestComplianceCheck",

	trace.ComplaintExists:   "TestSuspendingDecision",
	trace.ComplaintConflict: "TestComplaints",
	trace.NotRespondent:     "TestComplaints",
	trace.DecisionEarly:     "TestComplaints",
	trace.SameOfficer:       "TestComplaints",
	trace.AppealUsed:        "TestComplaints",
	trace.AppealLate:        "TestComplaints",
	trace.AnchorUnknown:     "TestAnchors",
	trace.UnitFlagged:       "TestFlag",

	trace.CorrectionWaits: "TestCorrectBatch",
	trace.AmendmentLate:   "TestAmendReceipt",
	trace.AmendmentWaits:  "TestAmendReceipt",
	trace.BookingUndone:   "TestUndo",
	trace.UndoLate:        "TestUndo",

	trace.CaseExists:        "TestCase",
	trace.CaseConflict:      "TestCase",
	trace.GoodsExpired:      "TestExpiredGoods",
	trace.ExpiryBeyond:      "TestMadeGoodsExpireWithTheirInputs",
	trace.ShipmentTakenBack: "TestCancelShipment",
}

// notOfTheLedger are the codes that only an import of spreadsheets gives.
var notOfTheLedger = []trace.Code{
	trace.SpreadsheetNumber,
	trace.DuplicateInFile,
	trace.ColumnsMissing,
	trace.RowsIncomplete,
}

func TestEveryCodeIsGiven(t *testing.T) {
	for code := range trace.Codes() {
		given := slices.ContainsFunc(refusals, func(r refusal) bool { return r.code == code })
		if _, ok := givenElsewhere[code]; !given && !ok && !slices.Contains(notOfTheLedger, code) {
			t.Errorf("no test makes the contract answer %s", code)
		}
	}
}

func TestEveryTransactionIsRefusedSomehow(t *testing.T) {
	for tx := range trace.Transactions {
		if !slices.ContainsFunc(refusals, func(r refusal) bool { return r.tx == tx }) {
			t.Errorf("no test refuses a %s", tx)
		}
	}
}

var requestRefusals = []refusal{
	{"no JSON", maker, trace.Sell, "", trace.RequestMalformed, ""},
	{"two values", maker, trace.Sell, `{"lines":[]} {}`, trace.RequestMalformed, ""},
	{"a misspelt field", maker, trace.Sell, `{"lins":[]}`, trace.RequestMalformed, ""},
	{"a number as text", maker, trace.Sell, `{"lines":[{"from":"1"}]}`, trace.RequestMalformed, ""},
	{"a fraction of a unit", maker, trace.Sell, `{"lines":[{"count":1.5}]}`, trace.RequestMalformed, ""},
	{"a megabyte too much", maker, trace.Sell, string(make([]byte, maxRequest+1)), trace.RequestMalformed, ""},
	{"that does not exist", maker, "Counterfeit", "{}", trace.RequestMalformed, ""},
}

// standingRefusals: a party's roles and standing come before anything else.
var standingRefusals = []refusal{
	{
		"by an applicant",
		applicant,
		trace.Sell,
		trace.SellRequest{Lines: lines(line("A", 10, 1))},
		trace.PartyUnqualified,
		"",
	},
	{
		"by a suspended party",
		barred,
		trace.Sell,
		trace.SellRequest{Lines: lines(line("A", 10, 1))},
		trace.PartySuspended,
		"",
	},
	{"by a revoked party", revoked, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"}, trace.PartySuspended, ""},
	{"by a carrier", carrier, trace.Sell, trace.SellRequest{Lines: lines(line("A", 10, 1))}, trace.RoleMissing, ""},
}

// authority spells out trace.Transactions a second time, for that table decides
// who can harm whom.
var authority = map[trace.Transaction]string{
	trace.Transform:       "maker",
	trace.Pack:            "maker carrier shop lab",
	trace.Unpack:          "maker carrier shop lab",
	trace.RegisterParty:   "platform",
	trace.UpdateParty:     "platform",
	trace.SetPartyStatus:  "platform",
	trace.RegisterProduct: "maker",
	trace.RegisterBatch:   "maker",
	trace.ApproveBatch:    "platform",
	trace.Dispatch:        "maker carrier shop lab",
	trace.Receive:         "maker carrier shop lab",
	trace.Sell:            "maker shop",
	trace.Return:          "maker shop",
	trace.Decommission:    "maker carrier shop lab",
	trace.StartRecall:     "maker platform auditor",
	trace.CloseRecall:     "maker platform auditor",
	trace.ActivateUnit:    "platform",

	trace.PassOnUnit:           "platform",
	trace.RenewOwnerKey:        "platform",
	trace.ReportUnitStolen:     "platform",
	trace.WithdrawStolenReport: "platform",

	trace.SetComplaintTerms: "platform",
	trace.OpenComplaint:     "platform",
	trace.AnswerComplaint:   "maker carrier shop lab",
	trace.DecideComplaint:   "platform",
	trace.AppealComplaint:   "maker carrier shop lab",
	trace.WithdrawComplaint: "platform",
	trace.AnchorLog:         "platform",

	trace.RegisterStandard:  "platform",
	trace.RecordInspection:  "lab",
	trace.ResumeInspection:  "platform",
	trace.HoldBatch:         "maker platform auditor",
	trace.ReleaseBatch:      "maker platform auditor",
	trace.AcknowledgeRecall: "maker carrier shop lab",

	trace.Apply:             "maker carrier shop lab",
	trace.ReviewApplication: "platform",
	trace.ScheduleChecks:    "platform",
	trace.RecordCheck:       "platform",
	trace.CloseAction:       "platform",

	trace.CorrectProduct:   "maker platform",
	trace.CorrectBatch:     "maker platform",
	trace.DecideCorrection: "platform",
	trace.VoidUnits:        "maker",
	trace.CancelShipment:   "maker carrier shop lab",
	trace.AmendReceipt:     "maker carrier shop lab",
	trace.AnswerAmendment:  "maker carrier shop lab",
	trace.Undo:             "maker carrier shop lab platform",

	trace.CloseShipment:   "maker carrier shop lab platform",
	trace.SetCustodyTerms: "platform",
	trace.OpenCase:        "maker carrier shop lab",
	trace.AnswerCase:      "maker carrier shop lab platform",
	trace.DecideCase:      "platform",
	trace.WithdrawCase:    "maker carrier shop lab",
}

func TestAuthority(t *testing.T) {
	l := newMarket(t)
	for tx := range trace.Transactions {
		may := words(authority[tx])
		for _, who := range []identity{platform, maker, carrier, shop, lab, auditor} {
			_, err := l.submit(who, tx, "{}")
			if refused := trace.CodeOf(err) == trace.RoleMissing; refused == slices.Contains(may, who.name) {
				t.Errorf("%s by %s: %v", tx, who.name, err)
			}
		}
	}
}

// TestLapse: on the day after its licence ran out, a producer makes and sells
// nothing new, and still handles the goods it has.
func TestLapse(t *testing.T) {
	l := newMarket(t)
	own := gtin(lapsedPrefix, 1)
	l.must(lapsed, trace.RegisterProduct, product(own))
	l.must(lapsed, trace.RegisterBatch, batch(own, "A", 10))
	l.sleep(24 * time.Hour)
	first := lines(trace.Line{GTIN: own, Lot: "A", Count: 1})
	second := lines(trace.Line{GTIN: own, Lot: "A", From: 1, Count: 1})
	for _, test := range []struct {
		tx      trace.Transaction
		request any
		code    trace.Code
	}{
		{trace.RegisterBatch, batch(own, "B", 10), trace.PartyLapsed},
		{trace.RegisterProduct, product(gtin(lapsedPrefix, 2)), trace.PartyLapsed},
		{trace.Sell, trace.SellRequest{Lines: first}, trace.PartyLapsed},
		{trace.Dispatch, trace.DispatchRequest{ID: "LAPSED-1", To: "shop", Lines: first}, ""},
		{trace.Decommission, trace.DecommissionRequest{Lines: second, Reason: trace.ReasonDestroyed}, ""},
	} {
		if _, err := l.submit(lapsed, test.tx, test.request); trace.CodeOf(err) != test.code ||
			err != nil && test.code == "" {
			t.Errorf("%s: %v, want %q", test.tx, err, test.code)
		}
	}
}

// TestPlatformMendsItself: a platform whose check is overdue can still renew it.
func TestPlatformMendsItself(t *testing.T) {
	l := newMarket(t)
	update := trace.UpdatePartyRequest{ID: "platform", Name: trace.Text{ZhCN: "平台"}, NextCheckDue: "2026-10-01"}
	l.must(platform, trace.UpdateParty, update)
	if _, err := l.submit(
		platform, trace.RegisterParty, party("late", trace.PlatformMSP, trace.RoleSeller),
	); trace.CodeOf(err) != trace.PartyLapsed {
		t.Fatal(err)
	}
	update.NextCheckDue = "2027-10-01"
	l.must(platform, trace.UpdateParty, update)
	l.must(platform, trace.RegisterParty, party("late", trace.PlatformMSP, trace.RoleSeller))
}

// TestAnyoneReads: also a party that may do nothing else.
func TestAnyoneReads(t *testing.T) {
	l := newMarket(t)
	for name, args := range map[trace.Query][]string{
		trace.WhoAmI: nil, trace.GetParty: {"maker"}, trace.GetProduct: {tea}, trace.GetBatch: {tea, "A"},
		trace.GetHoldings: {tea, "A"}, trace.GetShipment: {"SHIP-1"}, trace.GetRecall: {"RECALL-1"}, trace.GetRecalled: {tea, "R"},
		trace.GetDerivations: {tea, "A"}, trace.GetContainer: {pallet},
	} {
		if len(args) != trace.Queries[name] {
			t.Errorf("%s takes %d arguments", name, trace.Queries[name])
		}
		if _, err := query[any](l, revoked, name, args...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestQueriesOfWhatIsNotThere(t *testing.T) {
	l := newMarket(t)
	for name, code := range map[trace.Query]trace.Code{
		trace.GetParty: trace.PartyUnknown, trace.GetProduct: trace.ProductUnknown, trace.GetBatch: trace.BatchUnknown,
		trace.GetHoldings: trace.BatchUnknown, trace.GetShipment: trace.ShipmentUnknown, trace.GetRecall: trace.RecallUnknown,
		trace.GetUnit: trace.UnitUnknown, trace.GetCheck: trace.CheckUnknown, trace.GetTransformation: trace.NotTransformed, trace.GetContainer: trace.ContainerUnknown, trace.GetComplaint: trace.ComplaintUnknown, trace.GetAnchor: trace.AnchorUnknown,
	} {
		args := []string{"none", "none", "none"}[:trace.Queries[name]]
		if _, err := query[any](l, auditor, name, args...); trace.CodeOf(err) != code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

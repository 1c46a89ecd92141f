package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// walk is how the test calls a route: about the data of the maker, who has
// shipped some of it to the carrier, with a body that would be accepted.
type walk struct {
	method, path string
	body         any
	seenBy       []string // the parties, other than platform and auditor, that may see maker's data here
}

var all = []string{"maker", "rival", "carrier", "shop", "corner", "lab"}

// everybody has an inbox, the applicant too.
var everybody = append([]string{"newcomer", "platform", "auditor"}, all...)

// walked adds a route's walk, and for a write what of others it can name (see naming), beside the route's other tests.
func walked(operation string, w walk, calls ...strangersCall) bool {
	walks[operation] = w
	if w.method != "GET" {
		naming[operation] = calls
	}
	return true
}

// walks has an entry for every policy; the wrong entity in a path is made so
// that no call changes what a later one needs.
var walks = map[string]walk{
	"getOverview":     {"GET", "/overview", nil, everybody},
	"getMe":           {"GET", "/me", nil, append([]string{"creator"}, everybody...)},
	"listProducts":    {"GET", "/products", nil, all},
	"listViews":       {"GET", "/views?list=products", nil, append([]string{"creator"}, everybody...)},
	"saveView":        {"POST", "/views", object{"list": "nothing", "name": "x", "query": ""}, nil},
	"deleteView":      {"DELETE", "/views/v-none", nil, nil},
	"getProduct":      {"GET", "/products/" + gtin, nil, all},
	"registerProduct": {"POST", "/products", product("06998801000012"), nil},
	"listBatches":     {"GET", "/batches", nil, all},
	"getBatch":        {"GET", "/batches/" + gtin + "/" + lot, nil, []string{"maker", "carrier"}},
	"registerBatch":   {"POST", "/batches", batch(gtin, lot, 1), nil},
	"approveBatch":    {"POST", "/batches/" + gtin + "/" + lot + "/approval", nil, nil},
	"listUnits":       {"GET", "/batches/" + gtin + "/" + lot + "/units", nil, []string{"maker"}},
	"resolveCodes":    {"POST", "/units/resolve", object{"codes": []any{"000000"}}, all},
	"printLabels": {
		"POST",
		"/batches/" + gtin + "/" + lot + "/labels",
		object{"format": "csv"},
		[]string{"maker"},
	},
	"checkLabels":      {"GET", "/batches/" + gtin + "/" + lot + "/labels/check", nil, []string{"maker"}},
	"listLabelDesigns": {"GET", "/labels/designs", nil, []string{"maker", "rival"}},
	"saveLabelDesign": {
		"PUT",
		"/labels/designs/walk",
		object{"name": "x", "design": object{"width": 1, "height": 1}},
		nil,
	},
	"deleteLabelDesign":  {"DELETE", "/labels/designs/none", nil, nil},
	"listLabelPrinters":  {"GET", "/labels/printers", nil, []string{"maker", "rival"}},
	"saveLabelPrinter":   {"PUT", "/labels/printers/walk", object{"name": "x", "offsetX": 99}, nil},
	"deleteLabelPrinter": {"DELETE", "/labels/printers/none", nil, nil},
	"uploadLogo":         {"POST", "/labels/logos", nil, nil},
	"previewLabel":       {"POST", "/labels/preview", object{"gtin": gtin, "lot": lot}, []string{"maker"}},
	"printTestSheet":     {"POST", "/labels/test-sheet", object{"format": "zpl"}, []string{"maker", "rival"}},
	"listJobs":           {"GET", "/jobs", nil, []string{"maker", "rival"}},
	"transform": {
		"POST",
		"/transformations",
		object{
			"inputs":  []any{input("NONE", 0, 5, 100)},
			"measure": "GRM",
			"content": 50,
			"output":  batch(gtin, lot, 10),
		},
		nil,
	},
	"getTransformation": {"GET", "/transformations/" + gtin + "/BLEND", nil, []string{"maker"}},
	"listContainers":    {"GET", "/containers", nil, all},
	"getContainer":      {"GET", "/containers/" + sscc(1), nil, []string{"maker"}},
	"pack":              {"POST", "/containers", object{"sscc": sscc(1), "lines": []any{line(0, 1)}}, nil},
	"unpack":            {"POST", "/containers/" + sscc(1) + "/unpacking", nil, nil},
	"listShipments":     {"GET", "/shipments", nil, all},
	"getShipment":       {"GET", "/shipments/WALK-0001", nil, []string{"maker", "carrier"}},
	"ship": {
		"POST",
		"/shipments",
		object{"to": "corner", "lines": []any{object{"gtin": gtin, "lot": "NONE", "from": 99, "count": 1}}},
		nil,
	},
	"cancelShipment":   {"POST", "/shipments/NONE-0001/cancellation", object{"reason": "x"}, nil},
	"amendReceipt":     {"POST", "/shipments/NONE-0001/amendment", object{"lines": []any{}, "reason": "x"}, nil},
	"answerAmendment":  {"POST", "/shipments/NONE-0001/amendment/answer", object{"accept": true}, nil},
	"undo":             {"POST", "/transactions/none/undo", object{"reason": "x"}, nil},
	"correctProduct":   {"POST", "/products/" + gtin + "/corrections", object{"reason": "x"}, nil},
	"correctBatch":     {"POST", "/batches/" + gtin + "/NONE/corrections", object{"reason": "x"}, nil},
	"decideCorrection": {"POST", "/batches/" + gtin + "/NONE/corrections/decision", object{"approve": true}, nil},
	"closeShipment":    {"POST", "/shipments/NONE-0001/closing", object{}, nil},
	"listCases":        {"GET", "/cases", nil, everybody[1:]},
	"getCase":          {"GET", "/cases/WALK-CASE", nil, []string{"maker", "carrier"}},
	"openCase": {
		"POST",
		"/cases",
		object{"cause": "damage", "fix": "other", "shipment": "NONE-0001", "note": "x"},
		nil,
	},
	"answerCase":      {"POST", "/cases/CASE-NONE/answer", object{"accept": true}, nil},
	"decideCase":      {"POST", "/cases/CASE-NONE/decision", object{"outcome": "upheld", "note": "x"}, nil},
	"withdrawCase":    {"POST", "/cases/CASE-NONE/withdrawal", nil, nil},
	"getCustodyTerms": {"GET", "/custody-terms", nil, everybody[1:]},
	"setCustodyTerms": {
		"PUT",
		"/custody-terms",
		object{"openDays": 0, "amendMinutes": 1, "undoMinutes": 1, "answerMinutes": 1, "decideMinutes": 1},
		nil,
	},
	"receive":          {"POST", "/shipments/WALK-0001/receipt", object{}, nil},
	"sell":             {"POST", "/sales", object{"lines": []any{line(99, 1)}}, nil},
	"takeBack":         {"POST", "/returns", object{"lines": []any{line(99, 1)}, "condition": "good"}, nil},
	"decommission":     {"POST", "/decommissions", object{"lines": []any{line(99, 1)}, "reason": "stolen"}, nil},
	"listStandards":    {"GET", "/standards", nil, all},
	"getStandard":      {"GET", "/standards/WALK-STD", nil, all},
	"registerStandard": {"POST", "/standards", standard(), nil},
	"listInspections": {
		"GET",
		"/inspections?gtin=" + gtin + "&lot=" + lot,
		nil,
		[]string{"maker", "carrier", "lab"},
	},
	"findInspections": {"GET", "/inspection-records", nil, all},
	"inspectionQueue": {"GET", "/inspections/waiting", nil, all},
	"inspect":         {"POST", "/inspections", inspection("NONE", 0), nil},
	"resumeInspection": {
		"POST",
		"/inspections/resumption",
		object{"producer": "maker", "category": "美妆", "note": "test"},
		nil,
	},
	"getSamplingPlan": {
		"GET",
		"/batches/" + gtin + "/" + lot + "/sampling-plan?standard=WALK-STD",
		nil,
		[]string{"maker", "carrier", "lab"},
	},
	"holdBatch": {
		"POST",
		"/batches/" + gtin + "/NONE/holds",
		object{"reason": object{"zh-CN": "测试", "en": "test"}},
		nil,
	},
	"releaseBatch": {
		"POST",
		"/batches/" + gtin + "/NONE/releases",
		object{"reason": object{"zh-CN": "测试", "en": "test"}},
		nil,
	},
	"getRecall":         {"GET", "/recalls/WALK-RECALL", nil, all},
	"acknowledgeRecall": {"POST", "/recalls/NONE-0001/acknowledgements", object{}, nil},
	"listRecalls":       {"GET", "/recalls", nil, all},
	"previewRecall":     {"POST", "/recalls/preview", object{"gtin": "04006381333931", "lots": []any{"NONE"}}, nil},
	"recall": {"POST", "/recalls", object{"gtin": "04006381333931", "lots": []any{"NONE"}, "class": "II",
		"reason": object{"zh-CN": "测试", "en": "test"}}, nil},
	"closeRecall":       {"POST", "/recalls/NONE-0001/closing", object{"note": "done"}, nil},
	"listComplaints":    {"GET", "/complaints", nil, all},
	"getComplaint":      {"GET", "/complaints/CASE-WALK", nil, []string{"maker"}},
	"getComplaintPhoto": {"GET", "/complaints/CASE-WALK/photos/1", nil, []string{"maker"}},
	"answerComplaint":   {"POST", "/complaints/CASE-NONE/answer", object{"text": "test"}, nil},
	"appealComplaint":   {"POST", "/complaints/CASE-NONE/appeal", object{"text": "test"}, nil},
	"decideComplaint":   {"POST", "/complaints/CASE-NONE/decision", deciding("decision", "genuine"), nil},
	"admitComplaint":    {"POST", "/complaints/CASE-NONE/admission", nil, nil},
	"getComplaintTerms": {"GET", "/complaint-terms", nil, all},
	"setComplaintTerms": {
		"PUT",
		"/complaint-terms",
		object{"answerMinutes": 60, "decideMinutes": 120, "appealMinutes": 180},
		nil,
	},
	"listAlerts":        {"GET", "/alerts", nil, all},
	"getAlert":          {"GET", "/alerts/ALERT-WALK", nil, []string{"maker"}},
	"getAlertMap":       {"GET", "/alerts/ALERT-WALK/map", nil, []string{"maker"}},
	"decideAlert":       {"POST", "/alerts/ALERT-NONE/decision", object{"outcome": "dismissed", "note": "test"}, nil},
	"listReportedCodes": {"GET", "/reported-codes", nil, nil},
	"getReportedCode":   {"GET", "/reported-codes/REPORTED", nil, []string{}},
	"closeReportedCode": {"POST", "/reported-codes/CODE-NONE/closing", object{"note": "test"}, nil},
	"listReviews":       {"GET", "/reviews", nil, all},
	"answerReview":      {"POST", "/reviews/NONE/answer", object{"text": "test"}, nil},

	"uploadPicture":   {"POST", "/pictures", nil, nil},
	"getPresentation": {"GET", "/products/" + gtin + "/presentation", nil, []string{"maker"}},
	"setPresentation": {
		"PUT",
		"/products/" + gtin + "/presentation",
		object{"story": object{"zh-CN": "测试"}},
		[]string{"maker"},
	},
	"previewPresentation": {
		"PUT",
		"/products/" + gtin + "/presentation/preview",
		object{"story": object{"zh-CN": "测试"}},
		[]string{"maker"},
	},
	"forgetPresentation": {"DELETE", "/products/" + gtin + "/presentation/preview", nil, []string{"maker"}},
	"publishPresentation": {
		"POST",
		"/products/" + gtin + "/presentation/publication",
		object{"version": 1},
		[]string{"maker"},
	},
	"hidePresentation": {"POST", "/products/04006381333931/presentation/hiding", object{"reason": "test"}, nil},
	"getBuyLinks":      {"GET", "/products/" + gtin + "/buy-links", nil, nil},
	"setBuyLinks":      {"PUT", "/products/" + gtin + "/buy-links", object{"links": []any{}}, nil},
	"listBadges":       {"GET", "/badges", nil, all},
	"createBadge":      {"POST", "/badges", object{"gtin": gtin, "host": "shop.example"}, nil},
	"revokeBadge":      {"DELETE", "/badges/BADGE", nil, []string{"maker"}},
	"listCreators":     {"GET", "/creators", nil, nil},
	"createCreator": {
		"POST",
		"/creators",
		object{"handle": "creator", "name": object{"zh-CN": "甲"}, "url": "https://video.example/c"},
		nil,
	},
	"revokeCreator":       {"DELETE", "/creators/nobody", nil, nil},
	"listEndorsements":    {"GET", "/endorsements", nil, append([]string{"creator"}, all...)},
	"withdrawEndorsement": {"DELETE", "/endorsements/nobody", nil, nil},
	"hideEndorsement": {
		"POST",
		"/endorsements/nobody/hiding",
		object{"reason": object{"zh-CN": "测试", "en": "test"}},
		nil,
	},

	"traceBatch":         {"GET", "/provenance/" + gtin + "/" + lot, nil, []string{"maker", "carrier"}},
	"traceUnit":          {"GET", "/provenance/" + gtin + "/" + lot + "/SERIAL", nil, []string{"maker", "carrier"}},
	"traceCode":          {"GET", "/provenance?code=SERIAL", nil, []string{"maker", "carrier"}},
	"getTransaction":     {"GET", "/transactions/TXID", nil, []string{"maker"}},
	"getProvenanceGraph": {"GET", "/provenance/" + gtin + "/" + lot + "/graph", nil, []string{"maker", "carrier"}},
	"getTraceReport": {
		"GET",
		"/provenance/" + gtin + "/" + lot + "/report?format=csv",
		nil,
		[]string{"maker", "carrier"},
	},
	"getHistory":          {"GET", "/provenance/" + gtin + "/" + lot + "/history?proof=full", nil, nil},
	"getInsight":          {"GET", "/insight?gtin=" + gtin, nil, []string{"maker", "creator"}},
	"search":              {"GET", "/search?q=" + lot, nil, all},
	"getTransactionProof": {"GET", "/transactions/TXID/proof", nil, []string{"maker"}},
	"getLedgerHealth":     {"GET", "/ledger/health", nil, nil},
	"importFile":          {"POST", "/imports", nil, nil},
	"getImport":           {"GET", "/imports/JOB", nil, []string{"maker"}},
	"previewImport":       {"POST", "/imports/preview", nil, nil},
	"getImportTemplate":   {"GET", "/imports/templates/products", nil, []string{"maker", "rival"}},
	"listImportRows":      {"GET", "/imports/JOB/rows", nil, []string{"maker"}},
	"mendImport": {
		"POST",
		"/imports/JOB/rows",
		object{"rows": []any{object{"row": 99, "values": object{}}}},
		nil,
	},
	"registerImport": {"POST", "/imports/JOB/registration", nil, nil},
	"getRefusedRows": {"GET", "/imports/JOB/refused", nil, []string{"maker"}},
	"getJob":         {"GET", "/jobs/JOB", nil, []string{"maker"}},
	"getJobFile":     {"GET", "/jobs/FILE/file", nil, []string{"maker"}},
	"cancelJob":      {"POST", "/jobs/FILE/cancellation", nil, []string{"maker"}},
	"repeatJob":      {"POST", "/jobs/FILE/repetition", nil, []string{"maker"}},
	"registerApplicant": {
		"POST",
		"/applications",
		object{"id": "maker", "name": object{"zh-CN": "甲"}, "roles": []any{"seller"}},
		nil,
	},
	"listApplications": {"GET", "/applications", nil, nil},
	"apply": {
		"POST",
		"/me/application",
		object{
			"licences": []any{
				object{"kind": "food", "issuer": "SAMR", "number": "1", "documentHash": strings.Repeat("0", 64)},
			},
		},
		nil,
	},
	"reviewApplication": {
		"POST",
		"/parties/nobody/review",
		object{"outcome": "refused", "reason": object{"en": "test"}},
		nil,
	},
	"getMyStanding":  {"GET", "/me/standing", nil, everybody},
	"getStanding":    {"GET", "/parties/maker/standing", nil, []string{"maker"}},
	"listStandings":  {"GET", "/standings", nil, nil},
	"scheduleChecks": {"PUT", "/parties/nobody/schedule", object{"riskClass": "low"}, nil},
	"listChecks":     {"GET", "/parties/maker/checks", nil, []string{"maker"}},
	"recordCheck": {
		"POST",
		"/parties/nobody/checks",
		object{"items": []any{object{"item": object{"en": "x"}, "result": "passed"}}},
		nil,
	},
	"closeAction":    {"POST", "/checks/CHECK-NONE/actions/1/closing", object{"note": "done"}, nil},
	"uploadDocument": {"POST", "/documents", nil, nil},
	"listDocuments":  {"GET", "/documents?party=maker", nil, []string{"maker"}},
	"getDocument":    {"GET", "/documents/DOCUMENT", nil, []string{"maker"}},
	"listInbox":      {"GET", "/inbox", nil, everybody},
	"readNotice":     {"POST", "/inbox/NOTICE/read", nil, []string{"carrier"}},
	"listWebhooks":   {"GET", "/webhooks", nil, everybody[1:]},
	"addWebhook":     {"POST", "/webhooks", object{"url": "ftp://shop.example"}, nil},
	"deleteWebhook":  {"DELETE", "/webhooks/nobody", nil, nil},
	"tryWebhook":     {"POST", "/webhooks/nobody/trial", nil, nil},
	"listDeliveries": {"GET", "/webhooks/WEBHOOK/deliveries", nil, []string{"maker"}},
	"replayDelivery": {"POST", "/deliveries/1/replay", nil, nil},
	"listPartyNames": {"GET", "/party-names?id=maker", nil, everybody},
	"listParties":    {"GET", "/parties", nil, nil},
	"getParty":       {"GET", "/parties/maker", nil, []string{"maker"}},
	"registerParty": {
		"POST",
		"/parties",
		object{"id": "maker", "name": object{"zh-CN": "甲"}, "roles": []any{"producer"}},
		nil,
	},
	"updateParty":    {"PUT", "/parties/nobody", object{"name": object{"zh-CN": "甲"}}, nil},
	"setPartyStatus": {"POST", "/parties/nobody/status", object{"status": "suspended", "reason": "test"}, nil},
	"listAccounts":   {"GET", "/parties/maker/accounts", nil, nil},
	"createAccount":  {"POST", "/parties/maker/accounts", object{"account": "shop", "role": "producer"}, nil},
	"revokeAccount":  {"DELETE", "/parties/maker/accounts/nobody", nil, nil},
}

// TestEveryRouteForEveryRole walks the table of policies: every operation as
// every party. A role that may not call is told so; a party that may not see
// the data is told that there is none; nobody gets an internal error.
func TestEveryRouteForEveryRole(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/transformations",
		object{
			"inputs":  []any{input(lot, 20, 5, 100)},
			"measure": "GRM",
			"content": 50,
			"output":  batch(gtin, "BLEND", 10),
		},
	)
	w.pallet("BLEND")
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "WALK-0001", "to": "carrier", "lines": []any{line(0, 10)}},
	)
	w.must(
		"carrier",
		201,
		"POST",
		"/api/v1/cases",
		object{"id": "WALK-CASE", "cause": "damage", "fix": "credit", "shipment": "WALK-0001", "note": "x"},
	)
	made := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	txID := made["events"].([]any)[0].(object)["txId"].(string)
	serial := w.serial(99)
	w.complain("CASE-WALK", 50)
	w.alert("ALERT-WALK", 51, 0.9)
	reported := w.report("/01/walk", 1)
	w.must("platform", 201, "POST", "/api/v1/standards", standard())
	w.must(
		"platform",
		201,
		"POST",
		"/api/v1/recalls",
		object{"id": "WALK-RECALL", "gtin": gtin, "lines": []any{line(98, 1)}, "class": "III",
			"reason": object{"zh-CN": "测试", "en": "test"}},
	)
	w.work()
	imported := w.upload("maker", "products", []byte("商品条码,商品名称,品牌\n6998801000012,烟酰胺精华液 30ml,澄岩\n"), "")
	file := w.labelJob()
	document := w.send("maker", w.form("licence.png", "", photo(t))).body["id"].(string)
	hook := w.must("maker", 201, "POST", "/api/v1/webhooks", object{"url": "http://127.0.0.1:1/"}).body["id"].(string)
	notice := fmt.Sprint(w.must("carrier", 200, "GET", "/api/v1/inbox", nil).body["items"].([]any)[0].(object)["id"])
	w.newcomer("newcomer")
	w.creator("creator")
	w.must("maker", 200, "PUT", "/api/v1/products/"+gtin+"/presentation", object{"story": object{"zh-CN": "测试"}})
	badge := w.must("maker", 201, "POST", "/api/v1/badges", object{"gtin": gtin, "host": "shop.example"}).body["id"].(string)
	fill := strings.NewReplacer(
		"BADGE", badge, "REPORTED", reported, "DOCUMENT", document, "WEBHOOK", hook, "NOTICE", notice, "TXID",
		txID, "SERIAL", serial, "JOB", imported.body["id"].(string), "FILE", file,
	)

	roles := map[string]trace.Role{
		"platform": trace.RolePlatform,
		"newcomer": record.RoleApplicant,
		"creator":  record.RoleCreator,
	}
	for _, p := range people {
		roles[p.id] = p.role
	}
	for id, policy := range policies {
		call, ok := walks[id]
		if !ok {
			t.Errorf("no walk for %s", id)
			continue
		}
		for party, role := range roles {
			a := w.ask(party, call.method, "/api/v1"+fill.Replace(call.path), call.body)
			if policy.isOpen() {
				continue // see below: it needs no key
			}
			may := slices.Contains(policy.roles, role)
			code, _ := a.body["code"].(string)
			switch {
			case a.status >= 500:
				t.Errorf("%s as %s: %d %s", id, party, a.status, a.raw)
			case !may && (a.status != 403 || code != "NOT_ALLOWED"):
				t.Errorf("%s as %s, which may not call it: %d %s", id, party, a.status, a.raw)
			case may && a.status == 403 && code == "NOT_ALLOWED":
				t.Errorf("%s as %s, which may call it: %s", id, party, a.raw)
			case may && call.seenBy != nil:
				wantSeen(t, id, party, a, slices.Contains(call.seenBy, party) || seesAll(policy.data, role))
			}
		}
		if policy.isOpen() {
			if a := w.ask("nobody", call.method, "/api/v1"+fill.Replace(call.path), call.body); a.status >= 500 ||
				a.status == 403 {
				t.Errorf("%s without a key: %d %s", id, a.status, a.raw)
			}
			continue
		}
		if a := w.ask("nobody", call.method, "/api/v1"+fill.Replace(call.path), call.body); a.status != 401 &&
			a.status != 429 {
			t.Errorf("%s without a key: %d", id, a.status)
		}
	}
}

// seesAll: what belongs to one party's desk is nobody else's business.
func seesAll(data scope, role trace.Role) bool {
	return data != own && (role == trace.RolePlatform || role == trace.RoleAuditor)
}

func wantSeen(t *testing.T, id, party string, a answer, seen bool) {
	t.Helper()
	if seen && a.status >= 300 || !seen && a.status != 404 {
		t.Errorf("%s as %s: %d %.200s, want it seen: %v", id, party, a.status, a.raw, seen)
	}
}

// TestListsKeepToTheirScope: a list holds what its caller may see and no more.
func TestListsKeepToTheirScope(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "carrier", line(0, 10))
	w.must("rival", 201, "POST", "/api/v1/products", product("4006381333931"))
	w.must("rival", 201, "POST", "/api/v1/batches", batch("4006381333931", "R1", 5))
	for party, want := range map[string][2]int{ // batches, shipments
		"maker": {1, 1}, "rival": {1, 0}, "carrier": {1, 1}, "shop": {0, 0}, "lab": {0, 0}, "auditor": {2, 1}, "platform": {2, 1},
	} {
		for i, list := range []string{"/api/v1/batches", "/api/v1/shipments"} {
			if items := w.must(party, 200, "GET", list, nil).body["items"].([]any); len(items) != want[i] {
				t.Errorf("%s as %s: %d items, want %d", list, party, len(items), want[i])
			}
		}
	}
}

// serial gives the serial of a unit of the maker's batch.
func (w *world) serial(index int) string {
	w.t.Helper()
	return w.serialOf(lot, index)
}

// labelJob has labels made in a job of their own and answers its id.
func (w *world) labelJob() string {
	w.t.Helper()
	const big = "BIG1"
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, big, 5001))
	id := w.must("maker", 202, "POST", path("/batches/%s/%s/labels", gtin, big), object{"format": "csv"}).body["id"].(string)
	w.ends(id, "done")
	return id
}

// ends waits until a job of the maker's has come to an end.
func (w *world) ends(id, status string) {
	w.t.Helper()
	eventually(w.t, "job "+status, func() bool {
		return w.must("maker", 200, "GET", "/api/v1/jobs/"+id, nil).body["status"] == status
	})
}

package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// strangersCall is a write that names things of another party, by the words in
// capitals of things below; several where an operation can name several.
type strangersCall struct {
	path string
	body any
}

// naming is what each write can name. An operation of which it says namesNothing
// takes no id of anything that somebody else may have: only what is everybody's
// (products, recalls, the names of parties) or the caller's own.
var (
	namesNothing []strangersCall
	reasoned     = object{"reason": "x"}
	walkTexts    = object{"reason": object{"zh-CN": "测试", "en": "test"}}
	theirLine    = object{"gtin": gtin, "lot": "LOT", "from": 0, "count": 1}
)

func lined(more object) object {
	more["lines"] = []any{theirLine}
	return more
}

var naming = map[string][]strangersCall{
	"registerProduct":   namesNothing,
	"saveView":          namesNothing,
	"saveLabelDesign":   namesNothing,
	"saveLabelPrinter":  namesNothing,
	"uploadLogo":        namesNothing,
	"correctProduct":    namesNothing,
	"acknowledgeRecall": namesNothing,
	"closeRecall":       namesNothing,
	"uploadPicture":     namesNothing,
	"setBuyLinks":       namesNothing,
	"createBadge":       namesNothing,
	"importFile":        namesNothing,
	"previewImport":     namesNothing,
	"signOut":           namesNothing,
	"confirm":           namesNothing,
	"setPassword":       namesNothing,
	"endSessions":       namesNothing,
	"startTotp":         namesNothing,
	"confirmTotp":       namesNothing,
	"removeTotp":        namesNothing,
	"startPasskey":      namesNothing,
	"addPasskey":        namesNothing,
	"linkSso":           namesNothing,
	"unlinkSso":         namesNothing,
	"uploadDocument":    namesNothing,
	"addWebhook":        namesNothing,
	"invite":            namesNothing,
	"createKey":         namesNothing,

	"deleteView":         {{"/views/VIEW", nil}},
	"deleteLabelDesign":  {{"/labels/designs/DESIGN", nil}},
	"deleteLabelPrinter": {{"/labels/printers/PRINTER", nil}},
	"registerBatch": {
		{"/batches", object{"gtin": gtin, "lot": "LOT", "quantity": 1, "producedOn": "2026-01-02", "origin": "浙江杭州"}},
	},
	"resolveCodes": {
		{"/units/resolve", object{"codes": []any{"SERIALCODE", "ENDING", "SSCC"}}},
		{"/units/resolve", object{"codes": []any{"ENDING"}, "gtin": gtin, "lot": "LOT"}},
		{"/units/resolve", object{"codes": []any{"ENDING"}, "shipment": "SHIPMENT"}},
	},
	"printLabels":    {{"/batches/" + gtin + "/LOT/labels", object{"format": "csv"}}},
	"previewLabel":   {{"/labels/preview", object{"gtin": gtin, "lot": "LOT"}}},
	"printTestSheet": {{"/labels/test-sheet", object{"format": "zpl", "printer": "PRINTER"}}},
	"transform": {
		{
			"/transformations",
			object{
				"inputs":  []any{object{"gtin": gtin, "lot": "LOT", "from": 0, "count": 1, "content": 100}},
				"measure": "GRM",
				"content": 50,
				"loss":    50,
				"output":  batch("04006381333931", "OWN", 1),
			},
		},
		{
			"/transformations",
			object{
				"codes":   []any{object{"code": "SERIALCODE", "content": 100}},
				"measure": "GRM",
				"content": 50,
				"loss":    150,
				"inputs": []any{
					object{"gtin": "04006381333931", "lot": "R1", "from": 0, "count": 1, "content": 100},
				},
				"output": batch("04006381333931", "OWN", 1),
			},
		},
	},
	"pack": {
		{"/containers", lined(object{"sscc": strangersSSCC})},
		{"/containers", object{"sscc": strangersSSCC, "containers": []any{"SSCC"}}},
		{"/containers", object{"sscc": strangersSSCC, "codes": []any{"SERIALCODE"}}},
	},
	"unpack": {{"/containers/SSCC/unpacking", nil}},
	"ship": {
		{"/shipments", lined(object{"to": "corner"})},
		{"/shipments", object{"to": "corner", "containers": []any{"SSCC"}}},
		{"/shipments", object{"to": "corner", "codes": []any{"SERIALCODE"}}},
		{
			"/shipments",
			object{"to": "corner", "codes": []any{"ENDING"}},
		},
		{
			"/shipments",
			object{"to": "PARTY", "lines": []any{object{"gtin": "04006381333931", "lot": "R1", "from": 0, "count": 1}}},
		},
	},
	"cancelShipment": {{"/shipments/SHIPMENT/cancellation", reasoned}},
	"amendReceipt": {
		{
			"/shipments/SHIPMENT/amendment",
			object{
				"lines":  []any{object{"gtin": gtin, "lot": "LOT", "from": 0, "count": 1, "condition": "good"}},
				"reason": "x",
			},
		},
	},
	"answerAmendment": {{"/shipments/SHIPMENT/amendment/answer", object{"accept": true}}},
	"closeShipment":   {{"/shipments/SHIPMENT/closing", object{}}},
	"receive": {
		{"/shipments/SHIPMENT/receipt", object{}},
		{"/shipments/SHIPMENT/receipt", object{"codes": []any{"ENDING"}}},
		{
			"/shipments/SHIPMENT/receipt",
			object{"lines": []any{object{"gtin": gtin, "lot": "LOT", "from": 0, "count": 1, "condition": "good"}}},
		},
	},
	"undo":         {{"/transactions/TXID/undo", reasoned}},
	"correctBatch": {{"/batches/" + gtin + "/LOT/corrections", object{"origin": "绍兴", "reason": "x"}}},
	"openCase": {{"/cases", object{"cause": "damage", "fix": "other", "shipment": "SHIPMENT", "note": "x"}},
		{"/cases", lined(object{"cause": "damage", "fix": "other", "shipment": "SHIPMENT", "note": "x"})},
		{"/cases", lined(object{"cause": "other", "fix": "other", "with": "maker", "note": "x"})}},
	"answerCase":   {{"/cases/DISPUTE/answer", object{"accept": true}}},
	"withdrawCase": {{"/cases/DISPUTE/withdrawal", nil}},
	"sell": {
		{"/sales", lined(object{})},
		{"/sales", object{"codes": []any{"SERIALCODE"}}},
		{"/sales", object{"codes": []any{"SSCC"}}},
	},
	"takeBack": {
		{"/returns", lined(object{"condition": "good"})},
		{"/returns", object{"codes": []any{"SERIALCODE"}, "condition": "good"}},
	},
	"decommission": {
		{"/decommissions", lined(object{"reason": "stolen"})},
		{"/decommissions", object{"codes": []any{"ENDING"}, "reason": "stolen"}},
	},
	"inspect":      {}, // inspectors see every batch
	"holdBatch":    {{"/batches/" + gtin + "/LOT/holds", walkTexts}},
	"releaseBatch": {{"/batches/" + gtin + "/LOT/releases", walkTexts}},
	"previewRecall": {
		{"/recalls/preview", object{"gtin": gtin, "lots": []any{"LOT"}}},
		{
			"/recalls/preview",
			object{"gtin": "04006381333931", "lots": []any{"LOT"}},
		},
		{"/recalls/preview", object{"gtin": "04006381333931", "codes": []any{"SERIALCODE"}}},
	},
	"recall": {
		{
			"/recalls",
			object{"gtin": gtin, "lots": []any{"LOT"}, "class": "II", "reason": object{"zh-CN": "测试", "en": "test"}},
		},
		{
			"/recalls",
			object{
				"gtin":   "04006381333931",
				"lots":   []any{"LOT"},
				"class":  "II",
				"reason": object{"zh-CN": "测试", "en": "test"},
			},
		},
	},
	"answerComplaint":    {{"/complaints/COMPLAINT/answer", object{"text": "test"}}},
	"appealComplaint":    {{"/complaints/COMPLAINT/appeal", object{"text": "test"}}},
	"decideAlert":        {{"/alerts/ALERT/decision", object{"outcome": "dismissed", "note": "test"}}},
	"answerReview":       {{"/reviews/REVIEW/answer", object{"text": "test"}}},
	"forgetPresentation": {{"/products/PRESENTED/presentation/preview", nil}},
	"previewPresentation": {
		{
			"/products/04006381333931/presentation/preview",
			object{
				"story":    object{"zh-CN": "测试"},
				"pictures": []any{object{"id": "PICTURE", "alt": object{"zh-CN": "瓶身", "en": "Bottle"}}},
			},
		},
	},
	"setPresentation": {
		{
			"/products/04006381333931/presentation",
			object{
				"story":    object{"zh-CN": "测试"},
				"pictures": []any{object{"id": "PICTURE", "alt": object{"zh-CN": "瓶身", "en": "Bottle"}}},
			},
		},
	},
	"publishPresentation": {{"/products/PRESENTED/presentation/publication", object{"version": 1}}},
	"revokeBadge":         {{"/badges/BADGE", nil}},
	"withdrawEndorsement": {{"/endorsements/ENDORSEMENT", nil}},
	"mendImport":          {{"/imports/JOB/rows", object{"rows": []any{object{"row": 2, "values": object{}}}}}},
	"registerImport":      {{"/imports/JOB/registration", nil}},
	"cancelJob":           {{"/jobs/JOB/cancellation", nil}},
	"repeatJob":           {{"/jobs/JOB/repetition", nil}},
	"endSession":          {{"/me/sessions/SESSION", nil}},
	"removePasskey":       {{"/me/passkeys/SESSION", nil}},
	"withdrawInvitation":  {{"/team/invitations/INVITATION", nil}},
	"setDuty":             {{"/team/PERSON", object{"duty": "goods"}}},
	"removePerson":        {{"/team/PERSON", nil}},
	"letBackIn":           {{"/team/PERSON/way-back", nil}},
	"revokeKey":           {{"/keys/ACCOUNT", nil}},
	"apply": {
		{
			"/me/application",
			object{
				"licences": []any{object{"kind": "food", "issuer": "SAMR", "number": "1", "documentHash": "DIGEST"}},
			},
		},
	},
	"readNotice":     {{"/inbox/NOTICE/read", nil}},
	"deleteWebhook":  {{"/webhooks/WEBHOOK", nil}},
	"tryWebhook":     {{"/webhooks/WEBHOOK/trial", nil}},
	"replayDelivery": {{"/deliveries/DELIVERY/replay", nil}},
}

// attaches are the writes that take a file uploaded before, which is not found by a
// 404 but refused as a field.
var attaches = []string{"apply", "setPresentation", "previewPresentation"}

var strangersSSCC = "340063810000000018" // of the rival's own prefix

// things are the maker's, and names of the same form that nothing has.
type thing struct{ theirs, absent string }

// TestARefusalTellsNothing: every write of every other party, with the maker's
// things and with things that do not exist: the answers are the same but for the
// name that the caller sent.
func TestARefusalTellsNothing(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	things := w.possessions()
	doc, err := loadDocument()
	if err != nil {
		t.Fatal(err)
	}
	for id, r := range doc.routes() {
		policy := policies[id]
		if r.Method == http.MethodGet || policy.isOpen() {
			continue
		}
		calls, known := naming[id]
		for _, who := range []string{"rival", "shop", "newcomer", "creator"} {
			if !slices.Contains(policy.roles, w.roleOf(who)) {
				continue
			}
			if !known {
				t.Errorf("%s writes, and nobody has said what of others it can name: see naming", id)
				break
			}
			for _, c := range calls {
				theirs, absent := w.named(who, r.Method, c, things, true), w.named(who, r.Method, c, things, false)
				if status := absent[:3]; status == "400" || status == "422" && !slices.Contains(attaches, id) {
					t.Errorf("%s by %s asks nothing: %s", id, who, absent)
				}
				if theirs != absent {
					t.Errorf("%s by %s:\n  of theirs:    %s\n  of nothing's: %s", id, who, theirs, absent)
				}
			}
		}
	}
}

// named makes a call and gives what came, without what the caller named itself.
func (w *world) named(who, method string, c strangersCall, things map[string]thing, theirs bool) string {
	w.t.Helper()
	var fill, blank []string
	for name, x := range things {
		value := x.absent
		if theirs {
			value = x.theirs
		}
		fill = append(fill, name, value)
		if text, _ := json.Marshal(c.body); strings.Contains(c.path+string(text), name) {
			blank = append(blank, value, name)
		}
	}
	path := strings.NewReplacer(fill...).Replace(c.path)
	var body any
	if c.body != nil {
		text, err := json.Marshal(c.body)
		if err != nil {
			w.t.Fatal(err)
		}
		body = strings.NewReplacer(fill...).Replace(string(text))
	}
	a := w.ask(who, method, "/api/v1"+path, body)
	if a.status >= 500 {
		w.t.Errorf("%s %s by %s: %d %s", method, path, who, a.status, a.raw)
	}
	delete(a.body, "instance")
	delete(a.body, "requestId")
	if a.body["case"] != nil {
		a.body["case"] = "a new one"
	}
	text := bytes.TrimSpace(a.raw)
	if a.body != nil {
		text, _ = json.Marshal(a.body)
	}
	return fmt.Sprint(a.status, " ", strings.NewReplacer(blank...).Replace(string(text)))
}

// roleOf gives the role of somebody in the test.
func (w *world) roleOf(who string) trace.Role {
	for _, p := range people {
		if p.id == who {
			return p.role
		}
	}
	return map[string]trace.Role{"newcomer": record.RoleApplicant, "creator": record.RoleCreator}[who]
}

// possessions gives the maker one of everything, the carrier a part of it, and
// the others what they need to write.
func (w *world) possessions() map[string]thing {
	w.t.Helper()
	w.stock(100)
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000029"))
	w.must("rival", 201, "POST", "/api/v1/products", product("4006381333931"))
	w.must("rival", 201, "POST", "/api/v1/batches", batch("4006381333931", "R1", 5))
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "PACKED", 20))
	w.pallet("PACKED")
	w.newcomer("newcomer")
	w.creator("creator")
	w.creator("other")
	shipment := w.must(
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
	w.complain("CASE-WALK", 50)
	w.alert("ALERT-WALK", 51, 0.9)
	w.work()
	for _, row := range []string{
		`insert into scan.review (id, gtin, lot, unit_index, seller, rating, text) values ('REVIEW-0001', '` + gtin + `', '` + lot + `', 1, 'maker', 4, '不错')`,
		`insert into scan.endorsement (id, creator, gtin, lot, unit_index, scanned_at, proof, text_zh, text_en, url, sponsored, sponsor)
			values ('E1', 'other', '` + gtin + `', '` + lot + `', 1, now(), '\x` + strings.Repeat("01", 32) + `', '好', '', 'https://video.example/1', true, '澄岩')`,
	} {
		if err := w.exec(row); err != nil {
			w.t.Fatal(err)
		}
	}
	w.person("yan", "maker", record.DutyGoods)
	serial, document := w.serial(99), w.send("maker", w.form("licence.png", "", photo(w.t))).body
	id := func(party, path string, body any) string {
		return fmt.Sprint(w.must(party, 201, "POST", "/api/v1"+path, body).body["id"])
	}
	w.must(
		"maker",
		200,
		"PUT",
		"/api/v1/labels/designs/walk",
		object{"name": "x", "design": object{"width": 60, "height": 40}},
	)
	w.must("maker", 200, "PUT", "/api/v1/labels/printers/walk", object{"name": "x", "offsetX": 0, "offsetY": 0})
	w.must("maker", 200, "PUT", "/api/v1/products/"+gtin+"/presentation", object{"story": object{"zh-CN": "测试"}})
	hook := id("maker", "/webhooks", object{"url": "http://127.0.0.1:1/"})
	return map[string]thing{
		"LOT": {
			lot,
			"209910Z99",
		},
		"SERIALCODE": {serial, strings.Repeat("8", len(serial))},
		"ENDING":     {serial[len(serial)-6:], "777777"},
		"SHIPMENT": {
			"WALK-0001",
			"WALK-0009",
		},
		"SSCC": {sscc(1), sscc(77)},
		"TXID": {fmt.Sprint(shipment.body["txId"]), strings.Repeat("0", 64)},
		"DISPUTE": {
			"WALK-CASE",
			"WALK-NONE",
		},
		"COMPLAINT": {"CASE-WALK", "CASE-NONE"},
		"ALERT":     {"ALERT-WALK", "ALERT-NONE"},
		"REVIEW":    {"REVIEW-0001", "REVIEW-0009"},
		"PARTY":     {"newcomer", "nowhere1"},
		"PERSON":    {"yan", "yin"},
		"ACCOUNT":   {"maker", "mixer"},
		"SESSION": {
			fmt.Sprint(w.must("yan", 200, "GET", "/api/v1/me/sessions", nil).items()[0].(object)["id"]),
			"none",
		},
		"VIEW":      {id("maker", "/views", object{"list": "products", "name": "x", "query": ""}), "view-none"},
		"DESIGN":    {"walk", "none"},
		"PRINTER":   {"walk", "none"},
		"PRESENTED": {gtin, "06998801000029"},
		"PICTURE":   {fmt.Sprint(w.picture("maker", photo(w.t)).body["id"]), strings.Repeat("0", 64)},
		"BADGE": {
			id("maker", "/badges", object{"gtin": gtin, "host": "shop.example"}),
			"badge-none",
		},
		"ENDORSEMENT": {"E1", "E9"},
		"JOB": {
			fmt.Sprint(
				w.upload("maker", "products", []byte("商品条码,商品名称,品牌\n6998801000012,烟酰胺精华液 30ml,澄岩\n"), "").body["id"],
			),
			"job-none",
		},
		"INVITATION": {id("maker", "/team/invitations", object{"name": "小王", "duty": "warehouse"}), "invitation-none"},
		"DIGEST": {
			fmt.Sprint(document["sha256"]),
			strings.Repeat("0", 64),
		},
		"WEBHOOK":  {hook, "hook-none"},
		"DELIVERY": {"1", "999999"},
		"NOTICE": {
			fmt.Sprint(w.must("carrier", 200, "GET", "/api/v1/inbox", nil).body["items"].([]any)[0].(object)["id"]),
			"999999",
		},
	}
}

func (a answer) items() (all []any) {
	_ = json.Unmarshal(a.raw, &all)
	if all == nil {
		all, _ = a.body["items"].([]any)
	}
	return all
}

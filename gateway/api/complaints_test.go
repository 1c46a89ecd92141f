package api

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/desk"
)

// desk is the worker that brings shoppers' wishes to the ledger.
func (w *world) desk() *desk.Desk {
	return &desk.Desk{Ledger: w.ledger, Outbox: w.db, Logs: w.db, Party: "platform", Log: slog.New(slog.DiscardHandler)}
}

// complain is what the verifier writes when a shopper complains about a unit:
// with one photo, and the wish to have it opened.
func (w *world) complain(id string, index int) {
	w.t.Helper()
	hash := trace.EvidenceHash([32]byte{1}, "瓶身印刷模糊", [32]byte{2})
	token := trace.EvidenceHash([32]byte{}, id)
	for _, statement := range []string{
		fmt.Sprintf(`insert into scan.complaint (id, token_hash, gtin, lot, unit_index, text, salt, evidence_hash, device)
			values ('%s', '\x%x', '%s', '%s', %d, '瓶身印刷模糊', '\x01', '\x%x', '\x00')`, id, token, gtin, lot, index, hash),
		fmt.Sprintf(`insert into scan.complaint_photo values ('%s', 1, '\x02', '\xffd8')`, id),
		fmt.Sprintf(`insert into app.complaint_task (complaint_id, kind) values ('%s', 'open')`, id),
	} {
		if err := w.exec(statement); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) work() {
	w.t.Helper()
	if err := w.desk().DoTasks(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func deciding(kind, outcome string) object {
	return object{"kind": kind, "outcome": outcome, "reason": object{"zh-CN": "印刷与真品不符", "en": "The print differs"}}
}

// TestComplaint goes through a whole case: opened for a shopper, answered by
// the seller, decided, appealed, decided again by somebody else.
func TestComplaint(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.deliver("maker", "shop", line(0, 10))
	w.complain("CASE-0001", 3)
	w.work()
	w.work() // once is enough

	list := w.must("shop", 200, "GET", "/api/v1/complaints?status=open", nil).body["items"].([]any)
	if len(list) != 1 || list[0].(object)["respondent"] != "shop" || list[0].(object)["text"] != nil {
		t.Fatalf("the shop sees %v", list)
	}
	one := w.must("shop", 200, "GET", "/api/v1/complaints/CASE-0001", nil).body
	if one["text"] != "瓶身印刷模糊" || one["nextDue"] != one["answerBy"] || len(one["photos"].([]any)) != 1 {
		t.Errorf("%v", one)
	}
	for party, status := range map[string]int{"shop": 200, "platform": 200, "auditor": 200, "maker": 404, "corner": 404} {
		w.must(party, status, "GET", "/api/v1/complaints/CASE-0001", nil)
		if a := w.must(party, status, "GET", "/api/v1/complaints/CASE-0001/photos/1", nil); status == 200 &&
			a.header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("the photo is %q", a.header.Get("Content-Type"))
		}
	}
	w.refused("shop", 404, "COMPLAINT_UNKNOWN", "GET", "/api/v1/complaints/CASE-0001/photos/2", nil)
	w.refused(
		"platform", 409, "DECISION_TOO_EARLY", "POST", "/api/v1/complaints/CASE-0001/decision",
		deciding("decision", "cannot_tell"),
	)
	w.refused("maker", 404, "COMPLAINT_UNKNOWN", "POST", "/api/v1/complaints/CASE-0001/answer", object{"text": "不是我"})
	w.refused("shop", 422, "FIELD_INVALID", "POST", "/api/v1/complaints/CASE-0001/answer", object{"text": " "})
	w.must("shop", 201, "POST", "/api/v1/complaints/CASE-0001/answer", object{"text": "我们从厂家进货。\n附进货单。"})
	w.must(
		"platform", 201, "POST", "/api/v1/complaints/CASE-0001/decision",
		deciding("decision", "counterfeit_confirmed"),
	)
	w.must("shop", 201, "POST", "/api/v1/complaints/CASE-0001/appeal", object{"text": "请复核"})
	w.refused(
		"platform", 403, "SAME_OFFICER", "POST", "/api/v1/complaints/CASE-0001/decision",
		deciding("appeal", "genuine"),
	)
	w.keys["second"] = w.must("platform", 201, "POST", "/api/v1/parties/platform/accounts", object{"account": "second", "role": "platform"}).body["apiKey"].(string)
	w.must("second", 201, "POST", "/api/v1/complaints/CASE-0001/decision", deciding("appeal", "genuine"))
	w.refused("shop", 409, "APPEAL_USED", "POST", "/api/v1/complaints/CASE-0001/appeal", object{"text": "再复核"})

	one = w.must("shop", 200, "GET", "/api/v1/complaints/CASE-0001", nil).body
	if one["status"] != "decided" || one["outcome"] != "genuine" || len(one["decisions"].([]any)) != 2 ||
		one["answerText"] != "我们从厂家进货。\n附进货单。" || one["appealText"] != "请复核" {
		t.Errorf("%v", one)
	}
}

// TestAnOfficersKeysAreHimself: whoever has decided does not decide the appeal
// by a key or an account that he made himself either.
func TestAnOfficersKeysAreHimself(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	w.deliver("maker", "shop", line(0, 10))
	w.complain("CASE-0001", 3)
	w.work()
	w.person("li", "platform", record.DutyOwner)
	w.person("zhao", "platform", record.DutyOwner)
	key := func(who, by string) {
		w.keys[who] = w.must(by, 201, "POST", "/api/v1/keys", object{"label": who, "duty": "owner"}).body["apiKey"].(string)
	}
	key("key of li", "li")
	key("key by the key of li", "key of li")
	w.keys["account by li"] = w.must("li", 201, "POST", "/api/v1/parties/platform/accounts", object{"account": "spare", "role": "platform"}).body["apiKey"].(string)

	const decision = "/api/v1/complaints/CASE-0001/decision"
	w.must("shop", 201, "POST", "/api/v1/complaints/CASE-0001/answer", object{"text": "我们从厂家进货"})
	w.must("key of li", 201, "POST", decision, deciding("decision", "counterfeit_confirmed"))
	w.must("shop", 201, "POST", "/api/v1/complaints/CASE-0001/appeal", object{"text": "请复核"})
	for _, who := range []string{"li", "key of li", "key by the key of li", "account by li"} {
		w.refused(who, 403, "SAME_OFFICER", "POST", decision, deciding("appeal", "genuine"))
	}
	w.must("zhao", 201, "POST", decision, deciding("appeal", "genuine"))
}

// TestOverdueComesFirst: without anything running in between.
func TestOverdueComesFirst(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	for i := range 3 {
		w.complain(fmt.Sprintf("CASE-000%d", i), i)
	}
	w.work()
	if err := w.exec(`update ledger.complaint set next_due = now() - interval '1 hour',
		doc = jsonb_set(doc, '{answerBy}', to_jsonb(now() - interval '1 hour')) where id = 'CASE-0002'`); err != nil {
		t.Fatal(err)
	}
	first := w.must("platform", 200, "GET", "/api/v1/complaints?limit=2", nil).body
	items := first["items"].([]any)
	if len(items) != 2 || items[0].(object)["id"] != "CASE-0002" || items[0].(object)["status"] != "escalated" {
		t.Errorf("%v", items)
	}
	rest := w.must("platform", 200, "GET", "/api/v1/complaints?after="+urlQuery(first["next"].(string)), nil).body["items"].([]any)
	if len(rest) != 1 {
		t.Errorf("%v", rest)
	}
	w.refused("platform", 422, "FIELD_INVALID", "GET", "/api/v1/complaints?status=late", nil)
	for status, want := range map[string]int{"escalated": 1, "open": 2, "decided": 0, "": 3} {
		if got := w.must("auditor", 200, "GET", "/api/v1/complaints?status="+status, nil).body["items"].([]any); len(
			got,
		) != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}

// TestDeskPersists: what cannot be done now is done later, what was done is not done again.
func TestDeskPersists(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.complain("CASE-0001", 3)
	w.ledger.down = true
	w.work()
	w.ledger.down = false
	w.work() // not its time yet
	w.refused("platform", 404, "COMPLAINT_UNKNOWN", "GET", "/api/v1/complaints/CASE-0001", nil)
	if err := w.exec(`update app.complaint_task set next_try = now()`); err != nil {
		t.Fatal(err)
	}
	w.ledger.silentCommit = true // it is written, but nobody hears of it
	w.work()
	w.ledger.silentCommit = false
	if err := w.exec(`update app.complaint_task set next_try = now();
		insert into app.complaint_task (complaint_id, kind) values ('CASE-0001', 'withdraw')`); err != nil {
		t.Fatal(err)
	}
	w.work()
	w.work()
	if got := w.must("platform", 200, "GET", "/api/v1/complaints/CASE-0001", nil).body; got["status"] != "withdrawn" ||
		got["outcome"] != "withdrawn" {
		t.Errorf("%v", got)
	}
	if left, err := w.db.ComplaintTasks(context.Background()); err != nil || len(left) > 0 {
		t.Errorf("left to do: %v %v", left, err)
	}
}

func TestComplaintTermsAreThePlatforms(t *testing.T) {
	w := newWorld(t)
	terms := w.must("corner", 200, "GET", "/api/v1/complaint-terms", nil).body
	if terms["answerMinutes"] != 2880.0 || terms["decideMinutes"] != 10080.0 {
		t.Errorf("%v", terms)
	}
	w.must(
		"platform",
		200,
		"PUT",
		"/api/v1/complaint-terms",
		object{"answerMinutes": 60, "decideMinutes": 120, "appealMinutes": 180},
	)
	if terms = w.must("corner", 200, "GET", "/api/v1/complaint-terms", nil).body; terms["answerMinutes"] != 60.0 {
		t.Errorf("%v", terms)
	}
}

// TestReviewsAreAnsweredOnce, by the party that sold the unit.
func TestReviewsAreAnsweredOnce(t *testing.T) {
	w := newWorld(t)
	if err := w.exec(`insert into scan.review (id, gtin, lot, unit_index, seller, rating, text) values
		('REVIEW-0001', '06998801000012', 'L', 1, 'shop', 4, '不错'), ('REVIEW-0002', '06998801000012', 'L', 2, 'corner', 4, '不错')`); err != nil {
		t.Fatal(err)
	}
	for party, want := range map[string]int{"shop": 1, "corner": 1, "maker": 0, "platform": 2, "auditor": 2} {
		if got := w.must(party, 200, "GET", "/api/v1/reviews", nil).body["items"].([]any); len(got) != want {
			t.Errorf("%s sees %v", party, got)
		}
	}
	page := w.must("platform", 200, "GET", "/api/v1/reviews?limit=1", nil).body
	if got := w.must(
		"platform", 200, "GET", "/api/v1/reviews?limit=1&after="+urlQuery(page["next"].(string)), nil,
	).body; len(got["items"].([]any)) != 1 ||
		got["next"] != nil {
		t.Errorf("%v", got)
	}
	w.refused("corner", 404, "REVIEW_UNKNOWN", "POST", "/api/v1/reviews/REVIEW-0001/answer", object{"text": "谢谢"})
	a := w.must("shop", 201, "POST", "/api/v1/reviews/REVIEW-0001/answer", object{"text": "谢谢"})
	if a.body["answer"] != "谢谢" || a.body["answeredAt"] == nil {
		t.Errorf("%v", a.body)
	}
	w.refused(
		"shop", 409, "REVIEW_ALREADY_ANSWERED", "POST", "/api/v1/reviews/REVIEW-0001/answer", object{"text": "改一下"},
	)
}

// TestAnchors: every entry is anchored once, in order, also where an anchor's
// outcome was not seen.
func TestAnchors(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	for i := range 5 {
		if err := w.exec(fmt.Sprintf(`insert into scan.review (id, gtin, lot, unit_index, seller, rating, text)
			values ('REVIEW-%d', '06998801000012', 'L', %d, 'shop', 4, '不错')`, i, i)); err != nil {
			t.Fatal(err)
		}
		w.ledger.silentCommit = i == 1
		w.ledger.down = i == 2
		if err := w.desk().AnchorAll(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if from, digests, err := w.db.SealLog(ctx, trace.LogReviews); err != nil || from != 5 || len(digests) > 0 {
		t.Errorf("left: %d from %d, %v", len(digests), from, err)
	}
	var anchored []string
	for from := int64(0); from < 5; {
		a := w.anchor(from)
		if a.From != from || len(a.Root) != hex.EncodedLen(32) {
			t.Fatalf("%+v", a)
		}
		anchored, from = append(anchored, fmt.Sprint(a.To)), a.To
	}
	if got := fmt.Sprint(anchored); got != "[1 2 4 5]" {
		t.Errorf("anchored up to %s", got)
	}
}

// anchor reads the reviews' anchor that begins at an entry from the ledger.
func (w *world) anchor(from int64) (a trace.Anchor) {
	w.t.Helper()
	s := w.ledger.call("auditor", string(trace.GetAnchor), trace.LogReviews, fmt.Sprint(from))
	answer := w.ledger.cc.Invoke(s)
	if err := trace.Unmarshal(answer.Payload, &a); err != nil {
		w.t.Fatal(answer.Message, err)
	}
	return a
}

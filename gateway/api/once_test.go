package api

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func TestARepeatGetsTheFirstAnswer(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	order := object{"to": "shop", "lines": []any{line(0, 10)}}
	first := w.must("maker", 201, "POST", "/api/v1/shipments", order, "Idempotency-Key", "k1")
	sent := w.ledger.sent
	again := w.must("maker", 201, "POST", "/api/v1/shipments", order, "Idempotency-Key", "k1")
	if string(again.raw) != string(first.raw) || again.header.Get("Idempotent-Replayed") != "true" ||
		w.ledger.sent != sent {
		t.Errorf("first %s, again %s, %d transactions more", first.raw, again.raw, w.ledger.sent-sent)
	}
	w.refused("maker", 422, "IDEMPOTENCY_KEY_REUSED", "POST", "/api/v1/shipments",
		object{"to": "shop", "lines": []any{line(10, 10)}}, "Idempotency-Key", "k1")
	w.refused("maker", 422, "IDEMPOTENCY_KEY_REUSED", "POST", "/api/v1/sales",
		object{"lines": []any{line(10, 10)}}, "Idempotency-Key", "k1")
	t.Run("a key is its account's own", func(t *testing.T) {
		w.deliver("maker", "shop", line(20, 10))
		w.must(
			"shop", 201, "POST", "/api/v1/shipments", object{"to": "corner", "lines": []any{line(20, 1)}},
			"Idempotency-Key", "k1",
		)
	})
}

func TestARefusalMayBeTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.refused("maker", 404, "PRODUCT_UNKNOWN", "POST", "/api/v1/batches", batch(gtin, lot, 5), "Idempotency-Key", "k1")
	w.must("maker", 201, "POST", "/api/v1/products", product(gtin))
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, 5), "Idempotency-Key", "k1")
	w.ledger.down = true
	w.refused(
		"maker", 503, "UNAVAILABLE", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}},
		"Idempotency-Key", "k2",
	)
	w.ledger.down = false
	w.must("maker", 201, "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}}, "Idempotency-Key", "k2")
}

// A lost answer is not a lost transaction: the repeat finds what was written.
func TestAnUnknownOutcomeIsFoundOut(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	sale := object{"lines": []any{line(0, 10)}}
	w.ledger.silentCommit = true
	unknown := w.must("maker", 202, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1")
	txID := unknown.body["txId"].(string)
	if unknown.body["status"] != "unknown" || unknown.header.Get("Location") != "/api/v1/transactions/"+txID {
		t.Errorf("%s %v", unknown.raw, unknown.header)
	}
	w.ledger.silentCommit = false
	if a := w.must("maker", 201, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1"); a.body["txId"] != txID {
		t.Errorf("the repeat answers %s, want transaction %s", a.raw, txID)
	}
	if a := w.must("maker", 200, "GET", "/api/v1/transactions/"+txID, nil); a.body["status"] != "committed" {
		t.Errorf("%s", a.raw)
	}
}

// What is written and cannot be read yet is not answered as done: 201 means
// that every answer shows it.
func TestAWriteThatCannotBeReadYet(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	sale := object{"lines": []any{line(0, 10)}}
	w.ledger.unread = true
	pending := w.must("maker", 202, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1")
	txID := pending.body["txId"].(string)
	if pending.body["status"] != "written" || pending.body["block"] == nil ||
		pending.header.Get("Location") != "/api/v1/transactions/"+txID {
		t.Errorf("%s %v", pending.raw, pending.header)
	}
	w.ledger.unread = false
	sent := w.ledger.sent
	if a := w.must("maker", 201, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1"); a.body["txId"] != txID ||
		w.ledger.sent != sent {
		t.Errorf("the repeat answers %s, want transaction %s", a.raw, txID)
	}
}

// The gateway dies between the journal and the ledger; the resolver sends the
// envelope later; the repeat waits for that and sends nothing of its own.
func TestACrashBeforeSending(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	sale := object{"lines": []any{line(0, 10)}}
	w.ledger.crashAfterJournal = true
	txID := w.must("maker", 202, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1").body["txId"].(string)
	if a := w.must("maker", 200, "GET", "/api/v1/transactions/"+txID, nil); a.body["status"] != "unknown" {
		t.Errorf("%s", a.raw)
	}
	w.ledger.crashAfterJournal = false
	sent := w.ledger.sent
	go func() {
		time.Sleep(300 * time.Millisecond) // found invalid: somebody else sold the units first
		w.db.Settle(context.Background(), txID, record.Outcome{Block: 9, Code: "MVCC_READ_CONFLICT"})
	}()
	a := w.must("maker", 201, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1")
	if a.body["txId"] == txID || w.ledger.sent != sent+1 {
		t.Errorf("%s after %d transactions; the first one is known to have failed", a.raw, w.ledger.sent-sent)
	}
}

// The gateway dies with a write in flight: the repeat finds it in the read model,
// or sends the very same envelope, and does not wait for the resolver.
func TestADeadGatewaysWriteIsFoundAtOnce(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	for i, c := range []struct {
		name  string
		crash *bool
	}{
		{"it was sent and is in a block", &w.ledger.crashAfterCommit},
		{"it was journalled and not sent", &w.ledger.crashAfterJournal},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, sale := fmt.Sprint("flight-", i), object{"lines": []any{line(10*i, 10)}}
			*c.crash = true
			txID := w.must("maker", 202, "POST", "/api/v1/sales", sale, "Idempotency-Key", key).body["txId"].(string)
			*c.crash = false
			began := time.Now()
			a := w.must("maker", 201, "POST", "/api/v1/sales", sale, "Idempotency-Key", key)
			if took := time.Since(began); a.body["txId"] != txID || took > 10*time.Second {
				t.Errorf("%s after %s, want transaction %s", a.raw, took, txID)
			}
		})
	}
}

// The orderers refuse the envelope: who asks is told why, and once the ledger has
// gone on without it, a repeat is written anew.
func TestARefusedEnvelope(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	sale := object{"lines": []any{line(0, 10)}}
	w.ledger.crashAfterJournal = true
	txID := w.must("maker", 202, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1").body["txId"].(string)
	w.ledger.crashAfterJournal = false
	told := func(status, code any) {
		t.Helper()
		a := w.must("maker", 200, "GET", "/api/v1/transactions/"+txID, nil)
		if a.body["status"] != status || a.body["code"] != code || a.body["reason"] != "identity expired" ||
			a.body["block"] != nil {
			t.Errorf("%s", a.raw)
		}
	}
	if err := w.db.Refuse(t.Context(), txID, "identity expired"); err != nil {
		t.Fatal(err)
	}
	told("unknown", nil)
	if err := w.exec(
		`update app.submission set code = 'NEVER_ORDERED', settled_at = now() where refused_at is not null`,
	); err != nil {
		t.Fatal(err)
	}
	told("refused", "NEVER_ORDERED")
	if a := w.must("maker", 201, "POST", "/api/v1/sales", sale, "Idempotency-Key", "k1"); a.body["txId"] == txID {
		t.Errorf("%s", a.raw)
	}
}

func TestTwoAtOnceHappenOnce(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	sent := w.ledger.sent
	var all sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		all.Go(func() {
			statuses[i] = w.ask(
				"maker", "POST", "/api/v1/sales", object{"lines": []any{line(0, 10)}}, "Idempotency-Key", "k1",
			).status
		})
	}
	all.Wait()
	for _, s := range statuses {
		if s != 201 && s != 409 {
			t.Errorf("statuses %v, want 201 or 409", statuses)
		}
	}
	if w.ledger.sent != sent+1 {
		t.Errorf("%d transactions, want 1", w.ledger.sent-sent)
	}
}

// What a crashed gateway held is taken over when its lease has run out.
func TestADeadHolderIsReplaced(t *testing.T) {
	w := newWorld(t)
	ctx, hash := context.Background(), [32]byte{1}
	claim := func(holder string) record.Claim {
		c, _, err := w.db.ClaimKey(ctx, "maker", "k", holder, hash)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := claim("a"); c != record.ClaimNew {
		t.Error(c)
	}
	if c := claim("b"); c != record.ClaimInProgress {
		t.Error(c)
	}
	w.db.SuspendKey(ctx, "maker", "k", "a")
	if c := claim("b"); c != record.ClaimResumed {
		t.Error(c)
	}
	for holder, want := range map[string]error{"a": record.ErrTakenOver, "b": nil} {
		p := record.Pending{
			TxID:        holder,
			Party:       "maker",
			Transaction: trace.Sell,
			Envelope:    []byte{1},
			Ref:         "maker/k",
			PreparedAt:  time.Now(),
			Hold:        record.Hold{Account: "maker", Key: "k", Holder: holder},
		}
		if err := w.db.Prepare(ctx, p); !errors.Is(err, want) {
			t.Errorf("%s writes: %v, want %v", holder, err, want)
		}
	}
	w.db.AnswerKey(ctx, "maker", "k", "a", record.Answer{Status: 500}) // the dead one speaks: nobody listens
	if c := claim("c"); c != record.ClaimInProgress {
		t.Error(c)
	}
}

func TestAnAPIKeyIsShownOnce(t *testing.T) {
	w := newWorld(t)
	order := object{"account": "maker-2", "role": "producer"}
	first := w.must("platform", 201, "POST", "/api/v1/parties/maker/accounts", order, "Idempotency-Key", "k1").body
	again := w.must("platform", 201, "POST", "/api/v1/parties/maker/accounts", order, "Idempotency-Key", "k1").body
	if first["apiKey"] == nil || again["apiKey"] != nil {
		t.Errorf("first %v, again %v", first, again)
	}
	w.keys["second"] = first["apiKey"].(string)
	if me := w.must("second", 200, "GET", "/api/v1/me", nil).body; me["party"] != "maker" || me["role"] != "producer" ||
		me["account"] != "maker-2" {
		t.Errorf("%v", me)
	}
	w.must("platform", 204, "DELETE", "/api/v1/parties/maker/accounts/maker-2", nil)
	w.refused("second", 401, "UNAUTHENTICATED", "GET", "/api/v1/me", nil)
	w.refused("platform", 403, "NOT_ALLOWED", "DELETE", "/api/v1/parties/platform/accounts/platform", nil)
	w.refused(
		"platform", 422, "FIELD_INVALID", "POST", "/api/v1/parties/maker/accounts",
		object{"account": "maker-3", "role": "platform"},
	)
	w.refused(
		"platform", 409, "ACCOUNT_EXISTS", "POST", "/api/v1/parties/maker/accounts",
		object{"account": "shop", "role": "producer"},
	)
}

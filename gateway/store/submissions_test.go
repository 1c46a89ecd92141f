package store_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func pending(txID, ref string, at time.Time) record.Pending {
	return record.Pending{
		TxID:        txID,
		Party:       "maker",
		Transaction: trace.Sell,
		Envelope:    []byte{1, 2},
		Ref:         ref,
		Note:        []byte(`{"n": 1}`),
		PreparedAt:  at,
	}
}

func TestSubmissions(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	for _, p := range []record.Pending{pending("a", "r", noon), pending("b", "r", noon.Add(time.Minute)), pending("c", "", noon.Add(-time.Minute))} {
		if err := s.Prepare(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(ctx, pending("a", "", noon)); !database.IsUnique(err) {
		t.Errorf("a transaction written down twice: %v", err)
	}
	unsettled := func(want ...string) {
		t.Helper()
		got, err := s.Unsettled(ctx, noon.Add(time.Second), 10)
		var ids []string
		for _, p := range got {
			ids = append(ids, p.TxID)
		}
		if diff := cmp.Diff(want, ids); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	}
	unsettled("c", "a")
	first := record.Outcome{Block: 7, Code: record.Valid}
	for _, o := range []record.Outcome{first, {Block: 8, Code: "MVCC_READ_CONFLICT"}} { // the first outcome stands
		if err := s.Settle(ctx, "a", o); err != nil {
			t.Fatal(err)
		}
	}
	unsettled("c")
	got, found, err := s.Submission(ctx, "a")
	want := record.Submission{Pending: pending("a", "r", noon), Outcome: &first}
	want.Envelope = []byte{} // it need not be sent again
	if diff := cmp.Diff(want, got); err != nil || !found || diff != "" {
		t.Errorf("%v %t %s", err, found, diff)
	}
	if got, found, err := s.LastSubmission(ctx, "r"); err != nil || !found || got.TxID != "b" || got.Outcome != nil {
		t.Errorf("newest of a reference: %+v, %t, %v", got, found, err)
	}
	if got, found, err := s.LastSubmission(ctx, ""); err != nil || found {
		t.Errorf("no reference finds %+v, %v", got, err)
	}
}

// A refused transaction is neither sent again nor given up before the ledger has
// gone on without it; where it is in a block after all, the block counts.
func TestRefusedSubmissions(t *testing.T) {
	url, ctx := databasetest.URL(t), t.Context()
	s, projector := storetest.As(t, url, database.Gateway), storetest.As(t, url, database.Projector)
	exec := func(statement string) {
		t.Helper()
		if err := projector.InTx(
			ctx, func(tx *sql.Tx) error { _, err := tx.ExecContext(ctx, statement); return err },
		); err != nil {
			t.Fatal(err)
		}
	}
	outcome := func(txID string) *record.Outcome {
		t.Helper()
		if err := s.SettleRefused(ctx); err != nil {
			t.Fatal(err)
		}
		sub, _, err := s.Submission(ctx, txID)
		if err != nil {
			t.Fatal(err)
		}
		return sub.Outcome
	}
	for _, txID := range []string{"lost", "late", "unknown"} {
		if err := s.Prepare(ctx, pending(txID, txID, noon)); err != nil {
			t.Fatal(err)
		}
	}
	for _, txID := range []string{"lost", "late", "lost"} {
		if err := s.Refuse(ctx, txID, "identity expired"); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Unsettled(ctx, noon.Add(time.Hour), 10); err != nil || len(got) != 1 || got[0].TxID != "unknown" {
		t.Errorf("to be sent again: %+v, %v", got, err)
	}
	block := func(number int, txID, code, at string) {
		exec(
			fmt.Sprintf(
				`insert into ledger.block values (%[1]d, 'h', 'p', 'd', 1); insert into ledger.tx (tx_id, block, position, code, function, msp, identity, endorsers, at)
			values ('%[2]s', %[1]d, 0, '%[3]s', 'Sell', 'M', 'm', '{}', now() + interval '%[4]s')`,
				number,
				txID,
				code,
				at,
			),
		)
	}
	for i, other := range []struct{ code, at string }{{record.Valid, "-1 hour"}, {record.Valid, "14 minutes"}, {"MVCC_READ_CONFLICT", "1 day"}} {
		block(i, fmt.Sprint("other", i), other.code, other.at)
		if o := outcome("lost"); o != nil {
			t.Errorf("given up as %+v after a transaction that was %s at %s", o, other.code, other.at)
		}
	}
	block(3, "late", record.Valid, "10 minutes")
	if o := outcome("late"); o == nil || *o != (record.Outcome{Block: 3, Code: record.Valid}) {
		t.Errorf("refused, and in a block: %+v", o)
	}
	block(4, "other4", record.Valid, "16 minutes")
	if o := outcome("lost"); o == nil || *o != (record.Outcome{Code: record.NeverOrdered}) {
		t.Errorf("the ledger went on without it: %+v", o)
	}
	want := record.Transaction{
		TxID:     "lost",
		Status:   record.TxRefused,
		Code:     record.NeverOrdered,
		Reason:   "identity expired",
		Function: "Sell",
		Party:    "maker",
	}
	if got, found, err := s.Transaction(ctx, "lost"); err != nil || !found || !cmp.Equal(got, want) {
		t.Errorf("%+v, %t, %v", got, found, err)
	}
	if o := outcome("unknown"); o != nil {
		t.Errorf("nobody refused it, and yet %+v", o)
	}
}

func TestIdentityIsReplacedOnce(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	id := record.SealedIdentity{
		Party:       "maker",
		MSP:         "M",
		Name:        "maker",
		Certificate: []byte("c"),
		SealedKey:   []byte("k"),
		ExpiresAt:   noon,
	}
	fresh := id
	fresh.ExpiresAt = noon.AddDate(1, 0, 0)
	for _, step := range []struct {
		id       record.SealedIdentity
		replaces time.Time
		saved    bool
	}{
		{id, noon, false}, // nothing to replace
		{id, time.Time{}, true},
		{fresh, time.Time{}, false}, // there is one
		{fresh, noon, true},
		{id, noon, false}, // somebody was faster
	} {
		if saved, err := s.SaveIdentity(ctx, step.id, step.replaces); err != nil || saved != step.saved {
			t.Errorf("%+v: saved %t, %v", step, saved, err)
		}
	}
	if got, found, err := s.Identity(ctx, "maker"); err != nil || !found || !cmp.Equal(got, fresh) {
		t.Errorf("%+v, %t, %v", got, found, err)
	}
	if _, found, err := s.Identity(ctx, "nobody"); err != nil || found {
		t.Errorf("nobody: %t, %v", found, err)
	}
}

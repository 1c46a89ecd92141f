package store_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
)

// Where a lot and its seller have tens of thousands of complaints, a unit's
// records still hold its own and the worst of the others, and are found without
// reading them all.
func TestManyComplaints(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	b.Complaint("OPEN-7", 7)
	b.Complaint("OPEN-8", 8)
	b.Complaint("DECIDED", 9, trace.FoundGenuine)
	w.Exec(
		`insert into ledger.complaint select 'MANY-' || n, gtin, lot, 1000 + n, respondent, status, case when n % 100 = 0 then 'counterfeit_confirmed' else outcome end, null,
		opened_at - n * interval '1 second', jsonb_set(doc, '{id}', to_jsonb('MANY-' || n)), tx_id from ledger.complaint, generate_series(1, 20000) n where id = 'DECIDED'`,
	)
	w.Exec(
		`insert into ledger.complaint select 'OTHER-' || n, gtin, 'OTHER' || n % 100, n, 'other' || n % 100, status, outcome, null, opened_at, doc, tx_id
		from ledger.complaint, generate_series(1, 20000) n where id = 'DECIDED'`,
	)
	w.Exec(`vacuum analyze ledger.complaint`)
	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	worst := map[string]bool{"OPEN-7": true}
	for n := range 199 {
		worst[fmt.Sprint("MANY-", 100*(n+1))] = true
	}
	for _, c := range r.Complaints {
		if !worst[c.ID] {
			t.Errorf("%s is given", c.ID)
		}
		delete(worst, c.ID)
	}
	if n := r.Decided[verifiertest.Seller]; len(worst) > 0 || n[trace.FoundGenuine] != 19801 ||
		n[trace.CounterfeitConfirmed] != 200 {
		t.Errorf("%d are not given, and %v decided", len(worst), n)
	}
	query, err := os.ReadFile("records.sql")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := w.DB.Query(`explain `+string(query), b.GTIN, "L1", 7)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var step string
		if err := rows.Scan(&step); err != nil || strings.Contains(step, "Seq Scan on complaint") ||
			strings.Contains(step, "Bitmap Heap Scan on complaint") {
			t.Error(step, err)
		}
	}
}

package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// A report loses who sent it within a day, how to reach them when it is closed
// or after 90 days, and is gone after a year, its code with the last one.
func TestForgetReports(t *testing.T) {
	w := verifiertest.New(t)
	ctx := context.Background()
	day := 24 * time.Hour
	for i, age := range []time.Duration{0, 2 * day, 91 * day, 366 * day} {
		r, _, err := feedback.NewReport(fmt.Sprint("code ", i/3), "", "text", "contact")
		if err != nil {
			t.Fatal(err)
		}
		r.Device, r.Network = fmt.Append(nil, "device ", i), fmt.Append(nil, "network ", i)
		if ok, err := w.Store.SaveReport(ctx, r); !ok || err != nil {
			t.Fatal(ok, err)
		}
		w.Exec(`update scan.report set created_at = now() - make_interval(secs => $2) where id = $1`, r.ID, age.Seconds())
	}
	told := func() (all string) {
		if err := w.DB.QueryRow(`select string_agg(concat_ws(' ', code_id = (select code_id from scan.report order by created_at desc limit 1), device is not null, network is not null, contact, text), '; ' order by created_at desc)
			|| ' of ' || (select count(*) from scan.reported_code) from scan.report`).Scan(&all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	for range 2 {
		if err := w.Store.ForgetReports(ctx, time.Now()); err != nil {
			t.Fatal(err)
		}
		if got, want := told(), "t t t contact text; t f f contact text; t f f  text of 1"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	w.Exec(`update scan.report set closed_at = now()`)
	if err := w.Store.ForgetReports(ctx, time.Now()); err != nil {
		t.Fatal(err)
	}
	if got, want := told(), "t t t  text; t f f  text; t f f  text of 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
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
		w.Exec(
			`update scan.report set created_at = now() - make_interval(secs => $2) where id = $1`,
			r.ID,
			age.Seconds(),
		)
	}
	told := func() (all string) {
		if err := w.DB.QueryRow(`select string_agg(concat_ws(' ', code_id = (select code_id from scan.report order by created_at desc limit 1), device is not null, network is not null, contact, text), '; ' order by created_at desc)
			|| ' of ' || (select count(*) from scan.reported_code) from scan.report`).
			Scan(&all); err != nil {
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

// However reports come, are closed, withdrawn and forgotten, many at once, what
// stands with each code is what its reports add up to.
func TestReportedCodesAreCounted(t *testing.T) {
	w := verifiertest.New(t)
	ctx := context.Background()
	var all sync.WaitGroup
	for sender := range 12 {
		random := rand.New(rand.NewPCG(1, uint64(sender)))
		all.Go(func() {
			for i := range 60 {
				r, token, err := feedback.NewReport(fmt.Sprint("code ", random.IntN(3)), "", "text", "")
				if err != nil {
					t.Error(err)
					return
				}
				r.Device, r.Network = fmt.Append(nil, "device ", sender, i), fmt.Append(nil, "network ", sender, i)
				if _, err := w.Store.SaveReport(ctx, r); err != nil {
					t.Error(err)
				}
				switch random.IntN(3) {
				case 0:
					_, err = w.Store.WithdrawReport(ctx, feedback.HashToken(token))
				case 1:
					_, err = w.DB.ExecContext(ctx, `select scan.close_reports($1)`, r.CodeID)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	w.Exec(
		`update scan.report set created_at = now() - interval '400 days' where id in (select id from scan.report order by id limit 5)`,
	)
	if err := w.Store.ForgetReports(ctx, time.Now()); err != nil {
		t.Fatal(err)
	}
	var codes, wrong int
	if err := w.DB.QueryRow(`select count(*), count(*) filter (where (c.reports, c.open, c.first_at, c.last_at) is distinct from
			(select row(count(*), count(*) filter (where closed_at is null), min(created_at), max(created_at)) from scan.report r where r.code_id = c.id))
		from scan.reported_code c`).
		Scan(&codes, &wrong); err != nil {
		t.Fatal(err)
	}
	if codes != 3 || wrong != 0 {
		t.Errorf("%d of %d codes are counted wrongly", wrong, codes)
	}
}

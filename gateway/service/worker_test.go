package service

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// ends is a queue that notes how its jobs end.
type ends struct {
	Queue
	finished, putBack []string
}

func (e *ends) FinishJob(_ context.Context, _ record.Job, _, failure string) error {
	e.finished = append(e.finished, failure)
	return nil
}

func (e *ends) PutBackJob(_ context.Context, _ record.Job, failure string) error {
	e.putBack = append(e.putBack, failure)
	return nil
}

type brokenGoods struct {
	Goods
	fail func() error
}

func (b brokenGoods) Batch(context.Context, string, string) (record.Batch, bool, error) {
	return record.Batch{}, false, b.fail()
}

// A job says why at its first failure. Only what may pass by itself is tried again, and it says so.
func TestAJobSaysWhyAtItsFirstFailure(t *testing.T) {
	for name, c := range map[string]struct {
		fail   func() error
		back   bool
		reason trace.Code
	}{
		"refused":     {func() error { return trace.Errorf(trace.FieldInvalid, "template", "too small") }, false, trace.FieldInvalid},
		"a fault":     {func() error { return errors.New("does not fit the code of the first unit") }, false, JobBroken},
		"a panic":     {func() error { panic("index out of range") }, false, JobBroken},
		"database":    {func() error { return fmt.Errorf("reading: %w", driver.ErrBadConn) }, true, JobInterrupted},
		"ledger":      {func() error { return &Unavailable{errors.New("no peer")} }, true, JobInterrupted},
		"unknown end": {func() error { return &OutcomeUnknown{TxID: "1"} }, true, JobInterrupted},
	} {
		var q ends
		w := Worker{Service: &Service{Writer: &Writer{Log: slog.New(slog.DiscardHandler)}, Goods: brokenGoods{fail: c.fail}}, Queue: &q}
		w.do(t.Context(), record.Job{ID: "j", Kind: jobLabels, Request: []byte(`{"role":"producer","of":{"gtin":"06998801000012","lot":"A"}}`)})
		all := append(q.finished, q.putBack...)
		if len(all) != 1 || (len(q.putBack) == 1) != c.back {
			t.Errorf("%s: finished %q, put back %q", name, q.finished, q.putBack)
			continue
		}
		if e := parseFailure(all[0]); e == nil || e.Code != c.reason || strings.Contains(all[0], "index out") {
			t.Errorf("%s says %q", name, all[0])
		}
	}
}

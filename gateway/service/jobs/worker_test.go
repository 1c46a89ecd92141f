package jobs

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
	"github.com/touchstone-trace/touchstone/gateway/service"
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

// A job says why at its first failure. Only what may pass by itself is tried again, and it says so.
func TestAJobSaysWhyAtItsFirstFailure(t *testing.T) {
	for name, c := range map[string]struct {
		fail   func() error
		back   bool
		reason trace.Code
	}{
		"refused":     {func() error { return &trace.Error{Code: trace.FieldInvalid, Field: "template"} }, false, trace.FieldInvalid},
		"a fault":     {func() error { return errors.New("does not fit the code of the first unit") }, false, service.JobBroken},
		"a panic":     {func() error { panic("index out of range") }, false, service.JobBroken},
		"database":    {func() error { return fmt.Errorf("reading: %w", driver.ErrBadConn) }, true, service.JobInterrupted},
		"ledger":      {func() error { return &record.Unavailable{Err: errors.New("no peer")} }, true, service.JobInterrupted},
		"unknown end": {func() error { return &record.OutcomeUnknown{TxID: "1"} }, true, service.JobInterrupted},
	} {
		var q ends
		run := func(context.Context, service.Caller, record.Job, *Progress) (string, error) { return "", c.fail() }
		w := Worker{Kinds: map[string]Run{"labels": run}, Queue: &q, Log: slog.New(slog.DiscardHandler)}
		w.do(t.Context(), record.Job{ID: "j", Kind: "labels", Request: []byte(`{"role":"producer","of":{}}`)})
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

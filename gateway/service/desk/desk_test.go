package desk

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

// drawer is an outbox and the logs.
type drawer struct {
	tasks   []record.ComplaintTask
	ended   []string
	delayed []time.Duration
	told    int
	entries map[string][][]byte
}

func (d *drawer) ComplaintTasks(context.Context) ([]record.ComplaintTask, error) { return d.tasks, nil }
func (d *drawer) EndComplaintTask(_ context.Context, t record.ComplaintTask) error {
	d.ended = append(d.ended, t.Complaint)
	return nil
}
func (d *drawer) DelayComplaintTask(_ context.Context, _ record.ComplaintTask, _ string, wait time.Duration) error {
	d.delayed = append(d.delayed, wait)
	return nil
}
func (d *drawer) TellAlerts(context.Context) error  { d.told++; return nil }
func (d *drawer) TellReports(context.Context) error { d.told++; return nil }
func (d *drawer) SealLog(_ context.Context, log string) (int64, [][]byte, error) {
	return 10, d.entries[log], nil
}

func newDesk() (*Desk, *drawer, *servicetest.Ledger) {
	_, ledger := servicetest.Writer()
	d := &drawer{}
	return &Desk{Ledger: ledger, Outbox: d, Logs: d, Party: "platform", Log: slog.New(slog.DiscardHandler)}, d, ledger
}

// What an earlier attempt has done counts as done; what fails comes again, later each time.
func TestTasksEndOrComeAgain(t *testing.T) {
	for name, x := range map[string]struct {
		kind   string
		refuse error
		tries  int
		wait   time.Duration // 0 is done
	}{
		"opened":                   {kind: record.TaskOpen},
		"opened before":            {kind: record.TaskOpen, refuse: &trace.Error{Code: trace.ComplaintExists, Field: "id"}},
		"withdrawn after decision": {kind: record.TaskWithdraw, refuse: &trace.Error{Code: trace.ComplaintConflict, Field: "id"}},
		"open and conflict":        {kind: record.TaskOpen, refuse: &trace.Error{Code: trace.ComplaintConflict, Field: "id"}, wait: time.Second},
		"unreachable":              {kind: record.TaskOpen, refuse: &record.Unavailable{Err: errors.New("no peer")}, tries: 3, wait: 8 * time.Second},
		"for long":                 {kind: record.TaskOpen, refuse: errors.New("x"), tries: 60, wait: 5 * time.Minute},
	} {
		d, outbox, ledger := newDesk()
		ledger.Refuse = x.refuse
		outbox.tasks = []record.ComplaintTask{{Complaint: "C1", Kind: x.kind, Tries: x.tries}}
		if err := d.DoTasks(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if done := len(outbox.ended) == 1; done != (x.wait == 0) ||
			!done && !slices.Equal(outbox.delayed, []time.Duration{x.wait}) {
			t.Errorf("%s: ended %v, delayed %v", name, outbox.ended, outbox.delayed)
		}
		if outbox.told != 2 {
			t.Errorf("%s: told %d times of alerts and reports", name, outbox.told)
		}
	}
}

func TestAnchorsWhatIsNew(t *testing.T) {
	d, logs, ledger := newDesk()
	logs.entries = map[string][][]byte{trace.LogScans: {{1}, {2}, {3}}}
	if err := d.AnchorAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(ledger.Calls) != 1 {
		t.Fatalf("%+v", ledger.Calls)
	}
	if r := ledger.Calls[0].Request.(trace.AnchorRequest); r.Log != trace.LogScans || r.From != 10 || r.To != 13 {
		t.Errorf("%+v", r)
	}
	for name, refuse := range map[string]error{"refused": &trace.Error{Code: trace.NotAllowed}, "unreachable": &record.Unavailable{Err: errors.New("x")},
		"unknown": &record.OutcomeUnknown{TxID: "tx", Err: errors.New("x")}} {
		if ledger.Refuse = refuse; d.AnchorAll(t.Context()) != nil {
			t.Errorf("%s is no harm: the same entries come again", name)
		}
	}
	ledger.Refuse = errors.New("broken")
	if d.AnchorAll(t.Context()) == nil {
		t.Error("what nobody expected is not passed over")
	}
}
